"""Bulk syncs: create, read, change, delete, and the rules about them.

Values that a rule refuses are 400: POST and PUT both declare it. A source that cannot be looked at
yet is 422 at creation, which is what the official Terraform provider waits for.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from polytomic_emulator.bulk.bodies import BulkRequest, ScheduleRequest, SchemaRequest
from polytomic_emulator.bulk.documents import (
    DISCOVER,
    NORMALIZE,
    SCHEDULED_RESYNC,
    SELECTIVE,
    BulkErrorHandling,
    BulkField,
    BulkSchedule,
    BulkSchema,
    BulkSync,
    sync_from,
)
from polytomic_emulator.bulk.services import Destination, Keys, destination_of, source_keys
from polytomic_emulator.errors import ApiError, BadRequest, NotFound, Unprocessable
from polytomic_emulator.state import schedules
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.connections import Connections
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.discovery import Refusal, source_catalog_for
from polytomic_emulator.state.identifiers import Identifiers
from polytomic_emulator.state.schedule_times import next_time
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_provider.facts.functions import FILTER_FUNCTIONS

CONTINUOUS = "continuous"
FREQUENCIES = tuple(one for one in schedules.FREQUENCIES if one not in ("runafter", "dbtcloud"))
"""A schedule of a bulk sync has no keys for what runs before it."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")

Objects = Mapping[str, CatalogObject]


@dataclass(frozen=True)
class _Write:
    """What a request becomes, before it is stored."""

    request: BulkRequest
    before: BulkSync | None
    source: Connection
    destination: Connection


class BulkSyncs:
    """Every bulk sync, and when each of its schedules is due next."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        identifiers: Identifiers,
        connections: Connections,
        caches: SchemaCaches,
    ) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers
        self._connections = connections
        self._caches = caches

    def all(self) -> list[BulkSync]:
        """Every bulk sync, oldest first."""
        return self._many("ORDER BY position")

    def of(self, workspace_id: str) -> list[BulkSync]:
        """Those of a workspace, oldest first."""
        return self._many("WHERE workspace_id = ? ORDER BY position", workspace_id)

    def get(self, sync_id: str, workspace_id: str | None = None) -> BulkSync:
        """One bulk sync. Raises NotFound also when another workspace owns it."""
        found = self._many("WHERE id = ?", sync_id)
        if not found or workspace_id not in (None, found[0].workspace_id):
            raise NotFound("bulk sync not found")
        return found[0]

    def _many(self, where: str, *values: str) -> list[BulkSync]:
        with self._database.transaction() as rows:
            query = f"SELECT document FROM bulk_syncs {where}"  # noqa: S608
            found = rows.execute(query, values).fetchall()
        return [sync_from(row["document"]) for row in found]

    def create(
        self, workspace_id: str, request: BulkRequest, actor: dict[str, str], behaviour: Behaviour
    ) -> BulkSync:
        """Make a bulk sync."""
        write = self._write(workspace_id, request, None)
        objects = self._objects(write.source, behaviour, Unprocessable)
        now = self._clock.stamp()
        made = self._built(write, self._identifiers.uuid(), workspace_id, now, actor)
        asked = {one.id: one for one in request.schemas or ()}
        chosen = [
            _with(
                _new_schema(found, enabled=request.schemas is None),
                found,
                asked.get(name),
                kept=(*_KEPT, "tracking_field"),
            )
            for name, found in objects.items()
        ]
        made = replace(made, schemas=chosen)
        self.check(made, objects, behaviour)
        _check_known([one.id for one in request.schemas or ()], objects, "schemas")
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO bulk_syncs (id, workspace_id, document) VALUES (?, ?, ?)",
                (made.id, workspace_id, json.dumps(asdict(made))),
            )
        self._note_schedules(None, made)
        return made

    def update(
        self, sync_id: str, workspace_id: str, request: BulkRequest, behaviour: Behaviour
    ) -> BulkSync:
        """Replace it in full. Without `schemas` these stay; with them the others are disabled."""
        before = self.get(sync_id, workspace_id)
        write = self._write(workspace_id, request, before)
        changed = self._built(write, before.id, workspace_id, before.created_at, before.created_by)
        objects: Objects | None = None
        if request.schemas is not None:
            objects = self._objects(write.source, behaviour, BadRequest)
            _check_known([one.id for one in request.schemas], objects, "schemas")
            asked = {one.id: one for one in request.schemas}
            there = self.schemas_of(before, objects)
            chosen = [
                _with(replace(one, enabled=False), objects[one.id], asked.get(one.id), kept=_KEPT)
                for one in there
            ]
            changed = replace(changed, schemas=chosen)
        self.check(changed, objects, behaviour)
        return self.store(changed)

    def _write(self, workspace_id: str, request: BulkRequest, before: BulkSync | None) -> _Write:
        source = self._connection(workspace_id, request, "source_connection_id")
        destination = self._connection(workspace_id, request, "destination_connection_id")
        if before is not None:
            for key in ("source_connection_id", "destination_connection_id"):
                if getattr(request, key) != getattr(before, key):
                    raise BadRequest(f"{key} of a bulk sync cannot change", field=key)
        return _Write(request, before, source, destination)

    def _connection(self, workspace_id: str, request: BulkRequest, key: str) -> Connection:
        try:
            return self._connections.get(getattr(request, key), workspace_id)
        except NotFound:
            raise BadRequest(f"{key}: there is no such connection", field=key) from None

    def _built(
        self, write: _Write, sync_id: str, workspace_id: str, created_at: str, actor: dict[str, str]
    ) -> BulkSync:
        request, before = write.request, write.before
        destination = destination_of(write.destination.type)
        modes = destination.modes if destination else ("replicate",)
        known = {one.id: one for one in before.schedules} if before else {}
        default = before.default_schedule if before else None
        return BulkSync(
            id=sync_id,
            workspace_id=workspace_id,
            name=request.name,
            source_connection_id=request.source_connection_id,
            destination_connection_id=request.destination_connection_id,
            mode=request.mode or modes[0],
            default_schedule=self._schedule(request.default_schedule, default),
            additional_schedules=[
                self._schedule(one, known.get(one.id or "")) for one in request.additional_schedules
            ],
            created_at=created_at,
            created_by=actor,
            updated_at=self._clock.stamp(),
            source_configuration=request.source_configuration,
            destination_configuration=request.destination_configuration,
            schemas=before.schemas if before else [],
            active=request.active,
            disable_record_timestamps=request.disable_record_timestamps,
            automatically_add_new_fields=request.automatically_add_new_fields or "all",
            automatically_add_new_objects=request.automatically_add_new_objects or "none",
            normalize_names=request.normalize_names or "enabled",
            concurrency_limit=request.concurrency_limit,
            resync_concurrency_limit=request.resync_concurrency_limit,
            data_cutoff_timestamp=request.data_cutoff_timestamp or None,
            policies=request.policies,
            error_handling=before.error_handling if before else BulkErrorHandling(),
            marks=before.marks if before else {},
        )

    def _schedule(self, request: ScheduleRequest, before: BulkSchedule | None) -> BulkSchedule:
        """The schedule; without the id of an existing one it is a new one."""
        now = self._clock.stamp()
        same = before if before is not None and request.id == before.id else None
        return BulkSchedule(
            id=same.id if same else self._identifiers.uuid(),
            frequency=request.frequency,
            created_at=same.created_at if same else now,
            updated_at=now,
            minute=request.minute,
            hour=request.hour,
            day_of_week=request.day_of_week,
            day_of_month=request.day_of_month,
            month=request.month,
            schemas=list(request.schemas),
            selective_mode=request.selective_mode,
            resync_mode=request.resync_mode,
        )

    def change_schedules(self, sync: BulkSync, additional: Sequence[BulkSchedule]) -> BulkSync:
        """Set the schedules beside the default one. Raises BadRequest."""
        changed = replace(
            sync, additional_schedules=list(additional), updated_at=self._clock.stamp()
        )
        _check_schedules(changed, None)
        return self.store(changed)

    def schedule(self, request: ScheduleRequest, before: BulkSchedule | None) -> BulkSchedule:
        """A schedule out of a request; with `before` that one, changed."""
        known = replace(request, id=before.id) if before else request
        made = self._schedule(known, before)
        if before is None:
            return made
        return replace(made, schemas=before.schemas, resync_mode=before.resync_mode)

    def change_schemas(
        self,
        sync: BulkSync,
        requests: Sequence[SchemaRequest],
        behaviour: Behaviour,
        *,
        partial: bool,
    ) -> BulkSync:
        """Change some schemas, key by key where `partial`, else each in full."""
        source = self._connections.get(sync.source_connection_id)
        objects = self._objects(source, behaviour, BadRequest)
        _check_known([one.id for one in requests], objects, "schemas")
        asked = {one.id: one for one in requests}
        there = self.schemas_of(sync, objects)
        kept = _OPTIONAL if partial else _KEPT
        chosen = [_with(one, objects[one.id], asked.get(one.id), kept=kept) for one in there]
        changed = replace(sync, schemas=chosen, updated_at=self._clock.stamp())
        self.check(changed, objects, behaviour)
        return self.store(changed)

    def shown_schemas(self, sync: BulkSync, behaviour: Behaviour) -> list[BulkSchema]:
        """The schemas as they are now, with what the source has gained since."""
        try:
            source = self._connections.get(sync.source_connection_id)
            objects = self._objects(source, behaviour, BadRequest)
        except ApiError:
            return sync.schemas
        return self.schemas_of(sync, objects)

    def schema(self, sync: BulkSync, schema_id: str, behaviour: Behaviour) -> BulkSchema:
        """One schema. Raises NotFound."""
        for one in self.shown_schemas(sync, behaviour):
            if one.id == schema_id:
                return one
        raise NotFound("schema not found", field="schema_id")

    def schemas_of(self, sync: BulkSync, objects: Objects) -> list[BulkSchema]:
        """The schemas of a sync for what the source has."""
        stored = {one.id: one for one in sync.schemas}
        adds_fields = sync.automatically_add_new_fields
        adds_objects = sync.automatically_add_new_objects
        found: list[BulkSchema] = []
        for name, known in objects.items():
            before = stored.get(name)
            if before is None:
                found.append(_new_schema(known, enabled=_adds(adds_objects, known)))
                continue
            fields = {one.id: one for one in before.fields if one.id in known.fields}
            for field_id in known.fields:
                fields.setdefault(field_id, BulkField(field_id, _adds(adds_fields, known)))
            found.append(replace(before, fields=[fields[one] for one in known.fields]))
        return found

    def _objects(
        self, source: Connection, behaviour: Behaviour, refusal: type[ApiError]
    ) -> Objects:
        refused = Refusal(refusal, "source_connection_id")
        return source_catalog_for(self._caches, source, behaviour, refused).objects

    def check(self, sync: BulkSync, objects: Objects | None, behaviour: Behaviour) -> None:
        """Raise BadRequest for what no bulk sync can be. `objects`: of the source, if asked for."""
        if not sync.name.strip():
            raise BadRequest("name must not be empty", field="name")
        others = [one for one in self.of(sync.workspace_id) if one.id != sync.id]
        if behaviour.duplicate_names == "refuse" and sync.name in {one.name for one in others}:
            raise BadRequest("a bulk sync with this name already exists", field="name")
        source = self._connections.get(sync.source_connection_id)
        destination = self._connections.get(sync.destination_connection_id)
        takes = _check_destination(sync, destination)
        _check_keys(source_keys(source.type), sync.source_configuration, "source_configuration")
        for key, known in (
            ("automatically_add_new_fields", DISCOVER),
            ("automatically_add_new_objects", DISCOVER),
            ("normalize_names", NORMALIZE),
        ):
            _check_choice(getattr(sync, key), known, key)
        for key in ("concurrency_limit", "resync_concurrency_limit"):
            value = getattr(sync, key)
            if value is not None and not 1 <= value < 2**31:
                raise BadRequest(f"{key} must be from 1 on", field=key)
        _check_moment(sync.data_cutoff_timestamp, "data_cutoff_timestamp")
        _check_schedules(sync, objects)
        if objects is None:
            return
        for position, schema in enumerate(sync.schemas):
            _check_schema(sync, schema, objects[schema.id], takes, f"schemas[{position}]")

    def check_stored(self, sync: BulkSync, behaviour: Behaviour) -> None:
        """Raise BadRequest for what a PUT would refuse of a whole bulk sync."""
        source = self._connections.get(sync.source_connection_id)
        self.check(sync, self._objects(source, behaviour, BadRequest), behaviour)

    def activate(self, sync: BulkSync, *, active: bool) -> BulkSync:
        """Switch its schedules on or off."""
        return self.store(replace(sync, active=active, updated_at=self._clock.stamp()))

    def store(self, changed: BulkSync, *, quietly: bool = False) -> BulkSync:
        """Write a bulk sync as it is. `quietly`: its schedules have not changed."""
        before = None if quietly else self.get(changed.id)
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE bulk_syncs SET document = ? WHERE id = ?",
                (json.dumps(asdict(changed)), changed.id),
            )
        if not quietly:
            self._note_schedules(before, changed)
        return changed

    def remove(self, sync_id: str) -> None:
        """Forget a bulk sync with its executions and schedules, running or not."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM bulk_syncs WHERE id = ?", (sync_id,))

    def _note_schedules(self, before: BulkSync | None, sync: BulkSync) -> None:
        old = {one.id: one.times() for one in before.schedules} if before else {}
        switched = before is None or before.active != sync.active
        with self._database.transaction() as rows:
            for gone in old.keys() - {one.id for one in sync.schedules}:
                rows.execute("DELETE FROM bulk_timetable WHERE schedule_id = ?", (gone,))
        for one in sync.schedules:
            if switched or old.get(one.id) != one.times():
                self.set_due(sync, one, self._first_due(one) if sync.active else None)

    def _first_due(self, schedule: BulkSchedule) -> float | None:
        if schedule.frequency == CONTINUOUS:
            return self._clock.seconds()
        return self.due_after_now(schedule)

    def due_after_now(self, schedule: BulkSchedule) -> float | None:
        """The next time of a schedule that has times."""
        found = next_time(schedule.times(), datetime.fromtimestamp(self._clock.seconds(), UTC))
        return None if found is None else found.timestamp()

    def set_due(self, sync: BulkSync, schedule: BulkSchedule, seconds: float | None) -> None:
        """Set when a schedule is due; None: never."""
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO bulk_timetable VALUES (?, ?, ?)",
                (schedule.id, sync.id, seconds),
            )

    def due(self, now: float) -> list[tuple[str, str]]:
        """The syncs and schedules whose time has come, the longest due first."""
        with self._database.transaction() as rows:
            found = rows.execute(
                "SELECT sync_id, schedule_id FROM bulk_timetable WHERE due_seconds <= ?"
                " ORDER BY due_seconds, schedule_id",
                (now,),
            ).fetchall()
        return [(row["sync_id"], row["schedule_id"]) for row in found]

    def next_due(self, sync_id: str | None = None) -> float | None:
        """When a sync, or any, is due next."""
        where = "" if sync_id is None else " WHERE sync_id = ?"
        values = () if sync_id is None else (sync_id,)
        with self._database.transaction() as rows:
            query = f"SELECT min(due_seconds) AS due FROM bulk_timetable{where}"  # noqa: S608
            return rows.execute(query, values).fetchone()["due"]


def tracking_field(found: CatalogObject) -> str | None:
    """The field by which the service tells what has changed, where it has one."""
    return found.seeded("modified")


def _adds(setting: str, found: CatalogObject) -> bool:
    """Whether what the source has gained is copied without being asked for."""
    incremental = tracking_field(found) is not None
    return setting == "all" or setting == (
        "onlyIncremental" if incremental else "onlyNonIncremental"
    )


def _new_schema(found: CatalogObject, *, enabled: bool) -> BulkSchema:
    """A schema that nobody has configured: every field, and what the service tracks changes by."""
    return BulkSchema(
        id=found.id,
        enabled=enabled,
        fields=[BulkField(one) for one in found.fields],
        tracking_field=tracking_field(found),
    )


_KEPT = ("history_enabled", "user_output_name")
"""What a schema keeps when a PUT leaves it out. Source: `SchemaConfiguration`."""
_OPTIONAL = (
    *("enabled", "filters", "partition_key", "tracking_field", "data_cutoff_timestamp"),
    *("disable_data_cutoff", *_KEPT),
)


def _with(
    before: BulkSchema,
    found: CatalogObject,
    request: SchemaRequest | None,
    *,
    kept: Collection[str],
) -> BulkSchema:
    """The schema as a request has it, with what it had of `kept` where the request is silent.

    A request that names it alone selects it as it is. Without `fields` every field is enabled; of
    a list of fields those that it leaves out are not.
    """
    if request is None:
        return before
    if not request.sent:
        return replace(before, enabled=True)
    asked = {one.id: one for one in request.fields or ()}
    _check_known(list(asked), found.fields, f"{request.path}.fields" if request.path else "fields")
    fields = [asked.get(one, BulkField(one, request.fields is None)) for one in found.fields]
    values: dict[str, Any] = {
        "enabled": request.enabled,
        "filters": list(request.filters),
        "partition_key": request.partition_key,
        "tracking_field": request.tracking_field,
        "data_cutoff_timestamp": request.data_cutoff_timestamp,
        "disable_data_cutoff": request.disable_data_cutoff,
        "history_enabled": request.history_enabled,
        "user_output_name": request.user_output_name,
    }
    laid = {key: value for key, value in values.items() if key in request.sent or key not in kept}
    return replace(before, fields=fields, **laid)


def _check_known(names: Sequence[str], known: Mapping[str, Any], path: str) -> None:
    for position, name in enumerate(names):
        field = f"{path}[{position}].id"
        if name not in known:
            message = f"{field}: the source has no {name!r}"
            raise BadRequest(message, field=field, known_values=list(known))
        if name in names[:position]:
            raise BadRequest(f"{field} names {name!r} a second time", field=field)


def _check_destination(sync: BulkSync, connection: Connection) -> Destination:
    takes = destination_of(connection.type)
    if takes is None:
        raise BadRequest(
            f"{connection.kind.name} cannot be the destination of a bulk sync",
            field="destination_connection_id",
        )
    _check_choice(sync.mode, takes.modes, "mode")
    _check_keys(takes.configuration, sync.destination_configuration, "destination_configuration")
    return takes


def _check_keys(known: Keys, configuration: Mapping[str, Any], path: str) -> None:
    for key, value in configuration.items():
        if key not in known:
            field = f"{path}.{key}"
            raise BadRequest(f"{field} is not known", field=field, known_values=list(known))
        choices = known[key].get("items")
        if value is not None and choices and value not in choices:
            _check_choice(value, choices, f"{path}.{key}")
        default = known[key]["default"]
        if value is not None and type(value) is not type(default):
            kind = {str: "a string", bool: "a boolean", int: "a whole number"}[type(default)]
            raise BadRequest(f"{path}.{key} must be {kind}", field=f"{path}.{key}")
    for key, one in known.items():
        if one["required"] and configuration.get(key) in (None, ""):
            raise BadRequest(f"{path}.{key} is required", field=f"{path}.{key}")


def _check_choice(value: Any, known: Sequence[str], path: str) -> None:
    if value not in known:
        message = f"{path} {value!r} is not known"
        raise BadRequest(message, field=path, known_values=list(known))


def _check_moment(value: str | None, path: str) -> None:
    if value is not None and moment_of(value) is None:
        raise BadRequest(f"{path} must be a time such as 2024-01-31T00:00:00Z", field=path)


def moment_of(text: str) -> datetime | None:
    """A time with its zone, which is UTC where it says none; None for what is no time."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
        zoned = found if found.tzinfo else found.replace(tzinfo=UTC)
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _check_schedules(sync: BulkSync, objects: Objects | None) -> None:
    paths = ["default_schedule"]
    paths += [f"additional_schedules[{one}]" for one in range(len(sync.additional_schedules))]
    for path, one in zip(paths, sync.schedules, strict=True):
        _check_choice(one.frequency, FREQUENCIES, f"{path}.frequency")
        try:
            schedules.check(one.times(), lambda _: True)
        except Unprocessable as refusal:
            about = {
                **refusal.metadata,
                "field": refusal.metadata["field"].replace("schedule", path),
            }
            message = refusal.message.replace("schedule", path, 1)
            raise BadRequest(message, **about) from None
        for key, known in (("selective_mode", SELECTIVE), ("resync_mode", SCHEDULED_RESYNC)):
            if getattr(one, key) is not None:
                _check_choice(getattr(one, key), known, f"{path}.{key}")
        for name in one.schemas:
            if objects is not None:
                _check_choice(name, list(objects), f"{path}.schemas")


def _check_schema(
    sync: BulkSync, schema: BulkSchema, found: CatalogObject, takes: Destination, path: str
) -> None:
    for key in ("partition_key", "tracking_field"):
        value = getattr(schema, key)
        if value is not None:
            _check_choice(value, list(found.fields), f"{path}.{key}")
    for position, one in enumerate(schema.filters):
        where = f"{path}.filters[{position}]"
        _check_choice(one.function, list(FILTER_FUNCTIONS), f"{where}.function")
        _check_choice(one.field_id, list(found.fields), f"{where}.field_id")
    _check_moment(schema.data_cutoff_timestamp, f"{path}.data_cutoff_timestamp")
    if schema.history_enabled and not (takes.history and sync.mode == "replicate"):
        raise BadRequest(
            f"{path}.history_enabled needs mode replicate and a destination that keeps histories",
            field=f"{path}.history_enabled",
        )
