"""Lays a program's arguments over an object, for a PUT, which replaces the object in full."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from polytomic_provider.facts.secrets import MASK
from polytomic_provider.kinds.arguments import Facts


def overlay(
    facts: Mapping[str, Facts], current: Mapping[str, Any], body: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the body of a PUT: the program's, and from the object what it does not manage.

    Args:
        facts: Those of the kind.
        current: What the object has now, by the names of requests.
        body: What the program says, as a POST would have it.
    """
    kept = {
        name: current[name]
        for name, known in facts.items()
        if known.unmanaged and not known.provider_side and current.get(name) is not None
    }
    laid = {**kept, **body}
    for name in kept.keys() & body.keys():
        if facts[name].managed_keys:
            laid[name] = {**kept[name], **body[name]}
    return laid


def overlay_keys(
    current: Mapping[str, Any],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    drop: Collection[str] = (),
) -> dict[str, Any]:
    """Return a configuration with the program's keys over those that the object has.

    Keys that the program never named, or ends to name, stay, except those in `drop`. Inside a
    nested object, keys that the program ends to name go: it is one value of the program's.
    """
    kept = {
        key: _without_masks(value)
        for key, value in current.items()
        if value not in (None, MASK, "") and key not in drop
    }
    laid = dict(kept)
    for key, value in new.items():
        if value is None:
            continue
        there, before = kept.get(key), old.get(key)
        if isinstance(there, Mapping) and isinstance(value, Mapping):
            named = cast("Mapping[str, Any]", before if isinstance(before, Mapping) else {})
            gone = [one for one in named if cast("Mapping[str, Any]", value).get(one) is None]
            value = overlay_keys(
                cast("Mapping[str, Any]", there),
                named,
                cast("Mapping[str, Any]", value),
                drop=gone,
            )
        laid[key] = value
    return laid


def _without_masks(value: Any) -> Any:
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {key: _without_masks(item) for key, item in items if item != MASK}
    if isinstance(value, list):
        return [_without_masks(item) for item in cast("list[Any]", value) if item != MASK]
    return value
