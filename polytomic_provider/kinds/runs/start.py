"""Start one execution, however often the deployment is killed or repeated.

Nothing marks an execution as ours but the idempotency key of the request that started it: asked
for the same key, Polytomic gives the recorded reply. The first key is timeless, so that it finds
what an earlier, killed run has started. Where that key holds a failure, a key of the present
moment follows, and executions of the last day are asked for under the keys of their time.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from polytomic_provider.api import (
    APIError,
    Conflict,
    Interrupted,
    Polytomic,
    PolytomicError,
    ServerError,
    TransportError,
)
from polytomic_provider.api.http.durations import show_duration
from polytomic_provider.api.http.operation import clock, remaining, rest, say, within
from polytomic_provider.api.http.pauses import Pauses
from polytomic_provider.api.routes.executions import Executions
from polytomic_provider.api.wire import Request
from polytomic_provider.api.wire.execution import Execution
from polytomic_provider.kinds.lifecycle.idempotency_keys import Keys
from polytomic_provider.kinds.lifecycle.recorded_outcomes import (
    CLOCKS_DIFFER,
    RECORDED,
    TRIES_OF_500,
    fresh_key,
    recorded_outcome,
)

SCHEDULED: Final = "scheduled"
MOST_CANDIDATES: Final = 5


class AlreadyRunning(PolytomicError):
    """A run was not started, since another one of the sync was not over in time."""

    def __init__(self, name: str, execution: Execution, waited: float) -> None:
        super().__init__(
            f"{name} was not started: its execution {execution.id} is still "
            f"{execution.status or 'running'!r} after {show_duration(waited)}",
            hint="To fix: run `pulumi up` again when it has ended, or give more `timeout`.",
        )


@dataclass(frozen=True)
class Start:
    """What is to be started once.

    Attributes:
        name: What runs, as messages name it.
        keys: The idempotency keys of this run and of no other.
        after: When the run before this one was started; None where there was none.
        failed: Whether an execution that is over counts as a failed run.
    """

    polytomic: Polytomic
    executions: Executions[Any]
    request: Request
    name: str
    keys: Keys
    after: datetime | None
    failed: Callable[[Execution], bool]


def start_once(start: Start) -> Execution:
    """Start the execution, or find the one that an earlier run of this program has started.

    An earlier one that is over and failed is not given back: the next `up` tries it again.
    Raises AlreadyRunning, Interrupted, or what the last POST raised.
    """
    return _Attempt(start).start()


class _Appeared(Exception):
    """A request that seemed lost has started its execution."""

    def __init__(self, execution: Execution) -> None:
        super().__init__(execution.id)
        self.execution = execution


class _Attempt:
    """One start, from the look at what there is to the execution."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._executions = start.executions
        look = self._executions.recent()
        self._before = {one.id: one for one in look.data if one.id}
        self._looked_at = look.date
        self._began = clock()

    def start(self) -> Execution:
        """Find the execution of an earlier run, or start one."""
        timeless = self._start.keys.timeless()
        known: Execution | None = None
        if _running(self._before.values()) is not None:
            known = self._replay(timeless)
        else:
            try:
                known = self._send(timeless)
            except RECORDED as failure:
                left = self._left_by(failure)
                if left is not None:
                    return left
        if known is not None and self._is_fresh(known):
            return known
        earlier = self._now(known) if known is not None else None
        if earlier is None or self._has_failed(earlier):
            earlier = next(self._started_lately(), earlier)
        if earlier is None or self._has_failed(earlier):
            return self._start_afresh()
        say(
            f"execution {earlier.id} of {self._start.name} was found in place of being started: an "
            "earlier run of this program started it"
        )
        return earlier

    def _has_failed(self, execution: Execution) -> bool:
        return execution.ended and self._start.failed(execution)

    def _is_fresh(self, known: Execution) -> bool:
        """Whether an execution was started after this process looked at what there is."""
        if known.id in self._before:
            return False
        if known.created_at is None or self._looked_at is None:
            return True
        return known.created_at > self._looked_at - CLOCKS_DIFFER

    def _now(self, known: Execution) -> Execution:
        """An execution as it is now: a recorded reply shows it as it was when it started."""
        return self._before.get(known.id or "") or self._executions.get(known.id or "").data

    def _started_lately(self) -> Iterator[Execution]:
        """The executions that requests of ours have started under keys of their moment."""
        candidates = [one for one in self._before.values() if self._may_be_ours(one)]
        for one in candidates[:MOST_CANDIDATES]:
            keys = self._start.keys.that_may_have_made(one.created_at, self._looked_at)
            if any(self._made(one, key) for key in keys):
                yield one

    def _may_be_ours(self, execution: Execution) -> bool:
        if execution.type == SCHEDULED or execution.created_at is None:
            return False
        return self._start.after is None or execution.created_at > self._start.after

    def _made(self, execution: Execution, key: str) -> bool:
        replayed = self._replay(key)
        return replayed is not None and replayed.id == execution.id

    def _start_afresh(self) -> Execution:
        """Post under keys that nothing can have used: their two seconds begin after now."""
        number = 0
        while True:
            self._wait_for_others()
            now = self._start.polytomic.identity.me().date or datetime.now(UTC)
            try:
                return self._send(fresh_key(self._start.keys, now))
            except Conflict:
                if remaining() <= 0:
                    raise
                rest(Pauses().within(remaining()))
            except ServerError as failure:
                number += 1
                left = self._left_by(failure)
                if left is not None:
                    return left
                if failure.status != 500 or remaining() <= 0 or number == TRIES_OF_500:
                    raise

    def _wait_for_others(self) -> None:
        """Wait until nothing of the sync runs; raises AlreadyRunning when the time is over."""
        pauses, told = Pauses(), False
        while True:
            other = _running(self._executions.recent().data)
            if other is None:
                return
            if remaining() <= 0:
                raise AlreadyRunning(self._start.name, other, clock() - self._began)
            if not told:
                text = (
                    f"{self._start.name} runs already (execution {other.id}); waiting for its end"
                )
                say(text, passing=True)
                told = True
            try:
                rest(pauses.within(remaining()))
            except Interrupted as interrupted:
                interrupted.add(f"{self._start.name} was not started yet: it runs already")
                raise

    def _send(self, key: str) -> Execution:
        """POST; where the reply is lost, look for the execution before asking again."""

        def look() -> None:
            found = self._appeared()
            if found is not None:
                raise _Appeared(found)

        request, seconds = self._start.request, self._start.polytomic.settings.operation_timeout
        try:
            with within(seconds):
                return self._executions.start(request, idempotency_key=key, before_repeat=look).data
        except _Appeared as appeared:
            return self._replay(key) or appeared.execution
        except TransportError as lost:
            left = self._left_by(lost) if lost.arrived else None
            if left is None:
                raise
            return left

    def _left_by(self, failure: PolytomicError) -> Execution | None:
        """What a POST that failed has started all the same, if anything.

        Raises the failure where that cannot be seen: another POST might start a second one.
        """
        if not isinstance(failure, ServerError | TransportError):
            return None
        try:
            return self._appeared()
        except (APIError, TransportError) as blind:
            failure.add(f"whether it was started all the same could not be seen: {blind.message}")
            raise failure from None

    def _appeared(self) -> Execution | None:
        """The execution that was not there before, and that no schedule has started."""
        new = [
            one
            for one in self._executions.recent().data
            if one.id and one.id not in self._before and one.type != SCHEDULED
        ]
        return new[-1] if new else None

    def _replay(self, key: str) -> Execution | None:
        """The execution that a request under this key has started; None if none has."""
        reply = recorded_outcome(lambda: self._executions.replay(key))
        return None if reply is None else reply.data


def _running(executions: Iterable[Execution]) -> Execution | None:
    return next((one for one in executions if not one.ended), None)
