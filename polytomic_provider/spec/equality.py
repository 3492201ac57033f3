"""When two values are equal: exactly between two programs, by the server's habits in a reply.

>>> same({"port": 5, "note": None}, {"port": 5.0})
True
>>> same("", None)
False
>>> matches(None, "")
True
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from polytomic_provider.facts.secrets import MASK
from polytomic_provider.validation import is_unknown

Equal = Callable[[Any, Any], bool]

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
LARGEST_INTEGER = 2**53
"""Pulumi carries numbers as doubles; beyond this an integer would change on the way."""


def same(one: Any, other: Any) -> bool:
    """Return whether two values of programs are equal.

    `None` in a mapping equals absence and 5 equals 5.0; nothing else is lenient. An unknown value
    equals nothing, itself included.
    """
    if is_unknown(one) or is_unknown(other):
        return False
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        left, right = cast("Mapping[str, Any]", one), cast("Mapping[str, Any]", other)
        return all(same(left.get(key), right.get(key)) for key in {*left, *right})
    if _is_list(one) and _is_list(other):
        return _pairwise(one, other, same)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def same_set(one: Any, other: Any, equal: Equal = same) -> bool:
    """Return whether two lists hold equal items, whatever their order and repetitions.

    Values that are no lists are compared as they stand.
    """
    if not (_is_list(one) and _is_list(other)):
        return equal(one, other)
    return _covers(one, other, equal) and _covers(other, one, lambda a, b: equal(b, a))


def _pairwise(these: Any, those: Any, equal: Equal) -> bool:
    return len(these) == len(those) and all(map(equal, these, those))


def _covers(these: Sequence[Any], those: Sequence[Any], equal: Equal) -> bool:
    return all(any(equal(one, other) for other in those) for one in these)


def matches(server: Any, written: Any) -> bool:
    """Return whether a value of a reply is what the program wrote.

    Servers leave out zero values, add keys to objects, mask secrets, show numeric text as numbers
    (or the reverse) and normalise Unicode. Texts are otherwise compared to the letter.
    """
    if is_unknown(written):
        return False
    if server == MASK and isinstance(written, str):
        return True
    if server is None or written is None:
        return is_zero(server) and is_zero(written)
    if isinstance(server, Mapping) and isinstance(written, Mapping):
        left, right = cast("Mapping[str, Any]", server), cast("Mapping[str, Any]", written)
        return all(matches(left.get(key), value) for key, value in right.items())
    if _is_list(server) and _is_list(written):
        return _pairwise(server, written, matches)
    return _same_scalar(server, written)


def matches_set(server: Any, written: Any) -> bool:
    """As `matches`, for lists whose order the API does not keep."""
    if server is None or written is None:
        return is_zero(server) and is_zero(written)
    return same_set(server, written, matches)


def _same_scalar(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _normal(one) == _normal(other)
    if isinstance(one, str) or isinstance(other, str):
        return _is_number(one) and _is_number(other) and Decimal(str(one)) == Decimal(str(other))
    return bool(one == other)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _is_number(value: Any) -> bool:
    return _NUMBER.fullmatch(str(value)) is not None


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def is_zero(value: Any) -> bool:
    """Return whether a server may leave a value out, or show it where there is none."""
    return value is None or value is False or value in ("", [], {}) or _is_zero_number(value)


def _is_zero_number(value: Any) -> bool:
    return isinstance(value, int | float) and value == 0


def without_zeros(value: Any) -> Any:
    """Return an object of a reply without keys that say nothing."""
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return {key: without_zeros(item) for key, item in items if item is not None}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_INTEGER:
        return str(value)  # Pulumi carries numbers as doubles, which would change its digits
    if isinstance(value, list):
        return [without_zeros(item) for item in cast("list[Any]", value)]
    return value
