"""When executions run: those that were started, by whom or what, and what starts after them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from polytomic_emulator.errors import ApiError, Conflict, Unprocessable
from polytomic_emulator.running_syncs.engine import Engine
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.execution import (
    CANCELED,
    CANCELING,
    COMPLETED,
    FAILED,
    Execution,
    StartRequest,
    Trigger,
)
from polytomic_emulator.state.executions import Executions
from polytomic_emulator.state.results import Results
from polytomic_emulator.state.sync import Sync
from polytomic_emulator.state.syncs import Syncs
from polytomic_emulator.state.timetable import CONTINUOUS, Timetable
from polytomic_provider.filtering import CannotEvaluate

log = logging.getLogger("polytomic.emulator")

_RUN_AFTER = "runafter"


@dataclass(frozen=True)
class Parts:
    """What runs are made of."""

    database: Database
    clock: Clock
    syncs: Syncs
    executions: Executions
    timetable: Timetable
    results: Results
    engine: Engine


class Runs:
    """Starts, works off and ends executions.

    An execution does its whole work in one transaction, when its time has come: a process that is
    killed leaves it either done and recorded, or not begun, to be done after the next start.
    """

    def __init__(self, parts: Parts, behaviour: Callable[[], Behaviour]) -> None:
        self._parts = parts
        self._behaviour = behaviour

    def start(
        self, sync: Sync, request: StartRequest | None = None, trigger: Trigger = "manual"
    ) -> Execution:
        """Begin an execution as a client does. Raises Conflict while another is not over."""
        behaviour = self._behaviour()
        seconds = None if behaviour.hold_runs else behaviour.run_seconds
        return self._begun(sync, seconds, request, trigger)

    def hold(self, sync: Sync) -> Execution:
        """Begin an execution that goes on until `finish`, or until it is canceled."""
        return self._begun(sync, None, None, "manual")

    def _begun(
        self, sync: Sync, seconds: float | None, request: StartRequest | None, trigger: Trigger
    ) -> Execution:
        made = self._parts.executions.start(
            sync.id, seconds=seconds, request=request, trigger=trigger
        )
        how = "by its schedule" if trigger == "scheduled" else "by hand"
        self._parts.results.say(
            made.id, f'Sync "{sync.name}" was started {how}', payload={"mode": sync.mode}
        )
        return made

    def finish(self, execution: Execution, status: str = COMPLETED) -> Execution:
        """End an execution now; `completed` does its work first, and may find that it fails.

        Raises Unprocessable when it is over, or being canceled.
        """
        if execution.ended:
            raise Unprocessable("the sync is not running")
        if execution.status == CANCELING and status == COMPLETED:
            raise Unprocessable("the execution is being canceled")
        with self._parts.database.transaction():
            if status == COMPLETED:
                return self._worked_off(execution)
            return self._over(execution, status, f"The execution was ended as {status}")

    def cancel(self, execution: Execution) -> Execution:
        """Ask for the end of an execution; it comes a little later, and nothing is written."""
        canceled = self._parts.executions.cancel(execution, self._behaviour().cancel_seconds)
        if canceled.status == CANCELING and execution.status != CANCELING:
            self._parts.results.say(execution.id, "Cancellation was requested", level="warn")
        return canceled

    def settle(self) -> float | None:
        """Do what is due, once per sync. Returns when more is due, in seconds since 1970.

        Once, because syncs that take no time and wait for each other would never let it end.
        """
        parts = self._parts
        begun: set[str] = set()
        attended: set[str] = set()
        with parts.database.transaction():
            while True:
                now = parts.clock.seconds()
                syncs = [one for one in parts.timetable.due(now) if one not in begun]
                executions = [
                    one for one in parts.executions.due(now) if one.sync_id not in attended
                ]
                if not syncs and not executions:
                    break
                for sync_id in syncs:
                    begun.add(sync_id)
                    self._start_due(parts.syncs.get(sync_id))
                for execution in executions:
                    attended.add(execution.sync_id)
                    self._attend(execution)
            soonest = (parts.executions.next_seconds(), parts.timetable.next_seconds())
        return min((one for one in soonest if one is not None), default=None)

    def _start_due(self, sync: Sync) -> None:
        """A time of its schedule has come; while it still runs, that time is passed over."""
        self._parts.timetable.ran(sync)
        try:
            self.start(sync, trigger="scheduled")
        except Conflict:
            log.info("sync %s still runs: a time of its schedule was passed over", sync.id)

    def _attend(self, execution: Execution) -> None:
        if execution.status == CANCELING:
            self._over(execution, CANCELED, "The execution was canceled")
        else:
            self._worked_off(execution)

    def _worked_off(self, execution: Execution) -> Execution:
        parts = self._parts
        try:
            with parts.database.transaction():
                done = parts.engine.run(parts.syncs.get(execution.sync_id), execution)
        except (ApiError, CannotEvaluate) as refusal:
            return self._over(execution, FAILED, f"The sync could not run: {refusal}", str(refusal))
        except Exception:
            log.exception("the emulator failed at execution %s", execution.id)
            message = "the emulator failed; its terminal says how"
            return self._over(execution, FAILED, message, message)
        counts = done.counts
        message = f"Completed: {counts['total']} records, {counts['error']} errors"
        return self._over(done, COMPLETED, message)

    def _over(self, execution: Execution, status: str, message: str, *errors: str) -> Execution:
        parts = self._parts
        level = {COMPLETED: "info", CANCELED: "warn"}.get(status, "error")
        ended = parts.executions.end(execution, status, *errors)
        parts.results.say(execution.id, message, level=level)
        sync = parts.syncs.get(execution.sync_id)
        if sync.active and sync.schedule.frequency == CONTINUOUS:
            rest = self._behaviour().continuous_seconds
            parts.timetable.set(sync.id, parts.clock.seconds() + rest)
        self._start_followers(sync, ended)
        return ended

    def _start_followers(self, ended: Sync, execution: Execution) -> None:
        """Start the syncs whose schedule is to run after this one, and after no other any more."""
        for sync in self._parts.syncs.of(ended.workspace_id):
            schedule = sync.schedule
            first = schedule.run_after_syncs or []
            if not sync.active or schedule.frequency != _RUN_AFTER or ended.id not in first:
                continue
            if schedule.run_after_success_only and execution.status != COMPLETED:
                continue
            if all(self._ended_since(one, sync) for one in first if one != ended.id):
                self._start_due(sync)

    def _ended_since(self, sync_id: str, follower: Sync) -> bool:
        """Whether a sync has ended, as its follower wants it, since the follower last started."""
        last = self._parts.executions.last_ended(sync_id)
        if last is None or last.completed_at is None:
            return False
        if follower.schedule.run_after_success_only and last.status != COMPLETED:
            return False
        started = [one.created_at for one in self._parts.executions.of(follower.id)[:1]]
        return last.completed_at >= max([follower.updated_at, *started])
