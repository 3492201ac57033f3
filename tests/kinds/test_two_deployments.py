"""Two deployments that make the same thing at the same moment: it is there once, and both know."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.duplicates import AlreadyExists, DoubledMeanwhile
from polytomic_provider.kinds.lifecycle.half_done import HalfDone
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from tests.faults.gate import Gate
from tests.faults.program import stored_as
from tests.faults.samples import PIPELINE
from tests.kinds.conftest import Workbench, resolved

UNIQUE = ("Webhook", "User", "Organization")
"""Kinds of which Polytomic itself refuses a second object that is the same thing."""

SAMPLES = {
    one.kind: one.arguments
    for one in PIPELINE.values()
    if isinstance(HANDLERS[one.kind], ObjectHandler) and one.kind not in UNIQUE
}
SECONDS = 30.0


@dataclass
class Stack:
    """A deployment behind two gates: `replies` is the nearer one, `gate` that at the emulator."""

    gate: Gate
    replies: Gate
    workbench: Workbench
    name: str

    def create(self, kind: str, arguments: dict[str, Any]) -> State:
        inputs = Inputs(arguments, f"urn:{self.name}:{kind}")
        return HANDLERS[kind].create(self.workbench.scope(inputs.identity), inputs)

    def hold_requests(self) -> None:
        self.gate.hold(lambda method, _: method == "POST", "request")

    def hold_replies(self) -> None:
        self.replies.hold(lambda method, _: method == "POST", "reply")


def _is_held(gate: Gate) -> bool:
    return gate.until(lambda: gate.held > 0, SECONDS)


Race = Callable[[str, dict[str, Any]], tuple["Future[State]", "Future[State]"]]


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.1) as running:
        yield running


@pytest.fixture
def stacks(emulator: RunningEmulator) -> Iterator[tuple[Stack, Stack]]:
    with ExitStack() as opened:
        made: list[Stack] = []
        for name in ("first", "second"):
            gate = opened.enter_context(Gate(emulator.url))
            replies = opened.enter_context(Gate(gate.url))
            workbench = Workbench(emulator, partner=True)
            workbench.restart(url=replies.url)
            made.append(Stack(gate, replies, workbench, name))
        yield made[0], made[1]


@pytest.fixture
def race(stacks: tuple[Stack, Stack]) -> Iterator[Race]:
    """Both have looked and then made it, the first one first, before either looks again."""
    with ThreadPoolExecutor(2) as pool:

        def run(kind: str, arguments: dict[str, Any]) -> Any:
            started: list[Future[State]] = []
            for stack in stacks:
                stack.hold_requests()
                stack.hold_replies()
                started.append(pool.submit(stack.create, kind, arguments))
                assert _is_held(stack.gate)
            for stack in stacks:
                stack.gate.release()
                assert _is_held(stack.replies)
            for stack in stacks:
                stack.replies.release()
            return [(one.exception(SECONDS), one)[1] for one in started]

        yield run


def _arguments(emulator: RunningEmulator, kind: str) -> dict[str, Any]:
    return resolved(Workbench(emulator, partner=True), SAMPLES[kind])


def _there(emulator: RunningEmulator, kind: str, arguments: dict[str, Any]) -> list[str]:
    return [
        one["id"]
        for one in emulator.list_stored(stored_as(kind))
        if one.get("name") == arguments.get("name") and not one.get("system")
    ]


def test_what_a_run_makes_later_is_looked_for_too(
    emulator: RunningEmulator, stacks: tuple[Stack, Stack], race: Race
):
    for stack in stacks:
        other = {"name": f"of {stack.name}", "type": "hubspot", "configuration": {}}
        stack.create("Connection", other)
    arguments = _arguments(emulator, "Connection")
    first, second = race("Connection", arguments)
    assert isinstance(second.exception(), DoubledMeanwhile)
    assert _there(emulator, "Connection", arguments) == [first.result().id]


@pytest.mark.parametrize("keys", ["on", "off"])
@pytest.mark.parametrize("kind", SAMPLES)
def test_of_two_that_make_the_same_thing_one_keeps_it_and_the_other_removes_its_own(
    emulator: RunningEmulator, stacks: tuple[Stack, Stack], race: Race, kind: str, keys: str
):
    emulator.behave(idempotency_keys=keys)
    arguments = _arguments(emulator, kind)
    first, second = race(kind, arguments)
    refusal = second.exception()
    assert isinstance(refusal, DoubledMeanwhile), refusal
    left = _there(emulator, kind, arguments)
    if first.exception() is None:
        assert left == [first.result().id]
        assert left[0] in str(refusal)
        assert any("at the same moment" in text for text in stacks[0].workbench.said)
    else:  # nothing tells which of two is the older one
        assert isinstance(first.exception(), DoubledMeanwhile)
        assert left == []
        assert kind in WITHOUT_AGE


WITHOUT_AGE = ("Role", "Policy")
"""Kinds whose replies have no `created_at`."""


def test_who_comes_second_removes_its_own_also_where_the_first_has_ended(
    emulator: RunningEmulator, stacks: tuple[Stack, Stack]
):
    arguments = _arguments(emulator, "Connection")
    first, second = stacks
    with ThreadPoolExecutor(1) as pool:
        second.hold_requests()
        late = pool.submit(second.create, "Connection", arguments)
        assert _is_held(second.gate)
        made = first.create("Connection", arguments)
        second.gate.release()
        refusal = late.exception(SECONDS)
    assert isinstance(refusal, DoubledMeanwhile)
    assert "was removed" in refusal.message
    assert f'adopt_id="{made.id}"' in str(refusal)
    assert _there(emulator, "Connection", arguments) == [made.id]
    with pytest.raises(AlreadyExists):
        second.create("Connection", arguments)


def test_what_cannot_be_removed_stays_in_the_state_with_the_reason(
    emulator: RunningEmulator, stacks: tuple[Stack, Stack], race: Race
):
    emulator.fail(kind="status", status=403, method="DELETE", path="^/api", times=None)
    arguments = _arguments(emulator, "Connection")
    first, second = race("Connection", arguments)
    kept = second.exception()
    assert isinstance(kept, HalfDone)
    assert "could not be removed" in kept.message
    assert {first.result().id, kept.state.id} == set(_there(emulator, "Connection", arguments))


def test_a_look_that_fails_is_said_and_keeps_what_was_made(
    emulator: RunningEmulator, stacks: tuple[Stack, Stack]
):
    arguments, (stack, _) = _arguments(emulator, "Connection"), stacks
    with ThreadPoolExecutor(1) as pool:
        stack.hold_replies()
        making = pool.submit(stack.create, "Connection", arguments)
        assert _is_held(stack.replies)
        emulator.fail(
            kind="status", status=403, method="GET", path="^/api/connections$", times=None
        )
        stack.replies.release()
        made = making.result(SECONDS)
    assert any("could not be seen" in text for text in stack.workbench.said)
    assert _there(emulator, "Connection", arguments) == [made.id]
