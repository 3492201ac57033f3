"""A sync's arguments as users write them, and as the API takes them: mappings and identity.

`expand_*` goes from the user's form to the wire's, `project_*` back, into the user's own spelling
wherever the meaning is equal: `project(expand(x), like=x) == x`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from polytomic_provider.facts.sync_rules import ZERO_ID
from polytomic_provider.handlers.equality import equal

Wire = dict[str, Any]


def source_of(value: Any, model: str | None) -> Any:
    """A field of the sync's model by its name, or the wire's `{model_id, field}` as it stands."""
    return {"model_id": model, "field": value} if isinstance(value, str) else value


def plain_source(source: Any, model: str | None) -> Any:
    """A field name for a source in the sync's own model, else the wire's form."""
    if isinstance(source, dict):
        known = cast("Wire", source)
        if known.get("model_id") == model and known.get("field"):
            return known["field"]
    return cast("Any", source)


def expand_fields(fields: Any, model: str | None) -> list[Wire]:
    """Mappings in the wire's form, from a map (source field → target) or a list."""
    if isinstance(fields, Mapping):
        items = cast("Mapping[str, Any]", fields).items()
        return [
            {"source": source_of(source, model), **_target(one)}
            for source, spec in items
            for one in _listed(spec)
        ]
    return [_expand_mapping(one, model) for one in cast("Sequence[Wire]", fields or ())]


def _listed(spec: Any) -> list[Any]:
    return list(cast("Sequence[Any]", spec)) if isinstance(spec, list | tuple) else [spec]


def _target(spec: Any) -> Wire:
    return {"target": spec} if isinstance(spec, str) else dict(cast("Wire", spec))


def _expand_mapping(mapping: Wire, model: str | None) -> Wire:
    if "source" not in mapping:
        return dict(mapping)
    return {**mapping, "source": source_of(mapping["source"], model)}


def is_override(mapping: Wire) -> bool:
    """Whether a mapping of a reply is a constant that was given as an override field."""
    source = cast("Wire", mapping.get("source") or {})
    return mapping.get("override_value") is not None and source.get("model_id") in (
        None,
        "",
        ZERO_ID,
    )


def project_fields(
    server: Sequence[Wire], like: Any, model: str | None, mode: str | None, identity: Any
) -> Any:
    """The reply's mappings (constants left out) in the user's form."""
    found = [one for one in server if not is_override(one)]
    wanted = expand_fields(like, model)
    missing = _without(wanted, found, mode)
    surplus = _without(found, wanted, mode)
    # A server may leave out a mapping to the target of the identity.
    if not surplus and all(_repeats(one, identity, model) for one in missing):
        return like
    if isinstance(like, Mapping) and all(_is_simple(one, model) for one in found):
        return _project_map(found, cast("Mapping[str, Any]", like), model, mode)
    spelled = cast("Sequence[Wire]", like if isinstance(like, list) else [])
    return [_spelled(one, spelled, model, mode) for one in found]


def _project_map(
    found: Sequence[Wire], like: Mapping[str, Any], model: str | None, mode: str | None
) -> dict[str, Any]:
    by_source: dict[str, list[Wire]] = {}
    for mapping in found:
        by_source.setdefault(mapping["source"]["field"], []).append(mapping)
    order = [key for key in like if key in by_source]
    order += [key for key in by_source if key not in like]
    shown: dict[str, Any] = {}
    for source in order:
        wanted = expand_fields({source: like[source]}, model) if source in like else []
        there = by_source[source]
        if wanted and not _without(wanted, there, mode) and not _without(there, wanted, mode):
            shown[source] = like[source]
        else:
            specs = [_spec(one, mode) for one in there]
            shown[source] = specs[0] if len(specs) == 1 else specs
    return shown


def _spec(mapping: Wire, mode: str | None) -> Any:
    meaning = _meaning(mapping, mode)
    rest = {key: value for key, value in meaning.items() if key != "source" and value}
    return rest["target"] if set(rest) == {"target"} else rest


def _spelled(mapping: Wire, like: Sequence[Wire], model: str | None, mode: str | None) -> Wire:
    for one in like:
        if same_mapping(_expand_mapping(one, model), mapping, mode):
            return one
    shown = {key: value for key, value in _meaning(mapping, mode).items() if value}
    if "source" in shown:
        shown["source"] = plain_source(shown["source"], model)
    return shown


def _is_simple(mapping: Wire, model: str | None) -> bool:
    return isinstance(plain_source(mapping.get("source"), model), str)


def _without(these: Sequence[Wire], those: Sequence[Wire], mode: str | None) -> list[Wire]:
    """The mappings of `these` that have no equal left in `those`."""
    rest = list(those)
    left: list[Wire] = []
    for one in these:
        match = next((i for i, other in enumerate(rest) if same_mapping(one, other, mode)), None)
        if match is None:
            left.append(one)
        else:
            del rest[match]
    return left


def same_mapping(one: Wire, other: Wire, mode: str | None) -> bool:
    """Whether two mappings mean the same; a mapping's own mode defaults to the sync's."""
    return equal(_meaning(one, mode), _meaning(other, mode))


def _meaning(mapping: Wire, mode: str | None) -> Wire:
    meaning = dict(mapping)
    if meaning.get("sync_mode") in (None, mode, "updateOrCreate"):
        meaning.pop("sync_mode", None)
    return meaning


def _repeats(mapping: Wire, identity: Any, model: str | None) -> bool:
    """Whether it writes what the identity matches by, from whichever source."""
    matched = [one.get("target") for one in expand_identity(identity, model)]
    return mapping.get("target") in matched


def expand_identity(identity: Any, model: str | None) -> list[Wire]:
    """Identity mappings in the wire's form, from a pair, a mapping or the newer `identities`."""
    if not identity:
        return []
    if isinstance(identity, list | tuple):
        source, target = cast("Sequence[Any]", identity)
        return [{"source": source_of(source, model), "target": target, "function": "Equality"}]
    given = cast("Wire", identity)
    if "mappings" in given:
        return [
            one
            for mapping in cast("Sequence[Any]", given["mappings"])
            for one in expand_identity(mapping, model)
        ]
    return [{"function": "Equality", **given, "source": source_of(given.get("source"), model)}]


def project_identity(server: Sequence[Wire], like: Any, model: str | None) -> Any:
    """The reply's identity in the user's form; None where there is none."""
    if equal(list(server), expand_identity(like, model)):
        return like
    shown = [_shown_identity(one, model) for one in server]
    if not shown:
        return None
    if isinstance(like, dict) and "mappings" in like:
        return {**cast("Wire", like), "mappings": shown}
    if len(shown) > 1:
        return {"mappings": shown, "strategy": "priority"}
    return shown[0] if isinstance(like, dict) else _pair(shown[0])


def _pair(mapping: Wire) -> Any:
    """`[source, target]` for a plain mapping, which is how a program writes it."""
    if set(mapping) == {"source", "target", "function"} and mapping["function"] == "Equality":
        return [mapping["source"], mapping["target"]]
    return mapping


def _shown_identity(mapping: Wire, model: str | None) -> Wire:
    shown = {key: value for key, value in mapping.items() if value}
    return {**shown, "source": plain_source(shown.get("source"), model)}
