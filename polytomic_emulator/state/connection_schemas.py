"""The schemas that a connection's cache holds, with what its users changed; the rules of changing.

Source: `/api/connections/{id}/schemas/{schema_id}` and what lies below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import CatalogField, CatalogObject
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_emulator.state.schema_changes import FieldChange, SchemaChange

FIELD_TYPES = ("string", "number", "boolean", "datetime", "array", "object", "binary")
DEFINITIONS = (
    *("binary", "boolean", "date", "datetime", "datetime_tz", "time", "number", "string"),
    *("smallint", "int", "bigint", "single", "double"),
)
"""The words of a `definition`; a nested list describes an array. Source: the official types."""


@dataclass(frozen=True)
class SchemaField:
    """One field as it is now. key: whether the source says that it is part of the primary key."""

    field: CatalogField
    key: bool
    key_override: bool | None
    change: FieldChange | None

    @property
    def is_key(self) -> bool:
        """Whether it is part of the primary key: a user's word goes before the source's."""
        return self.key if self.key_override is None else self.key_override


@dataclass(frozen=True)
class Schema:
    """One schema as it is now."""

    id: str
    name: str
    fields: Mapping[str, SchemaField]


@dataclass(frozen=True)
class FieldEdit:
    """Attributes of a field that a request sets, read but not judged. `sent`: their names."""

    path: str
    sent: frozenset[str]
    label: str | None = None
    type: str | None = None
    field_path: str | None = None
    example: Any = None
    definition: Any = None


class ConnectionSchemas:
    """Every schema of every connection whose cache was ever ready."""

    def __init__(self, caches: SchemaCaches) -> None:
        self._caches = caches
        self._changes = caches.changes

    def get(self, connection: Connection, schema_id: str, behaviour: Behaviour) -> Schema:
        """One schema. Raises BadRequest before the cache was ready, or NotFound."""
        detected = self._detected(connection, schema_id, behaviour)
        return _schema(detected, self._change(connection, detected))

    def set_primary_keys(
        self, connection: Connection, schema_id: str, keys: Mapping[str, bool], behaviour: Behaviour
    ) -> None:
        """Replace every override of the primary key; none resets it to what the source says."""
        schema = self.get(connection, schema_id, behaviour)
        for field_id in keys:
            if field_id not in schema.fields:
                raise BadRequest(
                    f"schema {schema.id} has no field {field_id!r}",
                    field="fields",
                    known_values=list(schema.fields),
                )
        detected = self._detected(connection, schema_id, behaviour)
        change = self._change(connection, detected)
        self._changes.store(connection.id, schema.id, replace(change, primary_keys=keys))

    def define_fields(
        self,
        connection: Connection,
        schema_id: str,
        edits: Mapping[str, FieldEdit],
        behaviour: Behaviour,
    ) -> None:
        """Define fields, replacing those of the same ids. All of them, or none."""
        detected = self._detected(connection, schema_id, behaviour)
        change = self._change(connection, detected)
        fields = dict(change.fields)
        for field_id, edit in edits.items():
            if not field_id:
                raise BadRequest(f"{edit.path}.field_id must not be empty", field=edit.path)
            if field_id in detected.fields:
                raise BadRequest(
                    f"{edit.path}.field_id: the source itself has a field {field_id!r};"
                    " PATCH it to override what was detected",
                    field=f"{edit.path}.field_id",
                )
            fields[field_id] = _edited(FieldChange(field_id, defined=True), edit)
        self._changes.store(connection.id, detected.id, replace(change, fields=fields))

    def edit_field(
        self,
        connection: Connection,
        schema_id: str,
        field_id: str,
        edit: FieldEdit,
        behaviour: Behaviour,
    ) -> SchemaField:
        """Change some attributes of a field; a detected one is overridden. Raises NotFound."""
        detected = self._detected(connection, schema_id, behaviour)
        change = self._change(connection, detected)
        before = change.fields.get(field_id) or FieldChange(field_id)
        if not before.defined and field_id not in detected.fields:
            raise _no_field(detected, field_id)
        changed = replace(change, fields={**change.fields, field_id: _edited(before, edit)})
        self._changes.store(connection.id, detected.id, changed)
        return _schema(detected, changed).fields[field_id]

    def delete_field(
        self, connection: Connection, schema_id: str, field_id: str, behaviour: Behaviour
    ) -> None:
        """Delete a field that a user defined; end the override of one that was detected.

        Raises BadRequest for a detected one that nothing overrides, or NotFound.
        """
        detected = self._detected(connection, schema_id, behaviour)
        change = self._change(connection, detected)
        changed = change.fields.get(field_id)
        if changed is None and field_id in detected.fields:
            raise BadRequest(
                f"{field_id!r} was detected in the source; only user-defined fields can be deleted",
                field="field_id",
            )
        if changed is None:
            raise _no_field(detected, field_id)
        fields = {name: one for name, one in change.fields.items() if name != field_id}
        if behaviour.deleted_fields == "until_refreshed":
            begun = self._caches.begin(connection.id)
            fields[field_id] = replace(changed, leaving_since=begun.started_at)
        gone = field_id not in detected.fields
        keys = {
            name: key for name, key in change.primary_keys.items() if not gone or name != field_id
        }
        self._changes.store(connection.id, detected.id, SchemaChange(fields, keys))

    def _detected(
        self, connection: Connection, schema_id: str, behaviour: Behaviour
    ) -> CatalogObject:
        """What the cache holds, however unhealthy the connection has become since."""
        cache = self._caches.look(connection.id, behaviour)
        ready = cache is not None and cache.populated
        if not ready and behaviour.unready_cache == "refuse":
            raise BadRequest(
                f'cache refresh in progress for connection "{connection.name}"',
                connection_id=connection.id,
            )
        catalog = self._caches.service.known(connection)
        found = catalog.find(schema_id)
        if found is None:
            raise NotFound(
                f"schema {schema_id!r} not found",
                field="schema_id",
                known_values=list(catalog.objects),
            )
        return found

    def _change(self, connection: Connection, schema: CatalogObject) -> SchemaChange:
        return self._changes.of(connection.id).get(schema.id, SchemaChange())


def _schema(detected: CatalogObject, change: SchemaChange) -> Schema:
    key = next((name for name, one in detected.fields.items() if one.unique), None)
    fields = {
        name: SchemaField(one, name == key, change.primary_keys.get(name), change.fields.get(name))
        for name, one in change.applied(detected).fields.items()
    }
    return Schema(detected.id, detected.name, fields)


def _edited(before: FieldChange, edit: FieldEdit) -> FieldChange:
    """A field with the attributes that were sent. Raises BadRequest for one that cannot be."""
    if "label" in edit.sent and not edit.label:
        raise _refused(edit, "label", "must not be empty")
    if "type" in edit.sent and edit.type not in FIELD_TYPES:
        raise _refused(edit, "type", f"{edit.type!r} is not known", FIELD_TYPES)
    if edit.definition is not None and not _is_definition(edit.definition):
        raise _refused(edit, "definition", "is not known", DEFINITIONS)
    values: dict[str, Any] = {
        "label": edit.label,
        "type": edit.type,
        "path": edit.field_path or None,
        "example": edit.example,
        "definition": edit.definition,
    }
    sent = {name: value for name, value in values.items() if name in edit.sent}
    sent["leaving_since"] = None
    if "type" in sent and sent["type"] != before.type and "definition" not in sent:
        sent["definition"] = None
    return replace(before, **sent)


def _is_definition(value: Any) -> bool:
    """A word, or a list that ends in one: `["array", "string"]`."""
    if isinstance(value, str):
        return value in DEFINITIONS
    if not isinstance(value, list):
        return False
    items = cast("list[Any]", value)
    return bool(items) and all(isinstance(one, str | list) for one in items)


def _refused(edit: FieldEdit, key: str, what: str, known: tuple[str, ...] = ()) -> BadRequest:
    field = f"{edit.path}.{key}" if edit.path else key
    about = {"known_values": list(known)} if known else {}
    return BadRequest(f"{field} {what}", field=field, **about)


def _no_field(schema: CatalogObject, field_id: str) -> NotFound:
    return NotFound(f"schema {schema.id} has no field {field_id!r}", field="field_id")
