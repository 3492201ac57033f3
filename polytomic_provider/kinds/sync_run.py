"""One execution of a sync: started once for each trigger, followed to its end, and judged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from polytomic_provider.api import Interrupted, NotFound, Polytomic, PolytomicError
from polytomic_provider.api.http.durations import parse_duration, show_duration
from polytomic_provider.api.http.operation import allowing, remaining, rest, say
from polytomic_provider.api.http.pauses import Pauses
from polytomic_provider.api.routes.sync_executions import ExecutionRequest, SyncExecutions
from polytomic_provider.api.wire.sync_list import Execution, ExecutionCounts, has_ended
from polytomic_provider.api.wire.sync_reply import SyncReply
from polytomic_provider.kinds.arguments import Arguments, Duration, Facts
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.half_done import HalfDone
from polytomic_provider.kinds.lifecycle.handler import Handler
from polytomic_provider.kinds.lifecycle.idempotency_keys import Keys
from polytomic_provider.kinds.lifecycle.listed import refreshes_from_lists
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.kinds.run_start import Start, start_once
from polytomic_provider.kinds.sync.handler import SyncHandler
from polytomic_provider.validation import Unknown

DEFAULT_TIMEOUT: Final = "1h"
MOST_REASONS: Final = 5
LONGEST_REASON: Final = 300
CANCELING: Final = "canceling"
COMPLETED: Final = "completed"


class SyncRunArguments(Arguments):
    """The arguments of a run. Source: `POST /api/syncs/{id}/executions`."""

    sync: Annotated[str, Facts(id_of="Sync", replaces=True)] = Field(
        min_length=1, description="The Sync to run, or its id."
    )
    triggers: Annotated[list[Any] | None, Facts(trigger=True)] = Field(
        default=None, description="Any values; when one changes, the sync runs again."
    )
    wait: Annotated[bool | None, Facts(provider_side=True)] = Field(
        default=None, description="False: start it and go on; left out: wait for its end."
    )
    tolerate: Annotated[int | None, Facts(provider_side=True)] = Field(
        default=None, ge=0, description="How many records may fail; default: none."
    )
    timeout: Annotated[Duration | None, Facts(provider_side=True)] = Field(
        default=None, description="How long to wait at most, such as `1h` (the default)."
    )
    cancel_on_interrupt: Annotated[bool | None, Facts(provider_side=True)] = Field(
        default=None, description="True: Ctrl-C cancels the run in Polytomic too."
    )
    resync: bool | None = Field(
        default=None, description="True: sync all records, not only those that changed."
    )
    test: bool | None = Field(default=None, description="True: try it with a few records.")
    identities: list[str] | None = Field(
        default=None, min_length=1, description="Sync only the records with these identity values."
    )
    organization_id: Annotated[
        str | None, Facts(provider_side=True, needed_by_delete=True, unmanaged=True)
    ] = Field(
        default=None, min_length=1, description="Workspace; left out: that of the Sync given."
    )


_SYNCS = SyncHandler()


class RunNotDone(HalfDone):
    """A run was started, and it failed or is not over; the state keeps it."""

    def __init__(self, message: str, hint: str, state: State) -> None:
        PolytomicError.__init__(self, message, hint=hint)
        self.state = state


class SyncRunHandler(Handler):
    """The life of a run. Its id is that of the sync, so that a retry is the same resource."""

    kind = "SyncRun"
    owns_nothing = True
    arguments = SyncRunArguments
    computed: ClassVar[Mapping[str, str]] = {
        "execution_id": "Id of the last execution that it started.",
        "status": "State of that execution as last seen, such as `completed`.",
        "counts": "How many records it handled: `total`, `insert`, `update`, `error` …",
        "started_at": "When it was started.",
        "completed_at": "When it ended.",
        "log_url": "Address of its logs in the API.",
    }

    def foresee(self, scope: Scope, arguments: Mapping[str, Any]) -> str | None:
        """What is run, and when that counts as a failure."""
        del scope
        sync: Any = arguments.get("sync")
        of: Any = sync.of if isinstance(sync, Unknown) else None
        name = f"Sync {of.name!r}" if hasattr(of, "name") else f"sync {sync}"
        if isinstance(sync, Unknown) and not hasattr(of, "name"):
            name = "the sync"
        return f"runs {name}{_how(arguments)}"

    def announce(self, state: State, arguments: Mapping[str, Any], comparison: Comparison) -> str:
        """Why the sync runs again."""
        execution = state.computed.get("execution_id")
        if comparison.sent:
            what = " and ".join(comparison.sent)
            changed = "changed" if len(comparison.sent) == 1 else "have changed"
            return f"runs sync {state.id} again, since {what} {changed}{_how(arguments)}"
        if not state.unfinished:
            return ""
        if _goes_on(state):
            return f"waits for execution {execution} again, which was not over"
        if _is_good(state, arguments):
            return f"takes execution {execution} for done, which `tolerate` now allows"
        return f"runs sync {state.id} again, since execution {execution} failed{_how(arguments)}"

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Start it once, and wait for its end. Raises RunNotDone."""
        id_: str = inputs.arguments["sync"]
        polytomic = self.client(scope, inputs.arguments)
        sync = polytomic.syncs.get(id_).data
        state = State(
            id=id_,
            arguments=inputs.arguments,
            computed={},
            workspace=sync.organization_id or polytomic.workspace.organization_id(),
            identity=inputs.identity,
            timeouts=inputs.timeouts,
        )
        return _Run(polytomic, state, _named(sync)).begin(None)

    def read(self, scope: Scope, state: State) -> State | None:
        """Keep everything while the sync exists: what has run has run."""
        polytomic = self.guarded(scope, state, state.arguments)
        if refreshes_from_lists(polytomic) and _SYNCS.listed(scope, polytomic, state.id):
            return state
        try:
            polytomic.syncs.get(state.id)
        except NotFound:
            return None
        return state

    def update(self, scope: Scope, state: State, inputs: Inputs) -> State:
        """Run again where a trigger or what is run changed, or where the last run failed."""
        written = replace(state, arguments=inputs.arguments, timeouts=inputs.timeouts)
        sent = self.compare(state, inputs.arguments).sent
        if not sent and not state.unfinished:
            return written
        if not sent and _is_good(state, inputs.arguments):
            return replace(written, unfinished=False)
        polytomic = self.guarded(scope, state, inputs.arguments)
        try:
            sync = polytomic.syncs.get(state.id).data
        except NotFound as gone:
            raise PolytomicError(
                f"sync {state.id} was deleted outside this program, so it cannot run",
                hint="Run `pulumi up --refresh`: it will be created again, and run.",
            ) from gone
        run = _Run(polytomic, written, _named(sync))
        if not sent and _goes_on(state):
            return run.resume()
        return run.begin(state)

    def delete(self, scope: Scope, state: State) -> None:
        """Leave what ran where it is."""
        del scope
        say(
            f"execution {state.computed.get('execution_id')} of sync {state.id} stays in "
            "Polytomic's history; nothing was sent"
        )

    def subject(self, state: State) -> str:
        """Name the sync."""
        return f"sync {state.id}"


def _named(sync: SyncReply) -> str:
    return f"sync {sync.name!r} ({sync.id})" if sync.name else f"sync {sync.id}"


def _how(arguments: Mapping[str, Any]) -> str:
    """How it is run, for a preview."""
    parts = [
        text
        for name, text in (
            ("test", "with a few records only"),
            ("resync", "all records, changed or not"),
            ("identities", "the records named only"),
        )
        if arguments.get(name)
    ]
    if arguments.get("wait") is False:
        parts.append("without waiting for its end")
    else:
        most = arguments.get("tolerate") or 0
        limit = f"more than {most} records fail" if most else "a record fails"
        timeout = arguments.get("timeout") or DEFAULT_TIMEOUT
        parts.append(f"waits at most {timeout} for its end; this fails where {limit}")
    return f" ({', '.join(parts)})"


def _goes_on(state: State) -> bool:
    """Whether the execution of a state was not over when it was last seen."""
    known = state.computed
    return not has_ended(known.get("status"), completed=known.get("completed_at") is not None)


def _is_good(state: State, arguments: Mapping[str, Any]) -> bool:
    """Whether the execution of a state is over and no failure by these arguments."""
    counts: Any = state.computed.get("counts") or {}
    errors = counts.get("error") or 0
    completed = state.computed.get("status") == COMPLETED
    return completed and errors <= (arguments.get("tolerate") or 0)


@dataclass
class _Run:
    """One operation on a run; `state` is what is known of it, its arguments the new ones.

    `name` is the sync as messages name it.
    """

    polytomic: Polytomic
    state: State
    name: str

    @property
    def _arguments(self) -> Mapping[str, Any]:
        return self.state.arguments

    @property
    def _executions(self) -> SyncExecutions:
        return self.polytomic.executions_of(self.state.id)

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
        if _is_good(self.state, self._arguments):
            return replace(self.state, unfinished=False)
        return self.begin(before)

    def _start(self, before: State | None) -> Start:
        settings = self.polytomic.settings
        arguments = self._arguments
        names = ("identities", "resync", "test")
        given = {name: arguments[name] for name in names if arguments.get(name) is not None}
        request = ExecutionRequest.model_validate(given)
        last: Mapping[str, Any] = before.computed if before is not None else {}
        what: dict[str, Any] = {
            "run": self.state.id,
            "request": request.body(),
            "triggers": arguments.get("triggers"),
            "after": last.get("execution_id"),
        }
        return Start(
            polytomic=self.polytomic,
            executions=self._executions,
            request=request,
            name=self.name,
            keys=Keys(settings.key, self.state.identity, settings.namespace, what),
            after=_moment(last.get("started_at")),
            failed=lambda execution: not _is_good(self._having(execution), arguments),
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
            "log_url": self._executions.log_url(execution.id or ""),
        }
        return replace(self.state, computed=computed)

    def _done(self, seconds: float) -> State:
        """Wait for the end, and judge it. Raises RunNotDone."""
        execution = self._follow(seconds)
        if _is_good(self.state, self._arguments):
            say(f"execution {execution.id} is completed: {_numbers(execution)}", passing=True)
            return replace(self.state, unfinished=False)
        raise self._failed(execution)

    def _follow(self, seconds: float) -> Execution:
        """Look at growing intervals until it is over. Raises RunNotDone."""
        id_: str = self.state.computed["execution_id"]
        pauses, last = Pauses(), ""
        try:
            while True:
                execution = self._executions.get(id_).data
                self.state = replace(self._having(execution), unfinished=True)
                if execution.ended:
                    return execution
                if remaining() <= 0:
                    raise self._not_over(seconds)
                words = f"execution {id_} is {execution.status or 'running'}: {_numbers(execution)}"
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
            self._executions.cancel(id_)
        except PolytomicError as failure:
            return RunNotDone(
                f"execution {id_} of {self.name} could not be canceled: {failure.message}",
                hint="Cancel it in Polytomic; the next `pulumi up` waits for it again.",
                state=self.state,
            )
        computed = {**self.state.computed, "status": CANCELING}
        return RunNotDone(
            f"execution {id_} of {self.name} was told to cancel: {interrupted.message}",
            hint="The next `pulumi up` runs the sync again.",
            state=replace(self.state, computed=computed),
        )

    def _failed(self, execution: Execution) -> RunNotDone:
        """The error of an execution that is over, with the reasons that Polytomic gives."""
        errors = (execution.counts or ExecutionCounts()).error or 0
        if execution.status == COMPLETED:
            most = self._arguments.get("tolerate") or 0
            what = f"{errors} records failed, where `tolerate` allows {most}"
        else:
            what = f"it is {execution.status!r}"
        said = [one for one in execution.errors or () if one]
        reasons = [one[:LONGEST_REASON] for one in said[:MOST_REASONS]]
        trouble = ""
        if errors:
            try:
                found = self._executions.failures(execution.id or "", MOST_REASONS)
                reasons += [one[:LONGEST_REASON] for one in found]
                more = errors - len(found)
                trouble = f"\n  and {more} more" if found and more > 0 else ""
            except PolytomicError as failure:
                trouble = f"\n  (why they failed could not be read: {failure.message})"
        listed = "".join(f"\n  - {one}" for one in reasons)
        return RunNotDone(
            f"execution {execution.id} of {self.name} failed: {what} ({_numbers(execution)})"
            f"{':' if listed else ''}{listed}{trouble}",
            hint=f"To fix: mend the cause and run `pulumi up`, which runs the sync again, or raise "
            f"`tolerate`. Its logs: {self.state.computed['log_url']}",
            state=self.state,
        )


def _numbers(execution: Execution) -> str:
    """The counts of an execution in words."""
    counts = (execution.counts or ExecutionCounts()).model_dump(exclude_none=True)
    total, errors = counts.pop("total", 0), counts.pop("error", 0)
    parts = [f"{total} records", *(f"{number} {name}" for name, number in counts.items() if number)]
    return ", ".join([*parts, *([f"{errors} failed"] if errors else [])])


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
