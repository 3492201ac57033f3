"""`/api/connections/connect/`: a link that a person opens to create or reconnect a connection."""

from polytomic_provider.emulator.http.connections import read_redirect_url
from polytomic_provider.emulator.http.messages import Call, Reply
from polytomic_provider.emulator.http.reading import actor_of, body_of
from polytomic_provider.emulator.state.connect_sessions import CardRequest
from polytomic_provider.emulator.state.store import State


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
    made = state.connect_sessions.create(call.workspace.id, request, actor_of(call))
    address = f"{call.incoming.base_url}/connect/{made.token}"
    return Reply(body={"data": {"redirect_url": address, "token": made.token}})
