"""The wait for a connection, as a Pulumi resource."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import pulumi

from polytomic_provider.resources.carried import Carrier
from polytomic_provider.resources.connection import Connection
from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.resource import PolytomicResource, placed_like
from polytomic_provider.resources.shared_connection import SharedConnection


class ConnectionReadiness(PolytomicResource, kind="ConnectionReadiness"):
    """Waits until a connection is authorised and its schema cache is ready.

        ready = ConnectionReadiness(
            "salesforce-ready", connection=salesforce, triggers=[salesforce.auth_url]
        )
        contacts = Model("contacts", connection_id=ready, configuration={"table": "Contact"})

    It owns nothing in Polytomic: deleting it sends nothing. A wait that ends too early loses
    nothing; run `pulumi up` again.

    Args:
        resource_name: Name of the resource in the program.
        connection: The connection to wait for, or its id; another one replaces.
        timeout: How long to wait at most, such as `10m` (the default).
        refresh_schema: True: have the schema read anew before it counts as ready.
        triggers: Any values; when one changes, the wait begins anew.
        organization_id: Workspace, for partner and deployment keys; left out: that of the
            Connection given.
        account: Account of the configuration; left out: that of the Connection given.
        opts: Pulumi's resource options; `import_`, `provider` and
            `delete_before_replace=False` are refused.

    Source: `GET /api/connections/{id}/schemas/status`.
    """

    connection: pulumi.Output[str]
    timeout: pulumi.Output[str | None]
    refresh_schema: pulumi.Output[bool | None]
    triggers: pulumi.Output[list[Any] | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    status: pulumi.Output[str | None]
    """Health of the connection when the wait ended."""
    cache_status: pulumi.Output[str | None]
    """State of the schema cache when the wait ended."""
    ready_at: pulumi.Output[str | None]
    """When the wait ended."""

    def __init__(
        self,
        resource_name: str,
        *,
        connection: "ConnectionLike",
        timeout: pulumi.Input[str] = "10m",
        refresh_schema: pulumi.Input[bool] = False,
        triggers: pulumi.Input[Sequence[pulumi.Input[Any]]] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        known = isinstance(connection, Connection)
        self._connection_id: Any = Carrier().carry(connection)
        declare(
            self,
            "ConnectionReadiness",
            resource_name,
            {
                "connection": connection,
                "timeout": timeout,
                "refresh_schema": refresh_schema or None,
                "triggers": triggers,
                **placed_like(connection, organization_id, account),
                "auth_url": connection.auth_url if known else None,
            },
            opts,
        )

    def _stands_for(self) -> Any:
        """Return the connection's own id.

        The gate's is not known for a new gate, which would preview a false replacement of
        everything behind it.
        """
        return self._connection_id


ConnectionLike: TypeAlias = (
    Connection
    | SharedConnection
    | ConnectionReadiness
    | pulumi.Input[str]
    | pulumi.Output[Connection]
    | pulumi.Output[SharedConnection]
    | pulumi.Output[ConnectionReadiness]
)
"""What may stand where a connection is meant: the resource, a copy, its gate, or an id."""
