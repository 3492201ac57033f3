"""What users changed of the schemas that a connection's cache holds: fields and primary keys."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from polytomic_emulator.state.catalogs import Catalog, CatalogField, CatalogObject
from polytomic_emulator.state.database import Database


@dataclass(frozen=True)
class FieldChange:
    """A field that a user defined, or what a user overrides of a detected one; None: nothing.

    definition: the type in detail, a word or a nested list, as it was sent. leaving_since: when it
    was deleted, where it shows until the schema was read anew.
    """

    id: str
    defined: bool = False
    label: str | None = None
    type: str | None = None
    path: str | None = None
    example: Any = None
    definition: Any = None
    leaving_since: float | None = None

    def applied(self, detected: CatalogField | None) -> CatalogField:
        """The field as it is with the change."""
        if detected is None:
            kind = self.type or "string"
            return CatalogField(
                self.id, self.label or self.id, kind, kind, createable=False, updateable=False
            )
        return replace(detected, name=self.label or detected.name, type=self.type or detected.type)


@dataclass(frozen=True)
class SchemaChange:
    """The changes of one schema. primary_keys: field → whether it is a key, against the source."""

    fields: Mapping[str, FieldChange] = field(default_factory=dict[str, FieldChange])
    primary_keys: Mapping[str, bool] = field(default_factory=dict[str, bool])

    def applied(self, schema: CatalogObject) -> CatalogObject:
        """The schema as it is with the changes."""
        changed = {
            name: one.applied(schema.fields.get(name))
            for name, one in self.fields.items()
            if one.defined or name in schema.fields
        }
        return replace(schema, fields={**schema.fields, **changed})


class SchemaChanges:
    """The changes of every schema of every connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, connection_id: str) -> dict[str, SchemaChange]:
        """A connection's changes by schema."""
        with self._database.transaction() as rows:
            found = rows.execute(
                "SELECT schema_id, document FROM schema_changes WHERE connection_id = ?",
                (connection_id,),
            ).fetchall()
        return {row["schema_id"]: _change(json.loads(row["document"])) for row in found}

    def applied(self, connection_id: str, catalog: Catalog) -> Catalog:
        """The catalog as the connection's users see it."""
        changes = self.of(connection_id)
        if not changes:
            return catalog
        objects = {
            name: changes[name].applied(one) if name in changes else one
            for name, one in catalog.objects.items()
        }
        return replace(catalog, objects=objects)

    def store(self, connection_id: str, schema_id: str, change: SchemaChange) -> None:
        """Keep the changes of one schema."""
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO schema_changes VALUES (?, ?, ?)",
                (connection_id, schema_id, json.dumps(asdict(change))),
            )

    def notice(self, connection_id: str, since: float) -> None:
        """A refresh that began at `since` has ended: what was deleted before is gone."""
        for schema_id, change in self.of(connection_id).items():
            left = {
                name: one
                for name, one in change.fields.items()
                if one.leaving_since is None or one.leaving_since > since
            }
            if len(left) < len(change.fields):
                self.store(connection_id, schema_id, replace(change, fields=left))

    def forget(self, connection_id: str) -> None:
        """The connection is gone."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM schema_changes WHERE connection_id = ?", (connection_id,))


def _change(document: dict[str, Any]) -> SchemaChange:
    fields = {name: FieldChange(**one) for name, one in document["fields"].items()}
    return SchemaChange(fields, document["primary_keys"])
