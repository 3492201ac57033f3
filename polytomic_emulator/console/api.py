"""The console as a client of the emulated API: the same routes, so the same rules."""

import json
from typing import Any
from urllib.parse import parse_qsl

from polytomic_emulator.errors import NotFound
from polytomic_emulator.http import routes
from polytomic_emulator.http.messages import Call, Caller, Incoming
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync


def ask(state: State, workspace_id: str, method: str, path: str, body: Any = None) -> Any:
    """What a user of the workspace gets: the reply's body. Raises ApiError for a refusal.

    Neither faults nor the request log see it: those are about the clients under test.
    """
    workspace = state.workspaces.by_id(workspace_id)
    if workspace is None:
        raise NotFound("there is no such workspace")
    raw = b"" if body is None else json.dumps(body).encode()
    path, _, query = path.partition("?")
    pairs = tuple(parse_qsl(query))
    incoming = Incoming("console", method, path, dict(pairs), {}, raw, "", pairs)
    route, params = routes.find(method, path)
    return route.handler(state, Call(incoming, Caller("user", workspace), params)).body


def next_run(state: State, sync: Sync) -> str | None:
    """When a sync runs next, in RFC 3339; None when nobody can know."""
    reply = ask(state, sync.workspace_id, "GET", f"/api/syncs/{sync.id}/status")
    return reply["data"].get("next_execution_time")
