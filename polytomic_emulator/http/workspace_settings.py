"""Settings of a workspace: `/api/notifications/…` and `/api/organization/record-logging`.

Source: the clients `notifications` and `organization` of the official Python package. The reply
about subscribers has no `data` around it. Both PUTs replace everything; the Go client leaves an
empty list of subscribers out, so a missing one empties the list. The logs of records go to "blob
storage"; which connection types that is, is our reading.
Refused values are 400 and 422, as the clients declare for each of the two.
"""

from typing import Any, Final

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import address, without_absent
from polytomic_emulator.http.reading import Reader, addresses
from polytomic_emulator.state.store import State

_SUBSCRIBERS: Final = "global_error_subscribers"
_LOGGING: Final = "record_logging"
_STORAGE: Final = ("s3", "gcs", "azureblob", "cloudflare_r2")
"""The ids of connection types that store files."""


def subscribers(state: State, call: Call) -> Reply:
    """`GET /api/notifications/global-error-subscribers`."""
    found = state.workspace_settings.of(call.workspace.id, _SUBSCRIBERS)
    emails = [address(one, state.behaviour) for one in found.get("emails", [])]
    return Reply(body={"emails": emails})


def set_subscribers(state: State, call: Call) -> Reply:
    """`PUT /api/notifications/global-error-subscribers`: the whole list."""
    emails = addresses(Reader(call.json()), "emails")
    state.workspace_settings.replace(call.workspace.id, _SUBSCRIBERS, {"emails": emails})
    return subscribers(state, call)


def record_logging(state: State, call: Call) -> Reply:
    """`GET /api/organization/record-logging`."""
    found = state.workspace_settings.of(call.workspace.id, _LOGGING)
    shown: dict[str, Any] = {
        "enabled": found.get("enabled", False),
        "deliveryConnectionId": found.get("delivery_connection_id"),
        "deliveryConnectionName": _name(state, call, found.get("delivery_connection_id")),
        "deliveryPrefix": found.get("delivery_prefix"),
    }
    return Reply(body={"data": without_absent(shown, state.behaviour)})


def set_record_logging(state: State, call: Call) -> Reply:
    """`PUT /api/organization/record-logging`: what is left out is removed."""
    body = Reader(call.json())
    if not body.has("enabled"):
        raise body.wrong("enabled", "is required")
    connection_id = body.text("deliveryConnectionId")
    if connection_id is not None:
        connection = state.connections.get(connection_id, call.workspace.id)
        if connection.type not in _STORAGE:
            raise Unprocessable(
                "deliveryConnectionId must be a connection to file storage",
                field="deliveryConnectionId",
                known_values=list(_STORAGE),
            )
    document = {
        "enabled": body.flag("enabled"),
        "delivery_connection_id": connection_id,
        "delivery_prefix": body.text("deliveryPrefix"),
    }
    state.workspace_settings.replace(call.workspace.id, _LOGGING, document)
    return record_logging(state, call)


def _name(state: State, call: Call, connection_id: str | None) -> str | None:
    """The name of a connection that is still there."""
    connections = state.connections.of(call.workspace.id)
    return next((one.name for one in connections if one.id == connection_id), None)
