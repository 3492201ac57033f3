"""The global error subscribers, as a Pulumi resource."""

from collections.abc import Sequence

import pulumi

from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.resource import PolytomicResource


class GlobalErrorSubscribers(PolytomicResource, kind="GlobalErrorSubscribers"):
    """Who is told by e-mail of the errors of a workspace's syncs.

        GlobalErrorSubscribers("on-call", emails=["data-team@acme.example"])

    A workspace has one list, which exists already: creating the resource replaces it, and deleting
    the resource empties it.

    Args:
        resource_name: Name of the resource in the program.
        emails: E-mail addresses that are told of errors; all others are taken out.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        opts: Pulumi's resource options.

    Source: `GET` and `PUT /api/notifications/global-error-subscribers`.
    """

    emails: pulumi.Output[list[str]]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        emails: pulumi.Input[Sequence[pulumi.Input[str]]],
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        arguments = {"emails": emails, "organization_id": organization_id, "account": account}
        declare(self, "GlobalErrorSubscribers", resource_name, arguments, opts)
