"""`…/connections/{id}/shared`: copies of a connection in other organizations of the partner.

The documents say that the parent lives in the partner's owner organization, here the first
workspace, and that another organization in the path is 404. Our readings, where they are silent: a
connection is shared with another organization than its own; several copies may be in one; a copy
works with its parent's configuration and health, and goes with it.
"""

from polytomic_emulator.errors import Forbidden, NotFound
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import present_connection
from polytomic_emulator.http.reading import body_of
from polytomic_emulator.plain.routes import workspace_of
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.store import State


def index(state: State, call: Call) -> Reply:
    """`GET /api/connections/{id}/shared`, and `/api/organizations/{org}/connections/…`."""
    parent = state.connections.get(call.params["id"], workspace_of(state, call).id)
    return _listed(state, parent)


def create(state: State, call: Call) -> Reply:
    """`POST /api/organizations/{org}/connections/{id}/shared`: answers with an id alone."""
    if call.caller.kind not in ("partner", "deployment"):
        raise Forbidden("only a partner key can do this")
    owner = workspace_of(state, call)
    parent = state.connections.get(call.params["id"], owner.id)
    if owner.id != state.workspaces.first().id:
        raise Forbidden("only connections of the partner's own organization can be shared")
    body = body_of(call)
    child_id = body.required_text("child_organization_id")
    child = state.workspaces.by_id(child_id)
    if child is None:
        raise NotFound("organization not found", field="child_organization_id")
    if child.id == owner.id:
        raise Forbidden("a connection cannot be shared with its own organization")
    name = body.text("name") or parent.name
    actor = {"id": owner.id, "name": owner.name, "type": call.caller.kind}
    made = state.connections.share(parent, child.id, name, actor, state.behaviour)
    return Reply(body={"data": {"id": made.id}})


def _listed(state: State, parent: Connection) -> Reply:
    found = state.connections.shared(parent.id)
    return Reply(body={"data": [present_connection(one, state.behaviour) for one in found]})
