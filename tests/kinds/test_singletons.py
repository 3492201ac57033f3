"""Settings that always exist: taken over, read, repaired, put back to their default."""

from collections.abc import Callable
from typing import Any

import pytest

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.duplicates import DeclaredTwice
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.scope import Process
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.singleton import SingletonHandler
from polytomic_provider.validation import Unknown
from tests.faults.singletons import ask
from tests.kinds.conftest import Workbench

SUBSCRIBERS = {"emails": ["b@acme.example", "Ada@acme.example"]}
LOGGING = {"enabled": True, "delivery_prefix": "logs"}
HANDLING = {"subscribers": ["Ada@acme.example"], "auto_retry_record_errors": False}
KINDS = {"GlobalErrorSubscribers": SUBSCRIBERS, "RecordLogging": LOGGING}
LEAVES = [
    ("GlobalErrorSubscribers", "emails", {"emails": ["c@acme.example"]}),
    ("GlobalErrorSubscribers", "emails", {"emails": []}),
    ("RecordLogging", "enabled", {"enabled": False, "deliveryPrefix": "logs"}),
    ("RecordLogging", "delivery_prefix", {"enabled": True}),
    ("RecordLogging", "delivery_prefix", {"enabled": True, "deliveryPrefix": "other"}),
    ("SyncErrorHandling", "subscribers", {"subscribers": []}),
    ("SyncErrorHandling", "auto_retry_record_errors", {"auto_retry_record_errors": True}),
    ("SyncErrorHandling", "notify_on_record_errors", {"notify_on_record_errors": True}),
    ("SyncErrorHandling", "warning_notifications", {"warning_notifications": True}),
]


def _made(workbench: Workbench, kind: str, make_sync: Callable[..., State]) -> State:
    if kind in KINDS:
        return workbench.create(kind, **KINDS[kind])
    rest = {"notify_on_record_errors": False, "warning_notifications": False}
    return workbench.create(kind, sync=make_sync().id, **HANDLING, **rest)


@pytest.mark.parametrize("emails", ["as_sent", "lower"])
@pytest.mark.parametrize("kind", [*KINDS, "SyncErrorHandling"])
def test_settings_are_what_the_program_says_until_they_are_the_default_again(
    workbench: Workbench, make_sync: Callable[..., State], kind: str, emails: str
):
    workbench.emulator.behave(emails=emails)
    owner = make_sync().id if kind == "SyncErrorHandling" else ""
    default = ask(workbench.emulator, "GET", kind, owner)
    arguments = {"sync": owner, **HANDLING} if owner else KINDS[kind]
    made = workbench.create(kind, **arguments)
    assert made.id == owner or made.id == workbench.emulator.organization_id
    assert ask(workbench.emulator, "GET", kind, owner) != default
    workbench.restart()
    read = workbench.read(kind, made)
    assert read is not None
    assert not HANDLERS[kind].compare(read, made.arguments).differs
    workbench.delete(kind, read)
    assert ask(workbench.emulator, "GET", kind, owner) == default
    assert "restored the default" in workbench.said[-1]


@pytest.mark.parametrize(("kind", "leaf", "body"), LEAVES)
def test_drift_of_every_leaf_is_seen_and_repaired(
    workbench: Workbench, make_sync: Callable[..., State], kind: str, leaf: str, body: Any
):
    made = _made(workbench, kind, make_sync)
    before = ask(workbench.emulator, "GET", kind, made.id)
    ask(workbench.emulator, "PUT", kind, made.id, body)
    workbench.restart()
    read = workbench.read(kind, made)
    assert read is not None
    assert HANDLERS[kind].compare(read, made.arguments).changed == (leaf,)
    workbench.update(kind, read, **made.arguments)
    assert ask(workbench.emulator, "GET", kind, made.id) == before


def test_what_the_program_does_not_name_is_left_alone(
    workbench: Workbench, make_sync: Callable[..., State]
):
    sync = make_sync().id
    by_hand = {"subscribers": ["by@hand.example"], "warning_notifications": True}
    ask(workbench.emulator, "PUT", "SyncErrorHandling", sync, by_hand)
    made = workbench.create("SyncErrorHandling", sync=sync, notify_on_record_errors=True)
    made = workbench.update("SyncErrorHandling", made, auto_retry_record_errors=False)
    workbench.delete("SyncErrorHandling", made)
    found = ask(workbench.emulator, "GET", "SyncErrorHandling", sync)
    assert {name: found[name] for name in by_hand} == by_hand
    assert found["notify_on_record_errors"] is False
    assert found["auto_retry_record_errors"] is True


def test_a_preview_says_what_is_replaced(workbench: Workbench):
    handler = HANDLERS["GlobalErrorSubscribers"]
    ask(workbench.emulator, "PUT", "GlobalErrorSubscribers", body={"emails": ["by@hand.example"]})
    scope = workbench.scope("urn")
    assert handler.foresee(scope, {"emails": ["a@acme.example"]}) == (
        "takes over the global error subscribers and replaces emails: ['by@hand.example'] => "
        "['a@acme.example']"
    )
    told = handler.foresee(scope, {"emails": ["BY@hand.example"]})
    assert told == "takes over the global error subscribers and changes nothing"
    told = handler.foresee(scope, {"emails": [Unknown()]})
    assert told is not None
    assert told.endswith("=> not known yet")
    assert workbench.emulator.requests("PUT") == workbench.emulator.requests("PUT")[:1]
    sync = HANDLERS["SyncErrorHandling"]
    assert sync.foresee(scope, {"sync": Unknown(), "subscribers": []}) is None


@pytest.mark.parametrize("kind", [*KINDS, "SyncErrorHandling"])
def test_a_second_declaration_is_refused(kind: str):
    handler, process = HANDLERS[kind], Process()
    assert isinstance(handler, SingletonHandler)
    arguments = {"sync": "s"} if kind == "SyncErrorHandling" else {}
    first, second = (Resource(f"urn::{name}", f"urn::{name}") for name in ("one", "two"))
    for _ in range(2):  # a replacement is checked twice
        assert handler.note_declaration(process, first, arguments, new=True) == []
    (problem,) = handler.note_declaration(process, second, arguments, new=True)
    assert "one" in str(problem)
    other = {"sync": "t"} if kind == "SyncErrorHandling" else {"organization_id": "o"}
    assert handler.note_declaration(process, second, other, new=True) == []


def test_settings_of_syncs_that_are_new_are_told_apart():
    handler = HANDLERS["SyncErrorHandling"]
    assert isinstance(handler, SingletonHandler)
    one, other = object(), object()
    keys = [handler.known_natural_key({"sync": Unknown(of)}) for of in (one, one, other, None)]
    assert keys[0] == keys[1] != keys[2]
    assert keys[3] is None


def test_a_renamed_resource_keeps_the_settings(workbench: Workbench):
    """Pulumi makes the new one first, then deletes the old one."""
    old = workbench.create("GlobalErrorSubscribers", "old", **SUBSCRIBERS)
    workbench.restart()
    workbench.create("GlobalErrorSubscribers", "new", **SUBSCRIBERS)
    workbench.delete("GlobalErrorSubscribers", old)
    found = ask(workbench.emulator, "GET", "GlobalErrorSubscribers")
    assert found == {"emails": SUBSCRIBERS["emails"]}
    with pytest.raises(DeclaredTwice):
        workbench.create("GlobalErrorSubscribers", "third", **SUBSCRIBERS)


def test_the_settings_of_a_sync_go_with_it(workbench: Workbench, make_sync: Callable[..., State]):
    made = _made(workbench, "SyncErrorHandling", make_sync)
    workbench.emulator.delete_sync(made.id)
    workbench.restart()
    assert workbench.read("SyncErrorHandling", made) is None
    workbench.delete("SyncErrorHandling", made)
