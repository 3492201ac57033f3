"""A user, as a Pulumi resource."""

from collections.abc import Sequence

import pulumi

from polytomic_provider.resources.object_resource import ObjectResource
from polytomic_provider.resources.role import Role


class User(ObjectResource, kind="User"):
    """A user: a person who may sign in to a workspace, known by an e-mail address.

        analysts = Role("analysts")
        ada = User("ada", email="ada@example.com", role_ids=[analysts])

    Polytomic sends a new user an invitation.

    Args:
        resource_name: Name of the resource in the program.
        email: E-mail address to sign in with, in any letter case; replaces.
        role_ids: The roles, as `Role` resources or ids; left out: kept as they are.
        role: `user` or `admin`, in place of `role_ids`. Polytomic has deprecated it.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        adopt: True: take over the user of that address who is there already.
        adopt_id: Take over the user of this id.
        opts: Pulumi's resource options.

    Source: `POST /api/organization/users`, `GET`, `PUT` and `DELETE /api/organization/users/{id}`;
    for partner and deployment keys the same under `/api/organizations/{org}/users`.
    """

    email: pulumi.Output[str]
    role_ids: pulumi.Output[Sequence[str] | None]
    role: pulumi.Output[str | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    all_role_ids: pulumi.Output[Sequence[str] | None]
    """The ids of all roles of the user, as last read."""

    def __init__(
        self,
        resource_name: str,
        *,
        email: pulumi.Input[str],
        role_ids: pulumi.Input[Sequence[pulumi.Input[str] | Role]] | None = None,
        role: pulumi.Input[str] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        arguments = {"email": email, "role_ids": role_ids, "role": role}
        adoption = {"adopt": adopt or None, "adopt_id": adopt_id}
        placed = {"organization_id": organization_id, "account": account}
        self._declare(resource_name, {**arguments, **placed, **adoption}, opts)
