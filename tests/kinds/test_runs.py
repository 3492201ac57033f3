"""Runs of syncs and bulk syncs: once for each trigger, followed to the end, judged, tried again."""

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
from polytomic_provider.kinds.runs.run import RunNotDone
from polytomic_provider.kinds.runs.start import AlreadyRunning
from polytomic_provider.validation import UNKNOWN
from tests.kinds.conftest import Workbench
from tests.kinds.runs import EventfulClock, Runnable, a_bulk_sync, a_sync, meanwhile

ARGUMENTS = {"SyncRun": "sync", "BulkSyncRun": "bulk_sync"}


@pytest.fixture
def workbench() -> Iterator[Workbench]:
    with RunningEmulator(consent_after=0) as emulator:
        yield Workbench(emulator, clock=EventfulClock(emulator))


@pytest.fixture(params=list(ARGUMENTS))
def of(
    request: pytest.FixtureRequest,
    workbench: Workbench,
    make_sync: Callable[..., State],
    salesforce: State,
) -> Runnable:
    if request.param == "SyncRun":
        return a_sync(workbench, make_sync)
    return a_bulk_sync(workbench, salesforce)


def _failed(of: Runnable, **arguments: Any) -> RunNotDone:
    with pytest.raises(RunNotDone) as raised:
        of.create(**arguments)
    return raised.value


def test_a_run_waits_for_the_end_and_tells_what_it_did(workbench: Workbench, of: Runnable):
    run = of.create(tolerate=of.failing)
    (execution,) = of.executions
    assert (run.id, run.computed["execution_id"]) == (of.id, execution["id"])
    assert run.computed["status"] == "completed"
    assert run.computed["counts"]["error"] == of.failing
    assert run.computed["counts"]["total"] > 100
    assert run.computed["log_url"].endswith(f"/{of.id}/executions/{execution['id']}/logs")
    assert run.computed["completed_at"]
    assert not run.unfinished
    waits = [one for one in workbench.said if f"execution {execution['id']} is " in one]
    assert "Ctrl-C ends the wait" in waits[0]


def test_records_that_fail_are_an_error_with_the_reasons_of_the_first(of: Runnable):
    failure = _failed(of, tolerate=of.failing - 1)
    failed = of.failures()
    assert len(failed) == of.failing > 10
    what = f"{of.failing} records failed, where `tolerate` allows {of.failing - 1}"
    assert what in failure.message
    for one in failed[:5]:
        assert f"{one['record']}: {one['reason']}" in failure.message
    assert failed[5]["record"] not in failure.message
    assert "or raise `tolerate`" in str(failure)
    assert f"and {of.failing - 5} more" in failure.message
    assert f"of {of.noun} " in failure.message
    assert f"({of.id})" in failure.message
    assert failure.state.unfinished
    assert failure.state.computed["execution_id"] == of.executions[0]["id"]
    assert failure.state.computed["counts"]["error"] == of.failing


def test_reasons_that_cannot_be_read_hide_no_failure(workbench: Workbench, of: Runnable):
    workbench.emulator.fail(kind="status", status=403, path="/(errors|logs)$", times=None)
    failure = _failed(of)
    assert f"{of.failing} records failed" in failure.message
    assert "why they failed could not be read" in failure.message


@pytest.mark.parametrize("status", ["failed", "interrupted", "canceled"])
def test_an_execution_that_fails_as_a_whole_is_an_error(
    workbench: Workbench, of: Runnable, status: str
):
    workbench.emulator.behave(hold_runs=True)
    meanwhile(workbench, lambda: of.finish(status))
    failure = _failed(of)
    assert f"it is {status!r}" in failure.message
    assert "tolerate" not in str(failure), "it would not help"
    assert failure.state.computed["status"] == status


def test_a_failed_run_is_tried_again_by_the_next_update_and_by_nothing_else(
    workbench: Workbench, of: Runnable
):
    failed = _failed(of).state
    workbench.restart()
    assert workbench.read(of.kind, failed) == failed
    workbench.restart()
    with pytest.raises(RunNotDone) as raised:
        of.update(failed)
    assert len(of.executions) == 2
    again = raised.value.state
    assert again.computed["execution_id"] != failed.computed["execution_id"]
    workbench.restart()
    done = of.update(again, tolerate=of.failing)
    assert not done.unfinished
    assert len(of.executions) == 2, "what `tolerate` allows now need not run again"
    workbench.restart()
    assert of.update(done).computed == done.computed
    assert len(of.executions) == 2


def test_changed_triggers_run_again_and_what_steers_the_provider_does_not(
    workbench: Workbench, of: Runnable
):
    run = of.create(tolerate=of.failing, triggers=["a"])
    workbench.restart()
    steered = of.update(run, timeout="2h", wait=False, cancel_on_interrupt=True)
    assert steered.computed == run.computed
    assert len(of.executions) == 1
    seen = {run.computed["execution_id"]}
    for triggers in (["b"], ["a"], ["b"]):
        workbench.restart()
        run = of.update(run, triggers=triggers)
        assert run.computed["execution_id"] not in seen, "a trigger of before is a new one"
        seen.add(run.computed["execution_id"])
    assert len(of.executions) == 4


@pytest.mark.parametrize("kind", ARGUMENTS)
@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"triggers": ["b"]}, True),
        ({"triggers": UNKNOWN}, True),
        ({"triggers": None}, False),
        ({"test": True}, True),
        ({"tolerate": 3}, False),
        ({"wait": False}, False),
        ({"timeout": "3h"}, False),
    ],
)
def test_what_makes_a_difference(kind: str, change: dict[str, Any], differs: bool):
    model, of = HANDLERS[kind].arguments, ARGUMENTS[kind]
    old = {of: "s", "triggers": ["a"]}
    assert compare(model, old, {**old, **change}).differs is differs
    assert compare(model, old, {**old, of: "t"}).replaces == (of,)


def test_a_run_that_was_killed_is_found_again_whether_it_is_over_or_not(
    workbench: Workbench, of: Runnable
):
    workbench.emulator.behave(hold_runs=True)
    of.create(wait=False, tolerate=of.failing)
    workbench.restart()
    of.create(wait=False, tolerate=of.failing)
    assert len(of.executions) == 1
    of.finish()
    workbench.restart()
    found = of.create(tolerate=of.failing)
    assert found.computed["status"] == "completed"
    assert len(of.executions) == 1
    assert any("found in place of being started" in one for one in workbench.said)


def test_an_update_that_was_killed_finds_its_run(workbench: Workbench, of: Runnable):
    run = of.create(tolerate=of.failing, triggers=["a"])
    for _ in range(2):
        workbench.restart()
        again = of.update(run, triggers=["b"])
    assert len(of.executions) == 2
    assert again.computed["execution_id"] != run.computed["execution_id"]


def test_a_failed_run_that_no_state_has_is_tried_again(workbench: Workbench, of: Runnable):
    """Where Pulumi could not keep it, its recorded start would else be found for a day."""
    _failed(of)
    workbench.restart()
    _failed(of)
    assert len(of.executions) == 2
    workbench.restart()
    of.create(tolerate=of.failing)
    assert len(of.executions) == 2, "the second one was started under a key of its moment"


def test_a_wait_that_ends_too_early_is_gone_on_with(workbench: Workbench, of: Runnable):
    workbench.emulator.behave(hold_runs=True)
    failure = _failed(of, timeout="10m", tolerate=of.failing)
    assert "is still 'running' after 10 min" in failure.message
    workbench.restart()
    with pytest.raises(RunNotDone, match="is still 'running'"):
        of.update(failure.state)
    of.finish()
    workbench.restart()
    done = of.update(failure.state)
    assert done.computed["execution_id"] == failure.state.computed["execution_id"]
    assert len(of.executions) == 1


def test_what_runs_already_is_waited_for(workbench: Workbench, of: Runnable):
    other = of.begin()
    with pytest.raises(AlreadyRunning, match=other):
        of.create(timeout="2m")
    assert len(of.executions) == 1
    workbench.restart()
    meanwhile(workbench, of.finish)
    run = of.create(tolerate=of.failing)
    assert run.computed["execution_id"] != other
    assert len(of.executions) == 2
    workbench.restart()
    found = of.create(tolerate=of.failing)
    assert found.computed["execution_id"] == run.computed["execution_id"]
    assert len(of.executions) == 2


class _PressedLater(Interruption):
    """Ctrl-C is pressed at the first rest."""

    def rest(self, seconds: float) -> None:
        self.ask()
        super().rest(seconds)


def _interrupted(of: Runnable, **arguments: Any) -> RunNotDone:
    inputs = Inputs({of.argument: of.id, **arguments}, "urn:run")
    scope = of.workbench.scope("urn:run")
    operation = present()
    assert operation is not None
    begin(replace(operation, interruption=_PressedLater()))
    with pytest.raises(RunNotDone) as raised:
        HANDLERS[of.kind].create(scope, inputs)
    return raised.value


def test_ctrl_c_leaves_the_run_alone_unless_told(workbench: Workbench, of: Runnable):
    workbench.emulator.behave(hold_runs=True)
    failure = _interrupted(of, tolerate=of.failing)
    assert "goes on in Polytomic" in failure.message
    assert of.executions[0]["status"] == "running"
    of.finish()
    workbench.restart()
    of.update(failure.state)
    assert len(of.executions) == 1


def test_ctrl_c_cancels_the_run_when_told_and_the_next_up_runs_again(
    workbench: Workbench, of: Runnable
):
    workbench.emulator.behave(hold_runs=True)
    failure = _interrupted(of, tolerate=of.failing, cancel_on_interrupt=True)
    assert "was told to cancel" in failure.message
    assert f"runs the {of.noun} again" in str(failure)
    workbench.emulator.behave(hold_runs=False)
    workbench.restart()
    done = of.update(failure.state)
    assert [one["status"] for one in of.executions] == ["completed", "canceled"]
    assert done.computed["status"] == "completed"


def test_a_run_stays_what_it_was_until_what_it_runs_is_gone_and_deleting_sends_nothing(
    workbench: Workbench, of: Runnable
):
    run = of.create(tolerate=of.failing)
    of.run()
    workbench.restart()
    assert workbench.read(of.kind, run) == run
    workbench.emulator.clear_requests()
    workbench.delete(of.kind, run)
    assert workbench.emulator.requests() == []
    assert f"of {of.noun} {of.id} stays in Polytomic's history" in workbench.said[-1]
    workbench.emulator.delete(of.id)
    workbench.restart()
    assert workbench.read(of.kind, run) is None
    with pytest.raises(PolytomicError, match="deleted outside"):
        of.update(run, triggers=["again"])


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
    workbench: Workbench, of: Runnable, fault: dict[str, Any], keys: str
):
    workbench.emulator.behave(idempotency_keys=keys)
    workbench.restart()
    workbench.emulator.fail(**fault, method="POST", path=of.start)
    try:
        of.create(tolerate=of.failing)
    except PolytomicError:
        workbench.emulator.clear_faults()
        workbench.restart()
        of.create(tolerate=of.failing)
    assert len(of.executions) == 1


def test_a_refusal_that_is_recorded_does_not_stick(workbench: Workbench, of: Runnable):
    workbench.emulator.fail(
        kind="status", status=403, record=True, method="POST", path=of.start, times=99
    )
    with pytest.raises(PolytomicError, match="403"):
        of.create()
    workbench.emulator.clear_faults()
    workbench.restart()
    of.create(tolerate=of.failing)
    assert len(of.executions) == 1


@pytest.mark.parametrize(("kind", "noun"), [("SyncRun", "sync"), ("BulkSyncRun", "bulk sync")])
def test_a_preview_says_what_runs_and_why(workbench: Workbench, kind: str, noun: str):
    handler, of = HANDLERS[kind], ARGUMENTS[kind]
    text = handler.foresee(workbench.scope("urn"), {of: "248d", "tolerate": 3})
    assert text == (
        f"runs {noun} 248d (waits at most 1h for its end; this fails where more than 3 records "
        "fail)"
    )
    state = State("248d", {of: "248d", "triggers": ["a"]}, {"execution_id": "e"})
    state = replace(state, computed={"execution_id": "e", "status": "failed"})

    def told(state: State, arguments: Any) -> str | None:
        return handler.announce(state, arguments, handler.compare(state, arguments))

    again = told(state, {**state.arguments, "triggers": ["b"]})
    assert again is not None
    assert again.startswith(f"runs {noun} 248d again, since triggers changed (waits")
    failed = replace(state, unfinished=True)
    again = told(failed, state.arguments)
    assert again is not None
    assert again.startswith(f"runs {noun} 248d again, since execution e failed (waits")
    going = replace(failed, computed={"execution_id": "e", "status": "running"})
    assert told(going, state.arguments) == "waits for execution e again, which was not over"
    assert not told(state, state.arguments)
