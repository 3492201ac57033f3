"""What a change of a sync's arguments means, and what an update of it sends."""

from typing import Any

import pytest

from polytomic_provider.api.wire.sync_reply import SyncReply
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.sync.handler import SyncHandler
from polytomic_provider.validation import UNKNOWN

HANDLER = SyncHandler()
MODEL = "6b1f0000-0000-4000-8000-000000000001"
OTHER = "6b1f0000-0000-4000-8000-000000000002"
TARGET: dict[str, Any] = {"connection_id": OTHER, "object": "contact"}
BASE: dict[str, Any] = {
    "name": "s",
    "mode": "update",
    "model": MODEL,
    "target": TARGET,
    "identity": ["Email", "email"],
    "fields": {"LastName": "lastName"},
}
MAIL = {"field": "Email", "function": "IsNotNull"}
PHONE = {"field": "Phone", "function": "IsNotNull"}


def _compare(old: dict[str, Any], new: dict[str, Any]):
    return HANDLER.compare(State("id", {**BASE, **old}, {}), {**BASE, **new})


def _body(current: dict[str, Any], old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    reply = SyncReply.model_validate({"id": "id", "name": "s", **current})
    request = HANDLER.update_request(reply, _compare(old, new))
    return request.model_dump(mode="json", by_alias=True, exclude_none=True)


def test_the_order_of_filters_is_no_difference_and_their_logic_is_one():
    old = {"filters": [MAIL, PHONE], "filter_logic": "A or B"}
    assert not _compare(old, {"filters": [PHONE, MAIL], "filter_logic": "B OR A"}).differs
    assert _compare(old, {**old, "filter_logic": "A and B"}).changed == ("filter_logic",)


def test_the_order_of_the_values_of_a_set_is_no_difference():
    old, new = (
        {"filters": [{"field": "Email", "function": "StringOneOf", "value": value}]}
        for value in (["a", "b"], ["b", "a"])
    )
    assert not _compare(old, new).differs


def test_one_filter_more_or_less_is_a_difference():
    one, two = {"filters": [MAIL]}, {"filters": [MAIL, PHONE]}
    assert _compare(one, two).sent == ("filters",)
    assert _compare(two, one).sent == ("filters",)


def test_another_form_of_the_same_filters_is_a_difference():
    new = {"model_filters": {"conditions": [{"source": "Email", "function": "IsNotNull"}]}}
    assert _compare({"filters": [MAIL]}, new).sent == ("filters", "model_filters")


def test_no_filters_in_another_form_are_a_difference():
    assert _compare({}, {"filters": []}).sent == ("filters",)
    assert _compare({}, {"model_filters": {"conditions": []}}).sent == ("model_filters",)


def test_a_mapping_that_stands_there_twice_is_a_difference():
    twice = {"fields": {"LastName": ["lastName", "lastName"]}}
    assert _compare(twice, {}).sent == ("fields",)


@pytest.mark.parametrize(
    ("target", "ended", "sent"),
    [
        ({"configuration": {"a": 1}}, ("target.configuration.b",), False),
        ({"configuration": {"a": 1, "b": None}}, ("target.configuration.b",), False),
        ({"configuration": {"a": 2}}, ("target.configuration.b",), True),
        ({"configuration": {"a": 1, "c": 1}}, ("target.configuration.b",), True),
        ({"configuration": {"a": 1}, "object": "lead"}, ("target.configuration.b",), True),
        ({"configuration": {}}, ("target.configuration.a", "target.configuration.b"), False),
        ({}, ("target.configuration.a", "target.configuration.b"), False),
        ({"configuration": {"a": 1, "b": 2, "c": 3}}, (), True),
    ],
    ids=str,
)
def test_to_end_managing_a_key_of_the_targets_configuration_sends_nothing_by_itself(
    target: dict[str, Any], ended: tuple[str, ...], sent: bool
):
    old = {"target": {**TARGET, "configuration": {"a": 1, "b": 2}}}
    comparison = _compare(old, {"target": {**TARGET, **target}})
    assert comparison.changed == ("target",)
    assert comparison.replaces == ()
    assert comparison.ended == ended
    assert comparison.sent == ("target",) * sent


@pytest.mark.parametrize("connection", ["another", UNKNOWN], ids=str)
def test_another_or_an_unknown_connection_of_the_target_replaces(connection: Any):
    comparison = _compare({}, {"target": {**TARGET, "connection_id": connection}})
    assert comparison.changed == ("target",)
    assert comparison.replaces == ("target",)


def test_what_the_sync_has_created_is_not_created_again():
    target = {"connection_id": OTHER, "create": {"name": "made"}}
    current = {"target": {"connection_id": OTHER, "object": "made"}}
    body = _body(current, {"target": target}, {"target": target})
    assert body["target"] == {"connection_id": OTHER, "object": "made", "configuration": {}}


def test_keys_that_others_put_into_the_targets_configuration_are_sent_back():
    current = {"target": {**TARGET, "configuration": {"a": 1, "theirs": 2}}}
    body = _body(current, {}, {"target": {**TARGET, "configuration": {"a": 3}}})
    assert body["target"]["configuration"] == {"a": 3, "theirs": 2}


def test_several_identities_become_one_in_the_form_that_can_say_so():
    source = {"model_id": MODEL, "field": "Email"}
    two = [{"source": source, "target": name, "function": "Equality"} for name in ("email", "id")]
    several = {"target": TARGET, "identities": {"mappings": two, "strategy": "and"}}
    body = _body(several, {}, {})
    assert "identity" not in body
    assert [one["target"] for one in body["identities"]["mappings"]] == ["email"]
    body = _body(several, {}, {"identity": None, "mode": "replace"})
    assert body["identities"] == {"mappings": []}
    body = _body({"target": TARGET, "identity": two[0]}, {}, {})
    assert body["identity"]["target"] == "email"
    assert "identities" not in body


def test_the_models_that_a_sync_reads_stay_known_where_a_reply_leaves_them_out():
    old = {"model_ids": [MODEL]}
    for shown, known in ((None, [MODEL]), ([OTHER], [OTHER])):
        reply = SyncReply.model_validate({"id": "id", "name": "s", "model_ids": shown})
        assert HANDLER.read_computed(reply, old) == {"model_ids": known}


def test_an_unknown_part_of_a_filter_is_a_difference():
    filters = [{"field": "Email", "function": "Equality", "value": UNKNOWN}]
    assert _compare({"filters": [MAIL]}, {"filters": filters}).changed == ("filters",)
