"""What Pulumi's engine does with a program, over the handlers: a whole `up` in milliseconds.

Refresh, replacement (dependents first), creation, update and deletion run in the engine's order,
and every state is written down as JSON after each step and read back, as the engine does.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state.workspaces import USER_EMAIL
from polytomic_provider.api import PolytomicError, resolve_settings
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.half_done import FailedWithState
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State, read_state, write_state
from polytomic_provider.validation import UNKNOWN
from tests.quick_session import Clock, QuickSession

OBJECTS = tuple(kind for kind, handler in HANDLERS.items() if isinstance(handler, ObjectHandler))
"""The kinds whose objects Polytomic keeps."""


@dataclass(frozen=True)
class Ref:
    """The id of another resource of the program."""

    name: str


@dataclass(frozen=True)
class Declared:
    """One resource of the program; `arguments` may hold `Ref`s."""

    kind: str
    arguments: Mapping[str, Any]

    def uses(self) -> set[str]:
        """The resources that it refers to."""
        return {one.name for one in _refs(self.arguments)}


class Killed(BaseException):
    """The process ended before the outcome of a step was written down."""


@dataclass
class Program:
    """One stack: what its program declares, and what its state holds.

    after_step: called with the resource's name when a step is done and not written down yet;
    raising Killed loses the record, as a kill at that moment does.
    """

    emulator: RunningEmulator
    declared: dict[str, Declared] = field(default_factory=dict[str, Declared])
    states: dict[str, str] = field(default_factory=dict[str, str])
    after_step: Callable[[str], None] = lambda name: None
    unsure: set[str] = field(default_factory=set[str])
    refresh_mode: str = "full"

    def __post_init__(self) -> None:
        self.clock = Clock(self.emulator)
        self.restart()

    def restart(self) -> None:
        """Begin a new process."""
        config = {
            "polytomic:partnerKey": self.emulator.partner_key,
            "polytomic:organizationId": self.emulator.organization_id,
            "polytomic:url": self.emulator.url,
            "polytomic:requestTimeout": "1s",
            "polytomic:refreshMode": self.refresh_mode,
        }
        settings = resolve_settings(config, {})
        self.session = QuickSession(settings, clock=self.clock)

    def up(self) -> None:
        """Bring everything to the program. Raises what a step raises; the rest stays as it was."""
        self.restart()
        self.refresh()
        replaced = self._replaced()
        for name in self._backwards(replaced):
            self.delete(name)
        for name, declared in self.declared.items():
            if name not in self.states:
                self.create(name)
            elif self._compare(name, declared).differs or self.state(name).unfinished:
                self.update(name)
        for name in self._backwards(set(self.states) - set(self.declared)):
            self.delete(name)

    def destroy(self) -> None:
        """Delete everything."""
        self.restart()
        for name in self._backwards(set(self.states)):
            self.delete(name)

    def refresh(self) -> None:
        """Read everything; what is gone leaves the state."""
        for name in list(self.states):
            self.read(name)

    def differences(self) -> dict[str, Any]:
        """What a preview after a refresh would show."""
        self.restart()
        self.refresh()
        shown: dict[str, Any] = {
            name: "create" for name in self.declared if name not in self.states
        }
        shown |= {name: "delete" for name in self.states if name not in self.declared}
        for name, declared in self.declared.items():
            if name in self.states and (comparison := self._compare(name, declared)).differs:
                shown[name] = comparison
        return shown

    def create(self, name: str) -> None:
        """Make one resource."""
        declared = self.declared[name]
        arguments = self.resolved(declared)
        problems = HANDLERS[declared.kind].problems(arguments)
        assert problems == [], problems
        inputs = Inputs(arguments, _urn(name, declared.kind))
        self.unsure.add(name)
        try:
            made = HANDLERS[declared.kind].create(self.scope(inputs.identity), inputs)
        except FailedWithState as half:
            self._keep(name, half.state)
            self.unsure.discard(name)
            raise
        self.after_step(name)
        self._keep(name, made)
        self.unsure.discard(name)

    def update(self, name: str) -> None:
        """Bring one resource to the program."""
        declared, state = self.declared[name], self.state(name)
        inputs = Inputs(self.resolved(declared), state.identity)
        try:
            made = HANDLERS[declared.kind].update(self.scope(state.identity), state, inputs)
        except FailedWithState as half:
            self._keep(name, half.state)
            raise
        self.after_step(name)
        self._keep(name, made)

    def read(self, name: str) -> None:
        """Read one resource."""
        state, kind = self.state(name), self.kind(name)
        read = HANDLERS[kind].read(self.scope(state.identity), state)
        if read is None:
            del self.states[name]
        else:
            self._keep(name, read)

    def delete(self, name: str) -> None:
        """Delete one resource."""
        state, kind = self.state(name), self.kind(name)
        HANDLERS[kind].delete(self.scope(state.identity), state)
        self.after_step(name)
        del self.states[name]

    def state(self, name: str) -> State:
        """What the state holds of a resource."""
        written = json.loads(self.states[name])
        names = HANDLERS[self.kind(name)].argument_names()
        return read_state(written["id"], written["outputs"], names)

    def kind(self, name: str) -> str:
        """The kind of a resource of the state."""
        return str(json.loads(self.states[name])["kind"])

    def ids(self, kind: str) -> list[str]:
        """The ids of a kind that the state holds."""
        return sorted(self.state(name).id for name in self.states if self.kind(name) == kind)

    def users(self, name: str) -> set[str]:
        """Everything declared that refers to a resource, directly or not."""
        found: set[str] = set()
        for other, declared in self.declared.items():
            if declared.uses() & (found | {name}):
                found.add(other)
        return found

    def resolved(self, declared: Declared, unknown: frozenset[str] = frozenset()) -> Any:
        """The arguments with ids in place of references; of what is not there yet, UNKNOWN."""

        def look_up(value: Any) -> Any:
            if isinstance(value, Ref):
                there = value.name in self.states and value.name not in unknown
                return self.state(value.name).id if there else UNKNOWN
            if isinstance(value, dict):
                items = cast("dict[str, Any]", value).items()
                return {key: look_up(item) for key, item in items}
            if isinstance(value, list):
                return [look_up(item) for item in cast("list[Any]", value)]
            return value

        return look_up(dict(declared.arguments))

    def scope(self, identity: str) -> Scope:
        """A scope whose waits take no time."""
        return self.session.scope(identity, 60, _say)

    def _compare(self, name: str, declared: Declared, unknown: frozenset[str] = frozenset()) -> Any:
        arguments = self.resolved(declared, unknown)
        return HANDLERS[declared.kind].compare(self.state(name), arguments)

    def _replaced(self) -> set[str]:
        """What has to be deleted and made anew, dependents of such included."""
        replaced: set[str] = set()
        for name, declared in self.declared.items():
            if name in self.states:
                comparison = self._compare(name, declared, frozenset(replaced))
                if comparison.replaces or self.kind(name) != declared.kind:
                    replaced.add(name)
        return replaced

    def _backwards(self, names: set[str]) -> list[str]:
        return [name for name in reversed(list(self.states)) if name in names]

    def _keep(self, name: str, state: State) -> None:
        kind = self.declared[name].kind if name in self.declared else self.kind(name)
        written = {"id": state.id, "kind": kind, "outputs": write_state(state)}
        self.states[name] = json.dumps(written)
        known = [one for one in self.declared if one in self.states]
        # What is not declared any more may use what is declared, never the other way round.
        rest = [one for one in self.states if one not in self.declared]
        self.states = {one: self.states[one] for one in (*known, *rest)}


def stored_as(kind: str) -> str:
    """What the emulator calls a kind of object, such as `sync`."""
    handler = HANDLERS[kind]
    assert isinstance(handler, ObjectHandler)
    return handler.noun.replace(" ", "_")


def made_of(emulator: RunningEmulator) -> dict[str, list[str]]:
    """The ids of every object that the emulator has, by kind; of those that somebody made."""
    stored = emulator.all_stored()
    return {
        kind: sorted(one["id"] for one in stored[stored_as(kind)] if not _own(emulator, one))
        for kind in OBJECTS
    }


def runs_of(emulator: RunningEmulator) -> int:
    """How many executions the syncs and bulk syncs of the emulator have."""
    made = made_of(emulator)
    of_syncs = [emulator.executions(id_) for id_ in made["Sync"]]
    return sum(map(len, [*of_syncs, *map(emulator.bulk_executions, made["BulkSync"])]))


def _own(emulator: RunningEmulator, shown: Mapping[str, Any]) -> bool:
    """Whether an object is there by itself."""
    by_itself = shown["id"] == emulator.organization_id or shown.get("email") == USER_EMAIL
    return by_itself or shown.get("system") is True


def tried(action: Callable[[], object]) -> PolytomicError | Killed | None:
    """Do something that may fail in the ways that a person would be told of; gives the failure."""
    try:
        action()
    except (PolytomicError, Killed) as failure:
        return failure
    return None


def _urn(name: str, kind: str) -> str:
    return f"urn:pulumi:dev::proof::pulumi-python:dynamic/polytomic:{kind}::{name}"


def _refs(value: Any) -> Iterator[Ref]:
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, Mapping):
        for item in cast("Mapping[str, Any]", value).values():
            yield from _refs(item)
    elif isinstance(value, list):
        for item in cast("list[Any]", value):
            yield from _refs(item)


def _say(message: str, *, warning: bool = False, passing: bool = False) -> None:
    del message, warning, passing
