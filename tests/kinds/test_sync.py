"""A sync's life, in the handler."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State, write_state
from polytomic_provider.validation import UNKNOWN
from tests.kinds.conftest import Workbench

MakeSync = Callable[..., State]


@pytest.mark.parametrize(
    "arguments",
    [
        {"fields": [{"source": "Email", "target": "Email"}]},
        {"fields": {"Email": ["Email", {"target": "LastName", "sync_mode": "create"}]}},
        {"filters": [{"field": "LastName", "function": "IsNotNull"}]},
        {"filters": [{"field": "Email", "function": "StringOneOf", "value": ["a", "b"]}]},
        {
            "model_filters": {
                "conditions": [{"source": "LastName", "function": "IsNotNull"}],
            }
        },
        {
            "identity": None,
            "identities": {"mappings": [["Email", "Email"]], "strategy": "priority"},
        },
        {"override_fields": {"Company": "Acme"}},
        {"overrides": [{"field": "Phone", "function": "IsNull", "override": "none"}]},
        {"schedule": {"frequency": "weekly", "day_of_week": "monday", "hour": 7, "minute": 5}},
        {"schedule": {"frequency": "continuous"}, "active": True},
        {"mode": "create", "sync_all_records": True, "skip_initial_backfill": True},
    ],
    ids=lambda arguments: next(iter(arguments)),
)
def test_what_was_created_reads_as_it_was_written(
    workbench: Workbench, make_sync: MakeSync, arguments: dict[str, Any]
):
    made = make_sync(**arguments)
    read = workbench.read("Sync", made)
    assert read is not None
    written = {key: value for key, value in made.arguments.items() if value is not None}
    assert {key: value for key, value in read.arguments.items() if value is not None} == written
    assert not HANDLERS["Sync"].compare(read, written).differs


def test_an_argument_taken_out_of_the_program_is_cleared_and_the_unmanaged_survives(
    workbench: Workbench, make_sync: MakeSync
):
    made = make_sync(filters=[{"field": "LastName", "function": "IsNotNull"}])
    workbench.emulator.change_sync(made.id, active=True)
    workbench.update("Sync", made, filters=None)
    reply = workbench.session.polytomic(None).syncs.get(made.id).data
    assert not reply.filters
    assert reply.active is True


def test_a_passphrase_is_sealed_and_sent_with_every_update(
    workbench: Workbench, make_sync: MakeSync
):
    made = make_sync(encryption_passphrase="canary-passphrase")
    sealed = HANDLERS["Sync"].seal(write_state(made), lambda _: "[sealed]")
    assert "canary" not in json.dumps(sealed)
    read = workbench.read("Sync", made)
    assert read is not None
    assert read.arguments["encryption_passphrase"] == "canary-passphrase"


def test_a_created_sync_that_was_never_recorded_is_found_again(
    workbench: Workbench, make_sync: MakeSync
):
    first = make_sync()
    workbench.restart()
    arguments = {name: value for name, value in first.arguments.items() if name != "name"}
    assert workbench.create("Sync", "sync", **arguments).id == first.id
    assert len(workbench.emulator.syncs()) == 1


def test_another_or_an_unknown_target_connection_or_model_replaces():
    old = {"model": "m", "mode": "create", "target": {"connection_id": "a", "object": "x"}}
    state = State("1", old, {})
    for change in (
        {"target": {"connection_id": "b", "object": "x"}},
        {"target": {"connection_id": UNKNOWN, "object": "x"}},
        {"target": UNKNOWN},
        {"model": UNKNOWN},
    ):
        comparison = HANDLERS["Sync"].compare(state, {**old, **change})
        assert comparison.replaces == (next(iter(change)),)
    renamed = {**old, "target": {"connection_id": "a", "object": "y"}}
    comparison = HANDLERS["Sync"].compare(state, renamed)
    assert comparison.changed == ("target",)
    assert comparison.replaces == ()


def test_a_state_with_25_mappings_stays_below_4_kilobytes():
    arguments = {
        "name": "Salesforce contacts to NetSuite (production)",
        "model": "6b1f0000-0000-4000-8000-000000000001",
        "mode": "updateOrCreate",
        "target": {"connection_id": "6b1f0000-0000-4000-8000-000000000002", "object": "contact"},
        "identity": ["Email", "email"],
        "fields": {f"SourceField{n}__c": f"custentity_target_{n}" for n in range(25)},
        "filters": [{"field": "LastName", "function": "IsNotNull"}],
        "schedule": {"frequency": "daily", "hour": 10, "minute": 30},
    }
    identity = "urn:pulumi:production::salesforce-to-netsuite::pulumi-python:dynamic/x:Sync::sync"
    outputs = write_state(State("1", arguments, {"model_ids": ["m"]}, "w" * 36, identity))
    assert len(json.dumps([{**arguments, "__identity": identity}, outputs])) <= 4096


def test_a_mapping_and_an_identity_made_outside_read_as_a_program_would_write_them(
    workbench: Workbench, make_sync: MakeSync
):
    made = make_sync()
    source = {"model_id": made.arguments["model"], "field": "Phone"}
    mapping = {"source": source, "target": "Company"}
    (stored,) = workbench.emulator.syncs()
    workbench.emulator.change_sync(
        made.id,
        fields=[{**one, "sync_mode": "updateOrCreate"} for one in stored["fields"]] + [mapping],
        identity={"source": source, "target": "Id", "function": "Equality"},
    )
    read = workbench.read("Sync", made)
    assert read is not None
    assert read.arguments["fields"] == {
        "Email": "Email",
        "LastName": "LastName",
        "Phone": "Company",
    }
    assert read.arguments["identity"] == ["Phone", "Id"]


@pytest.mark.parametrize(
    ("arguments", "warned"),
    [
        ({"schedule": {"frequency": "daily", "hour": 1, "minute": 2}}, True),
        ({"schedule": {"frequency": "continuous"}, "active": False}, False),
        ({"schedule": {"frequency": "continuous"}, "active": True}, False),
        ({}, False),
    ],
    ids=str,
)
def test_a_new_sync_whose_schedule_does_not_run_is_warned_of(
    workbench: Workbench, make_sync: MakeSync, arguments: dict[str, Any], warned: bool
):
    made = make_sync(**arguments)
    warnings = [text for text in workbench.said if text.startswith("active: ")]
    assert [("its schedule does not run" in text) for text in warnings] == [True] * warned
    workbench.said.clear()
    workbench.update("Sync", made, sync_all_records=True)
    assert not [text for text in workbench.said if text.startswith("active: ")]


def test_ending_to_manage_active_and_policies_keeps_them(workbench: Workbench, make_sync: MakeSync):
    policy = "0b5f9c1e-0000-4000-8000-000000000001"
    made = make_sync(active=True, policies=[policy])
    ended = {**made.arguments, "active": None, "policies": None}
    comparison = HANDLERS["Sync"].compare(made, ended)
    assert comparison.ended == ("active", "policies")
    assert comparison.sent == ()
    sent = len(workbench.emulator.requests())
    left = workbench.update("Sync", made, active=None, policies=None)
    assert len(workbench.emulator.requests()) == sent
    workbench.update("Sync", left, name="Renamed")
    (stored,) = workbench.emulator.syncs()
    assert (stored["name"], stored["active"], stored["policies"]) == ("Renamed", True, [policy])


def test_the_order_and_the_form_of_mappings_are_no_difference():
    base = {"name": "s", "mode": "create", "model": "m", "target": {"connection_id": "c"}}
    several = {**base, "fields": {"Email": ["a", "b"]}, "override_fields": {"c": "x"}}
    state = State("1", several, {})
    listed = [{"source": "Email", "target": "b"}, {"source": "Email", "target": "a"}]
    for other in ({"fields": {"Email": ["b", "a"]}}, {"fields": listed}):
        assert not HANDLERS["Sync"].compare(state, {**several, **other}).differs
    for other in (
        {"fields": {"Email": ["a"]}},
        {"fields": {"Email": ["a", "B"]}},
        {"fields": {"Email": ["a", UNKNOWN]}},
        {"override_fields": {"c": "X"}},
        {"override_fields": {"c": ""}},
    ):
        assert HANDLERS["Sync"].compare(state, {**several, **other}).differs
