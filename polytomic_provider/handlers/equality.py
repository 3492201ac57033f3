"""When two values mean the same to Polytomic, however they are spelled.

>>> equal({"port": 5, "note": None}, {"port": 5.0})
True
"""

from typing import Any, cast

from polytomic_provider.facts.secrets import MASK


def equal(one: Any, other: Any, *, unordered: bool = False) -> bool:
    """Whether two plain values are equal in meaning.

    `null` and empty values equal absence, `5` equals `5.0`, e-mail addresses do not depend on
    case, a host does not depend on a leading `https://`, and a mask equals every value.
    """
    if MASK in (one, other) or (_empty(one) and _empty(other)):
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return _text(one) == _text(other)
    if isinstance(one, dict) and isinstance(other, dict):
        left, right = cast("dict[str, Any]", one), cast("dict[str, Any]", other)
        return all(equal(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(one, list) and isinstance(other, list):
        return _equal_lists(cast("list[Any]", one), cast("list[Any]", other), unordered)
    return bool(one == other)


def _empty(value: Any) -> bool:
    """The API's server leaves zero values out of its JSON."""
    return value is None or value is False or value in ("", [], {}) or _zero(value)


def _zero(value: Any) -> bool:
    return isinstance(value, int | float) and value == 0


def _text(value: str) -> str:
    if "@" in value and "://" not in value:
        return value.casefold()
    return value.removeprefix("https://").rstrip("/")


def _equal_lists(one: list[Any], other: list[Any], unordered: bool) -> bool:
    if len(one) != len(other):
        return False
    if not unordered:
        return all(equal(left, right) for left, right in zip(one, other, strict=True))
    rest = list(other)
    for item in one:
        found = next((index for index, value in enumerate(rest) if equal(item, value)), None)
        if found is None:
            return False
        del rest[found]
    return True
