"""The primary key of an object of a connection, as a Pulumi resource."""

from collections.abc import Sequence

import pulumi

from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.readiness import ConnectionLike
from polytomic_provider.resources.resource import PolytomicResource, placed_like


class SchemaPrimaryKeys(PolytomicResource, kind="SchemaPrimaryKeys"):
    """Which fields of an object of a connection tell its records apart.

        SchemaPrimaryKeys("contact-key", connection_id=ready, schema_id="Contact", fields=["Email"])

    For sources that say nothing of it, such as a view or a file, or the wrong thing. An object has
    one primary key: creating the resource sets it over what the source says, and deleting it lets
    the source count again.

    Args:
        resource_name: Name of the resource in the program.
        connection_id: The Connection, its ConnectionReadiness, or an id; another one replaces.
        schema_id: Id of the object, such as `Contact` or `public.orders`; another one replaces.
        fields: Ids of the fields that are the primary key, and no others.
        organization_id: Workspace, for partner and deployment keys; left out: that of the
            Connection or ConnectionReadiness given.
        account: Account of the configuration; left out: that of the Connection or
            ConnectionReadiness given.
        opts: Pulumi's resource options.

    Source: `GET /api/connections/{id}/schemas/{schema_id}`, `PUT …/primary_keys`.
    """

    connection_id: pulumi.Output[str]
    schema_id: pulumi.Output[str]
    fields: pulumi.Output[list[str]]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    source_fields: pulumi.Output[list[str] | None]
    """Ids of the fields that the source says are the key."""

    def __init__(
        self,
        resource_name: str,
        *,
        connection_id: ConnectionLike,
        schema_id: pulumi.Input[str],
        fields: pulumi.Input[Sequence[pulumi.Input[str]]],
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        declare(
            self,
            "SchemaPrimaryKeys",
            resource_name,
            {
                "connection_id": connection_id,
                "schema_id": schema_id,
                "fields": fields,
                **placed_like(connection_id, organization_id, account),
            },
            opts,
        )
