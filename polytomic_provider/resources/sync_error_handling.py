"""The error handling of a sync, as a Pulumi resource."""

from collections.abc import Sequence

import pulumi

from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.resource import PolytomicResource, placed_like
from polytomic_provider.resources.sync import Sync


class SyncErrorHandling(PolytomicResource, kind="SyncErrorHandling"):
    """What happens when a sync or some of its records fail.

        SyncErrorHandling("contacts-errors", sync=sync, subscribers=["data-team@acme.example"])

    A sync has one such setting, which exists already: creating the resource changes what the
    program names, and deleting it restores the default of that.

    Args:
        resource_name: Name of the resource in the program.
        sync: The Sync, or its id; another one replaces.
        subscribers: E-mail addresses that are told when the sync fails.
        auto_retry_record_errors: Whether the next run tries failed records again.
        notify_on_record_errors: Whether the subscribers are told of single records too.
        warning_notifications: Whether the subscribers are told of warnings too.
        organization_id: Workspace, for partner and deployment keys; left out: that of the Sync
            given.
        account: Account of the configuration; left out: that of the Sync given.
        opts: Pulumi's resource options.

    Source: `GET` and `PUT /api/syncs/{id}/error-handling`.
    """

    sync: pulumi.Output[str]
    subscribers: pulumi.Output[list[str] | None]
    auto_retry_record_errors: pulumi.Output[bool | None]
    notify_on_record_errors: pulumi.Output[bool | None]
    warning_notifications: pulumi.Output[bool | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        sync: Sync | pulumi.Input[str] | pulumi.Output[Sync],
        subscribers: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        auto_retry_record_errors: pulumi.Input[bool] | None = None,
        notify_on_record_errors: pulumi.Input[bool] | None = None,
        warning_notifications: pulumi.Input[bool] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        declare(
            self,
            "SyncErrorHandling",
            resource_name,
            {
                "sync": sync,
                "subscribers": subscribers,
                "auto_retry_record_errors": auto_retry_record_errors,
                "notify_on_record_errors": notify_on_record_errors,
                "warning_notifications": warning_notifications,
                **placed_like(sync, organization_id, account),
            },
            opts,
        )
