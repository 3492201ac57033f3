"""A sync's mapping as a picture: what flows from which field to which, past which conditions."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from polytomic_emulator.console import wording
from polytomic_emulator.errors import NotFound
from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import FilterKind, Mapping, Override, Source, Sync
from polytomic_provider.filtering.logic import label_at


@dataclass(frozen=True)
class End:
    """A field at one end of a line: what people call it, and its name in the API."""

    label: str
    name: str
    model: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Line:
    """One mapping. fixed: the value that is written instead of a source's. notes: its extras.

    overrides: what replaces the source's value, and where.
    """

    source: End | None
    target: End
    fixed: str = ""
    notes: list[str] = field(default_factory=list[str])
    overrides: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Match:
    """One identity: the records of both ends are the same where this holds."""

    source: End
    verb: str
    target: End


@dataclass(frozen=True)
class Sieve:
    """One filter, in words; `label` is what the logic calls it."""

    label: str
    field: End
    verb: str
    value: str


@dataclass(frozen=True)
class Picture:
    """Everything that the picture shows."""

    models: list[tuple[Model, Connection | None]]
    target: Connection | None
    object: str
    mode: str
    mode_description: str
    matches: list[Match]
    strategy: str
    model_filters: list[Sieve]
    model_logic: str
    target_filters: list[Sieve]
    target_logic: str
    lines: list[Line]
    loose_overrides: list[tuple[End, str]]


def picture_of(state: State, sync: Sync) -> Picture:
    """The picture of a sync, also of one whose model or target is gone."""
    return _Painter(state, sync).paint()


class _Painter:
    def __init__(self, state: State, sync: Sync) -> None:
        self._state = state
        self._sync = sync
        found = ((one, state.models.find(one)) for one in sync.model_ids())
        self._models: Map[str, Model] = {name: model for name, model in found if model}
        self._target = self._connection(sync.target.connection_id)
        self._object = self._target_object()

    def paint(self) -> Picture:
        sync = self._sync
        sources = {one.source for one in sync.fields}
        return Picture(
            models=[(one, self._connection(one.connection_id)) for one in self._models.values()],
            target=self._target,
            object=self._object.name if self._object else sync.target.object or "",
            mode=wording.mode(sync.mode),
            mode_description=wording.mode_description(sync.mode),
            matches=[
                Match(
                    self._source(one.source),
                    wording.identity_function(one.function),
                    self._field(one.target),
                )
                for one in sync.identities
            ],
            strategy=sync.strategy or "",
            model_filters=self._sieves("Model"),
            model_logic=sync.model_logic,
            target_filters=self._sieves("Target"),
            target_logic=sync.target_logic,
            lines=[self._line(one) for one in sync.fields],
            loose_overrides=[
                (self._source(one.source), _override(one))
                for one in sync.overrides
                if one.source not in sources
            ],
        )

    def _connection(self, connection_id: str) -> Connection | None:
        try:
            return self._state.connections.get(connection_id)
        except NotFound:
            return None

    def _target_object(self) -> CatalogObject | None:
        if self._target is None or self._sync.target.object is None:
            return None
        catalog = self._state.service_changes.known(self._target)
        return catalog.find(self._sync.target.object)

    def _source(self, source: Source) -> End:
        model = self._models.get(source.model_id)
        if model is None:
            return End(source.field, source.field, "a model that is gone", missing=True)
        labels = {one.name: one.label for one in model.fields}
        missing = source.field not in model.field_names()
        shown = model.name if len(self._models) > 1 else ""
        return End(labels.get(source.field, source.field), source.field, shown, missing)

    def _field(self, name: str) -> End:
        known = self._object.fields.get(name) if self._object else None
        return End(known.name if known else name, name)

    def _sieves(self, kind: FilterKind) -> list[Sieve]:
        return [
            Sieve(
                label_at(position),
                self._source(one.source) if one.source else self._field(one.target or ""),
                wording.filter_function(one.function),
                wording.compared(one),
            )
            for position, one in enumerate(self._sync.conditions_of(kind))
        ]

    def _line(self, mapping: Mapping) -> Line:
        notes = {
            "only when the record is created": mapping.sync_mode == "create",
            "new field": bool(mapping.new),
            "encrypted": bool(mapping.encryption_enabled),
        }
        return Line(
            source=self._source(mapping.source) if mapping.source else None,
            target=self._field(mapping.target),
            fixed=mapping.override_value or "",
            notes=[words for words, shown in notes.items() if shown],
            overrides=[
                _override(one)
                for one in self._sync.overrides
                if mapping.source is not None and one.source == mapping.source
            ],
        )


def _override(override: Override) -> str:
    becomes = f"becomes “{wording.value(override.override)}”"
    verb = wording.filter_function(override.function)
    where = f"{verb} {wording.compared(override)}".strip()
    return f"{becomes} where it {where}" if where else becomes
