"""Tables that somebody added to a service, with the rows that they have from the start."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.state.catalogs import (
    Catalog,
    CatalogField,
    CatalogObject,
    Rows,
    catalog_of,
    field_from,
)
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.database import Database

Values = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column of a table that is added. type: one of `service_changes.TYPES`."""

    name: str
    type: str
    required: bool = False
    unique: bool = False


class AddedTables:
    """The added tables of every service.

    A service is a connection, or a connection type: then every connection of the type has the
    table, also those that are made later.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def catalog(self, connection: Connection) -> Catalog:
        """The catalog of the connection's type with the tables that were added."""
        catalog = catalog_of(connection.type)
        added = self._of(connection)
        if not added:
            return catalog
        return replace(catalog, objects={**catalog.objects, **added})

    def add(
        self, service: Connection | str, table: str, columns: Sequence[Column], rows: list[Values]
    ) -> CatalogObject:
        """Add a table to a connection, or to a connection type. Raises BadRequest."""
        type_id = service if isinstance(service, str) else service.type
        catalog = catalog_of(type_id) if isinstance(service, str) else self.catalog(service)
        object_id = _id_of(catalog, table)
        key = service if isinstance(service, str) else service.id
        if object_id in catalog.objects or object_id in self._stored(key):
            raise BadRequest(f"there is a table {object_id!r} already", field="table")
        added = _object(catalog, object_id, columns)
        for position, row in enumerate(rows):
            unknown = next((name for name in row if name not in added.fields), None)
            if unknown is not None:
                raise BadRequest(
                    f"rows[{position}]: {object_id} has no column {unknown!r}",
                    field=f"rows[{position}]",
                    known_values=list(added.fields),
                )
        document = {"object": asdict(added), "rows": rows}
        with self._database.transaction() as database:
            database.execute(
                "INSERT INTO added_tables VALUES (?, ?, ?)", (key, object_id, json.dumps(document))
            )
        return added

    def rows(self, connection: Connection, object_id: str) -> list[Values]:
        """The rows that an added table has from the start; none for any other object."""
        for key in (connection.id, connection.type):
            document = self._stored(key).get(object_id)
            if document is not None:
                return document["rows"]
        return []

    def forget(self, connection_id: str) -> None:
        """The connection is gone; the tables of its type stay."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM added_tables WHERE service = ?", (connection_id,))

    def _of(self, connection: Connection) -> dict[str, CatalogObject]:
        stored = self._stored(connection.type) | self._stored(connection.id)
        return {object_id: _read(one["object"]) for object_id, one in stored.items()}

    def _stored(self, service: str) -> dict[str, Any]:
        with self._database.transaction() as rows:
            found = rows.execute(
                "SELECT object_id, document FROM added_tables WHERE service = ? ORDER BY rowid",
                (service,),
            ).fetchall()
        return {row["object_id"]: json.loads(row["document"]) for row in found}


def _id_of(catalog: Catalog, table: str) -> str:
    bare = catalog.namespace and "." not in table
    return f"{catalog.namespace}.{table}" if bare else table


def _object(catalog: Catalog, object_id: str, columns: Sequence[Column]) -> CatalogObject:
    """The object; the service numbers rows that come without a value of the first unique column."""
    numbered = next((one for one in columns if one.unique), None)
    kind = "number" if numbered is not None and numbered.type == "number" else "text"
    return CatalogObject(
        object_id,
        object_id,
        {one.name: _field(catalog, one, seed="id" if one is numbered else None) for one in columns},
        rows=Rows("", 0, 0, f"{kind}:1") if numbered else None,
    )


def _field(catalog: Catalog, column: Column, seed: str | None) -> CatalogField:
    """The column as the service's own columns of the same type are."""
    fields = [one for found in catalog.objects.values() for one in found.fields.values()]
    alike = next((one for one in fields if one.type == column.type), None)
    text = column.type == "string"
    return CatalogField(
        column.name,
        column.name,
        column.type,
        alike.source_type if alike else column.type,
        required=column.required,
        unique=column.unique,
        encryptable=text and bool(catalog.properties.get("supports_field_encryption")),
        identity=("Equality",) if text or column.unique else (),
        seed=seed,
    )


def _read(document: Mapping[str, Any]) -> CatalogObject:
    fields = {name: field_from(one) for name, one in document["fields"].items()}
    rows: dict[str, Any] | None = document["rows"]
    return CatalogObject(
        document["id"], document["name"], fields, rows=Rows(**rows) if rows else None
    )
