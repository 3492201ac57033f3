"""Handlers against a real HTTP server: the emulator, without Pulumi."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import resolve_settings
from polytomic_provider.host.session import Session
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from tests.faults.program import Ref, stored_as
from tests.faults.samples import PIPELINE
from tests.quick_session import Clock, QuickSession


@dataclass
class Workbench:
    """One run of a program's provider process against an emulator.

    With a clock, waits take no time. partner: ask with the partner's key.
    """

    emulator: RunningEmulator
    clock: Clock | None = None
    partner: bool = False
    said: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.restart()

    def restart(self, **settings: str) -> None:
        """Begin a new process: nothing is remembered but what states hold."""
        key = {"polytomic:apiKey": self.emulator.api_key}
        if self.partner and "apiKey" not in settings:
            key = {
                "polytomic:partnerKey": self.emulator.partner_key,
                "polytomic:organizationId": self.emulator.organization_id,
            }
        config = {
            **key,
            "polytomic:url": self.emulator.url,
            **{f"polytomic:{name}": value for name, value in settings.items()},
        }
        known = resolve_settings(config, {})
        self.session = QuickSession(known, clock=self.clock) if self.clock else Session(known)

    def say(self, message: str, *, warning: bool = False, passing: bool = False) -> None:
        self.said.append(message)

    def scope(self, identity: str) -> Scope:
        return self.session.scope(identity, None, self.say)

    def create(self, kind: str, name: str = "made", **arguments: Any) -> State:
        named = {"name": name} if "name" in HANDLERS[kind].argument_names() else {}
        inputs = Inputs({**named, **arguments}, f"urn:{kind}:{name}")
        return HANDLERS[kind].create(self.scope(inputs.identity), inputs)

    def update(self, kind: str, state: State, **arguments: Any) -> State:
        wanted = {**state.arguments, **arguments}
        inputs = Inputs({k: v for k, v in wanted.items() if v is not None}, state.identity)
        return HANDLERS[kind].update(self.scope(state.identity), state, inputs)

    def read(self, kind: str, state: State) -> State | None:
        return HANDLERS[kind].read(self.scope(state.identity), state)

    def delete(self, kind: str, state: State) -> None:
        HANDLERS[kind].delete(self.scope(state.identity), state)


def resolved(workbench: Workbench, value: Any) -> Any:
    """Arguments with the ids of what they refer to, which is made where it is not there.

    A connection is ready then: until it is, what is made over it is refused.
    """
    if isinstance(value, Ref):
        kind, arguments = PIPELINE[value.name].kind, PIPELINE[value.name].arguments
        key = "email" if kind == "User" else "name"
        there = workbench.emulator.list_stored(stored_as(kind))
        found = [one["id"] for one in there if one[key] == arguments[key]]
        if found:
            return found[0]
        made = workbench.create(kind, **resolved(workbench, arguments)).id
        if kind == "Connection":
            workbench.create("ConnectionReadiness", connection=made, timeout="30s")
        return made
    if isinstance(value, Mapping):
        return {key: resolved(workbench, item) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(workbench, item) for item in value]
    return value


@pytest.fixture
def workbench() -> Iterator[Workbench]:
    with RunningEmulator(consent_after=0.1) as emulator:
        yield Workbench(emulator)


@pytest.fixture
def salesforce(workbench: Workbench) -> State:
    """A Salesforce connection that is ready."""
    made = workbench.create(
        "Connection", "crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
    )
    workbench.create("ConnectionReadiness", connection=made.id, timeout="30s")
    return made


@pytest.fixture
def make_sync(workbench: Workbench, salesforce: State) -> Callable[..., State]:
    """Makes a sync of Salesforce contacts onto Salesforce leads."""
    model = workbench.create(
        "Model",
        "contacts",
        connection_id=salesforce.id,
        configuration={"table": "Contact"},
        fields=["Id", "Email", "LastName", "Phone"],
    )

    def make(**arguments: Any) -> State:
        given = {
            "model": model.id,
            "mode": "updateOrCreate",
            "target": {"connection_id": salesforce.id, "object": "Lead"},
            "identity": ["Email", "Email"],
            "fields": {"Email": "Email", "LastName": "LastName"},
            **arguments,
        }
        return workbench.create("Sync", "sync", **given)

    return make
