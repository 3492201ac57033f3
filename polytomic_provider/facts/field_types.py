"""The types that a field of an object of a connection can have.

Source: `POST /api/connections/{id}/schemas/{schema_id}/fields`, the official Python types.
"""

from collections.abc import Mapping, Sequence
from typing import Final, cast

FIELD_TYPES: Final = ("string", "number", "boolean", "datetime", "array", "object", "binary")

DEFINITIONS: Final[Mapping[str, str]] = {
    "binary": "binary",
    "boolean": "boolean",
    "date": "datetime",
    "datetime": "datetime",
    "datetime_tz": "datetime",
    "time": "datetime",
    "number": "number",
    "string": "string",
    "smallint": "number",
    "int": "number",
    "bigint": "number",
    "single": "number",
    "double": "number",
}
"""The words that say a type in detail, and the type that each belongs to."""

LISTED_DEFINITIONS: Final[Mapping[str, str]] = {
    "array": "array",
    "jsonarray": "array",
    "decimal": "number",
    "json": "object",
    "map": "object",
    "object": "object",
    "string": "string",
}
"""The first words of definitions that are lists, such as `["array", "string"]`.

The documents leave these open; they are those that Polytomic's Terraform provider reads.
"""


def type_of(definition: object) -> str | None:
    """Return the type that a definition belongs to; None where it is not known."""
    if isinstance(definition, str):
        return DEFINITIONS.get(definition)
    if isinstance(definition, list) and definition:
        first = cast("Sequence[object]", definition)[0]
        return LISTED_DEFINITIONS.get(first) if isinstance(first, str) else None
    return None
