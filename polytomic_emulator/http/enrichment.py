"""What a connection can add to a model's records: how it is configured, what it needs to know."""

from typing import Any

from polytomic_emulator.errors import ApiError, BadRequest, NotFound
from polytomic_emulator.http.discovery import chosen_of
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.services import Enrichment, enrichment_of
from polytomic_emulator.state.store import State


def _opened(state: State, call: Call) -> Enrichment:
    """How the connection enriches. Raises NotFound where it does not."""
    connection = state.connections.get(call.params["id"], call.workspace.id)
    found = enrichment_of(connection.kind, connection.configuration)
    if found is None:
        raise NotFound(f"connections of type {connection.type} do not enrich")
    return found


def source(state: State, call: Call) -> Reply:
    """`GET /api/connections/{id}/modelsync/enrichment-source`."""
    found = _opened(state, call)
    chosen = chosen_of(call)
    if chosen:
        _inputs(found, chosen, "params", BadRequest)
    if found.selector is None:
        return Reply(body={"data": {"configuration": {}, "items": {}, "requires_one_of": []}})
    values = list(found.inputs)
    return Reply(
        body={
            "data": {
                "configuration": {found.selector: {"type": "string", "items": values}},
                "items": {
                    found.selector: {"has_items": True, "items": values, "requires_one_of": []}
                },
                "requires_one_of": [found.selector],
            }
        }
    )


def input_fields(state: State, call: Call) -> Reply:
    """`POST /api/enrichment/{connection_id}/inputfields`: sets of fields, of which one is needed.

    An impossible configuration is a 404: with 403 and 500 the only refusal that is documented.
    """
    found = _opened(state, call)
    configuration = Reader(call.json()).object("configuration")
    return Reply(body={"data": _inputs(found, configuration, "configuration", NotFound)})


def _inputs(
    found: Enrichment, configuration: dict[str, Any], path: str, error: type[ApiError]
) -> list[list[str]]:
    selector = found.selector
    unknown = [key for key in configuration if key != selector]
    if unknown:
        known = [selector] if selector else []
        field = f"{path}.{unknown[0]}"
        raise error(f"{field} is not known", field=field, known_values=known)
    choice = configuration.get(selector, "") if selector else ""
    if not isinstance(choice, str) or choice not in found.inputs:
        field = f"{path}.{selector}"
        known = list(found.inputs)
        raise error(f"{field} must be one of {', '.join(known)}", field=field, known_values=known)
    return found.inputs[choice]
