"""The rows that a model reads: those of its object, or those that its query selects."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import Catalog, CatalogObject
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.connections import Connections
from polytomic_emulator.state.discovery import (
    QUERY,
    Refusal,
    catalog_for,
    source_object,
)
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.queries import QueryError, Table, named_objects, run
from polytomic_emulator.state.records import Records
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_emulator.state.schema_changes import SchemaChange

Row = dict[str, Any]


@dataclass(frozen=True)
class ModelRow:
    """One row of a model: what names it in its source, and its values by field."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ModelRows:
    """Reads models from their services, as the services are now."""

    records: Records
    connections: Connections
    schemas: SchemaCaches

    def sample(self, model: Model, behaviour: Behaviour, limit: int) -> list[Row]:
        """So many rows at most, with the model's fields alone; those that users added are null.

        Raises as `read`.
        """
        names = [one.name for one in model.fields]
        found = self.read(model, behaviour, limit=limit)
        return [{name: row.values.get(name) for name in names} for row in found]

    def read(
        self,
        model: Model,
        behaviour: Behaviour,
        refusal: Refusal | None = None,
        *,
        limit: int | None = None,
    ) -> list[ModelRow]:
        """A model's rows with everything that its object has, or its query selects.

        limit: so many of the oldest at most. Raises `refusal` where the connection cannot be
        read; BadRequest where an object or a field is there no more, or a query cannot be run.
        """
        connection = self.connections.get(model.connection_id)
        catalog_for(self.schemas, connection, behaviour, refusal)
        catalog = self.schemas.service.service(connection)
        source = source_object(catalog, model.configuration)
        self._check_fields(model, connection, source)
        deleted = model.configuration.get("include_deleted") is True
        query = model.configuration.get(QUERY)
        if query:
            rows = self._selected(connection, catalog, query, deleted=deleted)
            return _keyed(rows[:limit], model, source)
        records = (
            self.records.all(connection, source.id, deleted=True)[:limit]
            if deleted
            else self.records.first(connection, source.id, limit)
        )
        return [ModelRow(one.id, one.values) for one in records]

    def _selected(
        self, connection: Connection, catalog: Catalog, query: str, *, deleted: bool
    ) -> list[Row]:
        try:
            return run(query, catalog, self.tables(connection, catalog, query, deleted)).rows
        except QueryError as error:
            raise error.refusal("configuration.query") from None

    def tables(
        self, connection: Connection, catalog: Catalog, query: str, deleted: bool = False
    ) -> list[Table]:
        """The objects that a query names, with their rows as they are now."""
        return [
            Table(
                one, [row.values for row in self.records.all(connection, one.id, deleted=deleted)]
            )
            for one in named_objects(query, catalog)
        ]

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


def _keyed(rows: list[Row], model: Model, source: CatalogObject) -> list[ModelRow]:
    """A query's rows, each named by the model's identifier or its id, else by its place."""
    unique = next((name for name, one in source.fields.items() if one.unique), None)
    candidates = [name for name in (model.identifier, unique) if name]
    key = next((name for name in candidates if all(row.get(name) for row in rows)), None)
    return [
        ModelRow(str(row[key]) if key else str(position), row) for position, row in enumerate(rows)
    ]
