"""`/api/connections`: reading bodies and writing replies; the rules are in the state."""

from polytomic_emulator.errors import BadRequest, Unprocessable
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.pages import Listing, paged
from polytomic_emulator.http.present import present_connection, present_created
from polytomic_emulator.http.reading import Reader, actor_of, body_of, is_web_url
from polytomic_emulator.state.connection import Connection, ConnectionRequest
from polytomic_emulator.state.store import State


def _created(connection: Connection) -> str:
    return connection.created_at


def _id(connection: Connection) -> str:
    return connection.id


_LISTING = Listing("connections", _created, _id, newest_first=False)


def index(state: State, call: Call) -> Reply:
    """`GET /api/connections`; in pages when the emulator is told so."""
    found = state.connections.of(call.workspace.id)
    if state.behaviour.lists != "paged":
        return Reply(body={"data": [present_connection(one, state.behaviour) for one in found]})
    return paged(
        _LISTING,
        call,
        found,
        state.behaviour.page_size,
        lambda one: present_connection(one, state.behaviour),
    )


def create(state: State, call: Call) -> Reply:
    """`POST /api/connections`."""
    body = body_of(call)
    if not isinstance(body.any("type"), str):
        raise BadRequest("type is required and must be a string", field="type")
    workspace = call.workspace
    made = state.connections.create(workspace.id, _request(body), actor_of(call), state.behaviour)
    return Reply(201, {"data": present_created(made, state.behaviour, call.incoming.base_url)})


def read(state: State, call: Call) -> Reply:
    """`GET /api/connections/{id}`."""
    found = state.connections.get(call.params["id"], call.workspace.id)
    return Reply(body={"data": present_connection(found, state.behaviour)})


def update(state: State, call: Call) -> Reply:
    """`PUT /api/connections/{id}`: full replacement."""
    body = body_of(call)
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
    body = Reader(call.json())
    state.connections.test(
        body.required_text("type"),
        body.object("configuration"),
        call.workspace.id,
        body.text("connection_id"),
        state.behaviour,
    )
    return Reply(200)


def _request(body: Reader) -> ConnectionRequest:
    return ConnectionRequest(
        name=body.required_text("name"),
        type=body.text("type"),
        configuration=body.object("configuration"),
        policies=body.texts("policies"),
        healthcheck_interval=body.text("healthcheck_interval"),
        redirect_url=read_redirect_url(body),
        validate=body.flag("validate", default=True),
        reconnect=body.flag("reconnect"),
    )


def read_redirect_url(body: Reader) -> str | None:
    """The `redirect_url` of a body. Raises Unprocessable for what is no http or https URL."""
    url = body.text("redirect_url")
    if url is not None and not is_web_url(url):
        raise Unprocessable("redirect_url must be an http or https URL", field="redirect_url")
    return url
