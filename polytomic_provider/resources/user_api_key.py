"""An API key of a user, as a Pulumi resource."""

from collections.abc import Sequence
from typing import Any

import pulumi

from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.resource import PolytomicResource, placed_like
from polytomic_provider.resources.user import User


class UserApiKey(PolytomicResource, kind="UserApiKey"):
    """An API key of a user: a secret that Polytomic shows once.

        ada = User("ada", email="ada@example.com")
        key = UserApiKey("ada-key", user=ada, revoke_on_delete=True)
        pulumi.export("key", key.value)

    Args:
        resource_name: Name of the resource in the program.
        user: The `User` that the key is for, or the user's id; replaces.
        force: True: creating revokes any other key of the user. Else Polytomic refuses to make
            one for a user who has one.
        triggers: Any values; when one changes, a new key takes the place of this one. Needs
            `force`.
        revoke_on_delete: True: deleting revokes the key. Polytomic's API can do that only by making
            another key with `force`, which is thrown away. Else the key goes on working, and a
            warning says so.
        organization_id: Workspace, for partner and deployment keys; left out: that of the `User`
            given; replaces.
        account: Account of the configuration; left out: that of the `User` given.
        opts: Pulumi's resource options.

    Source: `POST /api/organizations/{org}/users/{id}/keys`; the key is read by `GET /api/me`.
    """

    user: pulumi.Output[str]
    force: pulumi.Output[bool | None]
    triggers: pulumi.Output[Sequence[Any] | None]
    revoke_on_delete: pulumi.Output[bool | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    value: pulumi.Output[str]
    """The key; secret."""

    def __init__(
        self,
        resource_name: str,
        *,
        user: pulumi.Input[str] | User,
        force: pulumi.Input[bool] | None = None,
        triggers: pulumi.Input[Sequence[Any]] | None = None,
        revoke_on_delete: pulumi.Input[bool] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        arguments = {
            "user": user,
            "force": force,
            "triggers": triggers,
            "revoke_on_delete": revoke_on_delete,
            **placed_like(user, organization_id, account),
        }
        declare(self, self._kind, resource_name, arguments, opts)
