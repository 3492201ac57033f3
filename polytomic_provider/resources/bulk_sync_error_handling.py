"""The error handling of a bulk sync, as a Pulumi resource."""

from collections.abc import Sequence

import pulumi

from polytomic_provider.resources.bulk_sync import BulkSync
from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.resource import PolytomicResource, placed_like


class BulkSyncErrorHandling(PolytomicResource, kind="BulkSyncErrorHandling"):
    """What happens when a bulk sync fails.

        BulkSyncErrorHandling("copies-errors", bulk_sync=copies, subscribers=["data@acme.example"])

    A bulk sync has one such setting, which exists already: creating the resource changes what the
    program names, and deleting it restores the default of that.

    Args:
        resource_name: Name of the resource in the program.
        bulk_sync: The BulkSync, or its id; another one replaces.
        subscribers: E-mail addresses that are told when it fails.
        ingestion_failure_threshold: How far reading may fall behind before a run fails, in seconds
            or items as the source counts; 0: no threshold of its own.
        organization_id: Workspace, for partner and deployment keys; left out: that of the BulkSync
            given.
        account: Account of the configuration; left out: that of the BulkSync given.
        opts: Pulumi's resource options.

    Source: `GET` and `PUT /api/bulk/syncs/{id}/error-handling`.
    """

    bulk_sync: pulumi.Output[str]
    subscribers: pulumi.Output[list[str] | None]
    ingestion_failure_threshold: pulumi.Output[int | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        bulk_sync: BulkSync | pulumi.Input[str] | pulumi.Output[BulkSync],
        subscribers: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        ingestion_failure_threshold: pulumi.Input[int] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        declare(
            self,
            "BulkSyncErrorHandling",
            resource_name,
            {
                "bulk_sync": bulk_sync,
                "subscribers": subscribers,
                "ingestion_failure_threshold": ingestion_failure_threshold,
                **placed_like(bulk_sync, organization_id, account),
            },
            opts,
        )
