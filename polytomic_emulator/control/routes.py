"""The control routes: what each changes in the emulator."""

from dataclasses import asdict, replace
from typing import Any

from starlette.routing import Route

from polytomic_emulator.control import bulk, faults, pipelines, records
from polytomic_emulator.control.routing import Command, Control, route
from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.faults.connection_faults import BROKEN
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.behaviour import KNOWN
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.dependents import Dependent
from polytomic_emulator.state.workspaces import Workspace


def routes(control: Control) -> list[Route]:
    """Every control route."""
    table = [
        ("GET", "", health),
        ("POST", "reset", reset),
        ("GET", "workspaces", list_workspaces),
        ("POST", "workspaces", create_workspace),
        ("POST", "keys/rotate", rotate_key),
        ("GET", "behaviour", read_behaviour),
        ("PATCH", "behaviour", change_behaviour),
        ("GET", "requests", list_requests),
        ("DELETE", "requests", clear_requests),
        ("GET", "clock", read_clock),
        ("POST", "clock", advance_clock),
        ("POST", "idempotency-keys/expire", expire_keys),
        ("GET", "connections", list_connections),
        ("GET", "connections/{id}", read_connection),
        ("PATCH", "connections/{id}", change_connection),
        ("DELETE", "connections/{id}", delete_connection),
        ("POST", "connections/{id}/authorize", authorize),
        ("POST", "connections/{id}/deny", deny),
        ("POST", "connections/{id}/revoke", revoke),
        ("POST", "connections/{id}/break", break_connection),
        ("POST", "connections/{id}/heal", heal_connection),
        ("GET", "dependents", list_dependents),
        ("POST", "dependents", add_dependent),
        ("DELETE", "dependents/{id}", delete_dependent),
        *faults.table(),
        *pipelines.table(),
        *records.table(),
        *bulk.table(),
    ]
    return [
        route(control, method, f"/emulator/{path}", function) for method, path, function in table
    ]


def _opened(workspace: Workspace) -> dict[str, Any]:
    return {
        "organization_id": workspace.id,
        "name": workspace.name,
        "api_key": workspace.api_key,
    }


def health(control: Control, command: Command) -> dict[str, Any]:
    """What this is and which keys open it."""
    return {
        "emulator": True,
        "message": "This is an emulator of Polytomic's API. It is not Polytomic.",
        "url": command.base_url,
        "now": control.state.clock.stamp(),
        **_opened(control.state.workspaces.first()),
        **asdict(control.state.workspaces.shared_keys()),
    }


def reset(control: Control, command: Command) -> dict[str, Any]:
    """Forget everything but the switches; with `new_keys` the keys as well."""
    workspace = control.state.reset(new_keys=bool(command.body.get("new_keys")))
    control.faults.reset()
    control.requests.clear()
    return _opened(workspace)


def list_workspaces(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every workspace with its key."""
    return [_opened(one) for one in control.state.workspaces.all()]


def create_workspace(control: Control, command: Command) -> dict[str, Any]:
    """Add a workspace: `{name, api_key?}`."""
    api_key: Any = command.body.get("api_key")
    if api_key is not None and control.state.workspaces.by_key(str(api_key)):
        raise BadRequest("this api_key opens another workspace already", field="api_key")
    name = str(command.body.get("name") or "Another workspace")
    return _opened(control.state.workspaces.create(name, api_key=api_key))


def rotate_key(control: Control, command: Command) -> dict[str, Any]:
    """The first workspace's API key becomes a new one; the old one is answered 401."""
    workspaces = control.state.workspaces
    return _opened(workspaces.rotate_key(workspaces.first().id))


def read_behaviour(control: Control, command: Command) -> dict[str, Any]:
    """The switches as they stand, and what each can be."""
    return {"switches": control.state.behaviour.as_dict(), "known_values": KNOWN}


def change_behaviour(control: Control, command: Command) -> dict[str, Any]:
    """Set some switches."""
    control.state.behave(control.state.behaviour.changed(command.body))
    return control.state.behaviour.as_dict()


def list_requests(control: Control, command: Command) -> list[dict[str, Any]]:
    """The recorded requests, oldest first; `?method=` and `?path=` (exact) choose."""
    wanted = {name: command.query[name] for name in ("method", "path") if name in command.query}
    return [
        entry
        for entry in control.requests.all()
        if all(entry[name] == value for name, value in wanted.items())
    ]


def clear_requests(control: Control, command: Command) -> dict[str, Any]:
    """Forget the recorded requests."""
    control.requests.clear()
    return {}


def read_clock(control: Control, command: Command) -> dict[str, Any]:
    """The emulator's time."""
    return {"now": control.state.clock.stamp()}


def advance_clock(control: Control, command: Command) -> dict[str, Any]:
    """Move the clock: `{advance_seconds}`."""
    seconds: Any = command.body.get("advance_seconds")
    if type(seconds) not in (int, float) or abs(seconds) > 10 * 365 * 86400:
        raise BadRequest("advance_seconds must be a number", field="advance_seconds")
    control.state.clock.advance(seconds)
    return read_clock(control, command)


def expire_keys(control: Control, command: Command) -> dict[str, Any]:
    """Forget every idempotency key."""
    return {"expired": control.state.idempotency.expire()}


def _found(control: Control, command: Command) -> Connection:
    return control.state.connections.get(command.params["id"])


def list_connections(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every connection of every workspace, secrets in clear."""
    return [asdict(one) for one in control.state.connections.all()]


def read_connection(control: Control, command: Command) -> dict[str, Any]:
    """One connection, secrets in clear."""
    return asdict(_found(control, command))


def change_connection(control: Control, command: Command) -> dict[str, Any]:
    """Change a connection behind the client's back: `{name?, policies?, configuration?}`.

    Configuration keys are laid over the stored ones; null removes a key.
    """
    found = _found(control, command)
    known = ("name", "policies", "configuration", "healthcheck_interval")
    changes = dict(command.body)
    if not set(changes) <= set(known):
        raise BadRequest("only some keys can be changed", known_values=list(known))
    body = Reader(changes)
    if "name" in changes:
        body.required_text("name")
    if "policies" in changes:
        changes["policies"] = body.texts("policies")
    body.text("healthcheck_interval")
    if "configuration" in changes:
        laid_over = found.configuration | body.object("configuration")
        changes["configuration"] = {
            key: value for key, value in laid_over.items() if value is not None
        }
    changed = replace(found, **changes, updated_at=control.state.clock.stamp())
    return asdict(control.state.connections.store(changed))


def delete_connection(control: Control, command: Command) -> dict[str, Any]:
    """Delete a connection behind the client's back, and whatever uses it."""
    control.state.connections.remove(_found(control, command).id)
    return {}


def authorize(control: Control, command: Command) -> dict[str, Any]:
    """Give consent, as the person at `auth_url` would."""
    return asdict(control.state.connections.authorize(_found(control, command).id))


def deny(control: Control, command: Command) -> dict[str, Any]:
    """Refuse consent, as the person at `auth_url` would."""
    return asdict(control.state.connections.deny(_found(control, command).id))


def revoke(control: Control, command: Command) -> dict[str, Any]:
    """Withdraw the consent of an OAuth connection: `{status_error?}`."""
    reason = command.body.get("status_error")
    revoked = control.state.connections.revoke(_found(control, command).id, reason and str(reason))
    return asdict(revoked)


def break_connection(control: Control, command: Command) -> dict[str, Any]:
    """Let a connection's health fail: `{status_error}`."""
    reason = str(command.body.get("status_error") or BROKEN)
    return asdict(control.state.connections.fail(_found(control, command).id, reason))


def heal_connection(control: Control, command: Command) -> dict[str, Any]:
    """Let a broken connection work again."""
    return asdict(control.state.connections.heal(_found(control, command).id))


def list_dependents(control: Control, command: Command) -> list[dict[str, Any]]:
    """Everything that uses a connection."""
    return [asdict(one) for one in control.state.dependents.all()]


def add_dependent(control: Control, command: Command) -> dict[str, Any]:
    """Let something use a connection: `{connection_id, type, name, id?}`."""
    connection = control.state.connections.get(str(command.body.get("connection_id")))
    dependent = Dependent(
        id=str(command.body.get("id") or control.state.identifiers.uuid()),
        connection_id=connection.id,
        type=str(command.body.get("type") or "bulk_sync"),
        name=str(command.body.get("name") or "A bulk sync"),
    )
    control.state.dependents.add(dependent)
    return asdict(dependent)


def delete_dependent(control: Control, command: Command) -> dict[str, Any]:
    """Let something no longer use its connection."""
    if not control.state.dependents.remove(command.params["id"]):
        raise NotFound("dependent not found")
    return {}
