"""A field of an object of a connection, as a Pulumi resource."""

from collections.abc import Sequence
from typing import Any

import pulumi

from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.readiness import ConnectionLike
from polytomic_provider.resources.resource import PolytomicResource, placed_like


class SchemaField(PolytomicResource, kind="SchemaField"):
    """A field of an object of a connection: added, or detected by Polytomic and overridden.

        score = SchemaField(
            "contact-score",
            connection_id=ready,
            schema_id="Contact",
            field_id="score",
            label="Score",
            type="number",
            path="$.details.score",
        )
        SchemaField(
            "work-email",
            connection_id=ready,
            schema_id="Contact",
            field_id="Email",
            label="Work e-mail",
        )
        contacts = Model(
            "contacts",
            connection_id=ready,
            configuration={"table": "Contact"},
            fields=["Email", score.field_id],
        )

    For sources whose records have more than Polytomic detects, such as nested documents and files,
    or that say the wrong thing. Deleting the resource deletes a field that was added, and brings
    back what was detected of one that was overridden. What the program ends to say is kept.

    Args:
        resource_name: Name of the resource in the program.
        connection_id: The Connection, its ConnectionReadiness, or an id; another one replaces.
        schema_id: Id of the object, such as `Contact` or `public.orders`; another one replaces.
        field_id: Id of the field to add, or of the detected one to override; another one replaces.
        label: What people see; needed to add a field.
        type: `string`, `number`, `boolean`, `datetime`, `array`, `object` or `binary`; needed to
            add a field, unless `definition` says it.
        definition: The type in detail: a word such as `bigint` or `date`, or a list such as
            `["array", "string"]`.
        path: JSONPath of the value in a record, such as `$.address.city`; an empty text ends it.
        example: A sample value for people; no reply shows it.
        organization_id: Workspace, for partner and deployment keys; left out: that of the
            Connection or ConnectionReadiness given.
        account: Account of the configuration; left out: that of the Connection or
            ConnectionReadiness given.
        opts: Pulumi's resource options.

    Source: `GET /api/connections/{id}/schemas/{schema_id}`, `POST …/fields`, `PATCH` and `DELETE
    …/fields/{field_id}`.
    """

    connection_id: pulumi.Output[str]
    schema_id: pulumi.Output[str]
    field_id: pulumi.Output[str]
    label: pulumi.Output[str | None]
    type: pulumi.Output[str | None]
    definition: pulumi.Output[Any]
    path: pulumi.Output[str | None]
    example: pulumi.Output[Any]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    remote_type: pulumi.Output[str | None]
    """Type of the field in the source, as last read."""

    def __init__(
        self,
        resource_name: str,
        *,
        connection_id: ConnectionLike,
        schema_id: pulumi.Input[str],
        field_id: pulumi.Input[str],
        label: pulumi.Input[str] | None = None,
        type: pulumi.Input[str] | None = None,
        definition: pulumi.Input[str | Sequence[Any]] | None = None,
        path: pulumi.Input[str] | None = None,
        example: pulumi.Input[Any] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        declare(
            self,
            "SchemaField",
            resource_name,
            {
                "connection_id": connection_id,
                "schema_id": schema_id,
                "field_id": field_id,
                "label": label,
                "type": type,
                "definition": definition,
                "path": path,
                "example": example,
                **placed_like(connection_id, organization_id, account),
            },
            opts,
        )
