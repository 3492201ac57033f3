"""What a run of a sync and a run of a bulk sync have in common: when one starts, and its state.

A kind gives its arguments, what it runs, and what it asks of the API.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import NotFound, Polytomic, PolytomicError
from polytomic_provider.api.http.operation import say
from polytomic_provider.api.routes.executions import Executions
from polytomic_provider.api.wire import Request
from polytomic_provider.kinds.arguments import Duration, Facts, ResourceArguments
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.handler import Handler
from polytomic_provider.kinds.lifecycle.listed import refreshes_from_lists
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.kinds.runs.run import DEFAULT_TIMEOUT, Run, goes_on, is_good
from polytomic_provider.validation import Unknown


class RunArguments(ResourceArguments):
    """What may be said about every run."""

    triggers: Annotated[list[Any] | None, Facts(trigger=True)] = Field(
        default=None, description="Any values; when one changes, it runs again."
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
    organization_id: Annotated[
        str | None, Facts(provider_side=True, needed_by_delete=True, unmanaged=True)
    ] = Field(default=None, min_length=1, description="Workspace; left out: that of what it runs.")


class RunHandler(Handler):
    """The life of a run. Its id is that of what it runs, so that a retry is the same resource.

    `runs` is the kind of what it runs, `argument` the argument that names it, `request` the body
    that starts an execution, of which each key is an argument.
    """

    owns_nothing = True
    runs: ClassVar[ObjectHandler]
    argument: ClassVar[str]
    request: ClassVar[type[Request]]
    computed: ClassVar[Mapping[str, str]] = {
        "execution_id": "Id of the last execution that it started.",
        "status": "State of that execution as last seen, such as `completed`.",
        "counts": "How many records it handled: `total`, `insert`, `update`, `error` …",
        "started_at": "When it was started.",
        "completed_at": "When it ended.",
        "log_url": "Address of its logs in the API.",
    }

    @abstractmethod
    def executions(self, polytomic: Polytomic, id_: str) -> Executions[Any]:
        """The executions of what it runs."""

    @abstractmethod
    def ways(self, arguments: Mapping[str, Any]) -> list[str]:
        """How it is run, for a preview."""

    def more_computed(self, execution: Any) -> dict[str, Any]:
        """Outputs that this kind has beside those of every run."""
        del execution
        return {}

    def foresee(self, scope: Scope, arguments: Mapping[str, Any]) -> str | None:
        """What is run, and when that counts as a failure."""
        del scope
        given: Any = arguments.get(self.argument)
        of: Any = given.of if isinstance(given, Unknown) else None
        if hasattr(of, "name"):
            name = f"{self.runs.kind} {of.name!r}"
        else:
            noun = self.runs.noun
            name = f"the {noun}" if isinstance(given, Unknown) else f"{noun} {given}"
        return f"runs {name}{self._how(arguments)}"

    def announce(self, state: State, arguments: Mapping[str, Any], comparison: Comparison) -> str:
        """Why it runs again."""
        execution, name = state.computed.get("execution_id"), self.subject(state)
        if comparison.sent:
            what = " and ".join(comparison.sent)
            changed = "changed" if len(comparison.sent) == 1 else "have changed"
            return f"runs {name} again, since {what} {changed}{self._how(arguments)}"
        if not state.unfinished:
            return ""
        if goes_on(state):
            return f"waits for execution {execution} again, which was not over"
        if is_good(state, arguments):
            return f"takes execution {execution} for done, which `tolerate` now allows"
        return f"runs {name} again, since execution {execution} failed{self._how(arguments)}"

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Start it once, and wait for its end. Raises RunNotDone."""
        id_: str = inputs.arguments[self.argument]
        polytomic = self.client(scope, inputs.arguments)
        found = self.runs.routes(polytomic, {}).get(id_).data
        state = State(
            id=id_,
            arguments=inputs.arguments,
            computed={},
            workspace=found.organization_id or polytomic.workspace.organization_id(),
            identity=inputs.identity,
            timeouts=inputs.timeouts,
        )
        return self._run(polytomic, state, found.name).begin(None)

    def read(self, scope: Scope, state: State) -> State | None:
        """Keep everything while what it runs exists: what has run has run."""
        polytomic = self.guarded(scope, state, state.arguments)
        if refreshes_from_lists(polytomic) and self.runs.listed(scope, polytomic, state.id, {}):
            return state
        try:
            self.runs.routes(polytomic, {}).get(state.id)
        except NotFound:
            return None
        return state

    def update(self, scope: Scope, state: State, inputs: Inputs) -> State:
        """Run again where a trigger or what is run changed, or where the last run failed."""
        written = replace(state, arguments=inputs.arguments, timeouts=inputs.timeouts)
        sent = self.compare(state, inputs.arguments).sent
        if not sent and not state.unfinished:
            return written
        if not sent and is_good(state, inputs.arguments):
            return replace(written, unfinished=False)
        polytomic = self.guarded(scope, state, inputs.arguments)
        try:
            found = self.runs.routes(polytomic, {}).get(state.id).data
        except NotFound as gone:
            raise PolytomicError(
                f"{self.subject(state)} was deleted outside this program, so it cannot run",
                hint="Run `pulumi up --refresh`: it will be created again, and run.",
            ) from gone
        run = self._run(polytomic, written, found.name)
        if not sent and goes_on(state):
            return run.resume()
        return run.begin(state)

    def delete(self, scope: Scope, state: State) -> None:
        """Leave what ran where it is."""
        del scope
        say(
            f"execution {state.computed.get('execution_id')} of {self.subject(state)} stays in "
            "Polytomic's history; nothing was sent"
        )

    def subject(self, state: State) -> str:
        """Name what it runs."""
        return f"{self.runs.noun} {state.id}"

    def _run(self, polytomic: Polytomic, state: State, name: str | None) -> Run:
        given: Mapping[str, Any] = state.arguments
        names = self.request.model_fields
        asked = {one: given[one] for one in names if given.get(one) is not None}
        noun = self.runs.noun
        return Run(
            polytomic=polytomic,
            executions=self.executions(polytomic, state.id),
            request=self.request.model_validate(asked),
            state=state,
            name=f"{noun} {name!r} ({state.id})" if name else f"{noun} {state.id}",
            noun=noun,
            more_computed=self.more_computed,
        )

    def _how(self, arguments: Mapping[str, Any]) -> str:
        """How it is run and judged, for a preview."""
        parts = self.ways(arguments)
        if arguments.get("wait") is False:
            parts.append("without waiting for its end")
        else:
            most = arguments.get("tolerate") or 0
            limit = f"more than {most} records fail" if most else "a record fails"
            timeout = arguments.get("timeout") or DEFAULT_TIMEOUT
            parts.append(f"waits at most {timeout} for its end; this fails where {limit}")
        return f" ({', '.join(parts)})"
