"""One condition on a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from polytomic_provider.filtering.errors import CannotEvaluate
from polytomic_provider.filtering.functions import FUNCTIONS, NOTHING, Function
from polytomic_provider.filtering.values import in_utc


@dataclass(frozen=True)
class Condition:
    """What a record's field must be.

    function: one of `facts.functions.FILTER_FUNCTIONS`. value: what it compares with; value_field:
    another field of the record, whose value it compares with instead.
    """

    field: str
    function: str
    value: Any = None
    value_field: str | None = None


def holds(condition: Condition, record: Mapping[str, Any], *, now: datetime) -> bool:
    """Whether a record meets a condition; `now` without a zone is in UTC.

    Raises CannotEvaluate for a condition that makes no sense, whatever the record.
    """
    function = checked(condition)
    operand = condition.value
    if condition.value_field is not None:
        operand = record.get(condition.value_field)
    moment = in_utc(now) or now.replace(tzinfo=UTC)
    return function.test(record.get(condition.field), operand, moment)


def checked(condition: Condition) -> Function:
    """The function of a condition that makes sense. Raises CannotEvaluate."""
    name = condition.function
    function = FUNCTIONS.get(name)
    if function is None:
        raise CannotEvaluate(
            f"there is no filter function {name!r}; there are {', '.join(FUNCTIONS)}"
        )
    takes, fits = function.operand.takes, function.operand.fits
    if condition.value_field is not None:
        if function.operand is NOTHING or condition.value is not None:
            raise CannotEvaluate(f"{name} takes {takes}, and not another field's as well")
        return function
    if not fits(condition.value):
        raise CannotEvaluate(f"{name} takes {takes}, got {_shown(condition.value)}")
    return function


def _shown(value: Any) -> str:
    """A value in an error: a short text itself, of anything else what it is."""
    if isinstance(value, str):
        return repr(value) if len(value) <= 40 else "a long text"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list | tuple) else "an object"
