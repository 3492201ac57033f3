"""`POST /api/organizations/{org}/users/{id}/keys`: a user's API key, shown this once.

Source: `users.create_api_key` of the official Python package: `force=true` revokes any existing
key of the user first. No request reads or revokes a key. Our reading: a user has one key, so that
without `force` a second one is refused, with 403, since neither 409 nor 422 is declared. The
user of the workspace's own key has that one.
"""

from polytomic_emulator.errors import Forbidden
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.plain.routes import workspace_of
from polytomic_emulator.plain.users import USERS
from polytomic_emulator.state.store import State


def create(state: State, call: Call) -> Reply:
    """Issue a key; the body, if there is one, is not read."""
    workspace = workspace_of(state, call)
    user = USERS.get(state, call.params["id"], workspace.id)
    forced = call.flag("force")
    if not forced and (user.system or state.workspaces.has_key(user.id)):
        raise Forbidden("the user has an API key already; force=true revokes it")
    if user.system:
        value = state.workspaces.rotate_key(workspace.id).api_key
    else:
        state.workspaces.revoke_keys(user.id)
        value = state.workspaces.issue_key(workspace.id, user.id, user.values["email"])
    return Reply(201, {"data": {"value": value}})
