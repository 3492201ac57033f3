"""`/api/connections/connect/`: a link that a person opens to create or reconnect a connection."""

from polytomic_emulator.errors import NotFound, Unauthorized
from polytomic_emulator.http.connections import read_redirect_url
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import without_absent
from polytomic_emulator.http.reading import actor_of, body_of
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.connect_sessions import CardRequest
from polytomic_emulator.state.store import State


def create(state: State, call: Call) -> Reply:
    """`POST /api/connections/connect/`."""
    body = body_of(call)
    redirect_url = read_redirect_url(body)
    if redirect_url is None:
        raise body.wrong("redirect_url", "is required")
    request = CardRequest(
        name=body.required_text("name"),
        redirect_url=redirect_url,
        connection_id=body.text("connection"),
        type=body.text("type"),
        whitelist=body.texts("whitelist"),
        ttl=body.integer("ttl"),
        dark=body.flag("dark"),
    )
    # There is no partner here whose name could be shown instead.
    body.flag("use_organization_name")
    made = state.connect_sessions.create(call.workspace.id, request, actor_of(call))
    address = f"{call.incoming.base_url}/connect/{made.token}"
    return Reply(body={"data": {"redirect_url": address, "token": made.token}})


def session(state: State, call: Call) -> Reply:
    """`GET /api/connections/connect/session?token=`: the token is the only credential."""
    try:
        found = state.connect_sessions.get(call.incoming.query.get("token", ""))
    except NotFound:
        raise Unauthorized("the token opens no Connect session, or the session is over") from None
    workspace = state.workspaces.by_id(found.workspace_id)
    shown = {
        "id": found.id,
        "connection_id": found.connection_id,
        "dark": found.dark,
        "expires_at": stamp_of(found.expires_at),
        "logo": None,
        "name": found.name,
        "organization_name": workspace.name if workspace else None,
        "redirect_url": found.redirect_url,
        "type": found.type,
        "whitelist": [] if found.type else found.types,
    }
    return Reply(body={"data": without_absent(shown, state.behaviour)})
