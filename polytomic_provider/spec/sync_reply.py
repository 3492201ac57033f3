"""Reads a sync's reply in the words of its program: `project(reply(x), like=x) == x`.

Each part of the reply is compared with what the program says of it, with the freedom that servers
take: letters and order of filters, constants among the mappings, defaults, either shape of
filters and identity. What differs is shown in the program's own form.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar, cast

from polytomic_provider.facts.sync_rules import ZERO_ID
from polytomic_provider.spec.equality import is_zero, matches, same_set, without_zeros
from polytomic_provider.spec.filters import same_filters, same_value
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
    Wire,
    present,
)
from polytomic_provider.spec.sync_parse import PLAIN, spec_of

T = TypeVar("T")

_DEFAULT_MODES: Final = (None, "", "updateOrCreate")
_FILTER_ARGUMENTS: Final = ("filters", "filter_logic", "model_filters", "target_filters")


def project_parts(server: Wire, like: Mapping[str, Any]) -> dict[str, Any]:
    """Return mappings, constants, identity, filters, overrides and target of a reply.

    Args:
        server: The reply of `GET /api/syncs/{id}`.
        like: The program's arguments.
    """
    spec = spec_of(like)
    reading = _Reply(server, spec, like)
    return {
        "fields": reading.fields(),
        "override_fields": reading.constants(),
        **reading.identity(),
        **reading.filters(),
        "overrides": reading.overrides(),
        "target": reading.target(),
    }


class _Reply:
    def __init__(self, server: Wire, spec: SyncSpec, like: Mapping[str, Any]) -> None:
        self.server = server
        self.spec = spec
        self.like = like
        self._match_mappings()
        self._match_filters()

    def _match_mappings(self) -> None:
        """Pair what the reply maps with what the program maps, constants included."""
        found = mappings_of(self.server)
        wanted = [*self.spec.mappings, *self.spec.constants]
        mode = self.spec.mode or self.server.get("mode")

        def same(one: FieldMapping, other: FieldMapping) -> bool:
            return _same_mapping(one, other, mode)

        pairs = pair(found, wanted, same)
        self.pairs = pairs
        paired = {id(other) for _, other in pairs if other is not None}
        matched = [one.target for one in self.spec.identities]
        # Servers drop a model's field that is mapped to the target of the identity.
        self.missing = [
            one
            for one in wanted
            if id(one) not in paired and not (one.target in matched and one.source is not None)
        ]

    def _ours(self, one: FieldMapping, other: FieldMapping | None) -> bool:
        """Return whether a mapping of the reply belongs to `fields`, and not to constants."""
        if other is not None:
            return any(other is mapping for mapping in self.spec.mappings)
        return one.source is not None or any(
            mapping.target == one.target and mapping.override_value is not None
            for mapping in self.spec.mappings
        )

    def fields(self) -> Any:
        like = self.like.get("fields")
        pairs = [one for one in self.pairs if self._ours(*one)]
        missing = [one for one in self.missing if one in self.spec.mappings]
        if not missing and all(other is not None for _, other in pairs):
            return like
        own = all(one.source is not None and self._is_own(one.source) for one, _ in pairs)
        if isinstance(like, Mapping) and own:
            return self._by_source(pairs, cast("Mapping[str, Any]", like))
        listed = isinstance(like, list | tuple)
        return [
            other.written if other is not None and listed else self._plain_mapping(one)
            for one, other in pairs
        ]

    def _by_source(
        self, pairs: Sequence[tuple[FieldMapping, FieldMapping | None]], like: Mapping[str, Any]
    ) -> dict[str, Any]:
        specs: dict[str, list[Any]] = {}
        for one, other in pairs:
            name = str(cast("Source", one.source).field)
            spec = other.written if other is not None else self._plain_spec(one)
            specs.setdefault(name, []).append(spec)
        shown: dict[str, Any] = {}
        for name in (*like, *(name for name in specs if name not in like)):
            there = specs.get(name)
            if not there:
                continue
            before: Any = like.get(name)
            if isinstance(before, list | tuple) and same_set(there, before):
                shown[name] = before
            else:
                shown[name] = there[0] if len(there) == 1 else there
        return shown

    def _plain_spec(self, one: FieldMapping) -> Any:
        rest = self._plain_mapping(one)
        del rest["source"]
        return rest["target"] if set(rest) == {"target"} else rest

    def _plain_mapping(self, one: FieldMapping) -> Wire:
        mode = self.spec.mode or self.server.get("mode")
        default = one.sync_mode in (*_DEFAULT_MODES, mode)
        shown = replace(one, sync_mode=None if default else one.sync_mode).wire()
        shown = {key: value for key, value in shown.items() if not is_zero(value)}
        if one.source is not None:
            shown["source"] = self._plain_source(one.source)
        return shown

    def constants(self) -> Any:
        like = self.like.get("override_fields")
        pairs = [one for one in self.pairs if not self._ours(*one)]
        missing = [one for one in self.missing if one in self.spec.constants]
        if not missing and all(other is not None for _, other in pairs):
            return like
        plain = [self._plain_mapping(one) for one, _ in pairs]
        simple = all(set(one) <= {"target", "override_value"} for one in plain)
        if simple and not isinstance(like, list | tuple):
            return {
                str(one.target): other.written if other is not None else one.override_value
                for one, other in pairs
            } or None
        listed = isinstance(like, list | tuple)
        return [
            other.written if other is not None and listed else shown
            for (_, other), shown in zip(pairs, plain, strict=True)
        ] or None

    def identity(self) -> dict[str, Any]:
        """Return `identity` and `identities`, whichever the program uses."""
        found, strategy = identities_of(self.server)
        wanted = self.spec.identities
        together = (strategy or self.spec.strategy) == "and"
        pairs = pair(found, wanted, _same_identity)
        # The older form shows one of several.
        older = len(found) == 1 < len(wanted) and not self.server.get("identities")
        if older and any(_same_identity(found[0], one) for one in wanted):
            return {name: self.like.get(name) for name in ("identity", "identities")}
        kept = len(found) == len(wanted) and all(other is not None for _, other in pairs)
        if kept and not together:
            kept = all(other is wanted[at] for at, (_, other) in enumerate(pairs))
        if kept and (len(found) < 2 or matches(strategy or self.spec.strategy, self.spec.strategy)):
            return {name: self.like.get(name) for name in ("identity", "identities")}
        shown = [
            other.written if other is not None else self._plain_identity(one)
            for one, other in pairs
        ]
        if not shown:
            return {"identity": None, "identities": None}
        if self.spec.several or len(shown) > 1:
            several: Wire = {"mappings": shown}
            if strategy or self.spec.strategy:
                several["strategy"] = strategy or self.spec.strategy
            return {"identity": None, "identities": several}
        return {"identity": shown[0], "identities": None}

    def _plain_identity(self, one: IdentityMapping) -> Any:
        source = None if one.source is None else self._plain_source(one.source)
        shown = {key: value for key, value in one.wire().items() if not is_zero(value)}
        shown["source"] = source
        pairs = isinstance(self.like.get("identity"), Mapping)
        simple = set(shown) <= {"source", "target", "function"} and one.function == "Equality"
        return [source, one.target] if simple and isinstance(source, str) and not pairs else shown

    def _match_filters(self) -> None:
        """Tell which kind of filters the reply has as the program does."""
        self.newer = self.spec.model_filters is not None or self.spec.target_filters is not None
        self.found = filters_of(self.server, newer=self.newer)
        self.alike = {
            kind: same_filters(self.found[kind], self.spec.filters_on(kind), same_condition)
            for kind in KINDS
        }

    def filters(self) -> dict[str, Any]:
        """Return the filters in either shape, under the names that the program uses."""
        if all(self.alike.values()):
            return {name: self.like.get(name) for name in _FILTER_ARGUMENTS}
        shown: dict[str, Any] = dict.fromkeys(_FILTER_ARGUMENTS)
        if self.newer:
            for kind, name in zip(KINDS, ("model_filters", "target_filters"), strict=True):
                shown[name] = self._group(kind, name)
            return shown
        listed = [one for kind in KINDS for one in self._conditions(kind)]
        logic = self.like.get("filter_logic") if self.alike[MODEL] else self.found[MODEL].logic
        return {**shown, "filters": listed or None, "filter_logic": logic}

    def _group(self, kind: Kind, name: str) -> Any:
        if self.alike[kind]:
            return self.like.get(name)
        if not self.found[kind].conditions:
            return None
        logic = self.found[kind].logic
        return {"conditions": self._conditions(kind), **({"logic": logic} if logic else {})}

    def _conditions(self, kind: Kind) -> list[Any]:
        """Return the conditions in the program's form; in its order where nothing differs."""
        found, wanted = self.found[kind].conditions, self.spec.filters_on(kind).conditions
        if self.alike[kind]:
            return [one.written for one in wanted]
        return [
            other.written if other is not None else self._plain_condition(one, newer=self.newer)
            for one, other in pair(found, wanted, same_condition)
        ]

    def target(self) -> Any:
        """Return the target, with the logic of its filters where that differs in the older form."""
        shown = project_target(self.server.get("target") or {}, self.like.get("target"))
        if self.newer or self.alike[TARGET]:
            return shown
        rest = {key: value for key, value in shown.items() if key != "filter_logic"}
        return {**rest, **present(filter_logic=self.found[TARGET].logic)}

    def _plain_condition(self, one: Condition, *, newer: bool = False) -> Wire:
        source = None if one.source is None else self._plain_source(one.source)
        other = None if one.value_source is None else self._plain_source(one.value_source)
        shown: Wire = {"function": one.function, "value": one.value}
        if newer:
            place = {"source": source or one.field_id}
            if one.kind == TARGET:
                place = {"field": one.field or one.field_id, "value_source": other}
        else:
            place = {"field": source, "value_field": other}
            if source is None:
                place["field_id"] = one.field_id or one.field
            if one.kind == TARGET:
                place["field_type"] = TARGET
        return {key: value for key, value in {**place, **shown}.items() if value is not None}

    def overrides(self) -> Any:
        like = self.like.get("overrides")
        found, wanted = overrides_of(self.server), self.spec.overrides
        pairs = pair(found, wanted, _same_override)
        if len(found) == len(wanted) and all(other is not None for _, other in pairs):
            return like
        return [
            other.condition.written
            if other is not None
            else {**self._plain_condition(one.condition), "override": one.override}
            for one, other in pairs
        ] or None

    def _is_own(self, source: Source) -> bool:
        return source.model == self.spec.model and bool(source.field)

    def _plain_source(self, source: Source) -> Any:
        """Return the bare name of a field of the sync's own model, else `{model_id, field}`."""
        return source.field if self._is_own(source) else source.wire()


def read_reply(server: Mapping[str, Any]) -> SyncSpec:
    """Return a reply as the typed value that a program's arguments become, constants included."""
    filters = filters_of(server, newer=True)
    identities, strategy = identities_of(server)
    target = cast("Wire", server.get("target") or {})
    return SyncSpec(
        plain={name: server.get(name) for name in PLAIN},
        model=next(iter(server.get("model_ids") or ()), None),
        target=Target(target.get("connection_id"), target.get("object")),
        mappings=tuple(mappings_of(server)),
        identities=tuple(identities),
        strategy=strategy,
        several=len(identities) > 1,
        model_filters=filters[MODEL],
        target_filters=filters[TARGET],
        overrides=tuple(overrides_of(server)),
        schedule=server.get("schedule"),
    )


def overrides_of(server: Mapping[str, Any]) -> list[Override]:
    """Return the overrides of a reply."""
    return [
        Override(_condition_of(one, one.get("field"), MODEL), without_zeros(one.get("override")))
        for one in _listed(server, "overrides")
    ]


def pair(
    found: Sequence[T], wanted: Sequence[T], same: Callable[[T, T], bool]
) -> list[tuple[T, T | None]]:
    """Return each thing found with what is wanted and equal to it, each of these at most once."""
    rest = list(wanted)
    pairs: list[tuple[T, T | None]] = []
    for one in found:
        at = next((at for at, other in enumerate(rest) if same(one, other)), None)
        pairs.append((one, None if at is None else rest.pop(at)))
    return pairs


def mappings_of(server: Mapping[str, Any]) -> list[FieldMapping]:
    """Return all mappings of a reply; constants may stand among `fields`, apart, or in both."""
    found = [_mapping(one) for one in _listed(server, "fields")]
    constants = {one.target for one in found if one.source is None}
    apart = [_mapping({**one, "source": None}) for one in _listed(server, "override_fields")]
    return found + [one for one in apart if one.target not in constants]


def _mapping(wire: Wire) -> FieldMapping:
    return FieldMapping(
        path="",
        target=wire.get("target"),
        source=_source(wire.get("source")),
        new=wire.get("new"),
        override_value=wire.get("override_value"),
        sync_mode=wire.get("sync_mode"),
        encryption_enabled=wire.get("encryption_enabled"),
    )


def _source(wire: Any) -> Source | None:
    if not isinstance(wire, Mapping):
        return None
    given = cast("Wire", wire)
    if given.get("model_id") in (None, "", ZERO_ID) or not given.get("field"):
        return None
    return Source(given["model_id"], given["field"], own=False)


def _same_mapping(found: FieldMapping, wanted: FieldMapping, mode: Any) -> bool:
    if not matches(found.target, wanted.target):
        return False
    if not matches(found.override_value, wanted.override_value):
        return False
    # A constant wins over the field that stands beside it, which a server may then leave out.
    alone = wanted.override_value is not None and found.source is None
    if not alone and not _same_source(found.source, wanted.source):
        return False
    default = (*_DEFAULT_MODES, mode)
    both_default = found.sync_mode in default and wanted.sync_mode in default
    same_mode = both_default or matches(found.sync_mode, wanted.sync_mode)
    return (
        same_mode
        and matches(found.new, wanted.new)
        and matches(found.encryption_enabled, wanted.encryption_enabled)
    )


def _same_source(found: Source | None, wanted: Source | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return matches(found.model, wanted.model) and matches(found.field, wanted.field)


def identities_of(server: Mapping[str, Any]) -> tuple[list[IdentityMapping], Any]:
    """Return the identities of a reply, of which the older `identity` shows the first alone."""
    newer = cast("Wire", server.get("identities") or {})
    listed = _listed(newer, "mappings")
    one = server.get("identity")
    if not listed and isinstance(one, Mapping):
        listed = [cast("Wire", one)]
    found = [
        IdentityMapping(
            path="",
            source=_source(wire.get("source")),
            target=wire.get("target"),
            function=wire.get("function") or "Equality",
            new_field=wire.get("new_field"),
            remote_field_type_id=wire.get("remote_field_type_id"),
        )
        for wire in listed
    ]
    return [one for one in found if one.source is not None or one.target], newer.get("strategy")


def _same_identity(found: IdentityMapping, wanted: IdentityMapping) -> bool:
    return (
        _same_source(found.source, wanted.source)
        and matches(found.target, wanted.target)
        and matches(found.function, wanted.function)
        and matches(found.new_field, wanted.new_field)
        and (
            wanted.remote_field_type_id is None
            or matches(found.remote_field_type_id, wanted.remote_field_type_id)
        )
    )


def filters_of(server: Mapping[str, Any], *, newer: bool) -> dict[Kind, Filters]:
    """Return the filters of a reply by their kind.

    `newer` tells which shape to read where the reply has both.
    """
    older = _listed(server, "filters")
    groups: dict[Kind, Wire] = {
        MODEL: cast("Wire", server.get("model_filters") or {}),
        TARGET: cast("Wire", server.get("target_filters") or {}),
    }
    has_newer = any(_listed(group, "conditions") for group in groups.values())
    if has_newer and (newer or not older):
        return {
            kind: Filters(
                tuple(
                    _condition_of(one, one.get("source" if kind == MODEL else "field"), kind)
                    for one in _listed(group, "conditions")
                ),
                group.get("logic") or None,
            )
            for kind, group in groups.items()
        }
    target = cast("Wire", server.get("target") or {})
    logics = {MODEL: server.get("filter_logic"), TARGET: target.get("filter_logic")}
    return {
        kind: Filters(
            tuple(
                _condition_of(one, one.get("field"), kind)
                for one in older
                if (one.get("field_type") or MODEL) == kind
            ),
            logics[kind] or None,
        )
        for kind in KINDS
    }


def _condition_of(wire: Wire, place: Any, kind: Kind) -> Condition:
    value_source = wire.get("value_source") or wire.get("value_field")
    return Condition(
        path="",
        kind=kind,
        function=wire.get("function"),
        source=_source(place) if kind == MODEL else None,
        field=place if isinstance(place, str) else None,
        field_id=wire.get("field_id"),
        value=without_zeros(wire.get("value")),
        value_source=_source(value_source),
    )


def same_condition(found: Condition, wanted: Condition) -> bool:
    """Return whether a condition of a reply is one of the program, both of one kind.

    A condition that shows an opaque id of a field alone is compared by the rest of it.
    """
    if not matches(found.function, wanted.function):
        return False
    if not same_value(wanted.function, found.value, wanted.value, matches):
        return False
    if not _same_source(found.value_source, wanted.value_source):
        return False
    if found.kind == TARGET:
        return matches(found.field or found.field_id, wanted.field or wanted.field_id)
    if found.source is not None and wanted.source is not None:
        return _same_source(found.source, wanted.source)
    if found.field_id is not None and wanted.field_id is not None:
        return bool(found.field_id == wanted.field_id)
    return True


def _same_override(found: Override, wanted: Override) -> bool:
    return same_condition(found.condition, wanted.condition) and matches(
        found.override, wanted.override
    )


def project_target(server: Wire, like: Any) -> Any:
    """Return the target of a reply: what the program wrote, with what differs in the reply.

    `create`, `new_name` and `search_values` are not shown again; keys of the configuration that
    the program does not name belong to the server.
    """
    given = cast("Wire", like if isinstance(like, Mapping) else {})
    kept = ("create", "new_name", "search_values", "filter_logic")
    shown = {part: given[part] for part in kept if part in given}
    shown["connection_id"] = server.get("connection_id")
    if given.get("object") is not None or not (given.get("create") or given.get("new_name")):
        shown["object"] = server.get("object")
    wanted: Any = given.get("configuration")
    if "configuration" in given:
        shown["configuration"] = project_keys(server.get("configuration") or {}, wanted or {})
    same = all(matches(shown.get(key), value) for key, value in given.items())
    extra = any(not is_zero(value) for key, value in shown.items() if key not in given)
    if given and same and not extra:
        return cast("Any", like)
    return {key: value for key, value in shown.items() if value is not None}


def project_keys(server: Mapping[str, Any], like: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys that the program wrote, with the server's values where these differ."""
    shown: dict[str, Any] = {}
    for key, wanted in like.items():
        if wanted is None:
            continue
        found = server.get(key)
        if matches(found, wanted):
            shown[key] = wanted
        elif isinstance(found, Mapping) and isinstance(wanted, Mapping):
            shown[key] = project_keys(
                cast("Mapping[str, Any]", found), cast("Mapping[str, Any]", wanted)
            )
        elif found is not None:
            shown[key] = without_zeros(found)
    return shown


def _listed(wire: Mapping[str, Any], name: str) -> list[Wire]:
    listed = cast("Sequence[Any]", wire.get(name) or ())
    return [cast("Wire", one) for one in listed if isinstance(one, Mapping)]
