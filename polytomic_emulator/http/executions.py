"""`/api/syncs/{id}/executions` and what stands around it: starting, canceling, status."""

from dataclasses import asdict
from typing import Any, cast

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.pages import Listing, paged
from polytomic_emulator.http.present import address, without_absent
from polytomic_emulator.http.reading import Reader, addresses
from polytomic_emulator.running_syncs.starting import (
    check_source_identities,
    named_by_identities,
)
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.error_handling import ErrorHandling
from polytomic_emulator.state.execution import CREATED, Execution, Named, StartRequest
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Source, Sync


def _sync(state: State, call: Call) -> Sync:
    sync_id = call.params.get("sync_id") or call.params["id"]
    return state.syncs.get(sync_id, call.workspace.id)


def read_start(body: Reader, sync: Sync) -> StartRequest:
    """The body of starting a sync. Raises BadRequest."""
    chosen = None
    if body.has("identities") and body.has("source_identities"):
        raise BadRequest(
            "identities cannot be combined with source_identities", field="source_identities"
        )
    if body.has("identities"):
        chosen = named_by_identities(sync, body.texts("identities"))
    if body.has("source_identities"):
        chosen = _source_identities(body)
        check_source_identities(sync, chosen)
    return StartRequest(chosen, resync=body.flag("resync"), test=body.flag("test"))


def _source_identities(body: Reader) -> list[list[Named]]:
    entries: Any = body.any("source_identities")
    if not isinstance(entries, list):
        raise body.wrong("source_identities", "must be a list of lists")
    by_position = {str(at): entry for at, entry in enumerate(cast("list[Any]", entries))}
    lists = Reader(by_position, body.at("source_identities"))
    return [lists.each(position, _named) for position in by_position]


def _named(entry: Reader) -> Named:
    source = entry.required_inner("source")
    field = Source(source.required_text("model_id"), source.required_text("field"))
    return Named(field, entry.required_text("value"))


def start(state: State, call: Call) -> Reply:
    """`POST /api/syncs/{id}/executions`."""
    sync = _sync(state, call)
    body = Reader(call.json() if call.incoming.body else {})
    made = state.runs.start(sync, read_start(body, sync))
    return Reply(body={"data": {"id": made.id, "status": CREATED, "created_at": made.created_at}})


def cancel(state: State, call: Call) -> Reply:
    """`POST /api/syncs/{id}/cancel`: the execution ends a little later."""
    current = state.executions.current(_sync(state, call).id)
    if current is not None:
        state.runs.cancel(current)
    return Reply(body={"data": {"message": _canceled(current)}})


def cancel_one(state: State, call: Call) -> Reply:
    """`POST /api/syncs/{sync_id}/executions/{id}/cancel`."""
    execution = found(state, call)
    state.runs.cancel(execution)
    return Reply(body={"data": {"message": _canceled(execution)}})


def _canceled(execution: Execution | None) -> str:
    running = execution is not None and not execution.ended
    return "cancellation requested" if running else "there is no running execution"


def status(state: State, call: Call) -> Reply:
    """`GET /api/syncs/{id}/status`: what runs, what ran last, when it runs next."""
    sync = _sync(state, call)
    current = state.executions.current(sync.id)
    last = state.executions.last_ended(sync.id)
    due = state.timetable.next_of(sync.id)
    shown = {
        "current_execution": _shown(state, current) if current else None,
        "last_execution": _shown(state, last) if last else None,
        "next_execution_time": None if due is None else stamp_of(due),
    }
    return Reply(body={"data": without_absent(shown, state.behaviour)})


def index(state: State, call: Call) -> Reply:
    """`GET /api/syncs/{sync_id}/executions`: newest first."""
    sync = _sync(state, call)
    listed = state.executions.of(sync.id)
    if call.flag("only_completed"):
        listed = [one for one in listed if one.ended]
    listing = Listing(
        f"executions of {sync.id}",
        lambda one: one.created_at,
        lambda one: one.id,
        newest_first=not call.flag("ascending"),
    )
    size = state.behaviour.page_size
    return paged(listing, call, listed, size, lambda one: _shown(state, one))


def read(state: State, call: Call) -> Reply:
    """`GET /api/syncs/{sync_id}/executions/{id}`."""
    return Reply(body={"data": _shown(state, found(state, call))})


def found(state: State, call: Call) -> Execution:
    """The execution that a path names. Raises NotFound, also for one of another sync."""
    return state.executions.get(call.params["id"], _sync(state, call).id)


def _shown(state: State, execution: Execution) -> dict[str, Any]:
    started = execution.ended or state.clock.seconds() >= execution.started_seconds
    shown = {
        "id": execution.id,
        "type": execution.type,
        "status": execution.status,
        "created_at": execution.created_at,
        "started_at": stamp_of(execution.started_seconds) if started else None,
        "completed_at": execution.completed_at,
        "counts": execution.counts,
        "errors": execution.errors,
        "version": "emulator",
    }
    return without_absent(shown, state.behaviour)


def error_handling(state: State, call: Call) -> Reply:
    """`GET /api/syncs/{id}/error-handling`."""
    return _handling(state, state.error_handling.of(_sync(state, call).id))


def change_error_handling(state: State, call: Call) -> Reply:
    """`PUT /api/syncs/{id}/error-handling`: what is left out stays as it is."""
    sync = _sync(state, call)
    body = Reader(call.json())
    changes: dict[str, Any] = {
        key: body.flag(key)
        for key in ("auto_retry_record_errors", "notify_on_record_errors", "warning_notifications")
        if body.has(key)
    }
    if body.has("subscribers"):
        changes["subscribers"] = addresses(body, "subscribers")
    return _handling(state, state.error_handling.change(sync.id, changes))


def _handling(state: State, found: ErrorHandling) -> Reply:
    subscribers = [address(one, state.behaviour) for one in found.subscribers]
    return Reply(body={"data": asdict(found) | {"subscribers": subscribers}})
