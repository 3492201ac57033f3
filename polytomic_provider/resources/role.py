"""A role, as a Pulumi resource."""

import pulumi

from polytomic_provider.resources.object_resource import ObjectResource


class Role(ObjectResource, kind="Role"):
    """A role: a name that permission policies give rights to.

        analysts = Role("analysts")

    Args:
        resource_name: Name of the resource in the program.
        name: Name in Polytomic; default: `resource_name`.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        adopt: True: take over the role of that name that is there already.
        adopt_id: Take over the role of this id.
        opts: Pulumi's resource options.

    Source: `POST /api/permissions/roles`, `GET`, `PUT` and `DELETE /api/permissions/roles/{id}`.
    """

    name: pulumi.Output[str]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    system: pulumi.Output[bool | None]
    """True for a role of Polytomic's own, which never changes."""

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        arguments = {"name": name, "organization_id": organization_id, "account": account}
        adoption = {"adopt": adopt or None, "adopt_id": adopt_id}
        self._declare(resource_name, {**arguments, **adoption}, opts)
