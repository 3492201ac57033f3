"""Checks of the workspace: who is asking, the clock, connections, schema caches, runs."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final, TypeVar

from polytomic_provider.api import Polytomic, PolytomicError, Settings
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.api.wire.connection import ConnectionReply
from polytomic_provider.cli.checks.finding import Finding, fix, note
from polytomic_provider.cli.runs import SyncState, SyncUnread, look_at_syncs
from polytomic_provider.cli.screen import moment, printable

PATIENCE: Final = 10.0
"""Seconds for one question, all its tries included."""

MOST: Final = 100
"""How many schema caches and how many syncs are looked at."""

AT_ONCE: Final = 8
CLOCK_SECONDS: Final = 30

T = TypeVar("T")
U = TypeVar("U")


def check_workspace(polytomic: Polytomic) -> Iterator[Finding]:
    """Look at everything that can be asked of Polytomic; stop where it does not answer."""
    try:
        with allowing(PATIENCE):
            reply = polytomic.identity.me()
            id_ = polytomic.workspace.organization_id()
    except PolytomicError as error:
        yield _failed("Workspace", error)
        return
    me = reply.data
    name = f"{me.organization_name!r} " if me.organization_name else ""
    yield _line(polytomic.settings, "Workspace", f"{name}({id_ or 'no id'})")
    if reply.date is not None:
        yield _clock(reply.date)
    for check in (_connections, _runs):
        try:
            yield from check(polytomic)
        except PolytomicError as error:
            yield _failed(check.__name__.strip("_").capitalize(), error)


def _clock(server: datetime) -> Finding:
    ahead = (datetime.now(UTC) - server).total_seconds()
    if abs(ahead) < CLOCK_SECONDS:
        return Finding("Clock", f"{abs(ahead):.0f} s from Polytomic's")
    direction = "ahead of" if ahead > 0 else "behind"
    return fix(
        "Clock", f"{abs(ahead):.0f} s {direction} Polytomic's", "set the clock of this machine"
    )


def _connections(polytomic: Polytomic) -> Iterator[Finding]:
    with allowing(PATIENCE):
        found = polytomic.connections.list().data
    healthy = [one for one in found if one.healthy]
    yield Finding("Connections", f"{len(healthy)} of {len(found)} healthy")
    for one in found:
        if not one.healthy:
            yield _unhealthy(polytomic.settings, one)
    yield from _schemas(polytomic, healthy)


def _unhealthy(settings: Settings, one: ConnectionReply) -> Finding:
    if one.saved is False:
        to_fix = "polytomic consent"
        reason = "waits for consent"
    else:
        to_fix = "mend it in Polytomic, or change `reconnect` of it and run `pulumi up`"
        reason = one.status_error or f"its status is {one.status!r}"
    text = settings.redact(f"{_named(one.name, one.id)}: {reason}")
    return fix("Connection", printable(text), to_fix)


def _schemas(polytomic: Polytomic, connections: Sequence[ConnectionReply]) -> Iterator[Finding]:
    looked = connections[:MOST]
    states = _each(looked, lambda one: polytomic.schemas.status(one.id).data)
    ready = 0
    for one, state in zip(looked, states, strict=True):
        if isinstance(state, PolytomicError):
            yield _failed("Schema", state, of=one.name or one.id)
        elif not state.ready:
            word = state.cache_status or "none"
            text = f"{_named(one.name, one.id)}: schema cache {word!r}"
            yield note(
                "Schema", printable(text), "wait; ConnectionReadiness does so in `pulumi up`"
            )
        else:
            ready += 1
    rest = _rest(connections)
    yield Finding("Schema caches", f"{ready} of {len(looked)} ready{rest}")


def _runs(polytomic: Polytomic) -> Iterator[Finding]:
    looked = look_at_syncs(polytomic, active_only=True, most=MOST, seconds=PATIENCE)
    fine = 0
    for one in looked:
        found = (
            _failed("Run", one.error, of=one.name)
            if isinstance(one, SyncUnread)
            else _last_run(polytomic.settings, one)
        )
        if found is None:
            fine += 1
        else:
            yield found
    rest = f"; more than {MOST} are not looked at" if len(looked) == MOST else ""
    yield Finding("Last runs", f"{fine} of {len(looked)} active syncs fine{rest}")


def _last_run(settings: Settings, sync: SyncState) -> Finding | None:
    last = sync.last
    if last is None:
        return None
    name, logs = _named(sync.of.name, sync.of.id), f"polytomic logs {sync.of.id}"
    when = moment(last.completed_at)
    if last.status in ("failed", "interrupted") or last.failed_schemas:
        reasons = "; ".join(last.reasons)
        text = f"{name}: {last.status} {when}{f': {reasons}' if reasons else ''}"
        return fix("Run", printable(settings.redact(text)), logs)
    if last.counts and last.counts.error:
        text = f"{name}: {last.counts.error} of {last.counts.total or '?'} records failed {when}"
        return note("Run", printable(text), logs)
    return None


def _each(those: Sequence[T], ask: Callable[[T], U]) -> "list[U | PolytomicError]":
    """Ask for each of those, several at once."""

    def answer(one: T) -> "U | PolytomicError":
        try:
            with allowing(PATIENCE):
                return ask(one)
        except PolytomicError as error:
            return error

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(answer, those))


def _failed(check: str, error: PolytomicError, of: str = "") -> Finding:
    text = f"{of}: {error.message}" if of else error.message
    return fix(check, printable(text), error.hint or "run again later")


def _line(settings: Settings, check: str, text: str) -> Finding:
    return Finding(check, printable(settings.redact(text)))


def _named(name: str | None, id_: str) -> str:
    return f"{name!r} ({id_})" if name else id_


def _rest(those: Sequence[object]) -> str:
    return f"; {len(those) - MOST} more not looked at" if len(those) > MOST else ""
