"""One operation on a run: start its execution once, follow it to its end, and judge it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from polytomic_provider.api import Interrupted, Polytomic, PolytomicError
from polytomic_provider.api.http.durations import parse_duration, show_duration
from polytomic_provider.api.http.operation import allowing, remaining, rest, say
from polytomic_provider.api.http.pauses import Pauses
from polytomic_provider.api.routes.executions import Executions
from polytomic_provider.api.wire import Request
from polytomic_provider.api.wire.execution import (
    CANCELING,
    COMPLETED,
    WITH_ERRORS,
    Execution,
    ExecutionCounts,
    counted,
    has_ended,
    went_well,
)
from polytomic_provider.kinds.lifecycle.half_done import FailedWithState
from polytomic_provider.kinds.lifecycle.idempotency_keys import Keys
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.runs.start import Start, start_once

DEFAULT_TIMEOUT: Final = "1h"
MOST_REASONS: Final = 5
LONGEST_REASON: Final = 300


class RunNotDone(FailedWithState):
    """A run was started, and it failed or is not over."""


def goes_on(state: State) -> bool:
    """Return whether the execution of a state was not over when it was last seen."""
    known = state.computed
    return not has_ended(known.get("status"), completed=known.get("completed_at") is not None)


def is_good(state: State, arguments: Mapping[str, Any]) -> bool:
    """Return whether the execution of a state is over and no failure by these arguments."""
    known: Mapping[str, Any] = state.computed
    counts: Mapping[str, int] = known.get("counts") or {}
    schemas, most = known.get("failed_schemas") or (), arguments.get("tolerate") or 0
    return went_well(known.get("status"), counts.get("error"), schemas, most)


@dataclass
class Run:
    """One operation on a run.

    Attributes:
        polytomic: The client of its workspace.
        executions: Those of what it runs.
        request: What starts one.
        state: What is known of the run; its arguments are the new ones.
        name: What it runs, as messages name it.
        noun: The same without its name, such as `sync`.
        more_computed: Gives the outputs of the kind beside those of every run.
    """

    polytomic: Polytomic
    executions: Executions[Any]
    request: Request
    state: State
    name: str
    noun: str
    more_computed: Callable[[Any], dict[str, Any]]

    @property
    def _arguments(self) -> Mapping[str, Any]:
        return self.state.arguments

    def begin(self, before: State | None) -> State:
        """Start an execution; `before` is what the state holds of the one before it."""
        seconds = parse_duration(self._arguments.get("timeout") or DEFAULT_TIMEOUT)
        with allowing(seconds):
            started = start_once(self._start(before))
            self.state = replace(self._having(started), unfinished=True)
            if self._arguments.get("wait") is False:
                return replace(self.state, unfinished=False)
            return self._done(seconds)

    def resume(self) -> State:
        """Wait for the end of the execution that an earlier `up` has begun to wait for."""
        if self._arguments.get("wait") is False:
            return replace(self.state, unfinished=False)
        before, canceled = self.state, self.state.computed.get("status") == CANCELING
        seconds = parse_duration(self._arguments.get("timeout") or DEFAULT_TIMEOUT)
        with allowing(seconds):
            if not canceled:
                return self._done(seconds)
            self._follow(seconds)
        if is_good(self.state, self._arguments):
            return replace(self.state, unfinished=False)
        return self.begin(before)

    def _start(self, before: State | None) -> Start:
        settings = self.polytomic.settings
        arguments = self._arguments
        last: Mapping[str, Any] = before.computed if before is not None else {}
        what: dict[str, Any] = {
            "run": self.state.id,
            "request": self.request.body(),
            "triggers": arguments.get("triggers"),
            "after": last.get("execution_id"),
        }
        return Start(
            polytomic=self.polytomic,
            executions=self.executions,
            request=self.request,
            name=self.name,
            keys=Keys(settings.key, self.state.identity, settings.namespace, what),
            after=_moment(last.get("started_at")),
            failed=lambda execution: not is_good(self._having(execution), arguments),
        )

    def _having(self, execution: Execution) -> State:
        """The state with what is known of an execution."""
        counts = execution.counts or ExecutionCounts()
        computed = {
            "execution_id": execution.id,
            "status": (execution.status or "").lower() or None,
            "counts": counts.model_dump(exclude_none=True) or None,
            "started_at": _text(execution.created_at),
            "completed_at": _text(execution.completed_at),
            "log_url": self.executions.log_url(execution.id or ""),
            **self.more_computed(execution),
        }
        return replace(self.state, computed=computed)

    def _done(self, seconds: float) -> State:
        """Wait for the end, and judge it. Raises RunNotDone."""
        execution = self._follow(seconds)
        if is_good(self.state, self._arguments):
            say(f"execution {execution.id} is completed: {execution.in_words()}", passing=True)
            return replace(self.state, unfinished=False)
        raise self._failed(execution)

    def _follow(self, seconds: float) -> Execution:
        """Look at growing intervals until it is over. Raises RunNotDone."""
        id_: str = self.state.computed["execution_id"]
        pauses, last = Pauses(), ""
        try:
            while True:
                execution: Execution = self.executions.get(id_).data
                self.state = replace(self._having(execution), unfinished=True)
                if execution.ended:
                    return execution
                if remaining() <= 0:
                    raise self._not_over(seconds)
                status = execution.status or "running"
                words = f"execution {id_} is {status}: {execution.in_words()}"
                if words != last:
                    say(f"{words}{'' if last else f'; {self._way_out()}'}", passing=True)
                    last = words
                rest(pauses.within(remaining()))
        except RunNotDone:
            raise
        except Interrupted as interrupted:
            raise self._interrupted(interrupted) from interrupted
        except BaseException as failure:
            said = failure.message if isinstance(failure, PolytomicError) else str(failure)
            raise RunNotDone(
                f"execution {id_} of {self.name} was started, and could not be followed: "
                f"{said or type(failure).__name__}",
                hint="The next `pulumi up` waits for it again; nothing is started twice.",
                state=self.state,
            ) from failure

    def _way_out(self) -> str:
        if self._arguments.get("cancel_on_interrupt") is True:
            return "Ctrl-C cancels it"
        return "Ctrl-C ends the wait, and the run goes on"

    def _not_over(self, seconds: float) -> RunNotDone:
        id_, status = (self.state.computed.get(name) for name in ("execution_id", "status"))
        return RunNotDone(
            f"execution {id_} of {self.name} is still {status!r} after {show_duration(seconds)}",
            hint="To fix: run `pulumi up` again, which waits for it again and starts nothing, or "
            "give more `timeout`.",
            state=self.state,
        )

    def _interrupted(self, interrupted: Interrupted) -> PolytomicError:
        """What Ctrl-C did to the run."""
        id_: str = self.state.computed["execution_id"]
        if self._arguments.get("cancel_on_interrupt") is not True:
            return RunNotDone(
                f"execution {id_} of {self.name} goes on in Polytomic: {interrupted.message}",
                hint="The next `pulumi up` waits for it again; nothing is started twice.",
                state=self.state,
            )
        try:
            self.executions.cancel(id_)
        except PolytomicError as failure:
            return RunNotDone(
                f"execution {id_} of {self.name} could not be canceled: {failure.message}",
                hint="Cancel it in Polytomic; the next `pulumi up` waits for it again.",
                state=self.state,
            )
        computed = {**self.state.computed, "status": CANCELING}
        return RunNotDone(
            f"execution {id_} of {self.name} was told to cancel: {interrupted.message}",
            hint=f"The next `pulumi up` runs the {self.noun} again.",
            state=replace(self.state, computed=computed),
        )

    def _failed(self, execution: Execution) -> RunNotDone:
        """The error of an execution that is over, with the reasons that Polytomic gives."""
        errors, way_out = execution.failed, ""
        if self.state.computed["status"] not in (COMPLETED, WITH_ERRORS):
            what = f"it is {execution.status!r}"
        elif execution.failed_schemas:
            what = f"schemas were not copied: {', '.join(execution.failed_schemas)}"
        else:
            most = self._arguments.get("tolerate") or 0
            what = f"{counted(errors, 'record')} failed, where `tolerate` allows {most}"
            way_out = ", or raise `tolerate`"
        reasons = execution.reasons[:MOST_REASONS]
        trouble = ""
        if errors:
            try:
                found = self.executions.failures(execution.id or "", MOST_REASONS)
                reasons += found
                more = errors - len(found)
                trouble = f"\n  and {more} more" if found and more > 0 else ""
            except PolytomicError as failure:
                trouble = f"\n  (why they failed could not be read: {failure.message})"
        listed = "".join(f"\n  - {one[:LONGEST_REASON]}" for one in reasons)
        return RunNotDone(
            f"execution {execution.id} of {self.name} failed: {what} ({execution.in_words()})"
            f"{':' if listed else ''}{listed}{trouble}",
            hint=f"To fix: mend the cause and run `pulumi up`, which runs the {self.noun} again"
            f"{way_out}. Its logs: {self.state.computed['log_url']}",
            state=self.state,
        )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
