"""`/api/organization/users`: who may sign in, and with which roles.

Source: the client `users` of the official Python package, and `resource_user.go` of the Terraform
provider. For partners the same users are under `/api/organizations/{org}/users`; the Terraform
provider asks there with any key of that organization, so no other key is refused. A PUT changes
roles alone, though the partner's has the address in its body. DELETE answers with the user.

Role names are kept in small letters, as the Terraform provider says. Refused values are 422. Our
readings: an address is in an organization once, whatever its letters; a user without roles is a
member; of `role`, which is deprecated, `admin` is the role Admin and `user` the role Member. The
user of the workspace's own API key is always there and never changes.
"""

from typing import Any

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.http.present import address
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.plain.kind import Change, PlainKind, system_id
from polytomic_emulator.plain.roles import ROLES
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.plain_objects import PlainObject, Values
from polytomic_emulator.state.store import State
from polytomic_emulator.state.workspaces import Workspace

_NAMES = ("admin", "user")
"""The names of `role`, in the order of the system's roles."""


def _role_ids(body: Reader, key: str) -> list[str] | None:
    return body.texts(key) if body.has(key) else None


def _name(body: Reader, key: str) -> str | None:
    found = body.text(key)
    return None if found is None else found.lower()


def _address(change: Change) -> None:
    email: str = change.values["email"]
    if "@" not in email.strip():
        raise change.refusal("email", "must be an e-mail address")
    if any(one.values["email"].lower() == email.lower() for one in change.others()):
        raise change.refusal("email", "is that of another user")


def _roles(change: Change) -> None:
    role, role_ids = change.values["role"], change.values["role_ids"]
    if role is not None and role_ids is not None and not _is_kept(change):
        raise change.refusal("role", "and role_ids cannot both be given")
    if role is not None and role not in _NAMES:
        raise change.refusal("role", f"must be one of {list(_NAMES)}")
    if role_ids is None:
        return
    if not role_ids:
        raise change.refusal("role_ids", "must have an entry")
    there = {one.id for one in ROLES.of(change.state, change.workspace_id)}
    unknown = [one for one in role_ids if one not in there]
    if unknown:
        raise change.refusal("role_ids", f"names no role: {unknown[0]}")


def _is_kept(change: Change) -> bool:
    """Whether one of role and role_ids stays as it was, as when a person changes the other."""
    before = change.before.values if change.before else {}
    return any(before.get(key) == change.values[key] for key in ("role", "role_ids"))


def _settle(change: Change) -> Values:
    """Name the roles in both ways."""
    role, role_ids = change.values["role"], change.values["role_ids"]
    before = change.before.values if change.before else {"role": "user", "role_ids": None}
    if role is None and role_ids is None:
        role, role_ids = before["role"], before["role_ids"]
    system = [system_id(change.workspace_id, ROLES.name, one) for one in range(len(_NAMES))]
    if role_ids is None or (role is not None and role != before["role"]):
        role_ids = [system[_NAMES.index(role)] if role in _NAMES else role]
    named = _NAMES[0] if system[0] in role_ids else _NAMES[1]
    return change.values | {"role": named, "role_ids": role_ids}


def _of_key(state: State, workspace: Workspace) -> list[Values]:
    """The user of the workspace's API key."""
    del state
    admin = system_id(workspace.id, ROLES.name, 0)
    roles = {"role": "admin", "role_ids": [admin]}
    return [{"id": workspace.user_id, "email": workspace.user_email, **roles}]


def _reply(user: PlainObject) -> dict[str, Any]:
    """Source: the type `User` of the official Python package."""
    return {key: user.values[key] for key in ("email", "role", "role_ids")}


class _Users(PlainKind):
    def present(self, found: PlainObject, behaviour: Behaviour) -> Values:
        """The reply about one user."""
        shown = super().present(found, behaviour)
        return shown | {"email": address(shown["email"], behaviour)}

    def delete(self, state: State, found: PlainObject) -> None:
        """Delete a user, whose API keys open nothing any more."""
        super().delete(state, found)
        state.workspaces.revoke_keys(found.id)


USERS = _Users(
    name="user",
    path="/api/organization/users",
    partner_path="/api/organizations/{organization_id}/users",
    fields={"email": Reader.required_text, "role": _name, "role_ids": _role_ids},
    fixed=("email",),
    rules=(_address, _roles),
    settle=_settle,
    refusal=Unprocessable,
    reply=_reply,
    system=_of_key,
    delete_shows=True,
)
