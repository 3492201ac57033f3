"""The 262 connection types that Polytomic's official clients know, with their JSON Schemas.

They are as of September 2026; two types that newer servers no longer have are kept for older ones.

>>> from polytomic_provider.facts import connection_types
>>> connection_types.get("netsuite").name
'NetSuite'
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

_NO_SCHEMA: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Property:
    """One key of a connection's `configuration`, as the type's schema describes it.

    `path` is the dotted path (`auth.basic.password`; list items are not counted), `enum` the
    allowed values without their labels, `children` the keys of an object or of a list's items.
    Source: `GET /api/connection_types/{id}`.
    """

    path: str
    json_type: str | None
    sensitive: bool
    read_only: bool
    internal: bool
    enum: tuple[Any, ...]
    default: Any
    closed: bool
    children: Mapping[str, "Property"] = field(default_factory=dict[str, "Property"])
    item_type: str | None = None


@dataclass(frozen=True)
class ConnectionType:
    """One connection type: `id` as the API takes it, display name, OAuth or not, JSON Schema."""

    id: str
    name: str
    use_oauth: bool
    schema: Mapping[str, Any] = field(repr=False)
    properties: Mapping[str, Property] = field(repr=False)
    required: tuple[str, ...] = field(repr=False)


def _property(path: str, raw: Mapping[str, Any]) -> Property:
    items: Mapping[str, Any] = raw.get("items") or _NO_SCHEMA
    inner: Mapping[str, Any] = raw if raw.get("properties") else items
    children: dict[str, Any] = inner.get("properties") or {}
    return Property(
        path=path,
        json_type=raw.get("type"),
        sensitive=bool(raw.get("sensitive") or raw.get("password")),
        read_only=bool(raw.get("readOnly") or raw.get("readonly")),
        internal=bool(raw.get("hidden")) and not raw.get("api_field"),
        enum=tuple(_enum_value(value) for value in raw.get("enum") or ()),
        default=raw.get("default"),
        closed=inner.get("additionalProperties") is False,
        children={name: _property(f"{path}.{name}", child) for name, child in children.items()},
        item_type=items.get("type"),
    )


def _enum_value(value: Any) -> Any:
    """The live API lists enum values as `{value, label}` as well as plainly."""
    return cast("dict[str, Any]", value)["value"] if isinstance(value, dict) else value


def from_schema(
    type_id: str, name: str, use_oauth: bool, schema: Mapping[str, Any]
) -> ConnectionType:
    """Read a connection type from its JSON Schema, packaged or live.

    Source: `GET /api/connection_types/{id}`.
    """
    raw: dict[str, Any] = schema.get("properties") or {}
    return ConnectionType(
        id=type_id,
        name=name,
        use_oauth=use_oauth,
        schema=schema,
        properties={key: _property(key, value) for key, value in raw.items()},
        required=tuple(schema.get("required") or ()),
    )


class _Packaged(Mapping[str, ConnectionType]):
    """Reads a type's schema when it is first looked at: a program has few of the 262."""

    def __init__(self) -> None:
        text = (Path(__file__).parent / "connection_types.json").read_text(encoding="utf-8")
        rows: list[dict[str, Any]] = json.loads(text)
        self._rows = {row["id"]: row for row in rows}
        self._read: dict[str, ConnectionType] = {}

    def __getitem__(self, type_id: str) -> ConnectionType:
        found = self._read.get(type_id)
        if found is None:
            row = self._rows[type_id]
            found = from_schema(row["id"], row["name"], row["use_oauth"], row["configuration"])
            self._read[type_id] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@cache
def all_types() -> Mapping[str, ConnectionType]:
    """Every packaged connection type by its id."""
    return _Packaged()


def get(type_id: str) -> ConnectionType | None:
    """The packaged facts of one connection type, or None for a type that is not known."""
    return all_types().get(type_id)
