"""What is a change of a sync, between two programs and between a reply and the program."""

from typing import Any

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.spec.schedule import project_schedule
from polytomic_provider.spec.sync_reply import project_parts

MODEL = "5f3bbbd4-7a0e-4e0a-8d0b-000000000001"
TARGET = {"connection_id": "5f3bbbd4-7a0e-4e0a-8d0b-000000000002", "object": "contact"}
FILTERS = [
    {"field": "email", "function": "IsNotNull"},
    {"field": "id", "function": "StringOneOf", "value": ["a", "b"]},
]


def _sync(**arguments: Any) -> dict[str, Any]:
    return {"model": MODEL, "mode": "create", "target": TARGET, "fields": {"a": "b"}, **arguments}


def _changed(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    return HANDLERS["Sync"].compare(State("1", before, {}), after).changed


def test_to_write_out_the_logic_that_filters_have_anyway_is_a_change():
    before, after = _sync(filters=FILTERS), _sync(filters=FILTERS, filter_logic="A and B")
    assert _changed(before, after) == ("filter_logic",)
    assert _changed(after, before) == ("filter_logic",)
    assert not _changed(after, _sync(filters=FILTERS, filter_logic="B AND A"))


def test_the_values_of_an_overrides_set_have_no_order():
    override = {"field": "id", "function": "StringOneOf", "value": ["a", "b"], "override": "c"}
    before, after = (
        _sync(overrides=[override]),
        _sync(overrides=[{**override, "value": ["b", "a"]}]),
    )
    assert not _changed(before, after)
    assert _changed(before, _sync(overrides=[{**override, "override": "d"}])) == ("overrides",)
    assert _changed(before, _sync(overrides=[{**override, "value": ["a"]}])) == ("overrides",)


def test_a_flag_that_a_reply_adds_to_a_mapping_of_a_list_is_shown():
    like = _sync(fields={"a": [{"target": "b"}]})
    source = {"model_id": MODEL, "field": "a"}
    for new, shown in ((True, {"target": "b", "new": True}), (False, [{"target": "b"}])):
        reply = {"fields": [{"source": source, "target": "b", "new": new}], "target": TARGET}
        assert project_parts(reply, like)["fields"] == {"a": shown}


def test_a_run_after_every_end_is_not_one_after_success_only():
    like = {
        "frequency": "runafter",
        "run_after": {"sync_ids": ["1"]},
        "run_after_success_only": True,
    }
    reply = {"frequency": "runafter", "run_after": {"sync_ids": ["1"]}}
    assert project_schedule({**reply, "run_after_success_only": True}, like) == like
    assert project_schedule({**reply, "run_after_success_only": False}, like) != like
