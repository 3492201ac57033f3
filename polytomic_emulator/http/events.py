"""`/api/events`: what the executions of syncs have told, newest first.

Source: the client `events` and the types of events of the official Python package. It has events of
syncs and bulk syncs alone; only those of syncs are told here. The text of the method calls the
filter `event_type`, its argument is `type`: both are read.
"""

import uuid
from datetime import datetime
from typing import Any

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.pages import Listing, limit_of, paged
from polytomic_emulator.state.execution import CANCELED, COMPLETED, FAILED, Execution
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync

_ENDINGS = ("completed", "completed_with_errors", "failed", "canceled")
TYPES = (
    *(f"sync.{one}" for one in ("running", *_ENDINGS)),
    *(f"bulk_sync.{one}" for one in ("running", "completed", "completed_with_error")),
    *("bulk_sync.failed", "bulk_sync.canceled"),
)
LARGEST_PAGE = 100
USUAL_PAGE = 10
_ENDED = {COMPLETED: "completed", FAILED: "failed", CANCELED: "canceled"}

Event = dict[str, Any]


def types(state: State, call: Call) -> Reply:
    """`GET /api/events_types`."""
    del state, call
    return Reply(body={"data": list(TYPES)})


def index(state: State, call: Call) -> Reply:
    """`GET /api/events`."""
    query = call.incoming.query
    wanted = query.get("type") or query.get("event_type")
    if wanted and wanted not in TYPES:
        raise Unprocessable("type is not known", field="type", known_values=list(TYPES))
    after, before = _moment(query, "starting_after"), _moment(query, "ending_before")
    found = [
        event
        for sync in state.syncs.of(call.workspace.id)
        for execution in state.executions.of(sync.id)
        for event in _told(sync, execution)
        if wanted in (None, "", event["type"])
        and (after is None or datetime.fromisoformat(event["created_at"]) > after)
        and (before is None or datetime.fromisoformat(event["created_at"]) < before)
    ]
    size = limit_of(call, LARGEST_PAGE) if query.get("limit") else USUAL_PAGE
    listing = Listing("events", _created, _id)
    return paged(listing, call, found, size, lambda event: event)


def _told(sync: Sync, execution: Execution) -> list[Event]:
    """The events of one execution: one when it began, one when it ended."""
    about = {
        "sync_id": sync.id,
        "sync_name": sync.name,
        "execution_id": execution.id,
        "organization_id": sync.workspace_id,
        "target_connection_id": sync.target.connection_id,
    }
    told = [_event(sync, execution, "sync.running", execution.created_at, about)]
    ending = _ENDED.get(execution.status)
    if ending is None or execution.completed_at is None:
        return told
    counts = execution.counts
    if ending == "completed" and counts["error"]:
        ending = "completed_with_errors"
    if ending.startswith("completed"):
        about |= {
            "status": execution.status,
            "record_count": counts["total"],
            "inserted_count": counts["insert"],
            "updated_count": counts["update"],
            "upserted_count": counts["upserts"],
            "error_count": counts["error"],
            "warning_count": counts["warnings"],
            "trigger": execution.type,
        }
    if ending == "failed":
        about["error"] = "; ".join(execution.errors)
    told.append(_event(sync, execution, f"sync.{ending}", execution.completed_at, about))
    return told


def _event(sync: Sync, execution: Execution, kind: str, at: str, about: dict[str, Any]) -> Event:
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{execution.id}/{kind}")),
        "organization_id": sync.workspace_id,
        "type": kind,
        "created_at": at,
        "event": dict(about),
    }


def _created(event: Event) -> str:
    return str(event["created_at"])


def _id(event: Event) -> str:
    return str(event["id"])


def _moment(query: Any, name: str) -> datetime | None:
    text = query.get(name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise Unprocessable(f"{name} must be a time", field=name) from None
    if found.tzinfo is None:
        raise Unprocessable(f"{name} must have a time zone", field=name)
    return found
