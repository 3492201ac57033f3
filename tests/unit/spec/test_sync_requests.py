"""From a program's forms to the body of a request."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.spec.sync_parse import spec_of

MODEL = "6b1f0000-0000-4000-8000-000000000001"
TARGET = {"connection_id": "6b1f0000-0000-4000-8000-000000000002", "object": "contact"}


def _request(**arguments: Any) -> dict[str, Any]:
    given = {"name": "s", "mode": "create", "model": MODEL, "target": TARGET, "fields": {}}
    return spec_of({**given, **arguments}).request()


@given(st.permutations(["Email", "Id", "Name", "Phone"]))
def test_maps_in_any_order_make_one_request(order: list[str]):
    fields = {name: name.lower() for name in order}
    constants = {f"constant{name}": name for name in order}
    usual = _request(
        fields=dict(sorted(fields.items())), override_fields=dict(sorted(constants.items()))
    )
    assert _request(fields=fields, override_fields=constants) == usual


@given(st.permutations(["Email", "Id", "Name", "Phone"]))
def test_lists_keep_the_order_of_the_program(order: list[str]):
    fields = [{"source": name, "target": name.lower()} for name in order]
    constants = [{"target": f"constant{name}", "override_value": name} for name in order]
    body = _request(fields=fields, override_fields=constants)
    assert [one["source"]["field"] for one in body["fields"]] == order
    assert [one["override_value"] for one in body["override_fields"]] == order


def test_constants_are_texts_and_nothing_unwritten_is_sent():
    body = _request(
        fields={"Email": {"target": "email", "override_value": 5}},
        override_fields={"a": True, "b": "x", "c": 1.5},
    )
    assert body["fields"][0]["override_value"] == "5"
    values = {one["target"]: one["override_value"] for one in body["override_fields"]}
    assert values == {"a": "true", "b": "x", "c": "1.5"}
    assert set(body) == {"name", "mode", "fields", "target", "schedule", "override_fields"}
    assert body["schedule"] == {"frequency": "manual"}


def test_labels_of_the_programs_own_become_letters_in_the_logic():
    filters = [
        {"field": "Email", "function": "IsNull", "label": "no_mail"},
        {"field": "Phone", "function": "IsNull", "label": "no_phone"},
    ]
    body = _request(filters=filters, filter_logic="no_mail and (no_phone)")
    assert body["filter_logic"] == "A and (B)"
    assert [one["label"] for one in body["filters"]] == ["A", "B"]


def test_filters_on_the_target_have_letters_of_their_own():
    on_model = {"field": "Email", "function": "IsNull", "label": "no_mail"}
    on_target = {"field_type": "Target", "function": "IsNull"}
    filters = [
        on_model,
        {**on_target, "field_id": "email", "label": "no_email"},
        {**on_target, "field_id": "phone", "label": "no_phone"},
    ]
    target = {**TARGET, "filter_logic": "no_phone or no_email"}
    body = _request(filters=filters, target=target)
    assert body["target"]["filter_logic"] == "B or A"
    assert [one["label"] for one in body["filters"]] == ["A", "A", "B"]


def test_labels_of_the_programs_own_become_letters_in_the_newer_form():
    conditions = [
        {"source": "Email", "function": "IsNull", "label": "no_mail"},
        {"source": "Phone", "function": "IsNull", "label": "no_phone"},
    ]
    body = _request(model_filters={"conditions": conditions, "logic": "no_phone or no_mail"})
    assert body["model_filters"]["logic"] == "B or A"
    assert [one["label"] for one in body["model_filters"]["conditions"]] == ["A", "B"]


def test_a_filter_without_a_label_is_sent_without_one():
    (older,) = _request(filters=[{"field": "Email", "function": "IsNull"}])["filters"]
    assert "label" not in older
