"""`/api/connections`: reading bodies and writing replies; the rules are in the state."""

import base64
import binascii
from typing import Any, cast
from urllib.parse import urlsplit

from polytomic_provider.emulator.errors import BadRequest, Forbidden, Unprocessable
from polytomic_provider.emulator.http.messages import Call, Reply
from polytomic_provider.emulator.http.present import present_connection, present_created
from polytomic_provider.emulator.state.connection import Connection, ConnectionRequest
from polytomic_provider.emulator.state.store import State


def index(state: State, call: Call) -> Reply:
    """`GET /api/connections`; in pages when the emulator is told so."""
    found = state.connections.of(call.workspace.id)
    if state.behaviour.lists == "plain":
        return Reply(body={"data": _presented(state, found)})
    start = _offset(call.incoming.query.get("page_token", ""))
    page = found[start : start + state.behaviour.page_size]
    end = start + len(page)
    pagination = {"next_page_token": _page_token(end)} if end < len(found) else {}
    return Reply(body={"data": _presented(state, page), "pagination": pagination})


def _presented(state: State, found: list[Connection]) -> list[dict[str, Any]]:
    return [present_connection(one, state.behaviour) for one in found]


def _page_token(offset: int) -> str:
    return base64.urlsafe_b64encode(f"connections:{offset}".encode()).decode()


def _offset(page_token: str) -> int:
    if not page_token:
        return 0
    try:
        kind, _, offset = base64.urlsafe_b64decode(page_token).decode().partition(":")
    except (binascii.Error, ValueError):
        kind, offset = "", ""
    if kind != "connections" or not offset.isdecimal() or len(offset) > 9:
        raise BadRequest("page_token is not valid", field="page_token")
    return int(offset)


def create(state: State, call: Call) -> Reply:
    """`POST /api/connections`."""
    body = call.json()
    _check_workspace(call, body)
    if not isinstance(body.get("type"), str):
        raise BadRequest("type is required and must be a string", field="type")
    workspace = call.workspace
    actor = {"id": workspace.user_id, "name": workspace.user_email, "type": call.caller.kind}
    made = state.connections.create(workspace.id, _request(body), actor, state.behaviour)
    return Reply(201, {"data": present_created(made, state.behaviour, call.incoming.base_url)})


def read(state: State, call: Call) -> Reply:
    """`GET /api/connections/{id}`."""
    found = state.connections.get(call.params["id"], call.workspace.id)
    return Reply(body={"data": present_connection(found, state.behaviour)})


def update(state: State, call: Call) -> Reply:
    """`PUT /api/connections/{id}`: full replacement."""
    body = call.json()
    _check_workspace(call, body)
    changed = state.connections.update(
        call.params["id"], call.workspace.id, _request(body), state.behaviour
    )
    return Reply(body={"data": present_created(changed, state.behaviour, call.incoming.base_url)})


def delete(state: State, call: Call) -> Reply:
    """`DELETE /api/connections/{id}?force=`."""
    state.connections.delete(call.params["id"], call.workspace.id, force=call.flag("force"))
    return Reply(204)


def test(state: State, call: Call) -> Reply:
    """`POST /api/connections/test`: stores nothing."""
    body = call.json()
    type_id = _text(body, "type")
    if type_id is None:
        raise BadRequest("type is required", field="type")
    state.connections.test(
        type_id, _object(body, "configuration"), call.workspace.id, _text(body, "connection_id")
    )
    return Reply(200)


def _check_workspace(call: Call, body: dict[str, Any]) -> None:
    asked = _text(body, "organization_id")
    if asked is not None and asked != call.workspace.id:
        raise Forbidden("this key cannot act in that organization", field="organization_id")


def _request(body: dict[str, Any]) -> ConnectionRequest:
    name = _text(body, "name")
    if name is None:
        raise BadRequest("name is required", field="name")
    return ConnectionRequest(
        name=name,
        type=_text(body, "type"),
        configuration=_object(body, "configuration"),
        policies=_texts(body, "policies"),
        healthcheck_interval=_text(body, "healthcheck_interval"),
        redirect_url=_redirect_url(body),
        validate=_flag(body, "validate", default=True),
        reconnect=_flag(body, "reconnect", default=False),
    )


def _redirect_url(body: dict[str, Any]) -> str | None:
    url = _text(body, "redirect_url")
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Unprocessable("redirect_url must be an http or https URL", field="redirect_url")
    return url


def _text(body: dict[str, Any], key: str) -> str | None:
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise BadRequest(f"{key} must be a string", field=key)
    return value


def _texts(body: dict[str, Any], key: str) -> list[str]:
    value = body.get(key)
    if value is None:
        return []
    items: list[Any] = cast("list[Any]", value) if isinstance(value, list) else [None]
    if not all(isinstance(item, str) for item in items):
        raise BadRequest(f"{key} must be a list of strings", field=key)
    return items


def _flag(body: dict[str, Any], key: str, *, default: bool) -> bool:
    value = body.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise BadRequest(f"{key} must be a boolean", field=key)
    return value


def _object(body: dict[str, Any], key: str) -> dict[str, Any]:
    # Polytomic's Go client leaves an empty map out altogether.
    value = body.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadRequest(f"{key} must be an object", field=key)
    return cast("dict[str, Any]", value)
