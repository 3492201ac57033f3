"""A run of a sync: started once for each trigger, followed to its end, judged, tried again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import Interruption, PolytomicError
from polytomic_provider.api.http.operation import begin, present
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.comparison import compare
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.kinds.run_start import AlreadyRunning
from polytomic_provider.kinds.sync_run import RunNotDone, SyncRunArguments
from polytomic_provider.validation import UNKNOWN
from tests.kinds.conftest import Workbench
from tests.quick_session import Clock

KIND = "SyncRun"
HANDLER = HANDLERS[KIND]
START = r"^/api/syncs/[^/]+/executions$"
FAILING = 18
"""How many of the emulator's contacts have no e-mail address, which the sync matches by."""


class _Clock(Clock):
    """Time that stands still but for waits; `meanwhile` happens during the next of them."""

    meanwhile: Callable[[], object] | None = None

    def rest(self, seconds: float) -> None:
        super().rest(seconds)
        if self.meanwhile is not None:
            happening, self.meanwhile = self.meanwhile, None
            happening()


@pytest.fixture
def workbench() -> Iterator[Workbench]:
    with RunningEmulator(consent_after=0) as emulator:
        yield Workbench(emulator, clock=_Clock(emulator))


def _meanwhile(workbench: Workbench, happening: Callable[[], object]) -> None:
    assert isinstance(workbench.clock, _Clock)
    workbench.clock.meanwhile = happening


@pytest.fixture
def sync(make_sync: Callable[..., State]) -> State:
    """A sync whose runs fail at `FAILING` records alone."""
    return make_sync(
        override_fields={"Company": "Acme"},
        filters=[{"field": "LastName", "function": "IsNotNull"}],
    )


def _starts(workbench: Workbench, sync: State) -> int:
    """How many executions the sync has."""
    return len(workbench.emulator.executions(sync.id))


def _failed(workbench: Workbench, **arguments: Any) -> RunNotDone:
    with pytest.raises(RunNotDone) as raised:
        workbench.create(KIND, **arguments)
    return raised.value


def test_a_run_waits_for_the_end_and_tells_what_it_did(workbench: Workbench, sync: State):
    run = workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    (execution,) = workbench.emulator.executions(sync.id)
    assert (run.id, run.computed["execution_id"]) == (sync.id, execution["id"])
    assert run.computed["status"] == "completed"
    assert run.computed["counts"] == execution["counts"]
    assert run.computed["counts"]["insert"] > 100
    assert run.computed["log_url"].endswith(f"/executions/{execution['id']}/logs")
    assert run.computed["completed_at"]
    assert not run.unfinished
    waits = [one for one in workbench.said if f"execution {execution['id']} is " in one]
    assert "Ctrl-C ends the wait" in waits[0]


@pytest.mark.parametrize("name", ["resync", "test", "identities"])
def test_what_is_run_is_what_the_program_says(workbench: Workbench, sync: State, name: str):
    value = ["nobody@example.com"] if name == "identities" else True
    workbench.create(KIND, sync=sync.id, wait=False, **{name: value})
    request = workbench.emulator.executions(sync.id)[0]["request"]
    if name == "identities":
        assert [one["value"] for (one,) in request["chosen"]] == value
    else:
        assert request[name] is True


def test_records_that_fail_are_an_error_with_the_reasons_of_the_first(
    workbench: Workbench, sync: State
):
    failure = _failed(workbench, sync=sync.id, tolerate=FAILING - 1)
    execution = workbench.emulator.executions(sync.id)[0]
    failed = workbench.emulator.results(execution["id"], status="failed")
    assert len(failed) == FAILING
    assert "18 records failed, where `tolerate` allows 17" in failure.message
    for one in failed[:5]:
        assert f"{one['record']}: {one['reason']}" in failure.message
    assert failed[5]["record"] not in failure.message
    assert "and 13 more" in failure.message
    assert f"sync 'sync' ({sync.id})" in failure.message
    assert failure.state.unfinished
    assert failure.state.computed["execution_id"] == execution["id"]
    assert failure.state.computed["counts"]["error"] == FAILING


def test_reasons_that_cannot_be_read_hide_no_failure(workbench: Workbench, sync: State):
    workbench.emulator.fail(kind="status", status=403, path="/errors$", times=None)
    failure = _failed(workbench, sync=sync.id)
    assert "18 records failed" in failure.message
    assert "why they failed could not be read" in failure.message


@pytest.mark.parametrize("status", ["failed", "interrupted", "canceled"])
def test_an_execution_that_fails_as_a_whole_is_an_error(
    workbench: Workbench, sync: State, status: str
):
    workbench.emulator.behave(hold_runs=True)
    _meanwhile(workbench, lambda: workbench.emulator.finish_execution(sync.id, status=status))
    failure = _failed(workbench, sync=sync.id)
    assert f"it is {status!r}" in failure.message
    assert failure.state.computed["status"] == status


def test_a_failed_run_is_tried_again_by_the_next_update_and_by_nothing_else(
    workbench: Workbench, sync: State
):
    failed = _failed(workbench, sync=sync.id).state
    workbench.restart()
    assert workbench.read(KIND, failed) == failed
    workbench.restart()
    with pytest.raises(RunNotDone) as raised:
        workbench.update(KIND, failed)
    assert _starts(workbench, sync) == 2
    again = raised.value.state
    assert again.computed["execution_id"] != failed.computed["execution_id"]
    workbench.restart()
    done = workbench.update(KIND, again, tolerate=FAILING)
    assert not done.unfinished
    assert _starts(workbench, sync) == 2, "what `tolerate` allows now need not run again"
    workbench.restart()
    assert workbench.update(KIND, done).computed == done.computed
    assert _starts(workbench, sync) == 2


def test_changed_triggers_run_again_and_what_steers_the_provider_does_not(
    workbench: Workbench, sync: State
):
    run = workbench.create(KIND, sync=sync.id, tolerate=FAILING, triggers=["a"])
    workbench.restart()
    steered = workbench.update(KIND, run, timeout="2h", wait=False, cancel_on_interrupt=True)
    assert steered.computed == run.computed
    assert _starts(workbench, sync) == 1
    seen = {run.computed["execution_id"]}
    for triggers in (["b"], ["a"], ["b"]):
        workbench.restart()
        run = workbench.update(KIND, run, triggers=triggers)
        assert run.computed["execution_id"] not in seen, "a trigger of before is a new one"
        seen.add(run.computed["execution_id"])
    assert _starts(workbench, sync) == 4


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"triggers": ["b"]}, True),
        ({"triggers": UNKNOWN}, True),
        ({"triggers": None}, False),
        ({"resync": True}, True),
        ({"test": True}, True),
        ({"identities": ["x"]}, True),
        ({"tolerate": 3}, False),
        ({"wait": False}, False),
        ({"timeout": "3h"}, False),
    ],
)
def test_what_makes_a_difference(change: dict[str, Any], differs: bool):
    old = {"sync": "s", "triggers": ["a"]}
    assert compare(SyncRunArguments, old, {**old, **change}).differs is differs
    assert compare(SyncRunArguments, old, {**old, "sync": "t"}).replaces == ("sync",)


def test_a_run_that_was_killed_is_found_again_whether_it_is_over_or_not(
    workbench: Workbench, sync: State
):
    workbench.emulator.behave(hold_runs=True)
    workbench.create(KIND, sync=sync.id, wait=False, tolerate=FAILING)
    workbench.restart()
    workbench.create(KIND, sync=sync.id, wait=False, tolerate=FAILING)
    assert _starts(workbench, sync) == 1
    workbench.emulator.finish_execution(sync.id)
    workbench.restart()
    found = workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    assert found.computed["status"] == "completed"
    assert _starts(workbench, sync) == 1
    assert any("found in place of being started" in one for one in workbench.said)


def test_an_update_that_was_killed_finds_its_run(workbench: Workbench, sync: State):
    run = workbench.create(KIND, sync=sync.id, tolerate=FAILING, triggers=["a"])
    for _ in range(2):
        workbench.restart()
        again = workbench.update(KIND, run, triggers=["b"])
    assert _starts(workbench, sync) == 2
    assert again.computed["execution_id"] != run.computed["execution_id"]


def test_a_failed_run_that_no_state_has_is_tried_again(workbench: Workbench, sync: State):
    """Where Pulumi could not keep it, its recorded start would else be found for a day."""
    _failed(workbench, sync=sync.id)
    workbench.restart()
    _failed(workbench, sync=sync.id)
    assert _starts(workbench, sync) == 2
    workbench.restart()
    workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    assert _starts(workbench, sync) == 2, "the second one was started under a key of its moment"


def test_a_wait_that_ends_too_early_is_gone_on_with(workbench: Workbench, sync: State):
    workbench.emulator.behave(hold_runs=True)
    failure = _failed(workbench, sync=sync.id, timeout="10m", tolerate=FAILING)
    assert "is still 'running' after 10 min" in failure.message
    workbench.restart()
    with pytest.raises(RunNotDone, match="is still 'running'"):
        workbench.update(KIND, failure.state)
    workbench.emulator.finish_execution(sync.id)
    workbench.restart()
    done = workbench.update(KIND, failure.state)
    assert done.computed["execution_id"] == failure.state.computed["execution_id"]
    assert _starts(workbench, sync) == 1


def test_what_runs_already_is_waited_for(workbench: Workbench, sync: State):
    other = workbench.emulator.start_execution(sync.id)
    with pytest.raises(AlreadyRunning, match=other):
        workbench.create(KIND, sync=sync.id, timeout="2m")
    assert _starts(workbench, sync) == 1
    workbench.restart()
    _meanwhile(workbench, lambda: workbench.emulator.finish_execution(sync.id))
    run = workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    assert run.computed["execution_id"] != other
    assert _starts(workbench, sync) == 2
    workbench.restart()
    found = workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    assert found.computed["execution_id"] == run.computed["execution_id"]
    assert _starts(workbench, sync) == 2


class _PressedLater(Interruption):
    """Ctrl-C is pressed at the first rest."""

    def rest(self, seconds: float) -> None:
        self.ask()
        super().rest(seconds)


def _interrupted(workbench: Workbench, **arguments: Any) -> RunNotDone:
    inputs = Inputs(arguments, "urn:run")
    scope = workbench.scope("urn:run")
    operation = present()
    assert operation is not None
    begin(replace(operation, interruption=_PressedLater()))
    with pytest.raises(RunNotDone) as raised:
        HANDLER.create(scope, inputs)
    return raised.value


def test_ctrl_c_leaves_the_run_alone_unless_told(workbench: Workbench, sync: State):
    workbench.emulator.behave(hold_runs=True)
    failure = _interrupted(workbench, sync=sync.id, tolerate=FAILING)
    assert "goes on in Polytomic" in failure.message
    assert workbench.emulator.executions(sync.id)[0]["status"] == "running"
    workbench.emulator.finish_execution(sync.id)
    workbench.restart()
    workbench.update(KIND, failure.state)
    assert _starts(workbench, sync) == 1


def test_ctrl_c_cancels_the_run_when_told_and_the_next_up_runs_again(
    workbench: Workbench, sync: State
):
    workbench.emulator.behave(hold_runs=True)
    arguments = {"sync": sync.id, "tolerate": FAILING, "cancel_on_interrupt": True}
    failure = _interrupted(workbench, **arguments)
    assert "was told to cancel" in failure.message
    workbench.emulator.behave(hold_runs=False)
    workbench.restart()
    done = workbench.update(KIND, failure.state)
    statuses = [one["status"] for one in workbench.emulator.executions(sync.id)]
    assert statuses == ["completed", "canceled"]
    assert done.computed["status"] == "completed"


def test_a_run_stays_what_it_was_until_its_sync_is_gone_and_deleting_sends_nothing(
    workbench: Workbench, sync: State
):
    run = workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    workbench.emulator.run_sync(sync.id)
    workbench.restart()
    assert workbench.read(KIND, run) == run
    workbench.emulator.clear_requests()
    workbench.delete(KIND, run)
    assert workbench.emulator.requests() == []
    assert "stays in Polytomic's history" in workbench.said[-1]
    workbench.emulator.delete_sync(sync.id)
    workbench.restart()
    assert workbench.read(KIND, run) is None
    with pytest.raises(PolytomicError, match="deleted outside"):
        workbench.update(KIND, run, triggers=["again"])


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 500, "when": "after"},
        {"kind": "status", "status": 500, "record": True},
        {"kind": "status", "status": 500, "record": True, "when": "after"},
        {"kind": "status", "status": 503, "when": "after"},
        {"kind": "drop"},
        {"kind": "drop", "when": "after"},
        {"kind": "truncate"},
        {"kind": "html", "when": "after"},
    ],
    ids=str,
)
@pytest.mark.parametrize("keys", ["on", "off"])
def test_a_start_that_fails_starts_once(
    workbench: Workbench, sync: State, fault: dict[str, Any], keys: str
):
    workbench.emulator.behave(idempotency_keys=keys)
    workbench.restart()
    workbench.emulator.fail(**fault, method="POST", path=START)
    try:
        workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    except PolytomicError:
        workbench.emulator.clear_faults()
        workbench.restart()
        workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    assert _starts(workbench, sync) == 1


def test_a_refusal_that_is_recorded_does_not_stick(workbench: Workbench, sync: State):
    workbench.emulator.fail(
        kind="status", status=403, record=True, method="POST", path=START, times=99
    )
    with pytest.raises(PolytomicError, match="403"):
        workbench.create(KIND, sync=sync.id)
    workbench.emulator.clear_faults()
    workbench.restart()
    workbench.create(KIND, sync=sync.id, tolerate=FAILING)
    assert _starts(workbench, sync) == 1


def test_a_preview_says_what_runs_and_why(workbench: Workbench):
    scope = workbench.scope("urn")
    text = HANDLER.foresee(scope, {"sync": "248d", "test": True, "tolerate": 3})
    assert text == (
        "runs sync 248d (with a few records only, waits at most 1h for its end; this fails where "
        "more than 3 records fail)"
    )
    state = State(
        "248d", {"sync": "248d", "triggers": ["a"]}, {"execution_id": "e", "status": "failed"}
    )
    again = {**state.arguments, "triggers": ["b"]}
    told = HANDLER.announce(state, again, HANDLER.compare(state, again))
    assert told is not None
    assert told.startswith("runs sync 248d again, since triggers changed")
    failed = replace(state, unfinished=True)
    told = HANDLER.announce(failed, state.arguments, HANDLER.compare(failed, state.arguments))
    assert told is not None
    assert told.startswith("runs sync 248d again, since execution e failed")
    going = replace(failed, computed={"execution_id": "e", "status": "running"})
    told = HANDLER.announce(going, state.arguments, HANDLER.compare(going, state.arguments))
    assert told == "waits for execution e again, which was not over"
    assert not HANDLER.announce(state, state.arguments, HANDLER.compare(state, state.arguments))
