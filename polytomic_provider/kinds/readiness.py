"""Waits until a connection is authorised and its schema cache is ready."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import (
    BadRequest,
    Interrupted,
    NotFound,
    Polytomic,
    PolytomicError,
    workspace_of,
)
from polytomic_provider.api.http.durations import parse_duration, show_duration
from polytomic_provider.api.http.operation import allowing, remaining, rest, say
from polytomic_provider.api.http.pauses import Pauses
from polytomic_provider.api.wire.connection import ConnectionReply
from polytomic_provider.api.wire.schemas import SchemaStatus
from polytomic_provider.kinds.arguments import Duration, Facts, ResourceArguments
from polytomic_provider.kinds.connection import ConnectionHandler
from polytomic_provider.kinds.consent import HIDDEN_ADDRESS
from polytomic_provider.kinds.lifecycle.handler import Handler
from polytomic_provider.kinds.lifecycle.listed import refreshes_from_lists
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.kinds.terminal import above_the_table

DEFAULT_TIMEOUT = "10m"
WAY_OUT = "a second Ctrl-C stops the wait at the latest, and the next `pulumi up` goes on from here"


class ReadinessArguments(ResourceArguments):
    """The arguments of a wait. Source: `GET /api/connections/{id}/schemas/status`."""

    connection: Annotated[str, Facts(id_of="Connection", replaces=True)] = Field(
        min_length=1, description="The connection to wait for, or its id."
    )
    timeout: Annotated[Duration | None, Facts(provider_side=True)] = Field(
        default=None, description="How long to wait at most, such as `10m` (the default)."
    )
    refresh_schema: bool | None = Field(
        default=None, description="True: have the schema read anew before it counts as ready."
    )
    triggers: list[Any] | None = Field(
        default=None, description="Any values; when one changes, the wait begins anew."
    )
    organization_id: Annotated[
        str | None, Facts(provider_side=True, needed_by_delete=True, unmanaged=True)
    ] = Field(
        default=None, min_length=1, description="Workspace; left out: that of the Connection given."
    )
    auth_url: Annotated[str | None, Facts(provider_side=True, hidden=True)] = Field(
        default=None, description="Where consent is given, for messages."
    )


_CONNECTIONS = ConnectionHandler()


class SchemaNotReady(PolytomicError):
    """The wait for a connection ended before it was ready."""

    def __init__(self, waited: float, last: "_Seen", auth_url: str | None) -> None:
        consent = (
            f"Open {auth_url} to give consent, then run `pulumi up` again."
            if auth_url and not last.authorized
            else "Mend the connection in Polytomic or set `reconnect` on it, then run `pulumi up` "
            "again; it goes on from here."
        )
        super().__init__(
            f"{last.connection} was not ready after {show_duration(waited)}: {last.words()}",
            hint=consent,
        )


@dataclass(frozen=True)
class _Seen:
    """What the last look at the connection showed; `connection` names it for messages."""

    connection: str
    status: str | None
    status_error: str | None
    authorized: bool
    cache_status: str | None = None
    ready: bool = False

    def words(self) -> str:
        """The state in a sentence."""
        reason = f" ({self.status_error})" if self.status_error else ""
        if not self.authorized:
            return f"not authorised, status {self.status or 'none'!r}{reason}"
        return f"status {self.status or 'none'!r}{reason}, schema cache {self.cache_status!r}"


class ReadinessHandler(Handler):
    """The life of a wait: it owns nothing in Polytomic; its id is the connection's."""

    kind = "ConnectionReadiness"
    owns_nothing = True
    arguments = ReadinessArguments
    computed: ClassVar[Mapping[str, str]] = {
        "status": "Health of the connection when the wait ended.",
        "cache_status": "State of the schema cache when the wait ended.",
        "ready_at": "When the wait ended.",
    }

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Wait."""
        polytomic = self.client(scope, inputs.arguments)
        id_: str = inputs.arguments["connection"]
        reply, seen = _wait(scope, inputs.arguments)
        return State(
            id=id_,
            arguments=inputs.arguments,
            computed=_computed(seen),
            workspace=reply.organization_id or polytomic.workspace.organization_id(),
            identity=inputs.identity,
            timeouts=inputs.timeouts,
        )

    def read(self, scope: Scope, state: State) -> State | None:
        """Keep everything while the connection exists."""
        polytomic = self.guarded(scope, state, state.arguments)
        if refreshes_from_lists(polytomic) and _CONNECTIONS.listed(scope, polytomic, state.id, {}):
            return state
        try:
            polytomic.connections.get(state.id)
        except NotFound:
            return None
        return state

    def update(self, scope: Scope, state: State, inputs: Inputs) -> State:
        """Wait again where the triggers or `refresh_schema` changed."""
        written = replace(state, arguments=inputs.arguments, timeouts=inputs.timeouts)
        if not self.compare(state, inputs.arguments).sent:
            return written
        self.guarded(scope, state, inputs.arguments)
        _, seen = _wait(scope, inputs.arguments)
        return replace(written, computed=_computed(seen))

    def delete(self, scope: Scope, state: State) -> None:
        """Nothing in Polytomic belongs to a wait."""

    def subject(self, state: State) -> str:
        """Name the connection."""
        return f"connection {state.id}"


def _computed(seen: _Seen) -> dict[str, Any]:
    return {
        "status": seen.status,
        "cache_status": seen.cache_status,
        "ready_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _wait(scope: Scope, arguments: Mapping[str, Any]) -> tuple[ConnectionReply, _Seen]:
    """Wait until the connection is ready, and say what is missing."""
    seconds = parse_duration(arguments.get("timeout") or DEFAULT_TIMEOUT)
    with ExitStack() as until_the_end, allowing(seconds):
        return _look_until_ready(scope, arguments, seconds, until_the_end)


def _look_until_ready(
    scope: Scope, arguments: Mapping[str, Any], seconds: float, until_the_end: ExitStack
) -> tuple[ConnectionReply, _Seen]:
    """Look at growing intervals."""
    id_: str = arguments["connection"]
    workspace = workspace_of(arguments)
    polytomic, schemas = scope.polytomic(workspace), scope.schemas(workspace)
    in_hand = schemas.connection_in_hand(id_)
    auth_url: str | None = arguments.get("auth_url")
    if auth_url and polytomic.settings.secret_auth_url:
        auth_url = HIDDEN_ADDRESS
    refresh = bool(arguments.get("refresh_schema"))
    news = _News(auth_url, until_the_end)
    pauses = Pauses()
    while True:
        reply, in_hand = in_hand or polytomic.connections.get(id_).data, None
        name = f"connection {reply.name!r} ({id_})" if reply.name else f"connection {id_}"
        seen = _Seen(name, reply.status, reply.status_error or None, reply.healthy)
        if seen.authorized and refresh:
            refresh = not _refresh(polytomic, id_)
        if seen.authorized and not refresh:
            status = polytomic.schemas.status(id_).data
            seen = _with_schema(seen, status)
            if seen.ready:
                schemas.keep_connection(reply, ready=True)
                say(f"{_capital(name)} is ready", passing=True)
                return reply, seen
        if remaining() <= 0:
            raise SchemaNotReady(seconds, seen, auth_url)
        news.tell(seen)
        try:
            rest(pauses.within(remaining()))
        except Interrupted as interrupted:
            interrupted.add(f"{name} is not ready: {seen.words()}")
            raise


class _News:
    """Says what a wait is for, each thing once.

    A terminal shows the last message of a row only, so the consent address comes last, alone, and
    nothing follows it until something changes.
    """

    def __init__(self, auth_url: str | None, until_the_end: ExitStack) -> None:
        self._until_the_end = until_the_end
        self._auth_url = auth_url
        self._last: str | None = None
        self._asked = False

    def tell(self, seen: _Seen) -> None:
        """Say what the last look showed, where that is news."""
        words = seen.words()
        if words == self._last:
            return
        first, self._last = self._last is None, words
        way_out = f"; {WAY_OUT}" if first else ""
        say(f"Waiting for {seen.connection}: {words}{way_out}", passing=True)
        if seen.authorized or not self._auth_url:
            return
        if not self._asked:
            say(f"{_capital(seen.connection)} waits for consent in a browser")
            if self._auth_url != HIDDEN_ADDRESS:
                self._until_the_end.enter_context(above_the_table(f"open {self._auth_url}"))
        say(f"open {self._auth_url}", passing=self._asked)
        self._asked = True


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _refresh(polytomic: Polytomic, id_: str) -> bool:
    """Ask for a fresh schema; False where the connection is not healthy enough yet."""
    try:
        polytomic.schemas.refresh(id_)
    except BadRequest:
        return False
    return True


def _with_schema(seen: _Seen, status: SchemaStatus) -> _Seen:
    word = None if status.cache_status is None else str(status.cache_status).lower()
    return replace(seen, cache_status=word, ready=status.ready)
