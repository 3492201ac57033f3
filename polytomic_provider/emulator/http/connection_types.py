"""`/api/connection_types`: what kinds of connections there are."""

from typing import Any

from polytomic_provider.emulator.errors import NotFound
from polytomic_provider.emulator.http.messages import Call, Reply
from polytomic_provider.emulator.state.store import State
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import ConnectionType

_SCHEMA_ID = "https://github.com/polytomic/app/services/polytomic/backend/{}/connection-conf"


def index(state: State, call: Call) -> Reply:
    """`GET /api/connection_types`."""
    return Reply(body={"data": [_listed(kind) for kind in connection_types.all_types().values()]})


def schema(state: State, call: Call) -> Reply:
    """`GET /api/connection_types/{id}`: the bare JSON Schema, without an envelope."""
    kind = connection_types.get(call.params["type"])
    if kind is None:
        raise NotFound("connection type not found")
    return Reply(body=_schema(kind))


def _schema(kind: ConnectionType) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _SCHEMA_ID.format(kind.id),
        **kind.schema,
    }


def _listed(kind: ConnectionType) -> dict[str, Any]:
    defaults = {
        key: found.default for key, found in kind.properties.items() if found.default is not None
    }
    return {
        "id": kind.id,
        "name": kind.name,
        "use_oauth": kind.use_oauth,
        # Which type can do what is not among the facts; every one can be both ends here.
        "capabilities": {
            "source": True,
            "destination": True,
            "enrichment": False,
            "orchestration": False,
            "logging": False,
        },
        "configurationForm": {"jsonschema": _schema(kind), "uischema": {}},
        "initialConfiguration": defaults,
        "envConfig": {},
    }
