"""What a connected service has: its objects and their fields, read from the files in `catalogs/`.

A type without a file of its own has the objects of `generic.json`, so that every type can be both
ends of a sync.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class CatalogField:
    """One field of an object.

    values: what a picklist offers. identity: match functions. max_length: of a text. seed: what
    the rows have in it, and what the service writes there by itself: its id, times (`seeds`).
    """

    id: str
    name: str
    type: str
    source_type: str
    required: bool = False
    createable: bool = True
    updateable: bool = True
    unique: bool = False
    association: bool = False
    encryptable: bool = False
    identity: tuple[str, ...] = ()
    filter_functions: tuple[str, ...] = ()
    values: tuple[Mapping[str, str], ...] = ()
    max_length: int | None = None
    seed: str | None = None


@dataclass(frozen=True)
class Rows:
    """The rows that an object has from the start.

    of: whether each is a `person` or a `company`. count: how many. first: the number of the first
    person or company. id: kind and start of the ids that the service gives, such as `number:1`.
    """

    of: str
    count: int
    first: int
    id: str


@dataclass(frozen=True)
class CatalogObject:
    """One object, such as Contact. `open`: its columns are whatever a sync maps to it."""

    id: str
    name: str
    fields: Mapping[str, CatalogField]
    open: bool = False
    rows: Rows | None = None

    def seeded(self, seed: str) -> str | None:
        """The field that the service fills in such a way, such as `id` or `modified`."""
        return next((one.id for one in self.fields.values() if one.seed == seed), None)


@dataclass(frozen=True)
class CreationProperty:
    """One thing to be said about a target that a sync creates; `values`: the only ones allowed."""

    id: str
    title: str
    values: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Creation:
    """How a sync creates its target. `object`: template of the new object's id."""

    object: str
    properties: tuple[CreationProperty, ...]


@dataclass(frozen=True)
class Catalog:
    """A service's objects, and what it can do as a target.

    selectors: the model configuration keys of which exactly one chooses what to read.
    options: further keys of a model's configuration that the service knows.
    namespace: the prefix that object ids may be written without, such as `public`.
    dialect: what queries are written in: `soql`, `postgresql`, `snowflake`, or plain `sql`.
    identity_modes, field_mode_modes, target_filter_modes: the modes that need an identity, take a
    mode per field, take target filters.
    """

    selectors: tuple[str, ...]
    options: tuple[str, ...]
    namespace: str | None
    modes: tuple[str, ...]
    identity_modes: tuple[str, ...]
    field_mode_modes: tuple[str, ...]
    target_filter_modes: tuple[str, ...]
    properties: Mapping[str, Any]
    objects: Mapping[str, CatalogObject]
    creation: Creation | None = None
    dialect: str = "sql"

    def find(self, object_id: str) -> CatalogObject | None:
        """The object with this id, also without its namespace."""
        found = self.objects.get(object_id)
        if found is None and self.namespace:
            found = self.objects.get(f"{self.namespace}.{object_id}")
        return found


@cache
def catalog_of(type_id: str) -> Catalog:
    """The catalog of a connection type."""
    folder = files("polytomic_emulator") / "catalogs"
    file = folder / f"{type_id}.json"
    if not file.is_file():
        file = folder / "generic.json"
    return _catalog(json.loads(file.read_text(encoding="utf-8")))


def _catalog(written: dict[str, Any]) -> Catalog:
    creation = written["creation"]
    return Catalog(
        selectors=tuple(written["selectors"]),
        options=tuple(written["options"]),
        namespace=written["namespace"],
        modes=tuple(written["modes"]),
        identity_modes=tuple(written["identity_modes"]),
        field_mode_modes=tuple(written["field_mode_modes"]),
        target_filter_modes=tuple(written["target_filter_modes"]),
        properties=written["properties"],
        objects={one["id"]: _object(one) for one in written["objects"]},
        creation=_creation(creation) if creation else None,
        dialect=written.get("dialect", "sql"),
    )


def _object(written: dict[str, Any]) -> CatalogObject:
    fields = {one["id"]: field_from(one) for one in written["fields"]}
    rows: dict[str, Any] | None = written.get("rows")
    return CatalogObject(
        written["id"], written["name"], fields, rows=Rows(**rows) if rows else None
    )


def field_from(written: Mapping[str, Any]) -> CatalogField:
    """A field from its JSON document, where tuples are lists."""
    lists = ("identity", "filter_functions", "values")
    parts: dict[str, Any] = {key: tuple(written[key]) for key in lists if key in written}
    return CatalogField(**{**written, **parts})


def _creation(written: dict[str, Any]) -> Creation:
    properties = (
        CreationProperty(one["id"], one["title"], tuple(one["values"] or ()))
        for one in written["properties"]
    )
    return Creation(written["object"], tuple(properties))
