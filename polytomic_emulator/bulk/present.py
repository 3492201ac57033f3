"""How bulk syncs, their schemas, schedules and executions look in replies.

Source: `BulkSyncResponse`, `BulkSchema`, `BulkSchemaListItem`, `BulkBulkSyncSchedule` and
`BulkSyncExecution` of the official Python package.
"""

from typing import Any

from polytomic_emulator.bulk.documents import (
    BulkExecution,
    BulkField,
    BulkSchedule,
    BulkSchema,
    BulkSync,
)
from polytomic_emulator.bulk.naming import field_name, history_name, output_name
from polytomic_emulator.bulk.services import destination_keys, source_keys, with_defaults
from polytomic_emulator.http.present import (
    address,
    composed,
    floats,
    in_order,
    present_policies,
    with_server_keys,
    without_absent,
)
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.schedules import PARTS


def present_bulk_sync(
    sync: BulkSync, types: tuple[str, str], behaviour: Behaviour, *, old: bool = False
) -> dict[str, Any]:
    """A bulk sync, without its schemas. types: of its source and of its destination.

    old: to a caller of API 2024-02-08, where the one schedule is `schedule`.
    """
    keys = (source_keys(types[0]), destination_keys(types[1]))
    own = (sync.source_configuration, sync.destination_configuration)
    filled = own
    if behaviour.fill_defaults:
        filled = (with_defaults(keys[0], own[0]), with_defaults(keys[1], own[1]))
    source, target = (_configuration(one, behaviour) for one in filled)
    shown: dict[str, Any] = {
        "id": sync.id,
        "name": sync.name,
        "organization_id": sync.workspace_id,
        "source_connection_id": sync.source_connection_id,
        "source_configuration": source,
        "destination_connection_id": sync.destination_connection_id,
        "destination_configuration": target,
        "mode": sync.mode,
        "active": sync.active,
        "disable_record_timestamps": sync.disable_record_timestamps,
        "automatically_add_new_fields": sync.automatically_add_new_fields,
        "automatically_add_new_objects": sync.automatically_add_new_objects,
        "normalize_names": sync.normalize_names,
        "concurrency_limit": sync.concurrency_limit,
        "resync_concurrency_limit": sync.resync_concurrency_limit,
        "data_cutoff_timestamp": sync.data_cutoff_timestamp,
        "policies": present_policies(sync.policies, behaviour),
        "created_at": sync.created_at,
        "created_by": sync.created_by,
        "updated_at": sync.updated_at,
        "updated_by": sync.created_by,
    }
    default = present_schedule(sync.default_schedule, behaviour)
    if old:
        shown["schedule"] = default
        shown["discover"] = sync.automatically_add_new_objects != "none"
    else:
        shown["default_schedule"] = default
        shown["additional_schedules"] = [
            _additional(one, behaviour)
            for one in in_order(sync.additional_schedules, behaviour.list_order, lambda one: one.id)
        ]
    return composed(without_absent(shown, behaviour), behaviour)


def _configuration(configuration: dict[str, Any], behaviour: Behaviour) -> Any:
    shown = with_server_keys(configuration, behaviour)
    return floats(shown) if behaviour.numbers == "float" else shown


def present_schedule(schedule: BulkSchedule, behaviour: Behaviour) -> dict[str, Any]:
    """A schedule in the keys of a bulk sync."""
    parts = {part: getattr(schedule, part) for part in PARTS}
    if behaviour.schedule_parts == "empty":
        parts = {part: text or "" for part, text in parts.items()}
    elif behaviour.schedule_parts == "absent":
        parts = {part: text for part, text in parts.items() if text is not None}
    times = {"created_at": schedule.created_at, "updated_at": schedule.updated_at}
    return {"id": schedule.id, "frequency": schedule.frequency, **parts, **times}


def _additional(schedule: BulkSchedule, behaviour: Behaviour) -> dict[str, Any]:
    more = {"selective_mode": schedule.selective_mode, "resync_mode": schedule.resync_mode}
    shown = present_schedule(schedule, behaviour) | {"schemas": schedule.schemas}
    return shown | without_absent(more, behaviour)


def present_camel_schedule(sync: BulkSync, schedule: BulkSchedule) -> dict[str, Any]:
    """A schedule in the keys of `/api/bulk/syncs/{id}/schedules`."""
    shown = {
        "id": schedule.id,
        "syncId": sync.id,
        "isDefault": schedule.id == sync.default_schedule.id,
        "frequency": schedule.frequency,
        "minute": schedule.minute,
        "hour": schedule.hour,
        "dayOfWeek": schedule.day_of_week,
        "dayOfMonth": schedule.day_of_month,
        "month": schedule.month,
        "schemas": schedule.schemas,
        "selectiveMode": schedule.selective_mode,
        "syncMode": schedule.resync_mode,
        "createdAt": schedule.created_at,
        "updatedAt": schedule.updated_at,
    }
    return {key: value for key, value in shown.items() if value is not None}


def present_schema(
    sync: BulkSync, schema: BulkSchema, behaviour: Behaviour, *, whole: bool
) -> dict[str, Any]:
    """A schema; the list shows neither its fields nor its filters."""
    history = history_name(sync, schema) if schema.history_enabled else None
    shown: dict[str, Any] = {
        "id": schema.id,
        "enabled": schema.enabled,
        "output_name": output_name(sync, schema),
        "user_output_name": schema.user_output_name,
        "partition_key": schema.partition_key,
        "tracking_field": schema.tracking_field,
        "data_cutoff_timestamp": schema.data_cutoff_timestamp,
        "disable_data_cutoff": schema.disable_data_cutoff,
        "history_enabled": schema.history_enabled,
        "destination_history_output_name": history,
    }
    if whole:
        fields = in_order(schema.fields, behaviour.list_order, lambda one: one.id)
        shown["fields"] = [_field(sync, one, behaviour) for one in fields]
        shown["filters"] = [
            without_absent(
                {"field_id": one.field_id, "function": one.function, "value": one.value}, behaviour
            )
            for one in schema.filters
        ]
    return composed(without_absent(shown, behaviour), behaviour)


def _field(sync: BulkSync, field: BulkField, behaviour: Behaviour) -> dict[str, Any]:
    shown = {
        "id": field.id,
        "enabled": field.enabled,
        "obfuscated": field.obfuscated,
        "output_name": field_name(sync, field),
        "user_output_name": field.user_output_name,
    }
    return without_absent(shown, behaviour)


def present_execution(execution: BulkExecution, now: float, behaviour: Behaviour) -> dict[str, Any]:
    """An execution with what it did to each schema."""
    status = execution.status_at(now)
    started = stamp_of(execution.begun_seconds) if status != "created" else None
    request = execution.request
    times = {"created_at": execution.created_at, "updated_at": execution.updated_at}
    times |= {"started_at": started, "completed_at": execution.completed_at}
    truncates = {"rebuild": "rebuild", "resync": "truncate"}
    shown = {
        "id": execution.id,
        "type": execution.type,
        "status": status,
        "status_message": execution.status_message,
        "fetch_mode": request.fetch_mode or ("full" if request.resync_mode else "incremental"),
        "is_partial": bool(request.schemas),
        "is_resync": request.resync_mode is not None,
        "is_test": request.test,
        "output_disposition": truncates.get(request.resync_mode or "", "retain"),
        "record_count": sum(one.record_count for one in execution.schemas),
        "error_count": sum(one.error_count for one in execution.schemas),
        "warning_count": 0,
        "schemas": [
            without_absent(
                {
                    "schema": one.schema,
                    "output_name": one.output_name,
                    "status": one.status if execution.ended or one.status != "created" else status,
                    "status_message": one.status_message,
                    "record_count": one.record_count,
                    "error_count": one.error_count,
                    "warning_count": 0,
                    **times,
                },
                behaviour,
            )
            for one in execution.schemas
        ],
        "version": "emulator",
        **times,
    }
    return without_absent(shown, behaviour)


def present_error_handling(sync: BulkSync, behaviour: Behaviour) -> dict[str, Any]:
    """Whom its failures are told to, and when it fails; a threshold that is not set is null."""
    found = sync.error_handling
    return {
        "subscribers": [address(one, behaviour) for one in found.subscribers],
        "ingestion_failure_threshold": found.ingestion_failure_threshold,
    }
