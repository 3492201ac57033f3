"""The parts of a sync's arguments with the place where each stands, whichever form it has.

Users write mappings as a map or as the API's list, an identity as a pair or a mapping, filters in
the older or the newer shape. Whoever checks them reads them here. Values that are not known yet,
and parts of a wrong shape, are left out: something else says what is wrong with those.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from polytomic_provider.validation.problems import join_path
from polytomic_provider.validation.untyped import as_list, as_mapping, as_text

Kind = Literal["Model", "Target"]


@dataclass(frozen=True)
class MappingPart:
    """One target field that a sync writes.

    `source` is a field of the sync's own model; None for a constant, and for a field of another
    model.
    """

    path: str
    source: str | None
    target: str | None
    sync_mode: str | None = None
    new: bool = False
    encrypted: bool = False


@dataclass(frozen=True)
class IdentityPart:
    """One way to match records: a field of the own model (None: of another) to a target field."""

    path: str
    source: str | None
    target: str | None
    function: str | None
    new: bool = False


@dataclass(frozen=True)
class ConditionPart:
    """A filter or the condition of an override; `field` is None where it is an opaque id."""

    path: str
    kind: Kind
    field: str | None
    function: str | None
    value: Any


def mappings_of(arguments: Mapping[str, Any]) -> Iterator[MappingPart]:
    """`fields`, then `override_fields`."""
    fields = arguments.get("fields")
    model = arguments.get("model")
    for source, spec in as_mapping(fields).items():
        for one in as_list(spec) if isinstance(spec, list) else [spec]:
            yield _mapping(join_path("fields", source), source, one)
    for position, one in _items(fields):
        yield _mapping(f"fields[{position}]", own_field(one.get("source"), model), one)
    constants = arguments.get("override_fields")
    for target in as_mapping(constants):
        yield MappingPart(join_path("override_fields", target), None, target)
    for position, one in _items(constants):
        yield _mapping(f"override_fields[{position}]", None, one)


def _mapping(path: str, source: str | None, spec: Any) -> MappingPart:
    if not isinstance(spec, dict):
        return MappingPart(path, source, as_text(spec))
    given = as_mapping(spec)
    return MappingPart(
        path=path,
        source=source,
        target=as_text(given.get("target")),
        sync_mode=as_text(given.get("sync_mode")),
        new=given.get("new") is True,
        encrypted=given.get("encryption_enabled") is True,
    )


def identities_of(arguments: Mapping[str, Any]) -> Iterator[IdentityPart]:
    """`identity`, or the mappings of `identities`."""
    model = arguments.get("model")
    identity, several = arguments.get("identity"), arguments.get("identities")
    if identity is not None:
        yield from _identity("identity", identity, model)
    for position, one in enumerate(as_list(as_mapping(several).get("mappings"))):
        yield from _identity(f"identities.mappings[{position}]", one, model)


def _identity(path: str, identity: Any, model: Any) -> Iterator[IdentityPart]:
    if isinstance(identity, list):
        pair = as_list(identity)
        if len(pair) == 2:
            yield IdentityPart(path, as_text(pair[0]), as_text(pair[1]), "Equality")
    elif isinstance(identity, dict):
        given = as_mapping(identity)
        yield IdentityPart(
            path=path,
            source=own_field(given.get("source"), model),
            target=as_text(given.get("target")),
            function=as_text(given.get("function", "Equality")),
            new=bool(given.get("new_field")),
        )


def conditions_of(arguments: Mapping[str, Any]) -> Iterator[ConditionPart]:
    """Filters of either shape, then the conditions of `overrides`."""
    model = arguments.get("model")
    for name in ("filters", "overrides"):
        for position, one in _items(arguments.get(name)):
            kind: Kind = "Target" if one.get("field_type") == "Target" else "Model"
            field = one.get("field") if kind == "Model" else one.get("field_id", one.get("field"))
            yield _condition(f"{name}[{position}]", kind, field, one, model)
    groups: tuple[tuple[str, Kind, str], ...] = (
        ("model_filters", "Model", "source"),
        ("target_filters", "Target", "field"),
    )
    for name, kind, key in groups:
        for position, one in _items(as_mapping(arguments.get(name)).get("conditions")):
            path = f"{name}.conditions[{position}]"
            yield _condition(path, kind, one.get(key), one, model)


def _condition(path: str, kind: Kind, field: Any, one: dict[str, Any], model: Any) -> ConditionPart:
    named = own_field(field, model) if kind == "Model" else as_text(field)
    return ConditionPart(path, kind, named, as_text(one.get("function")), one.get("value"))


def sources_of(arguments: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every field of the sync's own model that its arguments name, with the place."""
    found = [(one.path, one.source) for one in mappings_of(arguments)]
    found += [(one.path, one.source) for one in identities_of(arguments)]
    found += [(one.path, one.field) for one in conditions_of(arguments) if one.kind == "Model"]
    return [(path, field) for path, field in found if field is not None]


def own_field(source: Any, model: Any) -> str | None:
    """The field's name where a source is in the sync's own model: a name, or the API's form."""
    if isinstance(source, dict):
        given = as_mapping(source)
        return as_text(given.get("field")) if given.get("model_id") == model else None
    return as_text(source)


def _items(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for position, one in enumerate(as_list(value)):
        if isinstance(one, dict):
            yield position, as_mapping(one)
