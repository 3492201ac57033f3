from typing import Any

import httpx
import pytest
from polytomic import UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"function": "IsEmpty"}, "filters[0].function"),
        ({"function": None}, "filters[0].function"),
        ({"function": "IsNotNull", "value": "x"}, "filters[0].value"),
        ({"function": "True", "value": True}, "filters[0].value"),
        ({"function": "Equality"}, "filters[0].value"),
        ({"function": "StringOneOf", "value": "x"}, "filters[0].value"),
        ({"function": "Between", "value": [1]}, "filters[0].value"),
        ({"function": "Between", "value": [None, 1]}, "filters[0].value"),
        ({"function": "OnOrAfter", "value": "soon"}, "filters[0].value"),
        ({"function": "InTheLast", "value": "2024-05-31"}, "filters[0].value"),
        ({"function": "RelativeOnOrBefore", "value": 7}, "filters[0].value"),
        ({"function": "ArrayContains", "value": ["x"]}, "filters[0].value"),
        ({"field": None}, "filters[0].field"),
        ({"field": None, "field_id": "none"}, "filters[0].field_id"),
        ({"field": {"model_id": "none", "field": "x"}}, "filters[0].field.model_id"),
        ({"value": 1, "function": "Equality", "value_field": {}}, "filters[0].value"),
        ({"field": None, "field_id": "email", "field_type": "Target"}, "filters[0]"),
    ],
)
def test_a_filter_that_cannot_be_is_refused(
    contacts: Pipeline, http: httpx.Client, more: dict[str, Any], field: str
) -> None:
    body = contacts.body(filters=[contacts.filter() | more])
    reply = http.post("/api/syncs", json=body)
    assert reply.status_code == 422, reply.text
    assert reply.json()["metadata"]["field"] == field
    body = contacts.body(overrides=[contacts.filter(override="x") | more])
    assert http.post("/api/syncs", json=body).status_code == 422


@pytest.mark.parametrize(
    ("function", "value"),
    [
        ("Equality", "x"),
        ("Equality", 0),
        ("Inequality", ""),
        ("Between", [1, 2]),
        ("StringOneOf", ["a", "b"]),
        ("InTheLast", "7 days"),
        ("RelativeOnOrAfter", "48 hours ago"),
        ("OnOrBefore", "2024-05-31"),
        ("Equality", {"nested": [True, None]}),
    ],
)
def test_a_filters_value_comes_back_as_it_was(
    contacts: Pipeline, function: str, value: object
) -> None:
    made = contacts.sync(filters=[contacts.filter(function=function, value=value)])
    assert made.filters[0].value == value
    assert made.model_filters.conditions[0].value == value


@pytest.mark.parametrize(
    ("logic", "why"),
    [
        ("A and C", "no filter has the label 'C'"),
        ("A", "B is missing"),
        ("a and b", "no filter has the label 'a'"),
        ("A B", "cannot be read"),
        ("A and (B", "cannot be read"),
        ("A and B)", "cannot be read"),
        ("A not B", "cannot be read"),
        ("and A B", "cannot be read"),
        ("1 AND 2", "cannot be read"),
    ],
)
def test_logic_must_name_every_filter_and_no_other(
    contacts: Pipeline, logic: str, why: str
) -> None:
    filters = [contacts.filter(), contacts.filter("Email")]
    with pytest.raises(UnprocessableEntityError) as refusal:
        contacts.sync(filters=filters, filter_logic=logic)
    assert why in refusal.value.body.message
    assert refusal.value.body.metadata["field"] == "filter_logic"


def test_logic_without_filters_is_refused(contacts: Pipeline) -> None:
    with pytest.raises(UnprocessableEntityError) as refusal:
        contacts.sync(filter_logic="A")
    assert refusal.value.body.metadata["field"] == "filter_logic"


@pytest.mark.parametrize("labels", [["x", "x"], ["1", "2"], ["1", None]])
def test_labels_are_words_and_unique(contacts: Pipeline, labels: list[str | None]) -> None:
    filters = [
        contacts.filter(field, label=label)
        for field, label in zip(("Email", "LastName"), labels, strict=True)
    ]
    with pytest.raises(UnprocessableEntityError, match="label"):
        contacts.sync(filters=filters)


def test_both_shapes_of_filters_may_come_if_they_agree(contacts: Pipeline) -> None:
    newer = {
        "conditions": [
            {"source": contacts.source("LastName"), "function": "IsNotNull", "label": "x"},
            {"source": contacts.source("Email"), "function": "IsNull", "label": "y"},
        ],
        "logic": "x OR y",
    }
    older = [contacts.filter(), contacts.filter("Email", "IsNull")]
    made = contacts.sync(model_filters=newer, filters=older, filter_logic="A OR B")
    assert made.filter_logic == made.model_filters.logic == "A OR B"
    assert [one.label for one in made.model_filters.conditions] == ["A", "B"]
    for wrong in (
        {"filters": older[:1]},
        {"filters": older, "filter_logic": "A and B"},
        {"filters": [contacts.filter(function="IsNull"), older[1]], "filter_logic": "A OR B"},
    ):
        with pytest.raises(UnprocessableEntityError, match="other filters"):
            contacts.sync(model_filters=newer, **wrong)


def test_filters_on_the_target_are_for_targets_and_modes_that_take_them(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    target_filters = {"conditions": [{"field": "email", "function": "IsNotNull"}]}
    with pytest.raises(UnprocessableEntityError) as refusal:
        contacts.sync(target_filters=target_filters)
    assert refusal.value.body.metadata["known_values"] == []
    salesforce = {
        "target": {"connection_id": contacts.salesforce, "object": "Contact"},
        "fields": [contacts.mapping("LastName", "LastName")],
        "identity": contacts.identity("Email", "Email"),
        "mode": "update",
    }
    filters = [
        {"field": "Email", "function": "StringContains", "value": "@"},
        {"field": "LastName", "function": "Equality", "value_source": contacts.source("LastName")},
    ]
    made = contacts.sync(
        **salesforce,
        filters=None,
        model_filters={"conditions": []},
        target_filters={"conditions": filters, "logic": "B or A"},
    )
    assert [one.label for one in made.target_filters.conditions] == ["A", "B"]
    assert made.target.filter_logic == made.target_filters.logic == "B or A"
    assert [(one.field_type, one.field_id) for one in made.filters] == [
        ("Target", "Email"),
        ("Target", "LastName"),
    ]
    assert made.filters[1].value_field.field == "LastName"
    again = contacts.client.model_sync.update(
        made.id, **contacts.body(**salesforce | {"filters": made.filters, "target": made.target})
    ).data
    assert again.target_filters == made.target_filters
    for wrong in (
        {"field": "Nothing", "function": "IsNull"},
        {"field": "Email", "function": "GreaterThan", "value": 1},
        {"field": "Email", "function": "Equality", "value": 1, "value_source": {}},
    ):
        with pytest.raises(UnprocessableEntityError):
            contacts.sync(**salesforce, target_filters={"conditions": [wrong]})
