"""What has changed in a connected service since its catalog was written: fields, one by one.

The service has a change at once. Discovery shows what the schema cache knows, so a change that
was not announced shows after the next refresh.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.state.added_tables import AddedTables
from polytomic_emulator.state.catalogs import (
    Catalog,
    CatalogField,
    CatalogObject,
    field_from,
)
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.database import Database

TYPES = ("string", "number", "boolean", "datetime", "array", "object", "binary", "unknown")
"""The types of fields. Source: `UtilFieldType` of the official clients."""

Changes = Mapping[str, Mapping[str, Any]]
"""Object id → field id → the field as it is now, or None for one that is gone."""


@dataclass(frozen=True)
class ServiceFieldChange:
    """What changes of a field; None leaves it. A field that was not there is added."""

    removed: bool = False
    name: str | None = None
    type: str | None = None
    source_type: str | None = None
    required: bool | None = None
    createable: bool | None = None
    updateable: bool | None = None
    unique: bool | None = None


class ServiceChanges:
    """The changes of every connection: those that the service has, and those that are known."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.added = AddedTables(database)

    def service(self, connection: Connection) -> Catalog:
        """The catalog as the service has it now."""
        return _changed(self.added.catalog(connection), self._read(connection.id)[0])

    def known(self, connection: Connection) -> Catalog:
        """The catalog as the schema cache knows it."""
        return _changed(self.added.catalog(connection), self._read(connection.id)[1])

    def change(
        self,
        connection: Connection,
        object_id: str,
        field_id: str,
        change: ServiceFieldChange,
        *,
        announced: bool,
    ) -> CatalogField | None:
        """Change a field in the service; `announced`: the schema cache knows it at once.

        Returns the field as it is now, None when it is gone. Raises NotFound for an object or a
        field that is not there, BadRequest for a type that no field can have.
        """
        catalog = self.service(connection)
        found = catalog.find(object_id)
        if found is None:
            raise NotFound(f"there is no object {object_id!r}", known_values=list(catalog.objects))
        field = _field(found, field_id, change)
        with self._database.transaction() as rows:
            service, known = self._read(connection.id)
            service = _laid(service, found.id, field_id, field)
            if announced:
                known = _laid(known, found.id, field_id, field)
            rows.execute(
                "INSERT OR REPLACE INTO service_changes VALUES (?, ?, ?, ?)",
                (connection.id, json.dumps(service), json.dumps(known), self._clock.seconds()),
            )
        return field

    def notice(self, connection_id: str, since: float) -> None:
        """A refresh of the schema cache that began at `since` has ended."""
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE service_changes SET known = service"
                " WHERE connection_id = ? AND changed_at <= ?",
                (connection_id, since),
            )

    def forget(self, connection_id: str) -> None:
        """The connection is gone."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM service_changes WHERE connection_id = ?", (connection_id,))
            self.added.forget(connection_id)

    def _read(self, connection_id: str) -> tuple[Changes, Changes]:
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT service, known FROM service_changes WHERE connection_id = ?",
                (connection_id,),
            ).fetchone()
        return ({}, {}) if row is None else (json.loads(row["service"]), json.loads(row["known"]))


def _laid(changes: Changes, object_id: str, field_id: str, field: CatalogField | None) -> Changes:
    document = asdict(field) if field else None
    return {**changes, object_id: {**changes.get(object_id, {}), field_id: document}}


def _field(found: CatalogObject, field_id: str, change: ServiceFieldChange) -> CatalogField | None:
    before = found.fields.get(field_id)
    if change.removed:
        if before is None:
            raise NotFound(f"{found.id} has no field {field_id!r}", known_values=list(found.fields))
        return None
    if change.type not in (None, *TYPES):
        raise BadRequest(f"type {change.type!r} is not known", known_values=list(TYPES))
    given = {key: value for key, value in asdict(change).items() if value is not None}
    del given["removed"]
    if "type" in given:
        given.setdefault("source_type", given["type"])
    base = before or CatalogField(field_id, field_id, "string", "string")
    return replace(base, **given)


def _changed(catalog: Catalog, changes: Changes) -> Catalog:
    if not changes:
        return catalog
    objects = {
        object_id: _with(found, changes[object_id]) if object_id in changes else found
        for object_id, found in catalog.objects.items()
    }
    return replace(catalog, objects=objects)


def _with(found: CatalogObject, fields: Mapping[str, Any]) -> CatalogObject:
    laid = {**found.fields}
    for field_id, document in fields.items():
        if document is None:
            laid.pop(field_id, None)
        else:
            laid[field_id] = field_from(document)
    return replace(found, fields=laid)
