"""The 29 filter functions: what each takes, and when it holds.

A test is total: whatever stands in a record, it answers. Only a condition's own value can be
refused, and that without looking at any record.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, cast

from polytomic_provider.filtering.durations import length_of, point_of
from polytomic_provider.filtering.values import (
    moment_of,
    number_of,
    order,
    same,
    text_of,
    truth_of,
)

Test = Callable[[Any, Any, datetime], bool]
"""A record's value, the value it is compared with, now."""


_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Operand:
    """What a function takes: in words, and whether a value is one."""

    takes: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True)
class Function:
    """One filter function."""

    operand: Operand
    test: Test


def _items(value: Any) -> list[Any]:
    """A list's items; a single value stands for itself."""
    return list(cast("list[Any]", value)) if isinstance(value, list | tuple) else [value]


def _is_ordered(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, str) or number_of(value) is not None or moment_of(value) is not None


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(cast("list[Any]", value)) == 2
        and all(_is_ordered(bound) for bound in _items(value))
    )


def _is_point(value: Any) -> bool:
    return isinstance(value, str) and point_of(value, _ANY_TIME) is not None


def _is_length(value: Any) -> bool:
    length = length_of(value) if isinstance(value, str) else None
    return length is not None and not length.ahead


NOTHING = Operand("no value", lambda value: value in (None, ""))
_ANY = Operand("a value; IsNull asks for null", lambda value: value is not None)
_ITEM = Operand(
    "one value, not a list", lambda value: value is not None and not isinstance(value, list | dict)
)
_TEXT = Operand("a text", lambda value: text_of(value) is not None)
_ORDERED = Operand("a number, a date or a text", _is_ordered)
_MOMENT = Operand(
    "a date such as 2024-05-31 or 2024-05-31T12:00:00Z", lambda value: moment_of(value) is not None
)
_LIST = Operand("a list of values", lambda value: isinstance(value, list | tuple))
_PAIR = Operand("a list of two values, the lowest and the highest", _is_pair)
_LENGTH = Operand("a length of time such as '7 days'", _is_length)
_POINT = Operand("a point in time such as '48 hours ago' or 'today'", _is_point)


def _not(function: Function) -> Function:
    test = function.test
    return Function(function.operand, lambda value, operand, now: not test(value, operand, now))


def _plain(operand: Operand, test: Callable[[Any, Any], bool]) -> Function:
    return Function(operand, lambda value, other, now: test(value, other))


def _ordered(operand: Operand, wanted: Callable[[int], bool]) -> Function:
    def test(value: Any, other: Any) -> bool:
        found = order(value, other)
        return found is not None and wanted(found)

    return _plain(operand, test)


def _textual(test: Callable[[str, str], bool]) -> Function:
    def holds(value: Any, operand: Any) -> bool:
        own, other = text_of(value), text_of(operand)
        return own is not None and other is not None and test(own, other)

    return _plain(_TEXT, holds)


def _is_one_of(value: Any, operand: Any) -> bool:
    return value is not None and any(same(value, item) for item in _items(operand))


def _is_between(value: Any, operand: Any) -> bool:
    bounds = _items(operand)
    if len(bounds) != 2:
        return False
    low, high = (order(value, bound) for bound in bounds)
    return low is not None and high is not None and low >= 0 >= high


def _has_item(value: Any, operand: Any) -> bool:
    return isinstance(value, list | tuple) and any(same(item, operand) for item in _items(value))


def _is_in_the_last(value: Any, operand: Any, now: datetime) -> bool:
    moment = moment_of(value)
    length = length_of(operand) if isinstance(operand, str) else None
    if moment is None or length is None:
        return False
    since, until = order(moment, length.before(now)), order(moment, now)
    return since is not None and until is not None and since >= 0 >= until


def _relative(wanted: Callable[[int], bool]) -> Function:
    def test(value: Any, operand: Any, now: datetime) -> bool:
        point = point_of(operand, now) if isinstance(operand, str) else None
        found = order(value, point)
        return found is not None and wanted(found)

    return Function(_POINT, test)


@lru_cache(maxsize=256)
def _pattern(like: str) -> re.Pattern[str]:
    """A LIKE pattern as a regular expression that never tries a place twice.

    The first place where a part between two `%` fits is as good as any later one: atomic groups.
    """
    parts, escaped = [""], False
    for letter in like:
        if escaped or letter not in "\\%_":
            parts[-1] += re.escape(letter)
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == "%":
            parts.append("")
        else:
            parts[-1] += "."
    parts[-1] += re.escape("\\") if escaped else ""
    first, *middle = parts
    last = middle.pop() if middle else None
    found = first + "".join(f"(?>.*?{part})" for part in middle if part)
    return re.compile(found if last is None else f"{found}.*{last}", re.DOTALL)


_EQUALITY = _plain(_ANY, same)
_CONTAINS = _textual(lambda own, other: other in own)
_STARTS = _textual(str.startswith)
_ENDS = _textual(str.endswith)
_ONE_OF = _plain(_LIST, _is_one_of)
_HAS_ITEM = _plain(_ITEM, _has_item)
_LIKE = _textual(lambda own, other: _pattern(other).fullmatch(own) is not None)

FUNCTIONS: Final[Mapping[str, Function]] = {
    "Equality": _EQUALITY,
    "Inequality": _not(_EQUALITY),
    "IsNull": _plain(NOTHING, lambda value, _: value is None),
    "IsNotNull": _plain(NOTHING, lambda value, _: value is not None),
    "True": _plain(NOTHING, lambda value, _: truth_of(value) is True),
    "False": _plain(NOTHING, lambda value, _: truth_of(value) is False),
    "OnOrAfter": _ordered(_MOMENT, lambda found: found >= 0),
    "OnOrBefore": _ordered(_MOMENT, lambda found: found <= 0),
    "GreaterThan": _ordered(_ORDERED, lambda found: found > 0),
    "GreaterThanEqual": _ordered(_ORDERED, lambda found: found >= 0),
    "LessThan": _ordered(_ORDERED, lambda found: found < 0),
    "LessThanEqual": _ordered(_ORDERED, lambda found: found <= 0),
    "StringContains": _CONTAINS,
    "StringStartsWith": _STARTS,
    "StringEndsWith": _ENDS,
    "StringDoesNotContain": _not(_CONTAINS),
    "StringDoesNotStartWith": _not(_STARTS),
    "StringDoesNotEndWith": _not(_ENDS),
    "StringOneOf": _ONE_OF,
    "StringNotOneOf": _not(_ONE_OF),
    "Between": _plain(_PAIR, _is_between),
    "ArrayContains": _HAS_ITEM,
    "ArrayDoesNotContain": _not(_HAS_ITEM),
    "InTheLast": Function(_LENGTH, _is_in_the_last),
    "RelativeOnOrBefore": _relative(lambda found: found <= 0),
    "RelativeOnOrAfter": _relative(lambda found: found >= 0),
    "StringLike": _LIKE,
    "StringNotLike": _not(_LIKE),
    "StringMatchesTrimmed": _textual(lambda own, other: own.strip() == other.strip()),
}
