"""`/api/connections/{id}/modelsync`: what models can read and what syncs can write."""

from typing import Any

from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present_catalog import (
    present_creation,
    present_creation_property,
    present_source_field,
    present_target,
    present_target_object,
)
from polytomic_emulator.http.versions import OLD_VERSIONS, version_of
from polytomic_emulator.state import discovery
from polytomic_emulator.state.catalogs import Catalog
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.store import State


def _opened(state: State, call: Call) -> tuple[Connection, Catalog]:
    connection = state.connections.get(call.params["id"], call.workspace.id)
    return connection, discovery.catalog_for(state.schemas, connection, state.behaviour)


def _opened_source(state: State, call: Call) -> tuple[Connection, Catalog]:
    connection = state.connections.get(call.params["id"], call.workspace.id)
    return connection, discovery.source_catalog_for(state.schemas, connection, state.behaviour)


def chosen_of(call: Call) -> dict[str, object]:
    """`params[table]=Contact` as a configuration. Raises BadRequest for a key with two values."""
    chosen: dict[str, object] = {}
    for key, values in call.grouped("params").items():
        if len(values) != 1:
            raise BadRequest(f"params[{key}] takes one value", field=f"params[{key}]")
        chosen[key] = values[0]
    return chosen


def source(state: State, call: Call) -> Reply:
    """`GET …/modelsync/source`: the keys of a model's configuration and what each can be.

    `params` are the keys that are chosen already: what is left to choose is answered.
    """
    _, catalog = _opened_source(state, call)
    choices = discovery.source_choices(catalog, chosen_of(call))
    configuration: dict[str, Any] = {
        key: {"type": "string", "items": values} for key, values in choices.items.items()
    }
    if "include_deleted" in catalog.options:
        configuration["include_deleted"] = {"type": "boolean", "items": []}
    return Reply(
        body={
            "data": {
                "configuration": configuration,
                "items": {key: _items(values) for key, values in choices.items.items()},
                "requires_one_of": choices.open,
            }
        }
    )


def _items(values: list[str]) -> dict[str, Any]:
    return {"has_items": bool(values), "items": values, "requires_one_of": []}


def source_fields(state: State, call: Call) -> Reply:
    """`GET …/modelsync/source/fields?params[table]=…`: the fields of one object or query."""
    connection, catalog = _opened_source(state, call)
    found = discovery.source_object(catalog, chosen_of(call))
    return Reply(
        body={
            "data": [
                present_source_field(connection.id, found.id, one, state.behaviour)
                for one in found.fields.values()
            ]
        }
    )


def target_objects(state: State, call: Call) -> Reply:
    """`GET …/modelsync/targetobjects`."""
    connection, catalog = _opened(state, call)
    shown = [present_target_object(catalog, one.id, one.name) for one in catalog.objects.values()]
    shown += [
        present_target_object(catalog, created, created)
        for created in state.syncs.created_targets(connection.id)
    ]
    with_values = call.flag("include_target_creation_values")
    creation = present_creation(catalog.creation, with_values=with_values)
    return Reply(body={"data": shown, "target_creation": creation})


def old_target(state: State, call: Call) -> Reply:
    """`GET …/modelsync/target?type=&search=` of API 2024-02-08: objects, as sources show theirs.

    Source: `Targets.GetTarget` of the Go client 1.16.1, which no newer client has. What `type` can
    be is not documented: it is not read.
    """
    if version_of(call.incoming) not in OLD_VERSIONS:
        raise NotFound("this API has modelsync/targetobjects in its place")
    connection, catalog = _opened(state, call)
    search = call.incoming.query.get("search", "").lower()
    objects = [*catalog.objects, *state.syncs.created_targets(connection.id)]
    found = [one for one in dict.fromkeys(objects) if search in one.lower()]
    return Reply(
        body={
            "data": {
                "configuration": {"object": {"type": "string", "items": found}},
                "items": {"object": _items(found)},
                "requires_one_of": ["object"],
            }
        }
    )


def target_property(state: State, call: Call) -> Reply:
    """`GET …/modelsync/targetobjects/properties/{property}`."""
    _, catalog = _opened(state, call)
    found = discovery.creation_property(catalog, call.params["property"])
    return Reply(body={"data": present_creation_property(found, with_values=True)})


def target_fields(state: State, call: Call) -> Reply:
    """`GET …/modelsync/target/fields?target=…` or `?properties[…]=…`."""
    connection, catalog = _opened(state, call)
    target = call.incoming.query.get("target")
    properties = call.grouped("properties")
    if bool(target) == bool(properties):
        raise BadRequest("exactly one of target and properties is required", field="target")
    if properties:
        create = {key: values[0] for key, values in properties.items()}
        refusal = discovery.Refusal(BadRequest, "properties")
        found = discovery.new_target(catalog, create, refusal)
        return Reply(body={"data": present_target(catalog, found, None, state.behaviour)})
    created = state.syncs.created_targets(connection.id)
    refusal = discovery.Refusal(BadRequest, "target")
    found = discovery.target_object(catalog, target or "", created, refusal)
    if call.flag("refresh"):
        state.schemas.begin(connection.id)
    cache = state.schemas.look(connection.id, state.behaviour)
    finished = cache.finished_at if cache else None
    refreshed = stamp_of(finished) if finished is not None else None
    return Reply(body={"data": present_target(catalog, found, refreshed, state.behaviour)})
