"""A role: a name that permission policies give rights to."""

from typing import Annotated, ClassVar

from pydantic import Field

from polytomic_provider.api.routes.roles import RoleRequest
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.kinds.plain_kind import PlainKind


class RoleArguments(ObjectArguments):
    """The arguments of a role. Source: `POST /api/permissions/roles`."""

    name: str | None = Field(
        default=None, min_length=1, description="Name in Polytomic; default: the resource's name."
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )


class RoleHandler(PlainKind):
    """The life of a role in Polytomic."""

    kind = "Role"
    arguments = RoleArguments
    computed: ClassVar = {"system": "True for a role of Polytomic's own, which never changes."}
    request = RoleRequest
