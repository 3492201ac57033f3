"""A page for one object of a connected service: its fields, and the first of its rows."""

from typing import Any

from polytomic_emulator.console.connection import catalog_now
from polytomic_emulator.console.rendering import Page
from polytomic_emulator.console.routing import Console, Visit
from polytomic_emulator.console.sample import Sample, sample_of
from polytomic_emulator.errors import NotFound
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.store import State

ROWS = 25
"""How many rows a page shows."""


def show(console: Console, visit: Visit) -> Page:
    """The page."""
    state = console.state
    connection = state.connections.get(visit.params["id"])
    known = catalog_now(state, connection).find(visit.params["object_id"])
    created = state.syncs.created_targets(connection.id)
    if known is None and visit.params["object_id"] not in created:
        raise NotFound("this connection has no such object")
    object_id = known.id if known else visit.params["object_id"]
    values: dict[str, Any] = {
        "connection": connection,
        "id": object_id,
        "name": known.name if known else object_id,
        "fields": list(known.fields.values()) if known else [],
        "sample": _sample(state, connection, object_id),
        "number": state.records.count(connection, object_id),
    }
    return Page("connection_object.html", values)


def _sample(state: State, connection: Connection, object_id: str) -> Sample:
    records = state.records.first(connection, object_id, ROWS)
    return sample_of([one.values for one in records])
