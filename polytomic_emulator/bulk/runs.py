"""When bulk syncs run, and what a run does: it reads rows of the source and writes them.

The decisions that Polytomic's documents leave open:
- A row with an empty part of its primary key fails, save in mode `append`, which matches no rows.
- A schema that cannot be copied fails by itself. The others are copied, and the execution fails.
- While rows of a schema fail, its next run reads all that this one has read.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from polytomic_emulator.bulk.bulk_syncs import CONTINUOUS, BulkSyncs, moment_of
from polytomic_emulator.bulk.documents import (
    BulkExecution,
    BulkField,
    BulkSchedule,
    BulkSchema,
    BulkStart,
    BulkSync,
    SchemaRun,
    Trigger,
    execution_from,
)
from polytomic_emulator.bulk.naming import (
    CREATED_AT,
    UPDATED_AT,
    field_name,
    history_name,
    object_id,
    output_name,
)
from polytomic_emulator.bulk.services import destination_keys, with_defaults
from polytomic_emulator.errors import ApiError, BadRequest, Conflict, NotFound, Unprocessable
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.connections import Connections
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.discovery import Refusal, catalog_for, source_catalog_for
from polytomic_emulator.state.execution import (
    CANCELED,
    CANCELING,
    COMPLETED,
    CREATED,
    FAILED,
    RUNNING,
)
from polytomic_emulator.state.identifiers import Identifiers
from polytomic_emulator.state.records import Records
from polytomic_emulator.state.results import Outcome, Results
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_emulator.state.schema_changes import SchemaChange
from polytomic_provider.filtering import CannotEvaluate, Condition, Filter

log = logging.getLogger("polytomic.emulator")

TEST_ROWS = 5
_REFUSAL = Refusal(Unprocessable)
Row = dict[str, Any]


@dataclass(frozen=True)
class Stores:
    """What a run reads and writes."""

    database: Database
    clock: Clock
    identifiers: Identifiers
    connections: Connections
    caches: SchemaCaches
    records: Records
    syncs: BulkSyncs
    results: Results


class BulkRuns:
    """Every execution of every bulk sync. One does its whole work in one transaction."""

    def __init__(self, stores: Stores, behaviour: Callable[[], Behaviour]) -> None:
        self._stores = stores
        self._database = stores.database
        self._clock = stores.clock
        self._behaviour = behaviour

    def of(self, sync_id: str) -> list[BulkExecution]:
        """A bulk sync's executions, newest first."""
        return self._many("WHERE sync_id = ? ORDER BY position DESC", sync_id)

    def get(self, execution_id: str, sync_id: str) -> BulkExecution:
        """One execution. Raises NotFound, also for one of another bulk sync."""
        found = self._many("WHERE id = ? AND sync_id = ?", execution_id, sync_id)
        if not found:
            raise NotFound("execution not found")
        return found[0]

    def has(self, execution_id: str) -> bool:
        """Whether there is an execution of this id."""
        return bool(self._many("WHERE id = ?", execution_id))

    def current(self, sync_id: str) -> BulkExecution | None:
        """The execution that is not over yet."""
        found = self._many("WHERE sync_id = ? AND NOT ended", sync_id)
        return found[0] if found else None

    def last_ended(self, sync_id: str) -> BulkExecution | None:
        """The newest execution that is over."""
        found = self._many("WHERE sync_id = ? AND ended ORDER BY position DESC LIMIT 1", sync_id)
        return found[0] if found else None

    def _many(self, where: str, *values: Any) -> list[BulkExecution]:
        with self._database.transaction() as rows:
            query = f"SELECT document FROM bulk_executions {where}"  # noqa: S608
            found = rows.execute(query, values).fetchall()
        return [execution_from(row["document"]) for row in found]

    def start(
        self,
        sync: BulkSync,
        request: BulkStart | None = None,
        trigger: Trigger = "manual",
        *,
        held: bool = False,
    ) -> BulkExecution:
        """Begin an execution; one that is `held` goes on until `finish`, or until it is canceled.

        Raises Conflict while another is not over, BadRequest.
        """
        request = request or BulkStart()
        running = self.current(sync.id)
        if running is not None:
            raise Conflict("the bulk sync is running already", execution_id=running.id)
        behaviour = self._behaviour()
        shown = self._stores.syncs.shown_schemas(sync, behaviour)
        enabled = {one.id: one for one in shown if one.enabled}
        for name in request.schemas:
            if name not in enabled:
                raise BadRequest(
                    f"schemas: {name!r} is not enabled", field="schemas", known_values=[*enabled]
                )
        chosen = request.schemas or list(enabled)
        held = held or behaviour.hold_runs
        now = self._clock.seconds()
        stamp = self._clock.stamp()
        made = BulkExecution(
            id=self._stores.identifiers.uuid(),
            sync_id=sync.id,
            status=RUNNING if held else CREATED,
            created_at=stamp,
            updated_at=stamp,
            begun_seconds=now,
            type=trigger,
            due_seconds=None if held else now + behaviour.run_seconds,
            request=request,
            schemas=[SchemaRun(one, output_name(sync, enabled[one])) for one in chosen],
        )
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO bulk_executions (id, sync_id, ended, next_seconds, document)"
                " VALUES (?, ?, 0, ?, ?)",
                (made.id, sync.id, made.next_seconds, json.dumps(asdict(made))),
            )
            how = "by its schedule" if trigger == "scheduled" else "by hand"
            text = f'Bulk sync "{sync.name}" was started {how}: {", ".join(chosen)}'
            self._stores.results.say(made.id, text)
        return made

    def cancel(self, execution: BulkExecution) -> BulkExecution:
        """Ask for an end; it comes a little later. One that is ending or over stays so."""
        if execution.ended or execution.status == CANCELING:
            return execution
        after = self._clock.seconds() + self._behaviour().cancel_seconds
        self._stores.results.say(execution.id, "Cancellation was requested", level="warn")
        return self._store(replace(execution, status=CANCELING, cancel_seconds=after))

    def cancel_schema(self, execution: BulkExecution, schema_id: str) -> bool:
        """Leave one schema out of an execution; whether it was still to be copied."""
        if execution.ended or schema_id not in {one.schema for one in execution.schemas}:
            return False
        runs = [
            replace(one, status=CANCELED) if one.schema == schema_id else one
            for one in execution.schemas
        ]
        self._store(replace(execution, schemas=runs))
        return True

    def finish(self, execution: BulkExecution, status: str = COMPLETED) -> BulkExecution:
        """End an execution now; `completed` does its work first, and may find that it fails."""
        if execution.ended:
            raise Unprocessable("the bulk sync is not running")
        sync = self._stores.syncs.get(execution.sync_id)
        with self._database.transaction():
            if status == COMPLETED:
                return self._worked_off(sync, execution)
            return self._over(sync, execution, status, f"The execution was ended as {status}")

    def settle(self) -> float | None:
        """Do what is due, once per schedule. Returns when more is due, in seconds since 1970."""
        begun: set[str] = set()
        attended: set[str] = set()
        with self._database.transaction():
            while True:
                now = self._clock.seconds()
                times = [one for one in self._stores.syncs.due(now) if one[1] not in begun]
                where = "WHERE next_seconds <= ? ORDER BY next_seconds, position"
                waiting = [one for one in self._many(where, now) if one.id not in attended]
                if not times and not waiting:
                    break
                for sync_id, schedule_id in times:
                    begun.add(schedule_id)
                    self._start_due(self._stores.syncs.get(sync_id), schedule_id)
                for execution in waiting:
                    attended.add(execution.id)
                    self._attend(execution)
            soonest = (self._next_seconds(), self._stores.syncs.next_due())
        return min((one for one in soonest if one is not None), default=None)

    def _next_seconds(self) -> float | None:
        with self._database.transaction() as rows:
            query = "SELECT min(next_seconds) AS due FROM bulk_executions"
            return rows.execute(query).fetchone()["due"]

    def _start_due(self, sync: BulkSync, schedule_id: str) -> None:
        """A time of a schedule has come; while the sync still runs, that time is passed over."""
        syncs = self._stores.syncs
        schedule = next(one for one in sync.schedules if one.id == schedule_id)
        continuous = schedule.frequency == CONTINUOUS
        syncs.set_due(sync, schedule, None if continuous else syncs.due_after_now(schedule))
        try:
            self.start(sync, self._scheduled(sync, schedule), "scheduled")
        except (Conflict, BadRequest) as refusal:
            log.info("bulk sync %s: a time was passed over: %s", sync.id, refusal)

    def _scheduled(self, sync: BulkSync, schedule: BulkSchedule) -> BulkStart:
        resync = None if schedule.resync_mode in (None, "normal") else schedule.resync_mode
        shown = self._stores.syncs.shown_schemas(sync, self._behaviour())
        enabled = [one.id for one in shown if one.enabled]
        return BulkStart([one for one in enabled if one in schedule.schemas], resync_mode=resync)

    def _attend(self, execution: BulkExecution) -> None:
        sync = self._stores.syncs.get(execution.sync_id)
        if execution.status == CANCELING:
            self._over(sync, execution, CANCELED, "The execution was canceled")
        else:
            self._worked_off(sync, execution)

    def _worked_off(self, sync: BulkSync, execution: BulkExecution) -> BulkExecution:
        try:
            with self._database.transaction():
                done = self._work(sync, execution)
        except (ApiError, CannotEvaluate) as refusal:
            return self._over(sync, execution, FAILED, f"The sync could not run: {refusal}")
        except Exception:
            log.exception("the emulator failed at bulk execution %s", execution.id)
            return self._over(sync, execution, FAILED, "the emulator failed; its terminal says how")
        sync = self._stores.syncs.get(sync.id)
        failed = [one.schema for one in done.schemas if one.status == FAILED]
        if failed:
            text = f"{len(failed)} of {len(done.schemas)} schemas failed"
            return self._over(sync, done, FAILED, text)
        return self._over(sync, done, COMPLETED, None)

    def _over(
        self, sync: BulkSync, execution: BulkExecution, status: str, message: str | None
    ) -> BulkExecution:
        runs = [
            one if one.status in (COMPLETED, CANCELED, FAILED) else replace(one, status=status)
            for one in execution.schemas
        ]
        level = {COMPLETED: "info", CANCELED: "warn"}.get(status, "error")
        rows = sum(one.record_count for one in runs)
        self._stores.results.say(execution.id, message or f"Completed: {rows} records", level=level)
        stamp = self._clock.stamp()
        ended = replace(
            execution,
            status=status,
            status_message=message,
            completed_at=stamp,
            updated_at=stamp,
            schemas=runs,
        )
        for one in sync.schedules if sync.active else []:
            if one.frequency == CONTINUOUS:
                rest = self._behaviour().continuous_seconds
                self._stores.syncs.set_due(sync, one, self._clock.seconds() + rest)
        return self._store(ended)

    def _store(self, execution: BulkExecution) -> BulkExecution:
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE bulk_executions SET ended = ?, next_seconds = ?, document = ? WHERE id = ?",
                (
                    execution.ended,
                    execution.next_seconds,
                    json.dumps(asdict(execution)),
                    execution.id,
                ),
            )
        return execution

    def _work(self, sync: BulkSync, execution: BulkExecution) -> BulkExecution:
        """Copy every schema of an execution. Raises ApiError or CannotEvaluate."""
        stores, behaviour = self._stores, self._behaviour()
        source = stores.connections.get(sync.source_connection_id)
        destination = stores.connections.get(sync.destination_connection_id)
        objects = source_catalog_for(stores.caches, source, behaviour, _REFUSAL).objects
        catalog_for(stores.caches, destination, replace(behaviour, unready_cache="allow"), _REFUSAL)
        schemas = {one.id: one for one in stores.syncs.schemas_of(sync, objects)}
        marks = dict(sync.marks)
        runs: list[SchemaRun] = []
        failures: list[Outcome] = []
        for one in execution.schemas:
            schema = schemas.get(one.schema)
            if one.status == CANCELED:
                runs.append(one)
                continue
            if schema is None:
                text = f"the source has no {one.schema!r} any more"
                runs.append(replace(one, status=FAILED, status_message=text))
                continue
            copy = _Copy(stores, sync, schema, objects[schema.id], (source, destination))
            try:
                with self._database.transaction():
                    count, failed = copy.carry_out(execution.request, marks)
            except (ApiError, CannotEvaluate) as refusal:
                runs.append(replace(one, status=FAILED, status_message=str(refusal)))
                stores.results.say(execution.id, f"{schema.id}: {refusal}", level="error")
                continue
            failures += failed
            counts = {"record_count": count, "error_count": len(failed)}
            runs.append(replace(one, status=COMPLETED, **counts))
            stores.results.say(execution.id, f"{schema.id}: {count} records, {len(failed)} failed")
        stores.results.keep(execution.id, sync.id, failures)
        if not execution.request.test:
            stores.syncs.store(replace(sync, marks=marks), quietly=True)
        return replace(execution, schemas=runs)


class _Copy:
    """The copying of one schema."""

    def __init__(
        self,
        stores: Stores,
        sync: BulkSync,
        schema: BulkSchema,
        found: CatalogObject,
        ends: tuple[Connection, Connection],
    ) -> None:
        self._stores = stores
        self._sync = sync
        self._schema = schema
        self._object = found
        self._source, self._destination = ends

    def carry_out(self, request: BulkStart, marks: dict[str, str]) -> tuple[int, list[Outcome]]:
        """Read and write, and note how far in `marks`.

        Returns how many rows were read, and those that failed. Raises ApiError, CannotEvaluate.
        """
        incremental = (
            self._schema.tracking_field is not None
            and self._schema.id in marks
            and request.resync_mode is None
            and request.fetch_mode != "full"
        )
        since = marks[self._schema.id] if incremental else None
        rows = [] if request.fetch_mode == "none" else self._read(since)
        rows = rows[:TEST_ROWS] if request.test else rows
        failed = [outcome for row in rows if (outcome := self._failed(row)) is not None]
        if request.test:
            return len(rows), failed
        fine = [row for row in rows if self._failed(row) is None] if failed else rows
        self._write(fine, keep=since is not None or request.fetch_mode == "none")
        if not failed:
            self._note(rows, marks)
        return len(rows), failed

    def _failed(self, row: Row) -> Outcome | None:
        """Why a row cannot be written; None: it can."""
        empty = [one.id for one in self._keys if row.get(one.id) in (None, "")]
        if not empty or self._sync.mode == "append":
            return None
        first = next((row[name] for name, one in self._object.fields.items() if one.unique), "")
        reason = f"{', '.join(empty)} is empty: there is no primary key to write the row under"
        return Outcome(f"{self._schema.id} {first}".strip(), "failed", row, reason=reason)

    def _read(self, since: str | None) -> list[Row]:
        """The rows of the source that the schema lets through, by the source's names."""
        schema = self._schema
        found = self._stores.records.all(self._source, schema.id)
        passing = Filter(
            [Condition(one.field_id or "", one.function, one.value) for one in schema.filters]
        )
        cutoff = (
            None
            if schema.disable_data_cutoff
            else (schema.data_cutoff_timestamp or self._sync.data_cutoff_timestamp)
        )
        now = self._stores.clock.now()
        return [
            one.values
            for one in found
            if passing.matches(one.values, now=now)
            and self._is_after(one.values, cutoff, inclusive=True)
            and self._is_after(one.values, since, inclusive=False)
        ]

    def _is_after(self, row: Row, time: str | None, *, inclusive: bool) -> bool:
        """Whether a row was changed after a time; one that does not say when, was."""
        tracked = self._schema.tracking_field
        value = row.get(tracked) if tracked else None
        limit = moment_of(time) if time else None
        moment = moment_of(value) if isinstance(value, str) else None
        if limit is None or moment is None:
            return True
        return moment >= limit if inclusive else moment > limit

    def _note(self, rows: Sequence[Row], marks: dict[str, str]) -> None:
        tracked = self._schema.tracking_field
        values = [row.get(tracked) for row in rows] if tracked else []
        times = [one for one in values if isinstance(one, str) and moment_of(one) is not None]
        times += [marks[self._schema.id]] if self._schema.id in marks else []
        if times:
            marks[self._schema.id] = max(times, key=lambda one: str(moment_of(one)))

    def _write(self, rows: Sequence[Row], *, keep: bool) -> None:
        """Write rows; `keep`: what is there stays, save what they replace."""
        records, sync = self._stores.records, self._sync
        keys = destination_keys(self._destination.type)
        configuration = with_defaults(keys, sync.destination_configuration)
        name = object_id(configuration, output_name(sync, self._schema))
        written = [self._written(row) for row in rows]
        if sync.mode == "append":
            for row in written:
                records.insert(self._destination, name, row)
        else:
            there = records.all(self._destination, name)
            kept = [one.values for one in there] if keep else []
            first = {self._key(one.values): one.values.get(CREATED_AT) for one in there}
            fresh = {self._key(row): row for row in written}
            for key, row in fresh.items():
                if CREATED_AT in row and first.get(key):
                    row[CREATED_AT] = first[key]
            stay = [row for row in kept if self._key(row) not in fresh]
            records.replace_all(self._destination, name, [*stay, *fresh.values()])
        if self._schema.history_enabled:
            history = object_id(configuration, history_name(sync, self._schema))
            for row in written:
                records.insert(self._destination, history, row)

    @cached_property
    def _keys(self) -> list[BulkField]:
        """The fields of the primary key: those that a person has set, else that of the source."""
        changes = self._stores.caches.changes.of(self._source.id)
        override = changes.get(self._schema.id, SchemaChange()).primary_keys
        detected = next((name for name, one in self._object.fields.items() if one.unique), None)
        return [
            one
            for one in self._schema.fields
            if one.enabled and override.get(one.id, one.id == detected)
        ]

    def _key(self, row: Mapping[str, Any]) -> str:
        """What tells a written row from others: its primary key, else all of it."""
        names = [field_name(self._sync, one) for one in self._keys]
        own = {key: value for key, value in row.items() if key not in (CREATED_AT, UPDATED_AT)}
        return json.dumps({one: row.get(one) for one in names} or own, sort_keys=True)

    def _written(self, row: Row) -> Row:
        """A row as the destination gets it: enabled fields, obfuscated ones beyond reading."""
        shown = {
            field_name(self._sync, one): _obfuscated(row.get(one.id))
            if one.obfuscated
            else row.get(one.id)
            for one in self._schema.fields
            if one.enabled
        }
        if not self._sync.disable_record_timestamps:
            stamp = self._stores.clock.stamp()
            shown |= {CREATED_AT: stamp, UPDATED_AT: stamp}
        return shown


def _obfuscated(value: Any) -> str | None:
    """A value that equal values share and nobody reads. How Polytomic does it is not documented."""
    if value is None:
        return None
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()
