"""Taking over objects that are in Polytomic already."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import PolytomicError, Unprocessable
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.adoption import (
    AdoptsAnother,
    CannotAdopt,
    NothingToAdopt,
    SeveralToAdopt,
)
from polytomic_provider.kinds.lifecycle.duplicates import DeclaredTwice, StillNeeded
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.scope import Process
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.resources.preview.adoption import existing
from polytomic_provider.resources.preview.declared import Declared, Deployed
from polytomic_provider.validation import UNKNOWN, Severity
from tests.kinds.conftest import Workbench

CRM: dict[str, Any] = {"type": "salesforce", "configuration": {"domain": "acme.my.salesforce.com"}}
NETSUITE: dict[str, Any] = {
    "type": "netsuite",
    "configuration": {
        "account_id": "1234567_SB1",
        "consumer_key": "canary-consumer-key",
        "consumer_secret": "canary-consumer-secret",
        "token": "canary-token",
        "token_secret": "canary-token-secret",
    },
}
URN = "urn:pulumi:dev::proof::pulumi-python:dynamic/polytomic:{}::{}"


def _make(workbench: Workbench, resource: str, kind: str = "Connection", **given: Any) -> State:
    arguments = {"name": resource, **given}
    inputs = Inputs(arguments, URN.format(kind, resource))
    return HANDLERS[kind].create(workbench.scope(inputs.identity), inputs)


def _delete(workbench: Workbench, state: State, kind: str = "Connection") -> None:
    HANDLERS[kind].delete(workbench.scope(state.identity), state)


def _foresee(workbench: Workbench, kind: str = "Connection", **given: Any) -> str:
    handler = HANDLERS[kind]
    assert isinstance(handler, ObjectHandler)
    return handler.preview_adoption(workbench.scope(URN.format(kind, "mine")), given, ()).text


def _written(workbench: Workbench) -> list[str]:
    return [one["method"] for one in workbench.emulator.requests() if one["method"] != "GET"]


@pytest.fixture
def theirs(workbench: Workbench) -> State:
    """A connection that a person made, in a run that is over."""
    made = _make(workbench, "theirs", name="CRM", **CRM)
    workbench.emulator.authorize(made.id)
    workbench.emulator.change(made.id, policies=[])
    workbench.restart()
    workbench.emulator.clear_requests()
    return made


@pytest.mark.parametrize("by_id", [False, True])
def test_what_is_as_the_program_says_is_adopted_without_a_change(
    workbench: Workbench, theirs: State, by_id: bool
):
    how = {"adopt_id": theirs.id} if by_id else {"adopt": True}
    found = f"adopts connection 'CRM' ({theirs.id}, salesforce) and changes nothing"
    assert _foresee(workbench, name="CRM", **CRM, **how) == found
    workbench.restart()
    mine = _make(workbench, "mine", name="CRM", **CRM, **how)
    assert mine.id == theirs.id
    assert mine.identity == URN.format("Connection", "mine")
    assert _written(workbench) == []
    read = workbench.read("Connection", mine)
    assert read is not None
    assert not HANDLERS["Connection"].compare(read, mine.arguments).differs


def test_what_differs_is_said_before_and_written_and_the_unmanaged_survives(
    workbench: Workbench, theirs: State
):
    workbench.emulator.change(
        theirs.id,
        configuration={**CRM["configuration"], "daily_api_calls": 500, "enforce_api_limits": True},
    )
    given = {
        "name": "Customers",
        "type": "salesforce",
        "configuration": {"domain": "other.my.salesforce.com", "enforce_api_limits": True},
        "adopt_id": theirs.id,
    }
    foreseen = _foresee(workbench, **given)
    assert foreseen.splitlines()[1:] == [
        "    configuration.domain: 'acme.my.salesforce.com' -> 'other.my.salesforce.com'",
        "    name: 'CRM' -> 'Customers'",
    ]
    assert _written(workbench) == []
    workbench.restart()
    mine = _make(workbench, "mine", **given)
    there = workbench.emulator.connection(mine.id)
    assert there["name"] == "Customers"
    assert there["configuration"]["domain"] == "other.my.salesforce.com"
    assert there["configuration"]["daily_api_calls"] == 500
    assert _written(workbench) == ["PUT"]
    assert len(workbench.emulator.connections()) == 1


def test_secrets_are_written_since_nothing_shows_them_and_are_never_shown(workbench: Workbench):
    made = _make(workbench, "theirs", name="ERP", **NETSUITE)
    workbench.restart()
    mine = {**NETSUITE["configuration"], "token": "canary-new", "account_id": "7654321"}
    given = {"name": "ERP", "type": "netsuite", "configuration": mine, "adopt": True}
    foreseen = _foresee(workbench, **given)
    assert "canary" not in foreseen
    assert "configuration.token: written anew, since Polytomic does not show it" in foreseen
    workbench.restart()
    assert _make(workbench, "mine", **given).id == made.id
    assert workbench.emulator.connection(made.id)["configuration"]["token"] == "canary-new"


def test_values_that_the_program_made_secret_are_not_shown(workbench: Workbench, theirs: State):
    handler = HANDLERS["Connection"]
    assert isinstance(handler, ObjectHandler)
    given = {"name": "Private", **CRM, "configuration": {"domain": "private"}}
    given["adopt_id"] = theirs.id
    scope = workbench.scope(URN.format("Connection", "mine"))
    text = handler.preview_adoption(scope, given, {"configuration.domain", "name"}).text
    assert "rivate" not in text
    assert "acme" not in text
    assert "configuration.domain: [secret]" in text


def test_nothing_to_adopt_is_an_error_with_the_nearest_candidates(
    workbench: Workbench, theirs: State
):
    other = _make(workbench, "other", name="Shop", type="hubspot", configuration={})
    for act in (_foresee, lambda w, **given: _make(w, "mine", **given)):
        with pytest.raises(NothingToAdopt) as raised:
            act(workbench, name="crm", **CRM, adopt=True)
        text = str(raised.value)
        assert "there is no connection named 'crm' with the same type to adopt" in text
        near, far = f"'CRM' ({theirs.id}, salesforce)", f"'Shop' ({other.id}, hubspot)"
        assert text.index(near) < text.index(far)
        assert "remove `adopt`" in text
    with pytest.raises(NothingToAdopt, match="of the id nowhere") as raised:
        _make(workbench, "mine", name="CRM", **CRM, adopt_id="nowhere")
    assert theirs.id in str(raised.value)
    assert len(workbench.emulator.connections()) == 2


def test_several_that_are_the_same_thing_are_listed(workbench: Workbench, theirs: State):
    second = _make(workbench, "second", name="Other", **CRM)
    workbench.emulator.change(second.id, name="CRM")
    workbench.restart()
    with pytest.raises(SeveralToAdopt) as raised:
        _make(workbench, "mine", name="CRM", **CRM, adopt=True)
    assert all(f"'CRM' ({one.id}, salesforce)" in str(raised.value) for one in (theirs, second))
    assert _make(workbench, "mine", name="CRM", **CRM, adopt_id=second.id).id == second.id


def test_an_object_of_another_type_cannot_be_adopted(workbench: Workbench, theirs: State):
    with pytest.raises(CannotAdopt, match="its type is 'salesforce', the program says 'hubspot'"):
        _make(workbench, "mine", name="CRM", type="hubspot", configuration={}, adopt_id=theirs.id)
    assert _written(workbench) == []


def test_an_adoption_that_is_refused_changes_nothing_and_says_so(
    workbench: Workbench, theirs: State
):
    workbench.emulator.fail(kind="status", status=422, method="PUT", times=1)
    given = {"name": "Customers", **CRM, "adopt_id": theirs.id}
    with pytest.raises(Unprocessable, match=r"adopt connection 'CRM' .* was not taken over"):
        _make(workbench, "mine", **given)
    assert workbench.emulator.connection(theirs.id)["name"] == "CRM"
    assert _make(workbench, "mine", **given).id == theirs.id


def test_two_resources_cannot_adopt_one_object(workbench: Workbench, theirs: State):
    _make(workbench, "mine", name="CRM", **CRM, adopt_id=theirs.id)
    with pytest.raises(DeclaredTwice, match="the resource 'mine'"):
        _make(workbench, "also", name="CRM", **CRM, adopt_id=theirs.id)


def test_an_object_adopted_in_a_run_is_not_deleted_by_that_run(workbench: Workbench, theirs: State):
    _make(workbench, "mine", name="CRM", **CRM, adopt=True)
    with pytest.raises(StillNeeded) as raised:
        _delete(workbench, theirs)
    text = str(raised.value)
    assert (
        "`opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name=\"theirs\")])` on 'mine'" in text
    )
    assert f"pulumi state delete '{theirs.identity}'" in text
    assert [one["id"] for one in workbench.emulator.connections()] == [theirs.id]


@pytest.mark.parametrize("how", ["adopt", "adopt_id"])
def test_an_object_that_is_going_to_be_adopted_is_not_deleted_before(
    workbench: Workbench, theirs: State, how: str
):
    given = {"name": "CRM", **CRM, how: True if how == "adopt" else theirs.id}
    mine = Resource(*[URN.format("Connection", "mine")] * 2)
    HANDLERS["Connection"].note_declaration(workbench.session.process, mine, given, new=True)
    with pytest.raises(StillNeeded, match="adopts it in this run"):
        _delete(workbench, theirs)
    assert _make(workbench, "mine", **given).id == theirs.id


@pytest.mark.parametrize("how", ["adopt", "adopt_id"])
def test_an_object_that_was_deleted_first_is_named_with_the_alias(
    workbench: Workbench, theirs: State, how: str
):
    _delete(workbench, theirs)
    given = {"name": "CRM", **CRM, how: True if how == "adopt" else theirs.id}
    with pytest.raises(CannotAdopt) as raised:
        _make(workbench, "mine", **given)
    assert "was deleted in this run, as the object of the resource 'theirs'" in str(raised.value)
    assert 'aliases=[pulumi.Alias(name="theirs")]' in str(raised.value)


def test_two_resources_of_the_state_that_have_one_object_keep_it(
    workbench: Workbench, theirs: State
):
    mine = _make(workbench, "mine", name="CRM", **CRM, adopt=True)
    workbench.restart()
    resource = Resource(mine.identity, mine.identity)
    HANDLERS["Connection"].note_state(workbench.session.process, resource, mine, mine.arguments)
    with pytest.raises(StillNeeded):
        _delete(workbench, theirs)


def test_what_another_resource_of_the_stack_has_is_refused_before_anything_happens(
    workbench: Workbench, theirs: State
):
    workbench.read("Connection", theirs)
    mine = Resource(*[URN.format("Connection", "mine")] * 2)
    for how in ({"adopt": True}, {"adopt_id": theirs.id}):
        given = {"name": "CRM", **CRM, **how}
        (problem,) = HANDLERS["Connection"].note_declaration(
            workbench.session.process, mine, given, new=True
        )
        assert 'aliases=[pulumi.Alias(name="theirs")]' in str(problem)


def test_another_id_than_that_of_the_resource_at_hand_is_refused():
    handler, mine = HANDLERS["Connection"], Resource("urn:a", "urn:a")
    state = State("1", {"name": "CRM", **CRM}, {})

    def seen(state: State, **given: Any) -> None:
        handler.note_state(Process(), mine, state, {**state.arguments, **given})

    seen(state)
    seen(state, adopt=True)
    seen(state, adopt_id="1")
    seen(state, adopt_id=UNKNOWN)
    with pytest.raises(AdoptsAnother) as raised:
        seen(state, adopt_id="2")
    assert "pulumi state delete 'urn:a'" in str(raised.value)
    replaced = State("3", {"name": "CRM", **CRM, "adopt_id": "1"}, {})
    seen(replaced, adopt_id="1")


@pytest.mark.parametrize("how", [{"adopt": True}, {"adopt_id": "1"}])
def test_asking_to_adopt_is_no_difference_and_neither_is_to_ask_no_more(how: dict[str, Any]):
    for kind in ("Connection", "Model", "Sync"):
        plain: dict[str, Any] = {"name": "x", "target": {"connection_id": "c"}}
        for before, after in ((plain, {**plain, **how}), ({**plain, **how}, plain)):
            comparison = HANDLERS[kind].compare(State("1", before, {}), after)
            assert not comparison.differs


@pytest.mark.parametrize("how", ["adopt", "adopt_id"])
def test_a_replacement_makes_a_new_object_although_the_program_still_asks_to_adopt(
    workbench: Workbench, theirs: State, how: str
):
    given = {"name": "CRM", **CRM, how: True if how == "adopt" else theirs.id}
    mine = _make(workbench, "mine", **given)
    workbench.restart()
    _delete(workbench, mine)
    again = _make(workbench, "mine", **given)
    assert again.id != mine.id
    assert len(workbench.emulator.connections()) == 1


@pytest.mark.parametrize("how", ["adopt", "adopt_id"])
def test_a_preview_says_that_a_replacement_makes_a_new_object(
    workbench: Workbench, theirs: State, how: str
):
    handler = HANDLERS["Connection"]
    assert isinstance(handler, ObjectHandler)
    given: dict[str, Any] = {"name": "CRM", **CRM, how: True if how == "adopt" else theirs.id}
    scope = workbench.scope(URN.format("Connection", "mine"))
    assert "adopts connection" in handler.preview_adoption(scope, given, ()).text
    workbench.restart()
    scope = workbench.scope(URN.format("Connection", "mine"))
    text = handler.preview_adoption(scope, given, (), replaced=theirs.id).text
    assert text.startswith("replaced by a new connection")
    assert _written(workbench) == []


def test_a_preview_says_what_of_a_replacement_is_not_known_yet(workbench: Workbench):
    handler = HANDLERS["Model"]
    assert isinstance(handler, ObjectHandler)
    given = {"name": "m", "connection_id": UNKNOWN, "configuration": {}, "adopt": True}
    text = handler.preview_adoption(
        workbench.scope(URN.format("Model", "m")), given, (), replaced="1"
    ).text
    assert text == (
        "replaced by a new model, unless there is one to adopt, which shows once connection_id is "
        "known"
    )


@pytest.mark.parametrize("how", ["adopt", "adopt_id"])
def test_a_replacement_goes_on_in_a_run_that_knows_it_from_the_state_alone(
    workbench: Workbench, theirs: State, how: str
):
    given: dict[str, Any] = {"name": "CRM", **CRM, how: True if how == "adopt" else theirs.id}
    mine = _make(workbench, "mine", **given)
    _delete(workbench, mine)
    workbench.restart()
    resource = Resource(mine.identity, mine.identity)
    HANDLERS["Connection"].note_state(workbench.session.process, resource, mine, given)
    assert _make(workbench, "mine", **given).id != theirs.id
    assert len(workbench.emulator.connections()) == 1


def test_adopt_and_adopt_id_together_are_refused():
    for kind in ("Connection", "Model", "Sync"):
        problems = HANDLERS[kind].problems({"adopt": True, "adopt_id": "1", "target": {}})
        assert "adopt: give `adopt` or `adopt_id`, not both" in map(str, problems)


def test_a_model_and_a_sync_are_adopted_and_changed(
    workbench: Workbench, salesforce: State, make_sync: Callable[..., State]
):
    sync = make_sync(filters=[{"field": "LastName", "function": "IsNotNull"}], active=True)
    model = workbench.emulator.models()[0]
    workbench.emulator.change_model(model["id"], name="contacts", labels=["kept"])
    workbench.restart()
    mine = _make(
        workbench,
        "contacts",
        "Model",
        connection_id=salesforce.id,
        configuration={"table": "Contact"},
        fields=["Email", "LastName"],
        adopt=True,
    )
    assert mine.id == model["id"]
    reply = workbench.session.polytomic(None).models.get(mine.id).data
    assert [field.name for field in reply.fields or ()] == ["Email", "LastName"]
    assert reply.label_names == ["kept"]
    wanted = {name: value for name, value in sync.arguments.items() if name != "filters"}
    wanted |= {"schedule": {"frequency": "daily", "hour": 10, "minute": 30}, "adopt": True}
    del wanted["active"]
    foreseen = _foresee(workbench, "Sync", **wanted)
    assert "filters: [{" in foreseen
    assert "-> none" in foreseen
    workbench.restart()
    adopted = _make(workbench, "sync", "Sync", **wanted)
    assert adopted.id == sync.id
    there = workbench.session.polytomic(None).syncs.get(sync.id).data
    assert not there.filters
    assert there.active is True
    read = workbench.read("Sync", adopted)
    assert read is not None
    assert not HANDLERS["Sync"].compare(read, adopted.arguments).differs


def test_what_is_not_known_yet_is_said(workbench: Workbench, salesforce: State):
    model = {"name": "m", "configuration": {"table": "Contact"}}
    text = _foresee(workbench, "Model", **model, connection_id=UNKNOWN, adopt=True)
    assert text == "adopts a model; which one shows once connection_id is known"
    made = _make(workbench, "m", "Model", **model, connection_id=salesforce.id)
    workbench.restart()
    given = {**model, "connection_id": salesforce.id, "fields": UNKNOWN, "adopt_id": made.id}
    text = _foresee(workbench, "Model", **given)
    assert text == (
        f"adopts model 'm' ({made.id}, salesforce); what changes shows once fields is known"
    )


def test_an_unauthorised_connection_gets_a_consent_address_when_it_is_adopted():
    with RunningEmulator() as emulator:
        workbench = Workbench(emulator)
        made = _make(workbench, "theirs", name="CRM", **CRM)
        workbench.restart()
        mine = _make(workbench, "mine", name="CRM", **CRM, adopt=True)
        assert mine.id == made.id
        assert mine.computed["auth_url"].startswith(emulator.url)


def test_nothing_is_adopted_from_a_list_that_failed(workbench: Workbench, theirs: State):
    workbench.emulator.fail(
        kind="status", status=403, method="GET", path="^/api/connections$", times=9
    )
    with pytest.raises(PolytomicError, match="403"):
        _make(workbench, "mine", name="CRM", **CRM, adopt=True)
    assert _written(workbench) == []


def _existing(workbench: Workbench, kind: str = "Connection", *ours: str, **given: Any) -> str:
    handler = HANDLERS[kind]
    assert isinstance(handler, ObjectHandler)
    scope = workbench.scope(URN.format(kind, "mine"))
    return handler.existing(scope, given, ours.__contains__) or ""


def test_what_exists_already_is_said_with_its_id_from_one_list(workbench: Workbench, theirs: State):
    for _ in range(3):
        text = _existing(workbench, name="CRM", **CRM)
        assert text.startswith(f"exists already: connection 'CRM' ({theirs.id}, salesforce). ")
        assert f'To fix: write `adopt_id="{theirs.id}"`' in text
    for other in ({"name": "crm"}, {"type": "hubspot"}, {"name": UNKNOWN}, {"type": UNKNOWN}):
        assert _existing(workbench, **{"name": "CRM", **CRM, **other}) == ""
    assert _existing(workbench, "Connection", theirs.id, name="CRM", **CRM) == ""
    lists = workbench.emulator.requests("GET", "/api/connections")
    assert [one["path"] for one in lists] == ["/api/connections"]
    assert workbench.emulator.requests("GET", f"/api/connections/{theirs.id}") == []
    assert _written(workbench) == []


def test_of_many_that_exist_already_three_are_named(workbench: Workbench, theirs: State):
    for number in range(4):
        other = _make(workbench, f"other-{number}", **CRM)
        workbench.emulator.change(other.id, name="CRM")
    workbench.restart()
    text = _existing(workbench, name="CRM", **CRM)
    assert text.count("connection 'CRM' (") == 3
    assert "and 2 more. " in text


def test_models_and_syncs_that_exist_already_are_those_of_the_same_place(
    workbench: Workbench, salesforce: State, make_sync: Callable[..., State]
):
    sync = make_sync()
    model = workbench.emulator.models()[0]
    workbench.restart()
    given = {"name": "contacts", "configuration": {"table": "Contact"}}
    text = _existing(workbench, "Model", **given, connection_id=salesforce.id)
    assert f"model 'contacts' ({model['id']}, salesforce)" in text
    assert _existing(workbench, "Model", **given, connection_id="another") == ""
    assert _existing(workbench, "Model", **given, connection_id=UNKNOWN) == ""
    arguments = dict(sync.arguments)
    assert f"sync 'sync' ({sync.id}, to Lead)" in _existing(workbench, "Sync", **arguments)
    for target in ({"object": "Contact"}, {"connection_id": "another"}):
        arguments["target"] = {**sync.arguments["target"], **target}
        assert _existing(workbench, "Sync", **arguments) == ""


def test_an_adoption_says_what_it_changed_as_the_preview_did_without_the_programs_secrets(
    workbench: Workbench, theirs: State
):
    given = {
        "name": "Customers",
        "type": "salesforce",
        "configuration": {"domain": "canary.my.salesforce.com"},
        "adopt_id": theirs.id,
    }
    urn = URN.format("Connection", "mine")
    workbench.session.process.hidden_paths[urn] = frozenset(("configuration.domain",))
    _make(workbench, "mine", **given)
    assert workbench.said == [
        f"adopted connection 'CRM' ({theirs.id}, salesforce) and changed:\n"
        "    configuration.domain: [secret]\n"
        "    name: 'CRM' -> 'Customers'"
    ]
    workbench.restart()
    workbench.said.clear()
    _make(workbench, "mine", **given)
    (said,) = workbench.said
    assert said.endswith("and changed nothing")


def test_changes_that_are_known_are_said_although_others_are_not(
    workbench: Workbench, make_sync: Callable[..., State]
):
    sync = make_sync(
        filters=[{"field": "LastName", "function": "IsNotNull"}],
        override_fields={"FirstName": "a", "Company": "b"},
    )
    workbench.restart()
    wanted = dict(sync.arguments)
    wanted |= {"override_fields": {"FirstName": UNKNOWN, "Company": "c"}, "adopt": True}
    assert _foresee(workbench, "Sync", **wanted).splitlines()[1:] == [
        "    override_fields.Company: 'b' -> 'c'",
        "    what else changes shows once override_fields is known",
    ]


def test_what_cannot_be_listed_is_asked_for_once_and_said_of_each_resource(workbench: Workbench):
    workbench.emulator.fail(
        kind="status", status=403, method="GET", path="^/api/connections$", times=9
    )

    loop = asyncio.new_event_loop()
    done: Any = loop.create_future()
    resources = [
        (
            Declared("Connection", name, {}, (), done, done),
            Deployed(
                "Connection", {"name": name, **CRM}, URN.format("Connection", name), None, False
            ),
        )
        for name in ("a", "b", "c")
    ]
    loop.close()
    said = list(existing(workbench.session, "Connection", resources, lambda _: False))
    assert [declared.name for declared, _, _ in said] == ["a", "b", "c"]
    assert len({problem.text for _, _, problem in said}) == 1
    assert "whether it exists already could not be seen: " in said[0][2].text
    assert {problem.severity for _, _, problem in said} == {Severity.INFO}
    assert len(workbench.emulator.requests("GET", "/api/connections")) == 1
