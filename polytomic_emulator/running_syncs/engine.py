"""One execution from its sync to the target's records, within the caller's transaction."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.running_syncs.planning import Job, Plan, counts_of, plan
from polytomic_emulator.running_syncs.reading import base_model_id, joined_rows
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import Catalog, CatalogObject
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.connections import Connections
from polytomic_emulator.state.discovery import (
    Refusal,
    catalog_for,
    target_object,
)
from polytomic_emulator.state.error_handling import ErrorHandlings
from polytomic_emulator.state.execution import Execution
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.model_rows import ModelRow, ModelRows
from polytomic_emulator.state.models import Models
from polytomic_emulator.state.records import Record, Records
from polytomic_emulator.state.results import Outcome, Results
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_emulator.state.service_changes import ServiceFieldChange
from polytomic_emulator.state.sync import Source, Sync
from polytomic_emulator.state.synced import Synced
from polytomic_emulator.state.syncs import Syncs

_REFUSAL = Refusal(Unprocessable)


@dataclass(frozen=True)
class Stores:
    """What the engine reads and writes."""

    clock: Clock
    connections: Connections
    schemas: SchemaCaches
    models: Models
    model_rows: ModelRows
    syncs: Syncs
    records: Records
    results: Results
    synced: Synced
    error_handling: ErrorHandlings


@dataclass(frozen=True)
class _Place:
    """Where a sync writes: the object as the service has it now."""

    connection: Connection
    catalog: Catalog
    object: CatalogObject


class Engine:
    """Moves the data of one execution."""

    def __init__(self, stores: Stores, behaviour: Callable[[], Behaviour]) -> None:
        self._stores = stores
        self._behaviour = behaviour

    def run(self, sync: Sync, execution: Execution) -> Execution:
        """Do the work of an execution; it comes back with its counts and record errors.

        Raises ApiError or CannotEvaluate where the sync cannot run at all.
        """
        stores = self._stores
        broken = stores.syncs.problems(sync)
        if broken:
            raise Unprocessable(f"{broken[0]['path']}: {broken[0]['message']}")
        place = self._place(sync)
        models = stores.models.of(sync.workspace_id)
        stored = stores.records.all(place.connection, place.object.id)
        job = Job(
            sync=sync,
            target=place.object,
            rows=joined_rows(sync, models, self._rows),
            stored=stored,
            now=stores.clock.now(),
            properties=place.catalog.properties,
            names=_other_names(sync, models),
            known=stores.synced.of(sync.id),
            request=execution.request,
            retry_errors=stores.error_handling.of(sync.id).auto_retry_record_errors,
        )
        made = plan(job)
        outcomes = self._applied(made, place, stored)
        stores.results.keep(execution.id, sync.id, outcomes)
        if made.digests is not None:
            stores.synced.remember(sync.id, made.digests)
        self._say(execution, job, made, outcomes)
        return replace(execution, counts=counts_of(outcomes), errors=_errors(outcomes))

    def _place(self, sync: Sync) -> _Place:
        """The target. Raises ApiError where it cannot be written to."""
        stores = self._stores
        connection = stores.connections.get(sync.target.connection_id)
        catalog_for(stores.schemas, connection, self._behaviour(), _REFUSAL)
        catalog = stores.schemas.service.service(connection)
        created = stores.syncs.created_targets(connection.id)
        found = target_object(catalog, sync.target.object or "", created, _REFUSAL)
        if self._added_fields(sync, connection, found):
            catalog = stores.schemas.service.service(connection)
            found = catalog.objects[found.id]
        needed = [one.target for one in (*sync.identities, *sync.fields)]
        missing = next((name for name in needed if name not in found.fields), None)
        if missing is not None and not found.open:
            raise Unprocessable(
                f"{found.id} has no field {missing!r} any more: refresh the schema of"
                f' connection "{connection.name}" and change the mapping',
                known_values=list(found.fields),
            )
        return _Place(connection, catalog, found)

    def _added_fields(self, sync: Sync, connection: Connection, found: CatalogObject) -> bool:
        """Make the fields that the sync is to create; whether there were any to make."""
        if found.open:
            return False
        new = {
            one.target: None if one.encryption_enabled else one.source
            for one in sync.fields
            if one.new
        }
        new |= {one.target: one.source for one in sync.identities if one.new_field}
        missing = {name: source for name, source in new.items() if name not in found.fields}
        for name, source in missing.items():
            change = ServiceFieldChange(name=name, type=self._type_of(source))
            self._stores.schemas.service.change(connection, found.id, name, change, announced=True)
        return bool(missing)

    def _type_of(self, source: Source | None) -> str:
        """The type of a new field: that of the model's field. Without one it is a text."""
        if source is None:
            return "string"
        fields = self._stores.models.get(source.model_id).fields
        return next((one.type for one in fields if one.name == source.field), "string")

    def _rows(self, model: Model) -> list[ModelRow]:
        """The rows of a model, by its fields' names. Raises ApiError where it cannot be read."""
        return self._stores.model_rows.read(model, self._behaviour(), _REFUSAL)

    def _applied(self, made: Plan, place: _Place, stored: Sequence[Record]) -> list[Outcome]:
        """Write what the plan says; the outcomes with the ids that the service gave."""
        records = self._stores.records
        there = {one.id: one for one in stored}
        outcomes: list[Outcome] = []
        for step in made.steps:
            write = step.write
            if write is not None and write.kind == "insert":
                there[write.id] = records.insert(place.connection, place.object.id, write.values)
            elif write is not None and write.kind == "update":
                there[write.id] = records.update(there[write.id], write.values)
            elif write is not None:
                records.delete(there[write.id])
            target = there.get(step.outcome.target_id or "")
            outcomes.append(replace(step.outcome, target_id=target.id) if target else step.outcome)
        return outcomes

    def _say(self, execution: Execution, job: Job, made: Plan, outcomes: list[Outcome]) -> None:
        """Tell in the console log what happened, in a few lines."""
        say = self._stores.results.say
        statuses = Counter(one.status for one in outcomes)
        say(execution.id, f"Read {len(job.rows)} records")
        if statuses["filtered"]:
            by_label = Counter(one.filter for one in outcomes if one.filter)
            message = f"Filters dropped {statuses['filtered']} records"
            say(execution.id, message, payload=dict(by_label))
        for entry in made.absent:
            named = " and ".join(f"{one.source.field} {one.value!r}" for one in entry)
            say(execution.id, f"The source has no record with {named}", level="warn")
        say(execution.id, f"Worked off {len(outcomes)} records", payload=dict(statuses))


def _other_names(sync: Sync, models: Sequence[Model]) -> dict[str, str]:
    """How the fields of each model are shown: those of the base model without its name."""
    base = base_model_id(sync)
    return {one.id: "" if one.id == base else one.name for one in models}


def _errors(outcomes: Sequence[Outcome]) -> list[str]:
    """Why records failed, each reason once with its number, the most frequent first."""
    reasons = Counter(one.reason for one in outcomes if one.status == "failed")
    return [
        f"{reason} ({count} record{'' if count == 1 else 's'})"
        for reason, count in reasons.most_common(10)
    ]
