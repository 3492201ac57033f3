"""The oracle is tested too: it takes every leaf of an object seriously, and nothing but that."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from polytomic_provider import Schedule
from polytomic_provider.filters import equals, is_not_null
from tests.oracle import expansion, programs
from tests.oracle.laws import LEFT_OUT, NOT_SEEN, edits, unseen
from tests.oracle.programs import Outcome, judged
from tests.oracle.test_laws import examples

EXPAND: Mapping[str, Callable[..., dict[str, Any]]] = {
    "Connection": expansion.expected_connection,
    "Model": expansion.expected_model,
    "Sync": expansion.expected_sync,
}
FIRST_VALUES: Mapping[str, dict[str, Any]] = {
    "Connection": {"policies": []},
    "Model": {"policies": [], "labels": []},
    "Sync": {"policies": [], "active": False},
}


@pytest.mark.parametrize("kind", EXPAND)
def test_the_comparer_sees_a_change_of_any_leaf(kind: str):
    seen = 0
    for arguments in examples(programs.STRATEGIES[kind](), 12):
        expected = EXPAND[kind]({"name": "Name", **arguments})
        stored = {**FIRST_VALUES[kind], **deepcopy(expected)}
        assert expansion.differences(expected, stored) == []
        for edit in edits(kind, arguments, stored):
            if expansion.equal(stored, edit.edited):
                continue
            seen += 1
            unmanaged = unseen(edit, stored) not in (None, LEFT_OUT, *NOT_SEEN.values())
            wrong = expansion.differences(expected, edit.edited)
            assert wrong or unmanaged, edit
    assert seen > 50


SYNC: dict[str, Any] = {
    "name": "Sync",
    "model": "m",
    "mode": "updateOrCreate",
    "target": {"connection_id": "c", "object": "contact"},
    "fields": {"Email": "email"},
    "identity": ["Email", "email"],
}


def sync(**arguments: Any) -> dict[str, Any]:
    """The expansion of a small sync with more arguments."""
    return expansion.expected_sync({**SYNC, **arguments})


@pytest.mark.parametrize(
    "fields",
    [
        {"Email": "email", "Name": ["lastName", {"target": "title", "sync_mode": "create"}]},
        {
            "Email": {"target": "email"},
            "Name": [{"target": "lastName"}, {"target": "title", "sync_mode": "create"}],
        },
        [
            {"source": "Email", "target": "email"},
            {"source": {"model_id": "m", "field": "Name"}, "target": "lastName", "new": False},
            {"source": "Name", "target": "title", "sync_mode": "create"},
        ],
    ],
)
def test_every_spelling_of_mappings_means_the_same(fields: Any):
    email, last, title = sync(fields=fields)["fields"]
    assert email["source"] == {"model_id": "m", "field": "Email"}
    assert (last["target"], last["source"]["field"]) == ("lastName", "Name")
    assert (title["target"], title["sync_mode"]) == ("title", "create")


def test_constants_are_texts_in_both_spellings():
    by_target = sync(override_fields={"a": True, "b": 5, "c": "x", "d": 2.5, "e": 5.0, "f": ""})
    texts = {one["target"]: one["override_value"] for one in by_target["override_fields"]}
    assert texts == {"a": "true", "b": "5", "c": "x", "d": "2.5", "e": "5", "f": ""}
    listed = sync(override_fields=[{"target": "a", "override_value": True}])
    assert listed["override_fields"] == sync(override_fields={"a": True})["override_fields"]
    mapped = sync(fields=[{"target": "a", "override_value": "true"}])
    assert mapped["override_fields"] == listed["override_fields"]


def test_what_is_left_out_is_empty_manual_or_not_compared():
    made = sync()
    assert made["schedule"] == {"frequency": "manual"}
    assert made["model_filters"] == made["target_filters"] == {"conditions": [], "logic": ""}
    assert made["overrides"] == made["override_fields"] == []
    assert "active" not in made
    assert expansion.expected_sync(SYNC, {"active": True})["active"] is True


def test_the_parts_of_a_schedule_are_texts():
    made = sync(schedule=Schedule.daily(hour=7, minute="07"))["schedule"]
    assert made == {"frequency": "daily", "hour": "7", "minute": "07"}


def test_filters_mean_the_same_in_both_shapes():
    older = sync(filters=[is_not_null("Email"), equals("Name", 0)], filter_logic="A OR B")
    newer = sync(
        model_filters={
            "conditions": [
                {"source": "Email", "function": "IsNotNull"},
                {"source": "Name", "function": "Equality", "value": 0},
            ],
            "logic": "A or B",
        }
    )
    assert older == newer
    assert [one["label"] for one in older["model_filters"]["conditions"]] == ["A", "B"]


def test_one_identity_is_the_same_in_each_spelling():
    pair = sync()["identities"]
    long = {"source": "Email", "target": "email", "function": "Equality"}
    assert expansion.equal(sync(), sync(identity=long))
    assert expansion.equal(sync(), sync(identity=None, identities={"mappings": [long]}))
    assert pair["mappings"][0]["source"] == {"model_id": "m", "field": "Email"}


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        ({}, Outcome.NOTHING),
        ({"filters": None}, Outcome.NOTHING),
        ({"cancel_running": True}, Outcome.RECORDED),
        ({"adopt": True}, Outcome.NOTHING),
        ({"model": "other"}, Outcome.REPLACE),
        ({"target": {"connection_id": "d", "object": "contact"}}, Outcome.REPLACE),
        ({"target": {"connection_id": "c", "object": "customer"}}, Outcome.UPDATE),
        ({"fields": [{"source": "Email", "target": "email"}]}, Outcome.SAME_OBJECT),
        ({"schedule": {"frequency": "manual"}}, Outcome.SAME_OBJECT),
        ({"active": True}, Outcome.UPDATE),
        ({"active": False}, Outcome.SAME_OBJECT),
        ({"fields": {"Email": "Email"}}, Outcome.UPDATE),
        ({"override_fields": {"a": ""}}, Outcome.UPDATE),
    ],
)
def test_what_a_change_must_be(after: dict[str, Any], outcome: Outcome):
    assert judged("Sync", SYNC, {**SYNC, **after}) is outcome


def test_every_freedom_has_a_reason():
    assert all(len(reason.split()) > 4 for reason in expansion.FREEDOMS.values())
