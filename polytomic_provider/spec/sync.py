"""A sync's arguments as typed values: what every form that a program may write comes down to.

Source: `POST /api/syncs`. A value that is not known yet stands in its place as an `Unknown`; None
stands for what is left out, and for what is so wrong that nothing can be said of it. `written` is
a part as the program wrote it.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["Model", "Target"]
Wire = dict[str, Any]

MODEL: Final[Kind] = "Model"
TARGET: Final[Kind] = "Target"
KINDS: Final[tuple[Kind, Kind]] = (MODEL, TARGET)


def present(**parts: Any) -> Wire:
    """Return the parts that are there."""
    return {name: value for name, value in parts.items() if value is not None}


@dataclass(frozen=True)
class Source:
    """A field of a model; `own` where the program wrote the bare name, so of the sync's model.

    `path` is where the program names it.
    """

    model: Any
    field: Any
    own: bool = True
    path: str = dataclasses.field(default="", compare=False)

    def wire(self) -> Wire:
        """Return `{model_id, field}`."""
        return {"model_id": self.model, "field": self.field}


@dataclass(frozen=True)
class FieldMapping:
    """What is written to one target field: a model's field, or a constant."""

    path: str
    target: Any
    source: Source | None = None
    new: Any = None
    override_value: Any = None
    sync_mode: Any = None
    encryption_enabled: Any = None
    written: Any = None

    def wire(self) -> Wire:
        """Return the mapping as requests have it."""
        return present(
            source=self.source.wire() if self.source else None,
            target=self.target,
            new=self.new,
            override_value=self.override_value,
            sync_mode=self.sync_mode,
            encryption_enabled=self.encryption_enabled,
        )


@dataclass(frozen=True)
class IdentityMapping:
    """One way to match records of both sides."""

    path: str
    source: Source | None
    target: Any
    function: Any = "Equality"
    new_field: Any = None
    remote_field_type_id: Any = None
    written: Any = None

    def wire(self) -> Wire:
        """Return the identity as requests have it."""
        return present(
            source=self.source.wire() if self.source else None,
            target=self.target,
            function=self.function,
            new_field=self.new_field,
            remote_field_type_id=self.remote_field_type_id,
        )


@dataclass(frozen=True)
class Condition:
    """A filter, or the condition of an override.

    The field is `source` (of a model), `field` (of the target, by name) or `field_id` (opaque).
    It is compared with `value`, or with the field `value_source`.
    """

    path: str
    kind: Kind
    function: Any
    source: Source | None = None
    field: Any = None
    field_id: Any = None
    value: Any = None
    value_source: Source | None = None
    label: Any = None
    written: Any = None


@dataclass(frozen=True)
class Override:
    """The value that replaces a model's field where the condition holds."""

    condition: Condition
    override: Any


@dataclass(frozen=True)
class Filters:
    """Conditions and how they combine; letters name them by position. None: all must hold."""

    conditions: tuple[Condition, ...] = ()
    logic: Any = None


@dataclass(frozen=True)
class Target:
    """Where a sync writes."""

    connection_id: Any
    object: Any = None
    configuration: Any = None
    create: Any = None
    new_name: Any = None
    filter_logic: Any = None
    search_values: Any = None

    def wire(self) -> Wire:
        """Return the target as requests have it; its configuration is an object even when empty."""
        return {
            **present(
                connection_id=self.connection_id,
                object=self.object,
                create=self.create,
                new_name=self.new_name,
                filter_logic=self.filter_logic,
                search_values=self.search_values,
            ),
            "configuration": self.configuration or {},
        }


@dataclass(frozen=True)
class SyncSpec:
    """A sync as its program declares it.

    mappings: of `fields`, in the program's order. constants: of `override_fields`.
    several: whether the identity is given as `identities`.
    filters: in the older form, of both kinds; model_filters, target_filters: in the newer.
    plain: the arguments that go into the request as they stand, such as `name` and `mode`.
    whole: whether all its parts are known, if not every value in them.
    """

    plain: Mapping[str, Any]
    model: Any
    target: Target
    mappings: tuple[FieldMapping, ...] = ()
    constants: tuple[FieldMapping, ...] = ()
    identities: tuple[IdentityMapping, ...] = ()
    strategy: Any = None
    several: bool = False
    filters: Filters | None = None
    model_filters: Filters | None = None
    target_filters: Filters | None = None
    overrides: tuple[Override, ...] = ()
    schedule: Any = dataclasses.field(default_factory=lambda: {"frequency": "manual"})
    whole: bool = True

    @property
    def mode(self) -> Any:
        """What happens to records."""
        return self.plain.get("mode")

    def filters_on(self, kind: Kind) -> Filters:
        """Return the filters on the model or on the target, in whichever form they are given.

        In the older form `filter_logic` combines those on the model, `target.filter_logic` those
        on the target; each kind has letters of its own.
        """
        newer = self.model_filters if kind == MODEL else self.target_filters
        if newer is not None or self.filters is None:
            return newer or Filters()
        logic = self.filters.logic if kind == MODEL else self.target.filter_logic
        own = tuple(one for one in self.filters.conditions if one.kind == kind)
        return Filters(own, logic if own else None)

    def conditions(self) -> Iterator[Condition]:
        """Yield every filter, in either form."""
        for group in (self.filters, self.model_filters, self.target_filters):
            yield from group.conditions if group is not None else ()

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Yield every field of a model that the sync names, with the place."""
        for one in (*self.mappings, *self.identities):
            if one.source is not None:
                yield one.path, one.source
        conditions = [*self.conditions(), *(one.condition for one in self.overrides)]
        for one in conditions:
            if one.source is not None:
                yield one.path, one.source
            if one.value_source is not None:
                yield f"{one.path}.value_field", one.value_source

    def base_model(self) -> Any:
        """Return the model whose rows become records: of the identity, else of a mapping."""
        sources = [one.source for one in (*self.identities, *self.mappings) if one.source]
        return next((one.model for one in sources if one.model is not None), self.model)

    def request(self) -> Wire:
        """Return the body of `POST /api/syncs`.

        Lists are in the program's order. What it wrote as a map is in one fixed order: Pulumi
        carries maps in a random one, and the idempotency key is made of the body.
        """
        body: Wire = {name: value for name, value in self.plain.items() if value is not None}
        body["fields"] = _in_order(self.mappings)
        body["target"] = self.target.wire()
        body["schedule"] = self.schedule
        if self.several:
            mappings = [one.wire() for one in self.identities]
            body["identities"] = {**present(strategy=self.strategy), "mappings": mappings}
        elif self.identities:
            body["identity"] = self.identities[0].wire()
        if self.filters is not None and self.filters.conditions:
            body["filters"] = [_older(one) for one in self.filters.conditions]
            body |= present(filter_logic=self.filters.logic)
        if self.model_filters is not None:
            body["model_filters"] = _group(self.model_filters)
        if self.target_filters is not None:
            body["target_filters"] = _group(self.target_filters)
        if self.overrides:
            body["overrides"] = [_override(one) for one in self.overrides]
        if self.constants:
            body["override_fields"] = _in_order(self.constants)
        return body


def _in_order(mappings: Sequence[FieldMapping]) -> list[Wire]:
    bodies = [one.wire() for one in mappings]
    listed = any(one.path.startswith(("fields[", "override_fields[")) for one in mappings)
    return bodies if listed else sorted(bodies, key=repr)


def _older(one: Condition) -> Wire:
    """Return a filter in the older form: `{field | field_id, field_type, function, value}`."""
    return present(
        field=one.source.wire() if one.source else None,
        field_id=one.field_id,
        field_type=one.kind,
        function=one.function,
        value=one.value,
        value_field=one.value_source.wire() if one.value_source else None,
        label=one.label,
    )


def _group(filters: Filters) -> Wire:
    conditions = [_newer(one) for one in filters.conditions]
    return {**present(logic=filters.logic), "conditions": conditions}


def _newer(one: Condition) -> Wire:
    value_source = one.value_source.wire() if one.value_source else None
    place = (
        {"source": one.source.wire() if one.source else None}
        if one.kind == MODEL
        else {"field": one.field, "value_source": value_source}
    )
    return present(**place, function=one.function, value=one.value, label=one.label)


def _override(one: Override) -> Wire:
    condition = one.condition
    return present(
        field=condition.source.wire() if condition.source else None,
        field_id=condition.field_id,
        function=condition.function,
        value=condition.value,
        override=one.override,
    )
