"""`/api/connections/{id}/schemas`: whether a schema cache is ready; its refresh; rows."""

from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import without_absent
from polytomic_emulator.http.present_model import SAMPLE_SIZE
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.connection import HEALTHY
from polytomic_emulator.state.discovery import catalog_for
from polytomic_emulator.state.store import State

REFRESHING = "refreshing"


def status(state: State, call: Call) -> Reply:
    """`GET …/schemas/status`. A connection that was never healthy has an empty status."""
    connection = state.connections.get(call.params["id"], call.workspace.id)
    behaviour = state.behaviour
    cache = state.schemas.look(connection.id, behaviour, poll=True)
    shown: dict[str, Any] = {
        "last_refresh_started": stamp_of(cache.started_at) if cache else None,
        "last_refresh_finished": (
            stamp_of(cache.finished_at) if cache and cache.finished_at is not None else None
        ),
    }
    shown = without_absent(shown, behaviour)
    if behaviour.cache_status == "finish_time_only":
        return Reply(body={"data": shown})
    ready = behaviour.cache_status if cache else ""
    return Reply(
        body={
            "data": {"cache_status": REFRESHING if cache and cache.refreshing else ready, **shown}
        }
    )


def refresh(state: State, call: Call) -> Reply:
    """`POST …/schemas/refresh`: 202, and where to ask when it is done."""
    connection = state.connections.get(call.params["id"], call.workspace.id)
    if connection.status != HEALTHY:
        reason = f": {connection.status_error}" if connection.status_error else ""
        raise BadRequest(
            f"only healthy connections can be refreshed; this one is {connection.status}{reason}",
            connection_status=connection.status,
        )
    state.schemas.begin(connection.id)
    location = f"/api/connections/{connection.id}/schemas/status"
    return Reply(202, {}, {"location": location})


def records(state: State, call: Call) -> Reply:
    """`GET …/schemas/{schema_id}/records`: some rows, as the service has them at this moment."""
    connection = state.connections.get(call.params["id"], call.workspace.id)
    catalog_for(state.schemas, connection, state.behaviour)
    schema = state.connection_schemas.get(connection, call.params["schema_id"], state.behaviour)
    found = state.records.first(connection, schema.id, SAMPLE_SIZE)
    return Reply(body={"data": [one.values for one in found]})
