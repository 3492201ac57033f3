"""Reads a sync's arguments, in every form that a program may write, into one `SyncSpec`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from polytomic_provider.facts.functions import (
    FILTER_FUNCTIONS,
    FUNCTIONS_WITH_LIST,
    FUNCTIONS_WITHOUT_VALUE,
    IDENTITY_FUNCTIONS,
)
from polytomic_provider.facts.sync_rules import (
    FIELD_MODES,
    IDENTITY_STRATEGIES,
    MODES,
    MODES_WITH_IDENTITY,
)
from polytomic_provider.filtering.logic import (
    LABEL,
    LogicError,
    label_at,
    labels_of,
    named_in,
    parse,
    relabelled,
)
from polytomic_provider.spec.reader import Reader
from polytomic_provider.spec.schedule import read_schedule
from polytomic_provider.spec.sync import (
    KINDS,
    MODEL,
    TARGET,
    Condition,
    FieldMapping,
    Filters,
    IdentityMapping,
    Kind,
    Override,
    Source,
    SyncSpec,
    Target,
)
from polytomic_provider.validation.problems import Problem, holds_unknown, is_unknown, join_path
from polytomic_provider.validation.shapes import type_name

PLAIN: Final = (
    "name",
    "mode",
    "active",
    "sync_all_records",
    "only_enrich_updates",
    "skip_initial_backfill",
    "encryption_passphrase",
    "policies",
    "organization_id",
)
"""The arguments that go into the request as they stand."""

_MAPPING_KEYS = ("target", "source", "new", "override_value", "sync_mode", "encryption_enabled")
_CONSTANT_KEYS = ("target", "override_value", "new", "sync_mode")
_FILTER_KEYS = ("field", "field_id", "field_type", "function", "value", "value_field", "label")
_OVERRIDE_KEYS = ("field", "field_id", "function", "value", "override")
_IDENTITY_KEYS = ("source", "target", "function", "new_field", "remote_field_type_id")
_MODEL_KEYS = ("source", "function", "value", "label")
_TARGET_KEYS = ("field", "function", "value", "value_source", "label")
_TARGET_PARTS = (
    "connection_id",
    "object",
    "configuration",
    "create",
    "new_name",
    "filter_logic",
    "search_values",
)
_PAIR = "a pair of names (source field, target field), or a mapping"


def parse_sync(arguments: Mapping[str, Any]) -> tuple[SyncSpec, list[Problem]]:
    """Return what a sync's arguments mean, as far as it can be told, and everything wrong in them.

    Never raises, whatever the arguments hold. The shapes of plain arguments, such as `active`, are
    checked elsewhere.
    """
    reading = _Reading(arguments)
    spec = reading.spec()
    spec = replace(spec, whole=reading.reader.whole)
    reading.check_parts(spec)
    return spec, reading.reader.problems


def spec_of(arguments: Mapping[str, Any]) -> SyncSpec:
    """Return what a sync's arguments mean, leaving out what is wrong in them."""
    return parse_sync(arguments)[0]


def own_fields(arguments: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return every field of the sync's own model that its arguments name, with the place."""
    spec = spec_of(arguments)
    return [
        (path, source.field)
        for path, source in spec.sources()
        if isinstance(source.field, str) and (source.own or source.model is spec.model)
    ]


class _Reading:
    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.reader = Reader()
        self.arguments = arguments
        self.model: Any = arguments.get("model")

    def spec(self) -> SyncSpec:
        given = self.arguments
        several = given.get("identities") is not None
        identities, strategy = self._identities() if several else (self._identity(), None)
        target = self._target()
        mappings, constants = tuple(self._mappings()), tuple(self._constants())
        filters, target_logic = self._older(target.filter_logic)
        return SyncSpec(
            plain={name: given[name] for name in PLAIN if given.get(name) is not None},
            model=self.model,
            target=replace(target, filter_logic=target_logic),
            mappings=mappings,
            constants=constants,
            identities=identities,
            strategy=strategy,
            several=several,
            filters=filters,
            model_filters=self._newer("model_filters", MODEL),
            target_filters=self._newer("target_filters", TARGET),
            overrides=tuple(self._overrides()),
            schedule=read_schedule(self.reader, given.get("schedule")),
        )

    def _source(self, value: Any, path: str) -> Source | None:
        """Return a field of the sync's model by its bare name, or `{model_id, field}`."""
        if isinstance(value, Mapping):
            given = self.reader.mapping(value, path, ("model_id", "field"))
            if given is None or not self.reader.needs(given, ("model_id", "field"), path):
                return None
            model = self.reader.text(given["model_id"], join_path(path, "model_id"))
            name = self.reader.text(given["field"], join_path(path, "field"))
            return Source(model, name, own=False, path=path) if model is not None and name else None
        name = self.reader.text(value, path)
        if name is not None and self.model is None:
            self.reader.refuse(path, "names a field of the sync's model, but `model` is left out")
        return Source(self.model, name, path=path) if name is not None else None

    def _mappings(self) -> Iterator[FieldMapping]:
        fields = self.arguments.get("fields")
        if isinstance(fields, Mapping):
            for source, spec in cast("Mapping[Any, Any]", fields).items():
                path = join_path("fields", str(source))
                specs = cast("Sequence[Any]", spec) if isinstance(spec, list | tuple) else [spec]
                if not specs:
                    self.reader.refuse(path, "has no target")
                for one in specs:
                    yield from self._mapping(one, path, source)
        elif fields is not None:
            for path, one in self.reader.items(fields, "fields"):
                yield from self._mapping(one, path, None)

    def _mapping(self, value: Any, path: str, source: Any) -> Iterator[FieldMapping]:
        reader = self.reader
        if source is not None and (isinstance(value, str) or is_unknown(value)):
            target = reader.text(value, path)
            if target is not None:
                yield FieldMapping(path, target, self._source(source, path), written=value)
            return
        keys = _MAPPING_KEYS if source is None else [k for k in _MAPPING_KEYS if k != "source"]
        given = reader.mapping(value, path, keys, "a target field or a mapping")
        if given is None:
            return
        reader.needs(given, ("target",), path)
        there = source if source is not None else given.get("source")
        where = path if source is not None else join_path(path, "source")
        if there is None and given.get("override_value") is None:
            reader.refuse(where, "is required, or an override_value")
        found = None if there is None else self._source(there, where)
        yield self._field(value, given, path, found)

    def _constants(self) -> Iterator[FieldMapping]:
        constants = self.arguments.get("override_fields")
        if isinstance(constants, Mapping):
            for target, value in cast("Mapping[Any, Any]", constants).items():
                path = join_path("override_fields", str(target))
                text = self.reader.scalar_text(value, path)
                if text is not None:
                    yield FieldMapping(path, str(target), override_value=text, written=value)
        elif constants is not None:
            for path, one in self.reader.items(constants, "override_fields"):
                given = self.reader.mapping(one, path, _CONSTANT_KEYS)
                if given is not None:
                    self.reader.needs(given, ("target", "override_value"), path)
                    yield self._field(one, given, path, None)

    def _field(
        self, written: Any, given: Mapping[str, Any], path: str, source: Source | None
    ) -> FieldMapping:
        reader = self.reader

        def read(key: str, how: Any) -> Any:
            return how(given[key], join_path(path, key)) if key in given else None

        def field_mode(value: Any, where: str) -> Any:
            return reader.choice(value, FIELD_MODES, where, "mode of one field")

        return FieldMapping(
            path=path,
            target=read("target", reader.text),
            source=source,
            new=read("new", reader.flag),
            override_value=read("override_value", reader.scalar_text),
            sync_mode=read("sync_mode", field_mode),
            encryption_enabled=read("encryption_enabled", reader.flag),
            written=written,
        )

    def _identity(self) -> tuple[IdentityMapping, ...]:
        value = self.arguments.get("identity")
        return () if value is None else self._one_identity(value, "identity")

    def _identities(self) -> tuple[tuple[IdentityMapping, ...], Any]:
        reader = self.reader
        value = self.arguments["identities"]
        given = reader.mapping(value, "identities", ("mappings", "strategy"))
        if given is None:
            return (), None
        reader.needs(given, ("mappings",), "identities")
        listed = [
            one
            for path, item in reader.items(given.get("mappings"), "identities.mappings")
            for one in self._one_identity(item, path)
        ]
        strategy = given.get("strategy")
        if strategy is not None:
            path = "identities.strategy"
            strategy = reader.choice(strategy, IDENTITY_STRATEGIES, path, "strategy")
        elif len(listed) > 1:
            reader.refuse("identities.strategy", "is required for several mappings")
        return tuple(listed), strategy

    def _one_identity(self, value: Any, path: str) -> tuple[IdentityMapping, ...]:
        reader = self.reader
        if is_unknown(value):
            return (IdentityMapping(path, None, value, value, written=value),)
        if isinstance(value, list | tuple):
            pair = cast("Sequence[Any]", value)
            if len(pair) != 2:
                reader.refuse(path, f"expected {_PAIR}, got a list of {len(pair)}")
                return ()
            source, target = self._source(pair[0], path), reader.text(pair[1], path)
            return (IdentityMapping(path, source, target, written=value),)
        given = reader.mapping(value, path, _IDENTITY_KEYS, _PAIR)
        if given is None:
            return ()
        reader.needs(given, ("source", "target"), path)

        def at(key: str) -> str:
            return join_path(path, key)

        source, target = given.get("source"), given.get("target")
        function, new = given.get("function", "Equality"), given.get("new_field")
        remote = given.get("remote_field_type_id")
        functions = tuple(IDENTITY_FUNCTIONS)
        return (
            IdentityMapping(
                path=path,
                source=None if source is None else self._source(source, at("source")),
                target=None if target is None else reader.text(target, at("target")),
                function=reader.choice(function, functions, at("function"), "function"),
                new_field=None if new is None else reader.flag(new, at("new_field")),
                remote_field_type_id=None
                if remote is None
                else reader.text(remote, at("remote_field_type_id")),
                written=value,
            ),
        )

    def _older(self, target_logic: Any) -> tuple[Filters | None, Any]:
        """Return `filters` with their logic, which combines those on the model, and the other."""
        value, logic = self.arguments.get("filters"), self.arguments.get("filter_logic")
        if value is None and logic is None:
            return None, target_logic
        found = [
            condition
            for path, one in self.reader.items(value, "filters")
            if (condition := self._condition(one, path, _FILTER_KEYS)) is not None
        ]
        known = len(found) == _length(value) and not any(is_unknown(one.kind) for one in found)
        if known:
            on_model, on_target = ([one for one in found if one.kind == kind] for kind in KINDS)
            logic = self._logic(logic, on_model, "filter_logic", "filters on the model")
            target_logic = self._logic(
                target_logic, on_target, "target.filter_logic", "filters on the target"
            )
        return Filters(_lettered(found), logic), target_logic

    def _newer(self, name: str, kind: Kind) -> Filters | None:
        value = self.arguments.get(name)
        if value is None:
            return None
        if self.arguments.get("filters") is not None:
            self.reader.refuse(name, "cannot be given together with filters")
        given = self.reader.mapping(value, name, ("conditions", "logic"))
        if given is None:
            return Filters()
        keys = _MODEL_KEYS if kind == MODEL else _TARGET_KEYS
        path = f"{name}.conditions"
        found = [
            condition
            for where, one in self.reader.items(given.get("conditions"), path)
            if (condition := self._condition(one, where, keys, kind)) is not None
        ]
        logic = given.get("logic")
        if len(found) == _length(given.get("conditions")):
            logic = self._logic(logic, found, f"{name}.logic", "conditions")
        return Filters(_lettered(found), logic)

    def _condition(
        self, value: Any, path: str, keys: Sequence[str], kind: Kind | None = None
    ) -> Condition | None:
        """Return a condition of any form; `keys` tell which form it has."""
        reader = self.reader
        given = reader.mapping(value, path, keys)
        if given is None:
            return None
        kind = kind or self._kind(given, path)
        place = "source" if keys is _MODEL_KEYS else "field"
        if given.get(place) is None and given.get("field_id") is None:
            reader.refuse(join_path(path, place), "is required")
        if given.get(place) is not None and given.get("field_id") is not None:
            reader.refuse(join_path(path, "field_id"), f"cannot be given together with {place}")
        source, name, id_ = self._place(given, path, kind, keys)
        other = next((key for key in ("value_field", "value_source") if key in given), None)
        compared = None
        if other is not None:
            compared = self._source(given[other], join_path(path, other))
        label = given.get("label")
        return Condition(
            path=path,
            kind=kind,
            function=self._function(given, path, compares=other is not None),
            source=source,
            field=name,
            field_id=id_,
            value=given.get("value"),
            value_source=compared,
            label=None if label is None else reader.text(label, join_path(path, "label")),
            written=value,
        )

    def _kind(self, given: Mapping[str, Any], path: str) -> Kind:
        if given.get("field_type") is None:
            return MODEL
        where = join_path(path, "field_type")
        found = self.reader.choice(given["field_type"], (MODEL, TARGET), where, "field type")
        return MODEL if found is None else found

    def _place(
        self, given: Mapping[str, Any], path: str, kind: Kind, keys: Sequence[str]
    ) -> tuple[Source | None, Any, Any]:
        """Return the field of a condition: of a model, of the target by its name, by its id."""
        reader = self.reader
        id_ = given.get("field_id")
        id_ = None if id_ is None else reader.text(id_, join_path(path, "field_id"))
        key = "source" if keys is _MODEL_KEYS else "field"
        value = given.get(key)
        if value is None:
            return None, None, id_
        where = join_path(path, key)
        if kind == TARGET:
            name = reader.text(value, where)
            return (None, name, id_) if keys is _TARGET_KEYS else (None, None, id_ or name)
        return self._source(value, where), None, id_

    def _function(self, given: Mapping[str, Any], path: str, *, compares: bool) -> Any:
        reader = self.reader
        if not reader.needs(given, ("function",), path):
            return None
        where = join_path(path, "function")
        function = reader.choice(given["function"], tuple(FILTER_FUNCTIONS), where, "function")
        if not isinstance(function, str):
            return function
        value, at = given.get("value"), join_path(path, "value")
        if function in FUNCTIONS_WITHOUT_VALUE:
            if value is not None or compares:
                reader.refuse(at, f"{function} takes none")
        elif compares:
            if value is not None:
                reader.refuse(at, "give a value or a field to compare with, not both")
        elif value is None:
            reader.refuse(at, f"is required by {function}")
        elif function in FUNCTIONS_WITH_LIST and not is_unknown(value):
            self._list(value, at, function)
        return function

    def _list(self, value: Any, path: str, function: str) -> None:
        if not isinstance(value, list | tuple):
            self.reader.refuse(path, f"{function} takes a list, got {type_name(value)}")
        elif function == "Between" and len(cast("Sequence[Any]", value)) != 2:
            self.reader.refuse(path, "Between takes two values")

    def _logic(self, logic: Any, conditions: Sequence[Condition], path: str, noun: str) -> Any:
        """Return the logic in letters by position, as the API has it; note what is wrong in it."""
        labels = [one.label for one in conditions]
        given = [label for label in labels if label is not None]
        if given and len(given) != len(labels):
            bare = next(one for one in conditions if one.label is None)
            self.reader.refuse(join_path(bare.path, "label"), "label every filter, or none")
            return logic
        if logic is None or is_unknown(logic) or any(map(is_unknown, given)):
            return logic
        text = self.reader.text(logic, path)
        letters = labels_of(len(conditions))
        known = cast("list[str]", given) or letters
        if text is None or not self._readable(text, known, path, noun):
            return logic
        return relabelled(text, dict(zip(known, letters, strict=True)))

    def _readable(self, logic: str, labels: Sequence[str], path: str, noun: str) -> bool:
        reader, before = self.reader, len(self.reader.problems)
        for label in labels:
            if not LABEL.fullmatch(label) or labels.count(label) > 1:
                reader.refuse(path, f"the label {label!r} is no single word, or is there twice")
        try:
            parsed = parse(logic)
        except LogicError as error:
            reader.refuse(path, str(error))
            return False
        if parsed is not None:
            words = list(named_in(parsed))
            called = ", ".join(labels)
            there = f"the {len(labels)} {noun} are called {called}" if labels else f"no {noun}"
            for word in dict.fromkeys(words):
                if word not in labels:
                    reader.refuse(
                        path,
                        f"names {word}, but there are {there}"
                        if not labels
                        else f"names {word}, but {there}",
                    )
            missing = [label for label in labels if label not in words]
            if missing:
                reader.refuse(path, f"must name every filter; {', '.join(missing)} is missing")
        return len(reader.problems) == before

    def _overrides(self) -> Iterator[Override]:
        for path, one in self.reader.items(self.arguments.get("overrides"), "overrides"):
            condition = self._condition(one, path, _OVERRIDE_KEYS)
            if condition is None:
                continue
            given = cast("Mapping[str, Any]", one)
            self.reader.needs(given, ("override",), path)
            yield Override(condition, given.get("override"))

    def _target(self) -> Target:
        reader = self.reader
        value = self.arguments.get("target")
        if value is None:
            return Target(None)  # that it is required is said with the shapes of plain arguments
        given = reader.mapping(value, "target", _TARGET_PARTS)
        if given is None:
            return Target(value if is_unknown(value) else None)

        def read(key: str, how: Any) -> Any:
            return how(given[key], f"target.{key}") if key in given else None

        reader.needs(given, ("connection_id",), "target")
        found = Target(
            connection_id=read("connection_id", reader.text),
            object=read("object", reader.text),
            configuration=read("configuration", reader.free_mapping),
            create=self._create(given.get("create")),
            new_name=read("new_name", reader.text),
            filter_logic=given.get("filter_logic"),
            search_values=read("search_values", reader.free_mapping),
        )
        if found.object is None and not given.keys() & {"object", "create", "new_name"}:
            reader.refuse("target.object", "is required, or `create` for an object to be made")
        return found

    def _create(self, value: Any) -> Any:
        if value is None or is_unknown(value):
            return value
        found = self.reader.free_mapping(value, "target.create")
        if found is None:
            return None
        if not found:
            self.reader.refuse("target.create", "names no property of the object to be made")
        given = cast("Mapping[Any, Any]", found)
        return {
            str(key): self.reader.scalar_text(item, join_path("target.create", str(key)))
            for key, item in given.items()
            if item is not None
        }

    def check_parts(self, spec: SyncSpec) -> None:
        """Note what the parts of a sync ask of each other."""
        given = self.arguments
        mode = given.get("mode")
        if mode is not None:
            mode = self.reader.choice(mode, MODES, "mode", "mode")
        if given.get("identity") is not None and given.get("identities") is not None:
            self.reader.refuse("identities", "cannot be given together with identity")
        elif (
            not spec.identities
            and mode in MODES_WITH_IDENTITY
            and not holds_unknown(given.get("identities"))
        ):
            text = f'is required where the mode is {mode}, such as identity=("Email", "email")'
            if not any(one.path.startswith("identit") for one in self.reader.problems):
                self.reader.refuse("identity", text)
        self._written_twice(spec)
        encrypted = [one for one in spec.mappings if one.encryption_enabled is True]
        if encrypted and given.get("encryption_passphrase") is None:
            where = join_path(encrypted[0].path, "encryption_enabled")
            self.reader.refuse(where, "needs `encryption_passphrase` on the sync")

    def _written_twice(self, spec: SyncSpec) -> None:
        first: dict[str, str] = {}
        for one in (*spec.mappings, *spec.constants):
            if not isinstance(one.target, str):
                continue
            if one.target in first:
                text = f"{one.target!r} is written by {first[one.target]} already"
                self.reader.refuse(one.path, text)
            else:
                first[one.target] = one.path


def _lettered(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return conditions with letters for their labels, as the logic is sent."""
    found: list[Condition] = []
    for one in conditions:
        letter = label_at(sum(other.kind == one.kind for other in found))
        found.append(one if one.label is None else replace(one, label=letter))
    return tuple(found)


def _length(value: Any) -> int | None:
    """Return how many items a list has; None if its length is not known."""
    if value is None:
        return 0
    return len(cast("Sequence[Any]", value)) if isinstance(value, list | tuple) else None
