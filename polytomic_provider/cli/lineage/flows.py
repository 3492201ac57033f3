"""The syncs of a workspace as flows: from fields of models to fields of an object."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from polytomic_provider.api import NotFound, Polytomic
from polytomic_provider.api.wire.bulk_sync import BulkSyncReply
from polytomic_provider.api.wire.sync_reply import OverrideFieldReply, SyncFieldReply, SyncReply
from polytomic_provider.previews.schedules import in_words

AT_ONCE: Final = 8
CONSTANT: Final = "a constant"

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class System:
    """A connection."""

    id: str
    name: str
    type: str


@dataclass(frozen=True)
class Table:
    """A model, of which a sync reads, or an object, to which it writes."""

    id: str
    name: str
    system: System


@dataclass(frozen=True)
class FieldFlow:
    """One field of the target and what it gets: a field of a model, or a constant.

    Of a bulk sync, it is an object and where it is copied to.
    """

    target: str
    source: str
    model: Table | None = None


@dataclass(frozen=True)
class Flow:
    """A sync: which models it reads, which object it writes, and each field's way."""

    id: str
    name: str
    active: bool
    mode: str
    schedule: str
    target: Table
    models: tuple[Table, ...] = ()
    fields: tuple[FieldFlow, ...] = field(default=())


def read_flows(polytomic: Polytomic) -> list[Flow]:
    """Read the lineage of every sync, in the order of their names."""
    systems = {
        one.id: System(one.id, one.name or one.id, one.type or "?")
        for one in polytomic.connections.list().data
    }
    models = {
        one.id: Table(one.id, one.name or one.id, _system(systems, one.connection_id))
        for one in polytomic.models.list().data
    }
    ids = [one.id for one in polytomic.syncs.list().data]
    replies = _each(ids, lambda id_: _sync(polytomic, id_))
    flows = [_flow(one, systems, models) for one in replies if one is not None]
    bulk = _each(polytomic.bulk_syncs.list().data, lambda one: _bulk(polytomic, one, systems))
    return sorted([*flows, *bulk], key=lambda one: (one.name, one.id))


def _sync(polytomic: Polytomic, id_: str) -> SyncReply | None:
    try:
        return polytomic.syncs.get(id_).data
    except NotFound:
        return None  # deleted since the list was read


def _bulk(polytomic: Polytomic, sync: BulkSyncReply, systems: dict[str, System]) -> Flow:
    source = _system(systems, sync.source_connection_id)
    target = _system(systems, sync.destination_connection_id)
    try:
        schemas = polytomic.bulk_syncs.schemas(sync.id).data
    except NotFound:
        schemas = []  # deleted since the list was read
    copied = Table(f"{source.id}/bulk", "objects", source)
    place = (sync.destination_configuration or {}).get("schema")
    schedule: Any = (
        sync.default_schedule.model_dump(exclude_none=True) if sync.default_schedule else None
    )
    return Flow(
        id=sync.id,
        name=sync.name or sync.id,
        active=bool(sync.active),
        mode=f"bulk {sync.mode or '?'}",
        schedule=in_words(schedule) or "by its schedule",
        target=Table(f"{target.id}/{place}", str(place or "tables"), target),
        models=(copied,),
        fields=tuple(
            FieldFlow(one.output_name or one.id, one.id, copied)
            for one in sorted(schemas, key=lambda one: one.id or "")
            if one.id and one.enabled
        ),
    )


def _flow(sync: SyncReply, systems: dict[str, System], models: dict[str, Table]) -> Flow:
    target = sync.target
    system = _system(systems, target.connection_id if target else None)
    created = (target.new_name or (target.create or {}).get("name")) if target else None
    name = (target.object if target else None) or created or "a new object"
    # Servers show constants among the fields, or in a list of their own.
    mapped = [*(sync.fields or ()), *(sync.override_fields or ())]
    by_target = {one.target: _field(one, models) for one in mapped if one.target}
    fields = tuple(by_target.values())
    read = dict.fromkeys([*(sync.model_ids or ()), *(one.model.id for one in fields if one.model)])
    schedule: Any = sync.schedule.model_dump(exclude_none=True) if sync.schedule else None
    return Flow(
        id=sync.id,
        name=sync.name or sync.id,
        active=bool(sync.active),
        mode=sync.mode or "?",
        schedule=in_words(schedule) or "by its schedule",
        target=Table(f"{system.id}/{name}", name, system),
        models=tuple(_model(models, id_) for id_ in read),
        fields=tuple(sorted(fields, key=lambda one: one.target)),
    )


def _field(one: SyncFieldReply | OverrideFieldReply, models: dict[str, Table]) -> FieldFlow:
    source = one.source if isinstance(one, SyncFieldReply) else None
    model = models.get(source.model_id or "") if source is not None else None
    if source is None or model is None or not source.field:
        return FieldFlow(one.target or "", CONSTANT if one.override_value is not None else "?")
    return FieldFlow(one.target or "", source.field, model)


def _model(models: dict[str, Table], id_: str) -> Table:
    return models.get(id_) or Table(id_, id_, System("", "not known", "?"))


def _system(systems: dict[str, System], id_: str | None) -> System:
    return systems.get(id_ or "") or System(id_ or "", id_ or "not known", "?")


def _each(those: Sequence[T], ask: Callable[[T], U]) -> list[U]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(ask, those))
