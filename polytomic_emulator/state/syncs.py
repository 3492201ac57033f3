"""Syncs: create, read, change, delete."""

import json
from dataclasses import asdict, replace

from polytomic_emulator.errors import Conflict, NotFound, Unprocessable
from polytomic_emulator.state import schedules
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import Catalog, CatalogObject
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connections import Connections
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.discovery import (
    Refusal,
    catalog_for,
    new_target,
    target_object,
)
from polytomic_emulator.state.executions import Executions
from polytomic_emulator.state.identifiers import Identifiers
from polytomic_emulator.state.models import Models
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_emulator.state.sync import Schedule, Sync, SyncRequest, Target, sync_from
from polytomic_emulator.state.sync_context import SyncContext
from polytomic_emulator.state.sync_filters import judge_filters, judge_overrides
from polytomic_emulator.state.sync_mappings import (
    check_mode,
    judge_identities,
    judge_mappings,
)
from polytomic_emulator.state.timetable import Timetable


class Syncs:
    """Every sync of every workspace."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        identifiers: Identifiers,
        connections: Connections,
        models: Models,
        schemas: SchemaCaches,
        executions: Executions,
        timetable: Timetable,
    ) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers
        self._connections = connections
        self._models = models
        self._schemas = schemas
        self._executions = executions
        self._timetable = timetable

    def of(self, workspace_id: str) -> list[Sync]:
        """A workspace's syncs, oldest first."""
        return self._many("WHERE workspace_id = ? ORDER BY position", workspace_id)

    def all(self) -> list[Sync]:
        """Every sync, oldest first."""
        return self._many("ORDER BY position")

    def get(self, sync_id: str, workspace_id: str | None = None) -> Sync:
        """One sync. Raises NotFound also when another workspace owns it."""
        found = self._many("WHERE id = ?", sync_id)
        if not found or workspace_id not in (None, found[0].workspace_id):
            raise NotFound("sync not found")
        return found[0]

    def _many(self, where: str, *values: str) -> list[Sync]:
        with self._database.transaction() as rows:
            query = f"SELECT document FROM syncs {where}"  # noqa: S608
            found = rows.execute(query, values).fetchall()
        return [sync_from(json.loads(row["document"])) for row in found]

    def created_targets(self, connection_id: str) -> list[str]:
        """The target objects that syncs have created at a connection."""
        found = [one.target for one in self.all() if one.target.connection_id == connection_id]
        return list(dict.fromkeys(one.object for one in found if one.create and one.object))

    def create(
        self, workspace_id: str, request: SyncRequest, actor: dict[str, str], behaviour: Behaviour
    ) -> Sync:
        """Make a sync between models and a target that is ready."""
        now = self._clock.stamp()
        made = Sync(
            id=self._identifiers.uuid(),
            workspace_id=workspace_id,
            name="",
            mode="",
            fields=[],
            target=Target(""),
            schedule=Schedule("manual"),
            created_at=now,
            updated_at=now,
            created_by=actor,
        )
        made = self._filled(made, request, None, behaviour)
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO syncs (id, workspace_id, document) VALUES (?, ?, ?)",
                (made.id, workspace_id, json.dumps(asdict(made))),
            )
            self._timetable.note(made)
        return made

    def update(
        self, sync_id: str, workspace_id: str, request: SyncRequest, behaviour: Behaviour
    ) -> Sync:
        """Replace a sync in full; its passphrase stays or goes as told."""
        before = self.get(sync_id, workspace_id)
        if request.encryption_passphrase is None and behaviour.omitted_secrets == "keep":
            request = replace(request, encryption_passphrase=before.encryption_passphrase)
        changed = self._filled(before, request, before, behaviour)
        return self.store(replace(changed, updated_at=self._clock.stamp()))

    def _filled(
        self, sync: Sync, request: SyncRequest, before: Sync | None, behaviour: Behaviour
    ) -> Sync:
        self._check_name(sync, request.name, behaviour)
        catalog, target, stored = self._target(sync.workspace_id, request, before, behaviour)
        models = self._models.of(sync.workspace_id)
        context = SyncContext(catalog, target, request.mode, lambda: models)
        check_mode(context)
        identities, strategy = judge_identities(context, request, before)
        mappings = judge_mappings(context, request, identities, behaviour)
        filters = judge_filters(context, request)
        overrides = judge_overrides(context, request.overrides)
        self._check_schedule(sync, request.schedule)
        return replace(
            sync,
            name=request.name,
            mode=request.mode,
            fields=mappings,
            target=stored,
            schedule=request.schedule,
            identities=identities,
            strategy=strategy,
            conditions=filters.conditions,
            model_logic=filters.model_logic,
            target_logic=filters.target_logic,
            overrides=overrides,
            active=request.active,
            sync_all_records=request.sync_all_records,
            only_enrich_updates=request.only_enrich_updates,
            skip_initial_backfill=request.skip_initial_backfill,
            encryption_passphrase=request.encryption_passphrase,
            policies=request.policies,
        )

    def _check_name(self, sync: Sync, name: str, behaviour: Behaviour) -> None:
        if not name.strip():
            raise Unprocessable("name must not be empty", field="name")
        taken = behaviour.duplicate_names == "refuse" and any(
            one.name == name and one.id != sync.id for one in self.of(sync.workspace_id)
        )
        if taken:
            raise Unprocessable("a sync with this name already exists", field="name")

    def _target(
        self, workspace_id: str, request: SyncRequest, before: Sync | None, behaviour: Behaviour
    ) -> tuple[Catalog, CatalogObject, Target]:
        asked = request.target
        try:
            connection = self._connections.get(asked.connection_id, workspace_id)
        except NotFound as missing:
            raise NotFound(missing.message, field="target.connection_id") from None
        refusal = Refusal(Unprocessable, "target.connection_id")
        catalog = catalog_for(self._schemas, connection, behaviour, refusal)
        if asked.object is not None:
            created = self.created_targets(connection.id)
            refusal = Refusal(Unprocessable, "target.object")
            found = target_object(catalog, asked.object, created, refusal)
        elif asked.create:
            found = new_target(catalog, asked.create, Refusal(Unprocessable, "target.create"))
        else:
            raise Unprocessable("target needs an object, or create", field="target.object")
        kept = before.target.create if before and before.target.object == found.id else {}
        stored = replace(asked, object=found.id, create=asked.create or kept)
        return catalog, found, stored

    def _check_schedule(self, sync: Sync, schedule: Schedule) -> None:
        known = {one.id for one in self.of(sync.workspace_id)}
        schedules.check(schedule, lambda sync_id: sync_id in known)
        if schedule.connection_id is None:
            return
        try:
            self._connections.get(schedule.connection_id, sync.workspace_id)
        except NotFound as missing:
            raise Unprocessable(missing.message, field="schedule.connection_id") from None

    def problems(self, sync: Sync) -> list[dict[str, str]]:
        """What a sync refers to and is there no more."""
        names = {one.id: one.field_names() for one in self._models.of(sync.workspace_id)}
        found: list[dict[str, str]] = []
        for path, source in sync.sources():
            if source.model_id not in names:
                message = f"there is no model {source.model_id}"
                code = "model_not_found"
            elif source.field not in names[source.model_id]:
                message = f"model {source.model_id} has no field {source.field!r}"
                code = "field_not_found"
            else:
                continue
            found.append({"code": code, "message": message, "path": path, "severity": "error"})
        return found

    def activate(self, sync_id: str, workspace_id: str, *, active: bool) -> Sync:
        """Switch the schedule on or off; a running execution goes on."""
        found = self.get(sync_id, workspace_id)
        return self.store(replace(found, active=active, updated_at=self._clock.stamp()))

    def store(self, sync: Sync) -> Sync:
        """Write a sync as it is, without any rule."""
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE syncs SET document = ? WHERE id = ?", (json.dumps(asdict(sync)), sync.id)
            )
            self._timetable.note(sync)
        return sync

    def delete(self, sync_id: str, workspace_id: str, behaviour: Behaviour) -> None:
        """Delete a sync; while it runs that is refused, or its execution is canceled first."""
        self.get(sync_id, workspace_id)
        running = self._executions.current(sync_id)
        if running is not None and behaviour.running_delete == "refuse":
            raise Conflict("the sync is running", execution_id=running.id)
        self.remove(sync_id)

    def remove(self, sync_id: str) -> None:
        """Forget a sync, its executions and what it synced, without any rule."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM syncs WHERE id = ?", (sync_id,))
