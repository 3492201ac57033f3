"""How a value of a record, or of a condition, reads: as number, date, text; and how two compare."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, cast

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.I | re.A)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?", re.I | re.A
)


def text_of(value: Any) -> str | None:
    """A text, a number or a boolean as text; None for what has none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    number = number_of(value)
    if number is None:
        return None
    whole = number.to_integral_value()
    return format(whole, "f") if number == whole else str(number)


def number_of(value: Any) -> Decimal | None:
    """A number, or a text that reads as one; never a boolean, never NaN."""
    written = value
    if isinstance(value, float):
        written = repr(value)
    elif isinstance(value, str):
        written = value.strip()
        if not _NUMBER.fullmatch(written):
            return None
    elif isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    try:
        number = Decimal(written)
    except InvalidOperation:  # an exponent beyond every limit
        return None
    return None if number.is_nan() else number


def moment_of(value: Any) -> date | datetime | None:
    """A point in time in UTC, or a day where no time was written; None for what is neither."""
    found = value
    if isinstance(value, str):
        match = _MOMENT.fullmatch(value.strip())
        if match is None:
            return None
        written = match[0].upper()
        try:
            found = datetime.fromisoformat(written) if match[2] else date.fromisoformat(written)
        except ValueError:  # the 31st of June
            return None
    if isinstance(found, datetime):
        return in_utc(found)
    return found if isinstance(found, date) else None


def in_utc(moment: datetime) -> datetime | None:
    """The same moment in UTC, which no zone means; None outside of the years 1 to 9999."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def truth_of(value: Any) -> bool | None:
    """A boolean, also as a text or as 1 and 0; None for anything else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower())
    number = number_of(value)
    return bool(number) if number in (0, 1) else None


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal; null equals null only."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = cast("tuple[list[Any], list[Any]]", (one, other))
        return len(pairs[0]) == len(pairs[1]) and all(map(same, *pairs))
    if isinstance(one, dict) and isinstance(other, dict):
        left, right = cast("tuple[dict[Any, Any], dict[Any, Any]]", (one, other))
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(one, bool) or isinstance(other, bool):
        return _same_truth(one, other)
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _order_of_moments(moment_of(one), moment_of(other)) == 0
    number = number_of(one)
    if number is not None and not (isinstance(one, str) and isinstance(other, str)):
        return number == number_of(other)
    if isinstance(one, date) or isinstance(other, date):
        return _order_of_moments(moment_of(one), moment_of(other)) == 0
    return one is None and other is None


def _same_truth(one: Any, other: Any) -> bool:
    if any(not isinstance(value, bool | str) for value in (one, other)):
        return False
    return truth_of(one) == truth_of(other)


def order(value: Any, operand: Any) -> int | None:
    """Below 0, 0 or above 0 as a record's value stands to an operand; None where it has no order.

    The operand decides whether they are compared as numbers, as moments or as texts.
    """
    if isinstance(value, bool) or isinstance(operand, bool):
        return None
    number = number_of(operand)
    if number is not None:
        return _order(number_of(value), number)
    moment = moment_of(operand)
    if moment is not None:
        return _order_of_moments(moment_of(value), moment)
    return _order(text_of(value), operand) if isinstance(operand, str) else None


def _order_of_moments(one: date | datetime | None, other: date | datetime | None) -> int | None:
    if one is None or other is None:
        return None
    if isinstance(one, datetime) and isinstance(other, datetime):
        return _order(one, other)
    return _order(_day(one), _day(other))


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _order(one: Any, other: Any) -> int | None:
    return None if one is None else (one > other) - (one < other)
