"""Every way in which a request can fail, at every request of every operation of every kind.

The requests of a run without faults are listed; then each in turn fails, of several that ask the
same of different objects another one for each way to fail. The operation ends right, or it fails
for a reason that a person would be told; the next run heals either way.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from polytomic_emulator import RunningEmulator
from tests.faults.program import OBJECTS, Declared, Killed, Program, made_of, runs_of, tried
from tests.faults.samples import CHANGED, PIPELINE
from tests.faults.singletons import DEFAULTS, settings_of_workspace, wrong_settings

FAULTS: dict[str, dict[str, Any]] = {
    "500, nothing done": {"kind": "status", "status": 500},
    "500, done": {"kind": "status", "status": 500, "when": "after"},
    "500, kept under the key, nothing done": {"kind": "status", "status": 500, "record": True},
    "500, kept under the key, done": {
        "kind": "status",
        "status": 500,
        "record": True,
        "when": "after",
    },
    "503": {"kind": "status", "status": 503, "times": 2},
    "429 with Retry-After": {"kind": "status", "status": 429, "retry_after": 2},
    "403 that stays": {"kind": "status", "status": 403, "times": 999},
    "page of a gateway, done": {"kind": "html", "when": "after"},
    "dropped, nothing done": {"kind": "drop"},
    "dropped, done": {"kind": "drop", "when": "after"},
    "cut off": {"kind": "truncate"},
    "no reply, nothing done": {"kind": "hang"},
    "no reply, done": {"kind": "hang", "when": "after"},
}
NOTHING: dict[str, list[str]] = {kind: [] for kind in OBJECTS}


def _create(program: Program) -> Callable[[], None]:
    return program.up


def _update(program: Program) -> Callable[[], None]:
    program.up()
    program.declared = {
        name: replace(one, arguments={**one.arguments, **CHANGED.get(name, {})})
        for name, one in program.declared.items()
    }
    return program.up


def _read(program: Program) -> Callable[[], None]:
    program.up()
    program.restart()
    return program.refresh


def _delete(program: Program) -> Callable[[], None]:
    program.up()
    return program.destroy


def _replace(program: Program) -> Callable[[], None]:
    program.up()
    crm = program.declared["crm"]
    program.declared["crm"] = Declared(
        crm.kind, {**crm.arguments, "type": "hubspot", "configuration": {}}
    )
    contacts = program.declared["contacts"]
    other = {"configuration": {"stream_id": "contacts"}, "fields": ["email", "lastname"]}
    program.declared["contacts"] = replace(contacts, arguments={**contacts.arguments, **other})
    copies = program.declared["copies"]
    chosen = {**copies.arguments, "schemas": ["contacts"]}
    program.declared["copies"] = replace(copies, arguments=chosen)
    of_contacts = {"key": {"fields": ["email"]}, "score": {}, "email": {"field_id": "email"}}
    for name, changed in of_contacts.items():
        one = program.declared[f"contact-{name}"]
        arguments = {**one.arguments, "schema_id": "contacts", **changed}
        program.declared[f"contact-{name}"] = replace(one, arguments=arguments)
    sync = program.declared["sync"]
    fields = {"identity": ["email", "email"], "fields": {"email": "email", "lastname": "lastName"}}
    program.declared["sync"] = replace(sync, arguments={**sync.arguments, **fields})
    return program.up


OPERATIONS = {one.__name__[1:]: one for one in (_create, _read, _update, _replace, _delete)}
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
IN_EVERY_RUN = 12
"""Each so many requests one is struck in the normal run."""


@pytest.fixture(scope="module")
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0) as running:
        yield running


def _prepared(emulator: RunningEmulator, operation: str) -> tuple[Program, Callable[[], None]]:
    emulator.clear_faults()
    emulator.reset()
    program = Program(emulator, dict(PIPELINE))
    action = OPERATIONS[operation](program)
    emulator.clear_requests()
    return program, action


def _requests_of(emulator: RunningEmulator, operation: str) -> tuple[list[str], int]:
    """Method and path of each request of the operation without faults, and how often syncs ran."""
    _, action = _prepared(emulator, operation)
    action()
    return [f"{one['method']} {one['path']}" for one in emulator.requests()], runs_of(emulator)


def _strike(
    emulator: RunningEmulator, operation: str, position: int, fault: dict[str, Any], runs: int
) -> None:
    program, action = _prepared(emulator, operation)
    before = dict(program.states)
    emulator.fail(**fault, after_matches=position)
    failure = tried(action)
    assert not isinstance(failure, Killed)
    emulator.clear_faults()
    if operation == "read":
        assert program.states.keys() == before.keys()
    if operation == "delete":
        program.destroy()
        assert made_of(emulator) == NOTHING
        assert settings_of_workspace(emulator) == DEFAULTS
        return
    program.up()
    assert program.differences() == {}
    assert made_of(emulator) == {kind: program.ids(kind) for kind in NOTHING}
    assert runs_of(emulator) == runs
    assert [*wrong_settings(program)] == []
    assert program.states.keys() == program.declared.keys()


def _places(asked: Sequence[str], turn: int) -> list[int]:
    """One request of each kind; of several the one whose turn it is."""
    kinds: dict[str, list[int]] = {}
    for position, one in enumerate(asked):
        kinds.setdefault(_ID.sub("{id}", one), []).append(position)
    return sorted(one[turn % len(one)] for one in kinds.values())


def test_in_as_many_turns_as_there_are_requests_of_a_kind_each_is_struck():
    one, other = (f"GET /api/models/{uuid4()}" for _ in range(2))
    asked = ["POST /api/models", one, other, "GET /api/models", one]
    assert _places(asked, 0) == [0, 1, 3]
    assert _places(asked, 1) == [0, 2, 3]
    assert _places(asked, 2) == [0, 3, 4]


def _strike_each(emulator: RunningEmulator, operation: str, fault: str, step: int) -> int:
    """Strike each so many requests; gives how many were struck."""
    turn = list(FAULTS).index(fault)
    asked, runs = _requests_of(emulator, operation)
    wrong: list[str] = []
    places = _places(asked, turn)
    positions = places[turn % step :: step]
    for position in positions:
        try:
            _strike(emulator, operation, position, FAULTS[fault], runs)
        except Exception as error:
            wrong.append(f"at {asked[position]} ({position}): {type(error).__name__}: {error}")
    assert not wrong, "\n".join(wrong)
    return len(positions)


@pytest.mark.torture
@pytest.mark.parametrize("operation", list(OPERATIONS))
@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_request_that_fails_anywhere_is_healed(
    emulator: RunningEmulator,
    operation: str,
    fault: str,
    record_property: Callable[[str, object], None],
):
    record_property("tried", _strike_each(emulator, operation, fault, step=1))


@pytest.mark.parametrize("fault", [name for name in FAULTS if not name.startswith("no reply")])
def test_a_request_that_fails_here_and_there_is_healed(emulator: RunningEmulator, fault: str):
    operation = list(OPERATIONS)[list(FAULTS).index(fault) % len(OPERATIONS)]
    assert _strike_each(emulator, operation, fault, IN_EVERY_RUN)
