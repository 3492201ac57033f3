"""A bulk sync, as a Pulumi resource."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pulumi

from polytomic_provider.resources.bulk_sync_types import (
    AdditionalScheduleArgs,
    BulkMode,
    BulkScheduleArgs,
    BulkSchemaArgs,
    Discover,
)
from polytomic_provider.resources.object_resource import ObjectResource
from polytomic_provider.resources.readiness import ConnectionLike


class BulkSync(ObjectResource, kind="BulkSync"):
    """A bulk sync: whole objects of one connection, copied into another one.

        BulkSync(
            "crm-to-warehouse",
            source_connection_id=salesforce_ready,
            destination_connection_id=warehouse_ready,
            destination_configuration={"schema": "salesforce"},
            mode="replicate",
            schemas=["Contact", {"id": "Account", "fields": {"Phone": {"obfuscate": True}}}],
            default_schedule=Schedule.daily(hour=3),
            active=True,
        )

    `fields` of a schema are a mapping, which names exceptions from copying every field, or a list,
    which names all that are copied. A field that the source gains later is copied where
    `automatically_add_new_fields` says so, which it does unless it is `none`.

    Args:
        resource_name: Name of the resource in the program.
        source_connection_id: What is copied: a Connection, a ConnectionReadiness or an id;
            replaces.
        destination_connection_id: Where it is copied to: a Connection, a ConnectionReadiness or an
            id; replaces.
        destination_configuration: What the destination asks for, such as
            `{"schema": "salesforce"}`; keys left out: kept as they are.
        source_configuration: How the source is read; keys left out: kept as they are.
        schemas: The objects to copy: names, or `{id, fields, filters, tracking_field,
            partition_key, data_cutoff_timestamp, disable_data_cutoff, history_enabled,
            user_output_name}`; left out: all, as they are when it is made.
        name: Name in Polytomic; default: `resource_name`.
        mode: `replicate`, `snapshot` or `append`; left out: the server's choice, kept.
        default_schedule: When it runs, such as `Schedule.daily(hour=3)`; left out: manual.
        additional_schedules: Further schedules, with `schemas`, `selective_mode`, `resync_mode`.
        active: Whether its schedules run; left out: kept as it is. False cancels what runs.
        automatically_add_new_fields: Which fields that the source gains are copied: `all`,
            `onlyIncremental`, `onlyNonIncremental`, `none`; left out: kept as it is.
        automatically_add_new_objects: The same for objects; left out: kept as it is.
        normalize_names: `enabled`, `disabled` or `legacy`; left out: kept as it is.
        concurrency_limit: How many objects run at once; left out: kept as it is.
        resync_concurrency_limit: The same for a resync; left out: kept as it is.
        data_cutoff_timestamp: Rows older than this time are not copied.
        disable_record_timestamps: True: no columns of Polytomic's own are added.
        policies: Ids of the permission policies; left out: kept as they are.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        cancel_running: True: deleting cancels what runs and waits for its end.
        adopt: True: take over the bulk sync that is there already and is the same thing
            (both connections and name), where there is exactly one.
        adopt_id: Take over the bulk sync of this id.
        opts: Pulumi's resource options; `import_`, `provider` and
            `delete_before_replace=False` are refused.

    Source: `POST /api/bulk/syncs`, `GET`, `PUT` and `DELETE /api/bulk/syncs/{id}`, `GET` and `PUT
    /api/bulk/syncs/{id}/schemas/{schema_id}`.
    """

    source_connection_id: pulumi.Output[str]
    destination_connection_id: pulumi.Output[str]
    destination_configuration: pulumi.Output[dict[str, Any]]
    source_configuration: pulumi.Output[dict[str, Any] | None]
    schemas: pulumi.Output[list[Any] | None]
    name: pulumi.Output[str]
    mode: pulumi.Output[str | None]
    default_schedule: pulumi.Output[dict[str, Any] | None]
    additional_schedules: pulumi.Output[list[dict[str, Any]] | None]
    active: pulumi.Output[bool | None]
    automatically_add_new_fields: pulumi.Output[str | None]
    automatically_add_new_objects: pulumi.Output[str | None]
    normalize_names: pulumi.Output[str | None]
    concurrency_limit: pulumi.Output[int | None]
    resync_concurrency_limit: pulumi.Output[int | None]
    data_cutoff_timestamp: pulumi.Output[str | None]
    disable_record_timestamps: pulumi.Output[bool | None]
    policies: pulumi.Output[list[str] | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    cancel_running: pulumi.Output[bool | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    default_schedule_id: pulumi.Output[str | None]
    """Id of its default schedule, which stays the same."""

    def __init__(
        self,
        resource_name: str,
        *,
        source_connection_id: ConnectionLike,
        destination_connection_id: ConnectionLike,
        destination_configuration: Mapping[str, Any] | pulumi.Output[Any],
        source_configuration: Mapping[str, Any] | pulumi.Output[Any] | None = None,
        schemas: Sequence[str | BulkSchemaArgs] | pulumi.Output[Any] | None = None,
        name: pulumi.Input[str] | None = None,
        mode: pulumi.Input[BulkMode] | None = None,
        default_schedule: BulkScheduleArgs | pulumi.Output[Any] | None = None,
        additional_schedules: Sequence[AdditionalScheduleArgs] | pulumi.Output[Any] | None = None,
        active: pulumi.Input[bool] | None = None,
        automatically_add_new_fields: pulumi.Input[Discover] | None = None,
        automatically_add_new_objects: pulumi.Input[Discover] | None = None,
        normalize_names: pulumi.Input[Literal["enabled", "disabled", "legacy"]] | None = None,
        concurrency_limit: pulumi.Input[int] | None = None,
        resync_concurrency_limit: pulumi.Input[int] | None = None,
        data_cutoff_timestamp: pulumi.Input[str] | None = None,
        disable_record_timestamps: pulumi.Input[bool] | None = None,
        policies: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        cancel_running: pulumi.Input[bool] = False,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        self._declare(
            resource_name,
            {
                "source_connection_id": source_connection_id,
                "destination_connection_id": destination_connection_id,
                "destination_configuration": destination_configuration,
                "source_configuration": source_configuration,
                "schemas": schemas,
                "name": name,
                "mode": mode,
                "default_schedule": default_schedule,
                "additional_schedules": additional_schedules,
                "active": active,
                "automatically_add_new_fields": automatically_add_new_fields,
                "automatically_add_new_objects": automatically_add_new_objects,
                "normalize_names": normalize_names,
                "concurrency_limit": concurrency_limit,
                "resync_concurrency_limit": resync_concurrency_limit,
                "data_cutoff_timestamp": data_cutoff_timestamp,
                "disable_record_timestamps": disable_record_timestamps,
                "policies": policies,
                "organization_id": organization_id,
                "account": account,
                "cancel_running": cancel_running or None,
                "adopt": adopt or None,
                "adopt_id": adopt_id,
            },
            opts,
        )
