"""How rows read after the fields of their object have changed in the service."""

from collections.abc import Callable, Mapping
from typing import Any

from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_provider.filtering.values import moment_of, number_of, text_of, truth_of

Values = dict[str, Any]


def reading_of(
    before: CatalogObject | None, now: CatalogObject | None
) -> Callable[[Values], Values]:
    """A function from a row as it was written to the row as the service has it now.

    Fields that are gone are left out, new ones are null, and a value that does not read as its
    field's new type is null.
    """
    if before is None or now is None or before is now:
        return lambda values: values
    gone = before.fields.keys() - now.fields.keys()
    empty = dict.fromkeys(now.fields)
    retyped = {
        name: _READINGS[field.type]
        for name, field in now.fields.items()
        if name in before.fields
        and before.fields[name].type != field.type
        and field.type in _READINGS
    }

    def read(values: Values) -> Values:
        kept = empty | {name: value for name, value in values.items() if name not in gone}
        return kept | {name: convert(kept[name]) for name, convert in retyped.items()}

    return read


def _array(value: Any) -> Any:
    return value if isinstance(value, list) else None  # pyright: ignore[reportUnknownVariableType]


def _number(value: Any) -> int | float | None:
    found = number_of(value)
    if found is None or not found.is_finite():
        return None
    return int(found) if found == found.to_integral_value() else float(found)


_READINGS: Mapping[str, Callable[[Any], Any]] = {
    "string": text_of,
    "number": _number,
    "boolean": truth_of,
    "datetime": lambda value: value if moment_of(value) is not None else None,
    "array": _array,
}
