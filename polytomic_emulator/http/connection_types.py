"""`/api/connection_types`: what kinds of connections there are."""

from typing import Any

from polytomic_emulator.errors import NotFound
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import without_absent
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state import parameter_values, services
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.store import State
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import ConnectionType

_SCHEMA_ID = "https://github.com/polytomic/app/services/polytomic/backend/{}/connection-conf"


def index(state: State, call: Call) -> Reply:
    """`GET /api/connection_types`."""
    kinds = connection_types.all_types().values()
    return Reply(body={"data": [_listed(kind, state.behaviour) for kind in kinds]})


def schema(state: State, call: Call) -> Reply:
    """`GET /api/connection_types/{id}`: the bare JSON Schema, without an envelope."""
    kind = connection_types.get(call.params["type"])
    if kind is None:
        raise NotFound("connection type not found")
    return Reply(body=_schema(kind, state.behaviour))


def values_of_type(state: State, call: Call) -> Reply:
    """`POST /api/connection_types/{type}/parameter_values`: before there is a connection."""
    body = Reader(call.json())
    stored_id = body.text("connection_id") or None
    stored = state.connections.get(stored_id, call.workspace.id) if stored_id else None
    question = parameter_values.Question(
        body.required_text("field"), body.object("parameters"), body.text("query") or ""
    )
    found = parameter_values.of_type(call.params["type"], question, stored)
    return _values(found, state.behaviour)


def values_of_connection(state: State, call: Call) -> Reply:
    """`GET /api/connections/{id}/parameter_values`: with what the connection has saved."""
    connection = state.connections.get(call.params["id"], call.workspace.id)
    return _values(parameter_values.of_connection(connection), state.behaviour)


def _values(found: dict[str, list[services.Value]], behaviour: Behaviour) -> Reply:
    shown = {
        key: {
            "allows_creation": False,
            "values": [without_absent({"path": None, **one}, behaviour) for one in values],
        }
        for key, values in found.items()
    }
    return Reply(body={"data": shown})


def _schema(kind: ConnectionType, behaviour: Behaviour) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _SCHEMA_ID.format(kind.id),
        **kind.schema,
        **(services.schema_conditions(kind.id) if behaviour.schema_conditions else {}),
    }


def _listed(kind: ConnectionType, behaviour: Behaviour) -> dict[str, Any]:
    defaults = {
        key: found.default for key, found in kind.properties.items() if found.default is not None
    }
    return {
        "id": kind.id,
        "name": kind.name,
        "use_oauth": kind.use_oauth,
        # Which type can do what is not among the facts: every one can be both ends here, and the
        # few whose enrichment the documents describe can enrich.
        "capabilities": {
            "source": True,
            "destination": True,
            "enrichment": services.enrichment_of(kind, {}) is not None,
            "orchestration": False,
            "logging": False,
        },
        "configurationForm": {"jsonschema": _schema(kind, behaviour), "uischema": {}},
        "initialConfiguration": defaults,
        "envConfig": {},
    }
