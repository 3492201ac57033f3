"""The rows that a model reads: those of its object, or those that its query selects."""

import json
import re
from dataclasses import dataclass
from typing import Any

from polytomic_provider.emulator.errors import BadRequest
from polytomic_provider.emulator.state.behaviour import Behaviour
from polytomic_provider.emulator.state.catalogs import Catalog, CatalogObject
from polytomic_provider.emulator.state.connection import Connection
from polytomic_provider.emulator.state.connections import Connections
from polytomic_provider.emulator.state.discovery import (
    QUERY,
    catalog_for,
    source_object,
)
from polytomic_provider.emulator.state.model import Model
from polytomic_provider.emulator.state.query_runs import Table, run
from polytomic_provider.emulator.state.records import Records
from polytomic_provider.emulator.state.schema_caches import SchemaCaches
from polytomic_provider.emulator.state.schema_changes import SchemaChange

Row = dict[str, Any]


@dataclass(frozen=True)
class ModelRows:
    """Reads models from their services, as the services are now."""

    records: Records
    connections: Connections
    schemas: SchemaCaches

    def of(self, model: Model, behaviour: Behaviour, limit: int | None = None) -> list[Row]:
        """A model's rows, field → value; fields that users added are null.

        limit: so many of the oldest at most. Raises BadRequest where the connection cannot be
        read, an object or a field is there no more, or a query cannot be run.
        """
        connection = self.connections.get(model.connection_id)
        catalog_for(self.schemas, connection, behaviour)
        catalog = self.schemas.service.service(connection)
        source = source_object(catalog, model.configuration)
        rows = self._read(model, connection, catalog, source, limit)
        self._check_fields(model, connection, source)
        names = [one.name for one in model.fields]
        return [{name: row.get(name) for name in names} for row in rows]

    def _read(
        self,
        model: Model,
        connection: Connection,
        catalog: Catalog,
        source: CatalogObject,
        limit: int | None,
    ) -> list[Row]:
        deleted = model.configuration.get("include_deleted") is True
        query = model.configuration.get(QUERY)
        if query:
            tables = [
                self._table(connection, one, deleted)
                for one in catalog.objects.values()
                if _names(query, one.id)
            ]
            soql = connection.type == "salesforce"
            found = [_restored(row, source) for row in run(query, tables, soql=soql)]
            return found[:limit]
        if deleted:
            return [one.values for one in self.records.all(connection, source.id, deleted=True)][
                :limit
            ]
        return [one.values for one in self.records.first(connection, source.id, limit)]

    def _table(self, connection: Connection, found: CatalogObject, deleted: bool) -> Table:
        records = self.records.all(connection, found.id, deleted=deleted)
        return Table(found, [one.values for one in records])

    def _check_fields(self, model: Model, connection: Connection, source: CatalogObject) -> None:
        """Refuse a model whose fields the service does not have any more."""
        change = self.schemas.changes.of(connection.id).get(source.id, SchemaChange())
        defined = {name for name, one in change.fields.items() if one.defined}
        for field in model.fields:
            if not (field.user_added or field.name in source.fields or field.name in defined):
                raise BadRequest(
                    f'model "{model.name}" cannot be read: {source.id} of connection'
                    f' "{connection.name}" has no field {field.name!r} any more',
                    field=field.name,
                    known_values=list(source.fields),
                )


def _names(query: str, object_id: str) -> bool:
    name = re.escape(object_id.rpartition(".")[2])
    return re.search(rf"\b{name}\b", query, re.I) is not None


def _restored(row: Row, source: CatalogObject) -> Row:
    """A query's row with the booleans and lists that SQLite keeps as numbers and texts."""
    for name, value in row.items():
        field = source.fields.get(name)
        if field is None or value is None:
            continue
        if field.type == "boolean" and value in (0, 1):
            row[name] = bool(value)
        elif field.type in ("array", "object") and isinstance(value, str):
            row[name] = json.loads(value)
    return row
