"""A sync's conditions and constants: filters in both shapes, overrides, override fields."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from polytomic_provider.filtering.logic import label_at
from polytomic_provider.handlers.equality import equal
from polytomic_provider.handlers.filter_logic import meaning_of
from polytomic_provider.handlers.sync_forms import Wire, is_override, plain_source, source_of

MODEL, TARGET = "Model", "Target"


def expand_filters(filters: Any, model: str | None) -> list[Wire]:
    """Filters in the wire's older form: `{field | field_id, field_type, function, value}`."""
    return [_expand(one, model) for one in cast("Sequence[Wire]", filters or ())]


def _expand(condition: Wire, model: str | None) -> Wire:
    wire = dict(condition)
    if "field" in wire and wire.get("field_type", MODEL) == MODEL:
        wire["field"] = source_of(wire["field"], model)
    if "value_field" in wire:
        wire["value_field"] = source_of(wire["value_field"], model)
    wire.setdefault("field_type", MODEL)
    return wire


def expand_group(group: Any, model: str | None, key: str) -> Wire:
    """`model_filters` (`key` is `source`) or `target_filters` (`key` is `field`) for the wire."""
    given = cast("Wire", group or {})
    conditions = [
        {**one, key: source_of(one.get(key), model)} if key == "source" else dict(one)
        for one in cast("Sequence[Wire]", given.get("conditions") or ())
    ]
    return {**given, "conditions": conditions}


def conditions_of(wire: Mapping[str, Any]) -> list[Wire]:
    """All conditions of a request or reply in one canonical form, whichever shape they have."""
    found = [_canonical_filter(one) for one in cast("Sequence[Wire]", wire.get("filters") or ())]
    if found:
        return found
    groups = ((MODEL, "model_filters", "source"), (TARGET, "target_filters", "field"))
    for kind, name, key in groups:
        group = cast("Wire", wire.get(name) or {})
        for one in cast("Sequence[Wire]", group.get("conditions") or ()):
            found.append(
                {
                    "kind": kind,
                    "at": one.get(key),
                    "function": one.get("function"),
                    "value": one.get("value") or one.get("value_source"),
                }
            )
    return found


def _canonical_filter(wire: Wire) -> Wire:
    kind = wire.get("field_type") or MODEL
    return {
        "kind": kind,
        "at": wire.get("field") or wire.get("field_id"),
        "function": wire.get("function"),
        "value": wire.get("value") if wire.get("value") is not None else wire.get("value_field"),
    }


def same_filters(
    mine: Sequence[Wire], my_logic: str | None, server: Sequence[Wire], server_logic: str | None
) -> bool:
    """Whether two lists of canonical conditions with their logic mean the same.

    The server may keep the conditions in another order; its logic then has other letters. A
    condition that only shows an opaque field id is compared by the rest of it.
    """
    letters = _letters(mine, server)
    if letters is None:
        return False
    count = len(mine)
    try:
        wanted = meaning_of(my_logic, {}, count)
        return wanted == meaning_of(server_logic, letters, count)
    except ValueError:
        return my_logic == server_logic


def _letters(mine: Sequence[Wire], server: Sequence[Wire]) -> dict[str, str] | None:
    """For each letter of the server the letter that the same condition has in the program."""
    if len(mine) != len(server):
        return None
    rest = list(enumerate(mine))
    letters: dict[str, str] = {}
    for position, found in enumerate(server):
        match = next((one for one in rest if _same(one[1], found)), None)
        if match is None:
            return None
        rest.remove(match)
        letters[label_at(position)] = label_at(match[0])
    return letters


def _same(one: Wire, other: Wire) -> bool:
    left, right = one.get("at"), other.get("at")
    comparable = isinstance(left, dict) == isinstance(right, dict)
    return (
        one.get("kind") == other.get("kind")
        and one.get("function") == other.get("function")
        and equal(one.get("value"), other.get("value"))
        and (not comparable or equal(left, right))
    )


def shown_filters(server: Sequence[Wire], like: Any, model: str | None) -> list[Wire]:
    """Filters of a reply in the user's older form, each in the user's words where it is theirs."""
    mine = cast("Sequence[Wire]", like or ())
    return [_shown(one, mine, model) for one in server]


def _shown(condition: Wire, mine: Sequence[Wire], model: str | None) -> Wire:
    for one in mine:
        if _same(_canonical_filter(_expand(one, model)), condition):
            return one
    at, key = condition.get("at"), "field"
    if isinstance(at, str):
        key = "field_id"
    elif condition["kind"] == MODEL:
        at = plain_source(at, model)
    shown = {key: at, "function": condition.get("function"), "value": condition.get("value")}
    if condition["kind"] == TARGET:
        shown["field_type"] = TARGET
    return {name: value for name, value in shown.items() if value is not None}


def expand_overrides(overrides: Any, model: str | None) -> list[Wire]:
    """Overrides in the wire's form: `{field | field_id, function, value, override}`."""
    return [
        {**one, "field": source_of(one["field"], model)} if "field" in one else dict(one)
        for one in cast("Sequence[Wire]", overrides or ())
    ]


def project_overrides(server: Sequence[Wire], like: Any, model: str | None) -> Any:
    """The reply's overrides in the user's form; None where there are none."""
    mine = cast("Sequence[Wire]", like or ())
    left = list(zip(mine, expand_overrides(mine, model), strict=True))
    shown: list[Wire] = []
    strange = False
    for one in server:
        match = next((pair for pair in left if _same_override(pair[1], one)), None)
        if match is not None:
            left.remove(match)
            shown.append(match[0])
        else:
            strange = True
            shown.append(_shown_override(one, model))
    return (shown or None) if strange or left else like


def _same_override(one: Wire, other: Wire) -> bool:
    wanted, found = _canonical_filter(one), _canonical_filter(other)
    return _same(wanted, found) and equal(one.get("override"), other.get("override"))


def _shown_override(wire: Wire, model: str | None) -> Wire:
    """Without what the server gives by itself: labels, and field ids beside the field."""
    words = {key: value for key, value in wire.items() if value is not None and key != "label"}
    if "field" in words:
        words["field"] = plain_source(words["field"], model)
        words.pop("field_id", None)
    return words


def expand_override_fields(constants: Any) -> list[Wire]:
    """Constants in the wire's form, from a map (target → value) or the wire's own list."""
    if isinstance(constants, Mapping):
        items = cast("Mapping[str, Any]", constants).items()
        return [{"target": target, "override_value": as_text(value)} for target, value in items]
    return [
        {**one, "override_value": as_text(one.get("override_value"))}
        for one in cast("Sequence[Wire]", constants or ())
    ]


def as_text(value: Any) -> Any:
    """A constant as the API takes it: always a text."""
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return value


def project_override_fields(server: Mapping[str, Any], like: Any) -> Any:
    """The reply's constants, which it shows among its mappings, in the user's form."""
    merged = [one for one in cast("Sequence[Wire]", server.get("fields") or ()) if is_override(one)]
    own = cast("Sequence[Wire]", server.get("override_fields") or ())
    targets = {one.get("target") for one in merged}
    found = [_constant(one) for one in (*merged, *(o for o in own if o["target"] not in targets))]
    wanted = [_constant(one) for one in expand_override_fields(like)]
    if equal(found, wanted, unordered=True):
        return like
    if isinstance(like, Mapping) and all(set(one) == {"target", "override_value"} for one in found):
        return {one["target"]: one["override_value"] for one in found}
    return found or None


def _constant(wire: Wire) -> Wire:
    kept = ("target", "override_value", "new", "sync_mode")
    constant = {key: wire[key] for key in kept if wire.get(key)}
    if constant.get("sync_mode") == "updateOrCreate":
        del constant["sync_mode"]
    return constant
