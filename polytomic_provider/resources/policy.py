"""A permission policy, as a Pulumi resource."""

from collections.abc import Mapping, Sequence

import pulumi

from polytomic_provider.resources.object_resource import ObjectResource
from polytomic_provider.resources.role import Role


class Policy(ObjectResource, kind="Policy"):
    """A permission policy: which roles may do what with the objects that name the policy.

        analysts = Role("analysts")
        crm = Policy("crm", actions={"create": [analysts], "delete": []})

    Args:
        resource_name: Name of the resource in the program.
        name: Name in Polytomic; default: `resource_name`.
        actions: For each action, such as `create` or `delete`, the roles that may do it, as `Role`
            resources or ids. Actions that are left out are kept as they are; a warning names those
            of them that have roles.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        adopt: True: take over the policy of that name that is there already.
        adopt_id: Take over the policy of this id.
        opts: Pulumi's resource options.

    Source: `POST /api/permissions/policies`, `GET`, `PUT` and `DELETE
    /api/permissions/policies/{id}`.
    """

    name: pulumi.Output[str]
    actions: pulumi.Output[Mapping[str, Sequence[str]] | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    all_actions: pulumi.Output[Mapping[str, Sequence[str]] | None]
    """Every action of the policy with its role ids, as last read."""
    system: pulumi.Output[bool | None]
    """True for a policy of Polytomic's own, which never changes."""

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str] | None = None,
        actions: pulumi.Input[Mapping[str, pulumi.Input[Sequence[pulumi.Input[str] | Role]]]]
        | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        arguments = {
            "name": name,
            "actions": actions,
            "organization_id": organization_id,
            "account": account,
        }
        adoption = {"adopt": adopt or None, "adopt_id": adopt_id}
        self._declare(resource_name, {**arguments, **adoption}, opts)
