"""`/api/connections/{id}/schemas/{schema_id}`: one schema, its user-defined fields, its keys."""

from typing import Any

from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import without_absent
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.connection_schemas import FieldEdit, SchemaField
from polytomic_emulator.state.store import State

_KEYS = ("label", "type", "path", "example", "definition")


def _connection(state: State, call: Call) -> Connection:
    return state.connections.get(call.params["id"], call.workspace.id)


def read(state: State, call: Call) -> Reply:
    """`GET …/schemas/{schema_id}`: from the cache, which may be stale."""
    behaviour = state.behaviour
    found = state.connection_schemas.get(
        _connection(state, call), call.params["schema_id"], behaviour
    )
    fields = [present_schema_field(one, behaviour) for one in found.fields.values()]
    return Reply(body={"data": {"id": found.id, "name": found.name, "fields": fields}})


def set_primary_keys(state: State, call: Call) -> Reply:
    """`PUT …/primary_keys`: the overrides replace all earlier ones; none clears them."""
    connection = _connection(state, call)
    body = Reader(call.json())
    keys: dict[str, bool] = {}
    for one in body.each("fields", lambda found: found):
        field_id = one.required_text("field_id")
        if not one.has("is_primary_key"):
            raise one.wrong("is_primary_key", "is required")
        if field_id in keys:
            raise one.wrong("field_id", f"names {field_id!r} a second time")
        keys[field_id] = one.flag("is_primary_key")
    schema_id = call.params["schema_id"]
    state.connection_schemas.set_primary_keys(connection, schema_id, keys, state.behaviour)
    return Reply(204)


def reset_primary_keys(state: State, call: Call) -> Reply:
    """`DELETE …/primary_keys`: what the source says counts again."""
    connection = _connection(state, call)
    schema_id = call.params["schema_id"]
    state.connection_schemas.set_primary_keys(connection, schema_id, {}, state.behaviour)
    return Reply(204)


def define(state: State, call: Call) -> Reply:
    """`POST …/fields`: define fields, matched by `field_id`. All are kept, or none."""
    connection = _connection(state, call)
    edits: dict[str, FieldEdit] = {}
    for one in Reader(call.json()).each("fields", lambda found: found):
        field_id = one.required_text("field_id")
        if field_id in edits:
            raise one.wrong("field_id", f"names {field_id!r} a second time")
        one.required_text("label")
        one.required_text("type")
        edits[field_id] = _edit(one)
    schema_id = call.params["schema_id"]
    state.connection_schemas.define_fields(connection, schema_id, edits, state.behaviour)
    return Reply(204)


def edit(state: State, call: Call) -> Reply:
    """`PATCH …/fields/{field_id}`: what is sent changes, an empty `path` is cleared."""
    params = call.params
    changed = state.connection_schemas.edit_field(
        _connection(state, call),
        params["schema_id"],
        params["field_id"],
        _edit(Reader(call.json())),
        state.behaviour,
    )
    return Reply(body={"data": present_schema_field(changed, state.behaviour)})


def delete(state: State, call: Call) -> Reply:
    """`DELETE …/fields/{field_id}`: a user-defined field, or the override of a detected one.

    The API's documents speak of the former alone; Polytomic's Terraform provider ends overrides so.
    """
    params = call.params
    state.connection_schemas.delete_field(
        _connection(state, call), params["schema_id"], params["field_id"], state.behaviour
    )
    return Reply(204)


def _edit(found: Reader) -> FieldEdit:
    return FieldEdit(
        path=found.path,
        sent=frozenset(key for key in _KEYS if found.has(key)),
        label=found.text("label"),
        type=found.text("type"),
        field_path=found.text("path"),
        example=found.any("example"),
        definition=found.any("definition"),
    )


def present_schema_field(found: SchemaField, behaviour: Behaviour) -> dict[str, Any]:
    """A field of a schema."""
    field, change = found.field, found.change
    shown = {
        "id": field.id,
        "name": field.name,
        "type": field.type,
        "type_spec": change.definition if change else None,
        "remote_type": field.source_type,
        "path": change.path if change else None,
        "values": [dict(one) for one in field.values] or None,
        "is_primary_key": found.is_key,
        "source_primary_key": found.key,
        "user_managed": change is not None,
        "association": None,
    }
    shown = without_absent(shown, behaviour)
    # Documented as left out, not null, where no override is set.
    override = found.key_override
    return shown if override is None else shown | {"primary_key_override": override}
