"""One object per declared resource, with one list of a kind a run (DESIGN's four laws)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import (
    Interruption,
    JobUnfinished,
    PolytomicError,
    ServerError,
    Unprocessable,
    resolve_settings,
)
from polytomic_provider.api.http.operation import begin, present
from polytomic_provider.host.session import Session
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.duplicates import AlreadyExists, DeclaredTwice
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from tests.kinds.conftest import Workbench

CRM = {"type": "salesforce", "configuration": {"domain": "acme.my.salesforce.com"}}
POST = {"method": "POST", "path": "^/api/connections$"}
URN = "urn:pulumi:dev::proof::pulumi-python:dynamic/polytomic:{}::{}"


def _make(workbench: Workbench, resource: str, kind: str = "Connection", **given: Any) -> State:
    """Create as the resource of that name; its name in Polytomic is another matter."""
    arguments = {"name": resource, **(CRM if kind == "Connection" else {}), **given}
    inputs = Inputs(arguments, URN.format(kind, resource))
    return HANDLERS[kind].create(_scope(workbench, inputs.identity), inputs)


def _scope(workbench: Workbench, identity: str) -> Scope:
    """A scope whose waits let the server's clock go on at once."""
    scope = workbench.scope(identity)
    operation = present()
    assert operation is not None
    begin(replace(operation, interruption=_ServerIsLater(workbench.emulator)))
    return scope


class _ServerIsLater(Interruption):
    """Waits that are over at once, while the server's clock goes on."""

    def __init__(self, emulator: RunningEmulator) -> None:
        super().__init__()
        self._emulator = emulator

    def sleep(self, seconds: float) -> None:
        self._emulator.advance_clock(seconds)


@pytest.fixture(params=["on", "off"])
def either(request: pytest.FixtureRequest) -> Iterator[Workbench]:
    """A run against a server that keeps idempotency keys, and against one that does not."""
    with RunningEmulator() as emulator:
        emulator.behave(idempotency_keys=request.param)
        yield Workbench(emulator)


def _keeps_keys(workbench: Workbench) -> bool:
    switches = workbench.emulator.control("GET", "behaviour")["switches"]
    return switches["idempotency_keys"] == "on"


def _lists(workbench: Workbench, path: str = "/api/connections") -> int:
    return len(workbench.emulator.requests("GET", path))


def _ids(workbench: Workbench) -> list[str]:
    return [one["id"] for one in workbench.emulator.connections()]


def test_many_creations_at_once_share_the_lists_before_and_after(workbench: Workbench):
    workbench.emulator.delay(100, method="GET", path="^/api/connections$")
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(partial(_make, workbench), [f"crm-{n}" for n in range(12)]))
    assert len({one.id for one in made}) == len(_ids(workbench)) == 12
    lists = _lists(workbench)
    assert 2 <= lists <= 5
    for number in range(12, 15):
        _make(workbench, f"crm-{number}")
    assert _lists(workbench) == lists + 3


def test_a_list_that_failed_is_asked_for_again(workbench: Workbench):
    workbench.emulator.fail(kind="status", status=403, method="GET", path="^/api/connections$")
    with pytest.raises(PolytomicError, match="403"):
        _make(workbench, "crm")
    workbench.emulator.clear_faults()
    _make(workbench, "crm")
    assert len(_ids(workbench)) == 1
    assert _lists(workbench) == 3


def test_a_failed_list_fails_every_creation_that_waits_for_it_and_makes_nothing(
    workbench: Workbench,
):
    workbench.emulator.fail(
        kind="status", status=403, method="GET", path="^/api/connections$", times=99
    )
    workbench.emulator.delay(100, method="GET", path="^/api/connections$")

    def fails(number: int) -> bool:
        try:
            _make(workbench, f"crm-{number}")
        except PolytomicError:
            return True
        return False

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(fails, range(6)))
    assert _ids(workbench) == []


def test_the_same_thing_on_the_last_page_of_a_list_is_found(either: Workbench):
    either.emulator.behave(lists="paged", page_size=2)
    for number in range(5):
        _make(either, f"crm-{number}")
    either.restart()
    for made in either.emulator.connections():
        with pytest.raises(AlreadyExists, match=made["id"]):
            _make(either, "other", name=made["name"])
    after_each = (1, 1, 2, 2, 3)
    assert _lists(either) == 1 + sum(after_each) + 3
    assert len(_ids(either)) == 5


@pytest.mark.parametrize("days", [-400, -2, 2, 400])
def test_what_a_lost_run_made_is_found_however_wrong_the_clock_of_this_machine_is(
    workbench: Workbench, days: int
):
    workbench.emulator.advance_clock(days * 86400)
    first = _make(workbench, "crm")
    workbench.restart()
    workbench.emulator.advance_clock(3600)
    assert _make(workbench, "crm").id == first.id
    assert len(_ids(workbench)) == 1


def test_a_deleted_object_makes_room_for_one_of_the_same_name_in_the_same_run(
    either: Workbench,
):
    first = _make(either, "crm")
    either.restart()
    _make(either, "another")
    HANDLERS["Connection"].delete(either.scope(first.identity), first)
    second = _make(either, "crm")
    assert second.id != first.id
    assert second.id in _ids(either)
    assert len(_ids(either)) == 2
    of_the_replay = 1 if _keeps_keys(either) else 0
    assert _lists(either) == 2 + 3 + of_the_replay


def test_a_renamed_object_makes_room_for_one_of_its_old_name_in_the_same_run(either: Workbench):
    first = _make(either, "crm")
    either.restart()
    _make(either, "another")
    either.update("Connection", first, name="Customers")
    assert _make(either, "crm-2", name="crm").id != first.id
    with pytest.raises(DeclaredTwice):
        _make(either, "crm-3", name="Customers")


def test_what_was_renamed_or_deleted_outside_meanwhile_stands_in_nobodys_way(either: Workbench):
    first, second = _make(either, "first"), _make(either, "second")
    either.restart()
    _make(either, "another")
    either.emulator.change(first.id, name="Renamed by a person")
    either.emulator.delete(second.id)
    _make(either, "x", name="first")
    _make(either, "y", name="second")
    assert len(_ids(either)) == 4


def test_two_resources_that_would_be_the_same_thing_are_named(either: Workbench):
    _make(either, "crm", name="CRM")
    with pytest.raises(DeclaredTwice) as raised:
        _make(either, "sales", name="CRM")
    text = str(raised.value)
    assert "connection 'CRM' belongs to the resource 'crm' of this program" in text
    assert "on 'sales': `opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name=\"crm\")])`" in text
    assert len(_ids(either)) == 1


def test_of_two_resources_made_at_once_as_the_same_thing_one_is_made(either: Workbench):
    either.emulator.delay(150, **POST)

    def outcome(resource: str) -> str:
        try:
            _make(either, resource, name="CRM")
        except DeclaredTwice:
            return "declared twice"
        return "made"

    with ThreadPoolExecutor(4) as pool:
        results_of = sorted(pool.map(outcome, ["a", "b", "c", "d"]))
    assert results_of == ["declared twice"] * 3 + ["made"]
    assert len(_ids(either)) == 1


def test_a_new_resource_does_not_get_the_object_that_an_alias_carried_to_another_name(
    workbench: Workbench,
):
    made = _make(workbench, "crm")
    workbench.restart()
    inputs = Inputs(made.arguments, made.identity)
    renamed = workbench.session.scope(
        made.identity, None, workbench.say, urn=URN.format("Connection", "sales")
    )
    HANDLERS["Connection"].read(renamed, made)
    with pytest.raises(DeclaredTwice, match="the resource 'sales'"):
        HANDLERS["Connection"].create(workbench.scope(inputs.identity), inputs)
    assert _ids(workbench) == [made.id]


@pytest.mark.parametrize("fault", [{"kind": "drop", "when": "after"}, {"kind": "truncate"}])
def test_a_lost_reply_makes_no_second_object_and_keeps_the_consent_address(
    either: Workbench, fault: dict[str, Any]
):
    either.emulator.fail(**fault, **POST, times=1)
    made = _make(either, "crm")
    assert _ids(either) == [made.id]
    assert made.computed["auth_url"].startswith(either.emulator.url)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_an_error_of_a_gateway_after_the_change_makes_no_second_object(
    either: Workbench, status: int
):
    either.emulator.fail(kind="status", status=status, when="after", **POST, times=1)
    made = _make(either, "crm")
    assert _ids(either) == [made.id]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_500_converges_in_the_same_run(either: Workbench, when: str):
    either.emulator.fail(kind="status", status=500, when=when, **POST, times=2)
    made = _make(either, "crm")
    assert _ids(either) == [made.id]
    assert made.computed["auth_url"]


def test_a_500_is_not_tried_again_while_it_cannot_be_seen_what_it_has_made(workbench: Workbench):
    workbench.emulator.fail(kind="status", status=500, when="after", **POST)
    look = {"method": "GET", "path": POST["path"], "after_matches": 1}
    workbench.emulator.fail(kind="status", status=403, **look)
    with pytest.raises(ServerError, match=r"could not be seen: .*403"):
        _make(workbench, "crm")
    (there,) = _ids(workbench)
    workbench.restart()
    assert _make(workbench, "crm").id == there
    assert _ids(workbench) == [there]


@pytest.mark.torture
def test_a_500_that_stays_ends(workbench: Workbench):
    workbench.emulator.fail(kind="status", status=500, **POST, times=99)
    with pytest.raises(ServerError):
        _make(workbench, "crm")
    assert len(workbench.emulator.requests("POST", "/api/connections")) == 6


def test_what_a_person_made_meanwhile_is_not_taken_for_what_a_500_has_made(either: Workbench):
    _make(either, "another")
    person = Workbench(either.emulator)
    theirs = _make(person, "theirs", name="crm")
    either.emulator.advance_clock(60)
    either.emulator.fail(kind="status", status=500, **POST, times=1)
    with pytest.raises(AlreadyExists, match=theirs.id):
        _make(either, "crm")
    assert len(_ids(either)) == 2


def test_what_a_killed_runs_request_made_meanwhile_is_ours(workbench: Workbench):
    _make(workbench, "another")
    orphan = Workbench(workbench.emulator)
    made = _make(orphan, "crm")
    workbench.emulator.advance_clock(60)
    workbench.emulator.fail(kind="drop", when="before", **POST, times=1)
    assert _make(workbench, "crm").id == made.id
    assert len(_ids(workbench)) == 2


def test_a_recorded_failure_does_not_stick(either: Workbench):
    either.emulator.fail(kind="status", status=422, **POST, times=99)
    for _ in range(2):
        with pytest.raises(Unprocessable):
            _make(either, "crm")
        either.restart()
    either.emulator.clear_faults()
    assert _ids(either) == []
    made = _make(either, "crm")
    assert _ids(either) == [made.id]


def test_an_object_that_was_deleted_since_counts_as_nothing(either: Workbench):
    first = _make(either, "crm")
    HANDLERS["Connection"].delete(either.scope(first.identity), first)
    either.restart()
    second = _make(either, "crm")
    assert _ids(either) == [second.id]
    either.restart()
    if _keeps_keys(either):
        assert _make(either, "crm").id == second.id
    else:
        with pytest.raises(AlreadyExists, match=second.id):
            _make(either, "crm")
    assert _ids(either) == [second.id]


def test_an_unrecorded_success_is_found_again_or_named_where_there_are_no_keys(either: Workbench):
    first = _make(either, "crm")
    either.restart()
    if _keeps_keys(either):
        assert _make(either, "crm").id == first.id
    else:
        with pytest.raises(AlreadyExists, match=first.id):
            _make(either, "crm")
    assert _ids(either) == [first.id]


def test_a_sync_whose_maps_come_in_another_order_is_found_again(
    workbench: Workbench, make_sync: Callable[..., State]
):
    """Protobuf hands maps over in any order."""
    fields = {"Email": "Email", "LastName": "LastName", "Id": "FirstName"}
    constants = {"Company": "Acme", "Rating": "Hot", "LeadSource": "Web"}
    first = make_sync(fields=fields, override_fields=constants)
    for _ in range(3):
        fields = dict([*fields.items()][::-1])
        constants = dict([*constants.items()][1:] + [*constants.items()][:1])
        workbench.restart()
        given = {**first.arguments, "fields": fields, "override_fields": constants}
        inputs = Inputs(given, first.identity)
        assert HANDLERS["Sync"].create(workbench.scope(inputs.identity), inputs).id == first.id
    assert len(workbench.emulator.syncs()) == 1


def _another_key(workbench: Workbench) -> None:
    workbench.emulator.rotate_key()
    workbench.restart()


def _another_namespace(workbench: Workbench) -> None:
    emulator = workbench.emulator
    config = {"polytomic:apiKey": emulator.api_key, "polytomic:url": emulator.url}
    workbench.session = Session(resolve_settings({**config, "polytomic:namespace": "b"}, {}))


def _a_day_later(workbench: Workbench) -> None:
    workbench.emulator.advance_clock(25 * 3600)
    workbench.restart()


@pytest.mark.parametrize("change", [_another_key, _another_namespace, _a_day_later])
def test_what_no_key_can_show_to_be_ours_is_named_with_the_ways_out_in_order(
    workbench: Workbench, change: Callable[[Workbench], None]
):
    first = _make(workbench, "crm")
    change(workbench)
    with pytest.raises(AlreadyExists) as raised:
        _make(workbench, "crm")
    text = str(raised.value)
    moved = "pulumi.Alias(parent=<its old parent>)"
    ways = ["aliases=[", moved, f'adopt_id="{first.id}"', "another name"]
    assert sorted(ways, key=text.index) == ways
    assert _ids(workbench) == [first.id]


@pytest.mark.parametrize("version", ["2025-09-18", "2024-02-08"])
def test_models_and_syncs_that_are_the_same_thing_are_named_in_every_form_of_lists(
    either: Workbench, version: str
):
    crm = _make(either, "crm")
    either.emulator.authorize(crm.id)
    either.emulator.finish_schema(crm.id)
    model = {"connection_id": crm.id, "configuration": {"table": "Contact"}, "name": "contacts"}
    contacts = _make(either, "contacts", "Model", **model)
    sync = {
        "model": contacts.id,
        "mode": "updateOrCreate",
        "target": {"connection_id": crm.id, "object": "Lead"},
        "identity": ["Email", "Email"],
        "fields": {"Email": "Email"},
        "name": "sync",
    }
    made = _make(either, "sync", "Sync", **sync)
    config = {"polytomic:apiKey": either.emulator.api_key, "polytomic:url": either.emulator.url}
    config["polytomic:apiVersion"] = version
    either.session = Session(resolve_settings(config, {}))
    with pytest.raises(AlreadyExists, match=contacts.id):
        _make(either, "contacts-2", "Model", **model)
    with pytest.raises(AlreadyExists, match=made.id):
        _make(either, "sync-2", "Sync", **sync)
    other = {**sync, "target": {"connection_id": crm.id, "object": "Account"}, "fields": {}}
    other = {**other, "identity": ["Email", "Name"], "fields": {"Email": "Name"}}
    _make(either, "sync-3", "Sync", **other)
    assert len(either.emulator.models()) == 1
    assert len(either.emulator.syncs()) == 2
    assert _lists(either, "/api/syncs") == 2 * 2


def test_a_model_that_is_made_alone_costs_its_post_and_a_look(
    workbench: Workbench, salesforce: State
):
    model = {"connection_id": salesforce.id, "configuration": {"table": "Contact"}}
    workbench.restart()
    workbench.emulator.advance_clock(5)
    _make(workbench, "first", "Model", **model)
    workbench.emulator.advance_clock(5)
    workbench.emulator.clear_requests()
    _make(workbench, "second", "Model", **model)
    asked = [(one["method"], one["path"]) for one in workbench.emulator.requests()]
    assert asked == [("POST", "/api/models"), ("GET", "/api/models")]


@pytest.mark.torture
def test_a_model_whose_job_is_not_done_in_time_is_found_by_the_next_run(
    workbench: Workbench, salesforce: State
):
    workbench.emulator.behave(model_jobs="on", job_polls=1000)
    inputs = Inputs(
        {"name": "slow", "connection_id": salesforce.id, "configuration": {"table": "Contact"}},
        URN.format("Model", "slow"),
    )
    hurried = workbench.session.scope(inputs.identity, 0.2, workbench.say)
    with pytest.raises(JobUnfinished):
        HANDLERS["Model"].create(hurried, inputs)
    workbench.emulator.behave(job_polls=1)
    workbench.restart()
    made = HANDLERS["Model"].create(workbench.scope(inputs.identity), inputs)
    assert [one["id"] for one in workbench.emulator.models()] == [made.id]


def test_the_old_name_of_a_resource_that_is_renamed_is_free_in_the_same_run(workbench: Workbench):
    configuration = {"domain": "acme.my.salesforce.com"}
    first = workbench.create("Connection", "crm", type="salesforce", configuration=configuration)
    workbench.restart()
    renamed = {**first.arguments, "name": "old crm"}
    owner = Resource(first.identity, first.identity)
    HANDLERS["Connection"].note_state(workbench.session.process, owner, first, renamed)
    inputs = Inputs({**first.arguments}, "urn:Connection:second")
    made = HANDLERS["Connection"].create(workbench.scope(inputs.identity), inputs)
    assert made.id != first.id
    workbench.update("Connection", first, name="old crm")
    names = {one["id"]: one["name"] for one in workbench.emulator.connections()}
    assert names == {first.id: "old crm", made.id: "crm"}


def test_a_name_that_the_server_keeps_in_another_unicode_form_is_found_again(either: Workbench):
    either.emulator.behave(unicode="composed")
    either.emulator.fail(kind="status", status=503, when="after", **POST)
    made = _make(either, "cafe\u0301")
    assert [one["id"] for one in either.emulator.connections()] == [made.id]
    either.restart()
    with pytest.raises(AlreadyExists, match=made.id):
        _make(either, "another", name="cafe\u0301")
