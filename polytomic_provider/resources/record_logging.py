"""The record logging of a workspace, as a Pulumi resource."""

import pulumi

from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.readiness import ConnectionLike
from polytomic_provider.resources.resource import PolytomicResource


class RecordLogging(PolytomicResource, kind="RecordLogging"):
    """Whether, and where, the records of a workspace's executions are logged.

        RecordLogging("record-logs", enabled=True, delivery_connection_id=bucket)

    A workspace has one such setting, which exists already: creating the resource replaces it, and
    deleting the resource switches logging off.

    Args:
        resource_name: Name of the resource in the program.
        enabled: Whether records are logged.
        delivery_connection_id: The Connection, or its id, of the file storage that gets the logs.
        delivery_prefix: Path under which they are put.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        opts: Pulumi's resource options.

    Source: `GET` and `PUT /api/organization/record-logging`.
    """

    enabled: pulumi.Output[bool]
    delivery_connection_id: pulumi.Output[str | None]
    delivery_prefix: pulumi.Output[str | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    delivery_connection_name: pulumi.Output[str | None]
    """Name of the connection that gets the logs, as last read."""

    def __init__(
        self,
        resource_name: str,
        *,
        enabled: pulumi.Input[bool],
        delivery_connection_id: ConnectionLike | None = None,
        delivery_prefix: pulumi.Input[str] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        declare(
            self,
            "RecordLogging",
            resource_name,
            {
                "enabled": enabled,
                "delivery_connection_id": delivery_connection_id,
                "delivery_prefix": delivery_prefix,
                "organization_id": organization_id,
                "account": account,
            },
            opts,
        )
