"""Bulk syncs on the wire (`/api/bulk/syncs`): requests, and replies about them."""

from typing import Annotated

from pydantic import Field, JsonValue

from polytomic_provider.api.wire import Moment, ReplyObject, Request
from polytomic_provider.api.wire.execution import BulkExecution
from polytomic_provider.api.wire.spellings import BareId, NoNulls, Text


class BulkScheduleRequest(Request):
    """When a bulk sync runs, in UTC; `id`: of the schedule that stays the same one."""

    frequency: str
    id: str | None = None
    minute: str | None = None
    hour: str | None = None
    day_of_week: str | None = None
    day_of_month: str | None = None
    month: str | None = None


class AdditionalScheduleRequest(BulkScheduleRequest):
    """A schedule for some schemas, or with a mode of its own."""

    schemas: list[str] | None = None
    selective_mode: str | None = None
    resync_mode: str | None = None


class BulkFilterRequest(Request):
    """A condition on the rows that are read."""

    field_id: str
    function: str
    value: JsonValue = None


class SchemaFieldSelection(Request):
    """A field of a schema, as requests about the whole bulk sync have it."""

    id: str
    enabled: bool | None = None
    obfuscate: bool | None = None
    user_output_name: str | None = None


class SchemaFieldUpdate(Request):
    """A field of a schema, as requests about one schema have it."""

    id: str
    enabled: bool | None = None
    obfuscated: bool | None = None
    user_output_name: str | None = None


class _SchemaSettings(Request):
    enabled: bool | None = None
    filters: list[BulkFilterRequest] | None = None
    partition_key: str | None = None
    tracking_field: str | None = None
    data_cutoff_timestamp: str | None = None
    disable_data_cutoff: bool | None = None
    history_enabled: bool | None = None
    user_output_name: str | None = None


class SchemaConfiguration(_SchemaSettings):
    """A schema in `POST /api/bulk/syncs` and `PUT /api/bulk/syncs/{id}`."""

    id: str
    fields: list[SchemaFieldSelection] | None = None


class SchemaUpdate(_SchemaSettings):
    """Body of `PUT /api/bulk/syncs/{id}/schemas/{schema_id}`."""

    fields: list[SchemaFieldUpdate] | None = None


class BulkSyncRequest(Request):
    """Body of `POST /api/bulk/syncs` and `PUT /api/bulk/syncs/{id}`.

    PUT replaces the bulk sync in full, save that it leaves `schemas` as they are without the key.
    """

    name: str
    source_connection_id: str
    destination_connection_id: str
    destination_configuration: dict[str, JsonValue] = Field(repr=False)
    default_schedule: BulkScheduleRequest
    source_configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    mode: str | None = None
    additional_schedules: list[AdditionalScheduleRequest] | None = None
    schemas: list[SchemaConfiguration] | None = None
    active: bool | None = None
    automatically_add_new_fields: str | None = None
    automatically_add_new_objects: str | None = None
    normalize_names: str | None = None
    concurrency_limit: int | None = None
    resync_concurrency_limit: int | None = None
    data_cutoff_timestamp: str | None = None
    disable_record_timestamps: bool | None = None
    policies: list[str] | None = None
    organization_id: str | None = None


class BulkScheduleReply(ReplyObject):
    """When a bulk sync runs; parts that are not used may be null or empty."""

    id: str | None = None
    frequency: str | None = None
    minute: Text = None
    hour: Text = None
    day_of_week: Text = None
    day_of_month: Text = None
    month: Text = None
    schemas: Annotated[list[str] | None, NoNulls] = None
    selective_mode: str | None = None
    resync_mode: str | None = None


class BulkFilterReply(ReplyObject):
    """A condition on the rows that are read."""

    field_id: str | None = None
    function: str | None = None
    value: JsonValue = None


class BulkFieldReply(ReplyObject):
    """A field of a schema."""

    id: str | None = None
    enabled: bool | None = None
    obfuscated: bool | None = None
    output_name: str | None = None
    user_output_name: str | None = None


class BulkSchemaReply(ReplyObject):
    """A schema of a bulk sync; the list shows neither its fields nor its filters."""

    id: str | None = None
    enabled: bool | None = None
    fields: Annotated[list[Annotated[BulkFieldReply, BareId]] | None, NoNulls] = None
    filters: Annotated[list[BulkFilterReply] | None, NoNulls] = None
    output_name: str | None = None
    user_output_name: str | None = None
    partition_key: str | None = None
    tracking_field: str | None = None
    data_cutoff_timestamp: Text = None
    disable_data_cutoff: bool | None = None
    history_enabled: bool | None = None


class BulkSyncReply(ReplyObject):
    """A bulk sync as replies show it.

    `schemas` are no part of any reply: whoever reads them one by one puts them here.
    """

    id: str
    name: str | None = None
    organization_id: str | None = None
    source_connection_id: str | None = None
    source_configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    destination_connection_id: str | None = None
    destination_configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    mode: str | None = None
    active: bool | None = None
    default_schedule: BulkScheduleReply | None = None
    additional_schedules: Annotated[list[BulkScheduleReply] | None, NoNulls] = None
    automatically_add_new_fields: str | None = None
    automatically_add_new_objects: str | None = None
    normalize_names: str | None = None
    concurrency_limit: int | None = None
    resync_concurrency_limit: int | None = None
    data_cutoff_timestamp: Text = None
    disable_record_timestamps: bool | None = None
    policies: list[str] | None = None
    created_at: Moment = None
    updated_at: Moment = None
    schemas: list[BulkSchemaReply] | None = None


class BulkSyncStatus(ReplyObject):
    """The run that goes on, the last one that ended, and when the next one begins."""

    current_execution: BulkExecution | None = None
    last_execution: BulkExecution | None = None
    next_execution_time: Moment = None


class BulkSourceField(ReplyObject):
    """A field of a source object."""

    id: str | None = None
    name: str | None = None
    type: str | None = None
    is_primary_key: bool | None = None
    source_primary_key: bool | None = None
    primary_key_override: bool | None = None
    user_managed: bool | None = None


class BulkSourceSchema(ReplyObject):
    """A source object; `fields` where they were asked for."""

    id: str | None = None
    name: str | None = None
    fields: Annotated[list[BulkSourceField] | None, NoNulls] = None


class BulkSource(ReplyObject):
    """What a connection offers as a source (`GET /api/connections/{id}/bulksync/source`)."""

    configuration: JsonValue = None
    schemas: Annotated[list[BulkSourceSchema] | None, NoNulls] = None


class BulkMode(ReplyObject):
    """A mode that a destination offers."""

    id: str | None = None
    label: str | None = None
    description: str | None = None


class BulkDestination(ReplyObject):
    """What a connection takes as a destination (`GET /api/connections/{id}/bulksync/target`)."""

    configuration: dict[str, JsonValue] | None = None
    modes: Annotated[list[Annotated[BulkMode, BareId]] | None, NoNulls] = None
    supported_resync_modes: list[str] | None = None
    supports_history_mode: bool | None = None
