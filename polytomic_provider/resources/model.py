"""A model, as a Pulumi resource."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pulumi

from polytomic_provider.resources.object_resource import ObjectResource
from polytomic_provider.resources.readiness import ConnectionLike


class Model(ObjectResource, kind="Model"):
    """A model: a view over one source, an object or a query with the fields to expose.

        contacts = Model(
            "contacts",
            connection_id=ready,
            configuration={"table": "Contact"},
            fields=["Email", "FirstName", "LastName"],
        )

    Args:
        resource_name: Name of the resource in the program.
        connection_id: The source: a Connection, a ConnectionReadiness or an id; replaces.
        configuration: What to read, such as `{"table": "Contact"}` or `{"query": "..."}`.
        fields: Names of the source fields to expose; left out: all.
        name: Name in Polytomic; default: `resource_name`.
        identifier: Name of the field that identifies a record; left out: kept as it is.
        additional_fields: Fields of your own: `{name, type, label, example}`.
        relations: Joins to other models: `{from, to: {model_id, field}}`; replaces.
        tracking_columns: Columns that show what changed; left out: kept as they are.
        labels: Labels; left out: kept as they are.
        policies: Ids of the permission policies; left out: kept as they are.
        enricher: Enrichment: `{connection_id, configuration, mappings, fields}`; replaces.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        adopt: True: take over the model that is there already and is the same thing
            (connection and name), where there is exactly one.
        adopt_id: Take over the model of this id.
        opts: Pulumi's resource options; `import_`, `provider` and
            `delete_before_replace=False` are refused.

    Source: `POST /api/models`, `GET`, `PUT` and `DELETE /api/models/{id}`.
    """

    connection_id: pulumi.Output[str]
    configuration: pulumi.Output[dict[str, Any]]
    fields: pulumi.Output[list[str] | None]
    name: pulumi.Output[str]
    identifier: pulumi.Output[str | None]
    additional_fields: pulumi.Output[list[dict[str, Any]] | None]
    relations: pulumi.Output[list[dict[str, Any]] | None]
    tracking_columns: pulumi.Output[list[str] | None]
    labels: pulumi.Output[list[str] | None]
    policies: pulumi.Output[list[str] | None]
    enricher: pulumi.Output[dict[str, Any] | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    type: pulumi.Output[str | None]
    """Connection type of its source."""

    def __init__(
        self,
        resource_name: str,
        *,
        connection_id: ConnectionLike,
        configuration: pulumi.Input[Mapping[str, Any]],
        fields: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        name: pulumi.Input[str] | None = None,
        identifier: pulumi.Input[str] | None = None,
        additional_fields: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        relations: pulumi.Input[Sequence[Mapping[str, Any]]] | None = None,
        tracking_columns: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        labels: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        policies: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        enricher: pulumi.Input[Mapping[str, Any]] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        self._declare(
            resource_name,
            {
                "connection_id": connection_id,
                "configuration": configuration,
                "fields": fields,
                "name": name,
                "identifier": identifier,
                "additional_fields": additional_fields,
                "relations": relations,
                "tracking_columns": tracking_columns,
                "labels": labels,
                "policies": policies,
                "enricher": enricher,
                "organization_id": organization_id,
                "account": account,
                "adopt": adopt or None,
                "adopt_id": adopt_id,
            },
            opts,
        )


ModelLike: TypeAlias = Model | pulumi.Input[str] | pulumi.Output[Model]
"""What may stand where a model is meant: the resource, or an id."""
