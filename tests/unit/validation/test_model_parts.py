"""What the parts of a model lack, or ask of each other, before Polytomic is asked."""

from typing import Any

import pytest

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.validation import UNKNOWN

GOOD: dict[str, Any] = {
    "name": "contacts",
    "connection_id": "6b1f0000-0000-4000-8000-000000000001",
    "configuration": {"table": "Contact"},
    "fields": ["Id", "Email"],
    "identifier": "Id",
}
OTHER = "6b1f0000-0000-4000-8000-000000000002"
BOTH = {"table": "Contact", "query": "SELECT Id FROM Contact"}
SCORE = {"name": "Score", "type": "number", "label": "Score"}


def _problems(change: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in HANDLERS["Model"].problems({**GOOD, **change})]


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"configuration": BOTH}, "configuration.query: cannot be given together with table"),
        ({"identifier": "ID"}, "identifier: 'ID' is not among the fields of this model; add it"),
        (
            {"tracking_columns": ["Email", "Phone"]},
            "tracking_columns[1]: 'Phone' is not among the fields of this model",
        ),
        (
            {"relations": [{"from": "Id", "to": {"model": OTHER, "field": "Id"}}]},
            "relations[0].to.model: is not a key; known keys: field, model_id",
        ),
        (
            {"enricher": {"connection": OTHER, "configuration": {}}},
            "enricher.connection: is not a key; known keys: configuration, connec",
        ),
        ({"enricher": {"configuration": {}}}, "enricher.connection_id: is required"),
        ({"fields": "Id"}, "fields: expected a list, got text"),
        ({"additional_fields": [{"name": "Score"}]}, "additional_fields[0].type: is required"),
    ],
    ids=str,
)
def test_each_mistake_is_named_at_its_place(change: dict[str, Any], start: str):
    found = _problems(change)
    assert any(text.startswith(start) for text in found), found
    assert not any("pydantic" in text for text in found)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"fields": None, "identifier": "Anything"},
        {"fields": UNKNOWN, "identifier": "Anything"},
        {"fields": [UNKNOWN], "tracking_columns": ["Anything"]},
        {"identifier": "Score", "additional_fields": [SCORE]},
        {"configuration": {"table": UNKNOWN}},
        {"relations": [{"from": "AccountId", "to": {"model_id": UNKNOWN, "field": "Id"}}]},
        {"enricher": UNKNOWN},
    ],
    ids=str,
)
def test_what_is_right_or_not_known_yet_is_no_problem(change: dict[str, Any]):
    assert _problems(change) == []
