"""What a value becomes in a field of the target: its type, its choices, its length.

A value that fits is taken as it is. One that can be read as the field's type is converted, with a
warning where a person would be surprised. Anything else does not fit, and its record fails.
"""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from polytomic_emulator.state.catalogs import CatalogField

_WHOLE = ("int", "integer", "bigint", "smallint")
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_SHOWN = 60


@dataclass(frozen=True)
class Fitted:
    """The value that is written; `warning` says what it lost or was made from."""

    value: Any
    warning: str | None = None


class Unfit(ValueError):
    """A value that a field cannot hold; the message names both and says what would do."""


def fit(field: CatalogField | None, name: str, value: Any) -> Fitted:
    """A value for a field. `field` None: a column of whatever type comes. Raises Unfit."""
    if field is None or value is None:
        return Fitted(value)
    if value == "" and field.type != "string":
        return Fitted(None)
    convert = _CONVERSIONS.get(field.type)
    fitted = convert(field, name, value) if convert else Fitted(value)
    return _chosen(field, name, fitted) if field.values else fitted


def shown(value: Any) -> str:
    """A value in a message, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _chosen(field: CatalogField, name: str, fitted: Fitted) -> Fitted:
    text = fitted.value
    if text in ("", *(one["value"] for one in field.values)):
        return fitted
    for one in field.values:
        if one.get("label", "").casefold() == str(text).casefold():
            return Fitted(one["value"], f"{name}: {shown(text)} is the label of {one['value']!r}")
    known = ", ".join(one["value"] for one in field.values)
    raise Unfit(f"{name} cannot be {shown(text)}: it is one of {known}")


def _text(field: CatalogField, name: str, value: Any) -> Fitted:
    if isinstance(value, str):
        text = value
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = json.dumps(value, ensure_ascii=False)
    length = field.max_length
    if length is not None and len(text) > length:
        return Fitted(text[:length], f"{name}: cut from {len(text)} to {length} characters")
    return Fitted(text)


def _number(field: CatalogField, name: str, value: Any) -> Fitted:
    warning = None
    number = value
    if isinstance(value, str):
        number = _read_number(value)
        warning = f"{name}: the text {shown(value)} was read as a number"
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise Unfit(f"{name} must be a number; {shown(value)} is not one")
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if field.source_type in _WHOLE and isinstance(number, float):
        return Fitted(int(number), f"{name}: {shown(value)} lost its fraction")
    return Fitted(number, warning)


def _read_number(text: str) -> int | float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    whole = text.strip().lstrip("+-").isdigit()
    return int(text) if whole else number


def _boolean(field: CatalogField, name: str, value: Any) -> Fitted:
    if isinstance(value, bool):
        return Fitted(value)
    read = _WORDS.get(str(value).strip().lower()) if isinstance(value, str | int) else None
    if read is None:
        raise Unfit(f"{name} must be true or false; {shown(value)} is neither")
    return Fitted(read, f"{name}: {shown(value)} was read as {str(read).lower()}")


def _datetime(field: CatalogField, name: str, value: Any) -> Fitted:
    moment = _read_moment(value)
    if moment is None:
        raise Unfit(f"{name} must be a date or time; {shown(value)} is none")
    if field.source_type != "date" or len(value) <= 10:
        return Fitted(value)
    day = moment.date().isoformat()
    if moment.time() == datetime.min.time():
        return Fitted(day)
    return Fitted(day, f"{name}: {shown(value)} lost its time of day")


def _read_moment(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _array(field: CatalogField, name: str, value: Any) -> Fitted:
    return Fitted(cast("list[Any]", value) if isinstance(value, list) else [value])


def _object(field: CatalogField, name: str, value: Any) -> Fitted:
    if isinstance(value, dict):
        return Fitted(cast("dict[str, Any]", value))
    raise Unfit(f"{name} must be an object; {shown(value)} is not one")


_CONVERSIONS: dict[str, Callable[[CatalogField, str, Any], Fitted]] = {
    "string": _text,
    "number": _number,
    "boolean": _boolean,
    "datetime": _datetime,
    "array": _array,
    "object": _object,
}
