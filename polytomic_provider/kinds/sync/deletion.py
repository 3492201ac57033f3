"""A sync or bulk sync that runs at the moment when it is to be deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from polytomic_provider.api import (
    APIError,
    BadRequest,
    Conflict,
    Interrupted,
    NotFound,
    PolytomicError,
)
from polytomic_provider.api.http.durations import show_duration
from polytomic_provider.api.http.operation import clock, remaining, rest, say
from polytomic_provider.api.http.pauses import Pauses
from polytomic_provider.kinds.lifecycle.state import State

if TYPE_CHECKING:
    from polytomic_provider.api.routes.bulk_syncs import BulkSyncs
    from polytomic_provider.api.routes.syncs import Syncs
    from polytomic_provider.api.wire.execution import Execution

WAY_OUT: Final = "a second Ctrl-C stops the wait at the latest; nothing was deleted yet"


class StillRunning(PolytomicError):
    """A sync is not deleted, since it runs."""

    def __init__(self, subject: str, reason: str, *, waited: float | None) -> None:
        told = "" if waited is None else f"; it was told to cancel {show_duration(waited)} ago"
        super().__init__(
            f"{subject} was not deleted: {reason}{told}",
            hint=(
                "Run again when it has ended, or set `cancel_running=True` and run `pulumi up`, so "
                "that Pulumi knows: deleting then cancels what runs and waits for its end."
                if waited is None
                else "Run again later; a long cancellation also fits with more time: "
                "`custom_timeouts` on the sync, or polytomic:operationTimeout."
            ),
        )


def delete_sync(routes: Syncs | BulkSyncs, state: State) -> None:
    """Delete a sync that does not run; one that runs is canceled first where the state says so.

    Polytomic may cancel what runs when a sync is deleted, or refuse; so what runs is looked for
    before.

    Raises StillRunning, Interrupted, or what the requests raise.
    """
    subject = _subject(routes.noun, state)
    cancels = state.arguments.get("cancel_running") is True
    began: float | None = None
    pauses = Pauses()
    while True:
        running = _running(routes, state.id)
        if running is None:
            try:
                routes.delete(state.id)
                return
            except Conflict as conflict:
                running = _running(routes, state.id)
                if running is None and not cancels:
                    raise StillRunning(subject, conflict.message, waited=None) from conflict
        if not cancels:
            raise StillRunning(subject, _words(running), waited=None)
        now = clock()
        if began is None:
            say(f"{subject}: canceling what runs; {WAY_OUT}", passing=True)
            began = now
        if remaining() <= 0:
            raise StillRunning(subject, _words(running), waited=now - began)
        if running is not None and running.status != "canceling":
            _cancel(routes, state.id)
        _rest(pauses.within(remaining()), subject, running)


def _running(routes: Syncs | BulkSyncs, sync_id: str) -> Execution | None:
    """The execution that is not over; None also where that cannot be read."""
    try:
        current = routes.status(sync_id).data.current_execution
    except NotFound:
        raise
    except APIError:
        # A key may be allowed to delete and not to look; the DELETE itself then decides.
        return None
    return None if current is None or current.ended else current


def _cancel(routes: Syncs | BulkSyncs, sync_id: str) -> None:
    try:
        routes.cancel(sync_id)
    except (BadRequest, Conflict):
        return  # it ended in this moment; the next look shows it


def _rest(seconds: float, subject: str, running: Execution | None) -> None:
    try:
        rest(seconds)
    except Interrupted as interrupted:
        interrupted.add(f"{subject} was not deleted yet: {_words(running)}")
        raise


def _words(execution: Execution | None) -> str:
    if execution is None:
        return "Polytomic refused, since something is in progress"
    begun = execution.started_at or execution.created_at
    since = f" since {begun.isoformat(timespec='seconds')}" if begun is not None else ""
    return f"execution {execution.id} is {execution.status or 'running'!r}{since}"


def _subject(noun: str, state: State) -> str:
    arguments: Mapping[str, Any] = state.arguments
    name = arguments.get("name")
    return f"{noun} {name!r} ({state.id})" if name else f"{noun} {state.id}"
