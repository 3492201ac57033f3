"""`/api/permissions/roles`: names that permission policies refer to.

Source: the clients `permissions.roles` of the official Python package, and `resource_role.go` of
the Terraform provider. Their texts say that Admin and Member are in every organization, and that
changing or deleting them "returns an error". It is 403 here, our reading: of the statuses that the
client declares for PUT and DELETE (403, 404, 500), only that one says what is wrong.

Refused values are 400: POST and PUT declare no 422. Whether names must be unique is open, so the
switch `duplicate_names` decides. Deleting a role leaves it in the policies that name it.
"""

from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.plain.kind import PlainKind
from polytomic_emulator.plain.rules import not_empty, unique
from polytomic_emulator.state.plain_objects import PlainObject

SYSTEM = ({"name": "Admin"}, {"name": "Member"})


def _reply(role: PlainObject) -> dict[str, Any]:
    """Source: `RoleResponse` of the official Python package."""
    return {"name": role.values["name"], "system": role.system}


ROLES = PlainKind(
    name="role",
    path="/api/permissions/roles",
    fields={"name": Reader.required_text},
    rules=(not_empty("name"), unique("name")),
    refusal=BadRequest,
    reply=_reply,
    system=lambda state, workspace: SYSTEM,
)
