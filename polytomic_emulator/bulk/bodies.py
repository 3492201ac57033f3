"""Reads the bodies of requests about bulk syncs; what the values may be is for the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from polytomic_emulator.bulk.documents import (
    FETCH,
    RESYNC,
    BulkField,
    BulkFilter,
    BulkStart,
)
from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.reading import Reader


@dataclass(frozen=True)
class ScheduleRequest:
    """A schedule as a request has it; `id`: of the one that it replaces."""

    path: str
    frequency: str
    id: str | None = None
    minute: str | None = None
    hour: str | None = None
    day_of_week: str | None = None
    day_of_month: str | None = None
    month: str | None = None
    schemas: tuple[str, ...] = ()
    selective_mode: str | None = None
    resync_mode: str | None = None


@dataclass(frozen=True)
class SchemaRequest:
    """A schema as a request has it; `sent`: the keys that it has."""

    path: str
    id: str
    sent: frozenset[str] = frozenset()
    enabled: bool = True
    fields: tuple[BulkField, ...] | None = None
    filters: tuple[BulkFilter, ...] = ()
    partition_key: str | None = None
    tracking_field: str | None = None
    data_cutoff_timestamp: str | None = None
    disable_data_cutoff: bool = False
    history_enabled: bool = False
    user_output_name: str | None = None


@dataclass(frozen=True)
class BulkRequest:
    """The body of `POST /api/bulk/syncs` and of its PUT. schemas: None where there are none."""

    name: str
    source_connection_id: str
    destination_connection_id: str
    destination_configuration: dict[str, Any]
    source_configuration: dict[str, Any]
    default_schedule: ScheduleRequest
    additional_schedules: tuple[ScheduleRequest, ...]
    schemas: tuple[SchemaRequest, ...] | None
    mode: str | None
    active: bool
    disable_record_timestamps: bool
    automatically_add_new_fields: str | None
    automatically_add_new_objects: str | None
    normalize_names: str | None
    concurrency_limit: int | None
    resync_concurrency_limit: int | None
    data_cutoff_timestamp: str | None
    policies: list[str]


def read_bulk_sync(body: Reader) -> BulkRequest:
    """The body of POST and PUT. Raises BadRequest."""
    if not body.has("destination_configuration"):
        raise body.wrong("destination_configuration", "is required")
    schemas = items(body, "schemas", read_schema)
    return BulkRequest(
        name=body.required_text("name"),
        source_connection_id=body.required_text("source_connection_id"),
        destination_connection_id=body.required_text("destination_connection_id"),
        destination_configuration=body.object("destination_configuration"),
        source_configuration=body.object("source_configuration"),
        default_schedule=_default_schedule(body),
        additional_schedules=tuple(body.each("additional_schedules", read_schedule)),
        schemas=tuple(schemas) or None,
        mode=body.text("mode"),
        active=body.flag("active"),
        disable_record_timestamps=body.flag("disable_record_timestamps"),
        automatically_add_new_fields=body.text("automatically_add_new_fields"),
        automatically_add_new_objects=body.text("automatically_add_new_objects"),
        normalize_names=body.text("normalize_names"),
        # The Terraform provider sends 0 for no limit.
        concurrency_limit=body.integer("concurrency_limit") or None,
        resync_concurrency_limit=body.integer("resync_concurrency_limit") or None,
        data_cutoff_timestamp=body.text("data_cutoff_timestamp"),
        policies=body.texts("policies"),
    )


def _default_schedule(body: Reader) -> ScheduleRequest:
    found = read_schedule(body.required_inner("default_schedule"))
    if found.schemas or found.selective_mode or found.resync_mode:
        raise body.wrong("default_schedule", "is for every schema: it names none and has no modes")
    return found


def read_schedule(found: Reader) -> ScheduleRequest:
    """A schedule in the keys of a bulk sync."""
    return ScheduleRequest(
        path=found.path,
        frequency=found.required_text("frequency"),
        id=found.text("id"),
        schemas=tuple(found.texts("schemas")),
        selective_mode=found.text("selective_mode"),
        resync_mode=found.text("resync_mode"),
        minute=found.text("minute"),
        hour=found.text("hour"),
        day_of_week=found.text("day_of_week"),
        day_of_month=found.text("day_of_month"),
        month=found.text("month"),
    )


def read_camel_schedule(found: Reader) -> ScheduleRequest:
    """A schedule in the keys of `/api/bulk/syncs/{id}/schedules`."""
    return ScheduleRequest(
        path=found.path,
        frequency=found.required_text("frequency"),
        selective_mode=found.text("selectiveMode"),
        minute=found.text("minute"),
        hour=found.text("hour"),
        day_of_week=found.text("dayOfWeek"),
        day_of_month=found.text("dayOfMonth"),
        month=found.text("month"),
    )


def items(body: Reader, key: str, read: Any) -> list[Any]:
    """A list whose items are texts or objects; a text stands for `{"id": text}`."""
    given = body.any(key)
    if given is None:
        return []
    if not isinstance(given, list):
        raise body.wrong(key, "must be a list")
    found: list[Any] = []
    for position, one in enumerate(cast("list[Any]", given)):
        path = body.at(f"{key}[{position}]")
        whole = {"id": one} if isinstance(one, str) else one
        if not isinstance(whole, dict):
            raise BadRequest(f"{path} must be a string or an object", field=path)
        found.append(read(Reader(cast("dict[str, Any]", whole), path)))
    return found


def read_schema(found: Reader) -> SchemaRequest:
    """A schema as POST and PUT of a bulk sync and PATCH of its schemas have it."""
    return schema_of(found, found.required_text("id"))


def schema_of(found: Reader, schema_id: str) -> SchemaRequest:
    """A schema whose id stands elsewhere."""
    keys = ("enabled", "fields", "filters", "partition_key", "tracking_field", "history_enabled")
    more = ("data_cutoff_timestamp", "disable_data_cutoff", "user_output_name")
    fields = items(found, "fields", _field)
    return SchemaRequest(
        path=found.path,
        id=schema_id,
        sent=frozenset(key for key in (*keys, *more) if found.has(key)),
        enabled=found.flag("enabled", default=True),
        # An empty list is documented to enable every field.
        fields=tuple(fields) or None,
        filters=tuple(found.each("filters", _filter)),
        partition_key=found.text("partition_key") or None,
        tracking_field=found.text("tracking_field") or None,
        data_cutoff_timestamp=found.text("data_cutoff_timestamp") or None,
        disable_data_cutoff=found.flag("disable_data_cutoff"),
        history_enabled=found.flag("history_enabled"),
        user_output_name=found.text("user_output_name") or None,
    )


def _field(found: Reader) -> BulkField:
    """A field; requests of a sync say `obfuscate`, those of a schema say `obfuscated`."""
    return BulkField(
        id=found.required_text("id"),
        enabled=found.flag("enabled", default=True),
        obfuscated=found.flag("obfuscate") or found.flag("obfuscated"),
        user_output_name=found.text("user_output_name") or None,
    )


def _filter(found: Reader) -> BulkFilter:
    return BulkFilter(
        function=found.required_text("function"),
        field_id=found.text("field_id"),
        value=found.any("value"),
    )


def read_bulk_start(body: Reader) -> BulkStart:
    """The body of starting a bulk sync. Raises BadRequest."""
    if body.has("resync"):
        raise body.wrong("resync", "is no longer accepted; send resync_mode")
    asked = BulkStart(
        schemas=body.texts("schemas"),
        resync_mode=one_of(body, "resync_mode", RESYNC),
        fetch_mode=one_of(body, "fetch_mode", FETCH),
        test=body.flag("test"),
    )
    if asked.test and asked.resync_mode:
        raise body.wrong("test", "and resync_mode exclude each other")
    return asked


def one_of(body: Reader, key: str, known: Sequence[str]) -> str | None:
    """A text out of a few, or None. Raises BadRequest."""
    value = body.text(key)
    if value is not None and value not in known:
        raise body.wrong(key, f"{value!r} is not known", known_values=list(known))
    return value
