"""The emulated routes: method, path, handler. A path parameter may be greedy: `{name:path}`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from polytomic_emulator.bulk.routes import ROUTES as BULK_ROUTES
from polytomic_emulator.errors import NotAllowed, NotFound
from polytomic_emulator.http import (
    connect,
    connection_types,
    connections,
    discovery,
    enrichment,
    events,
    execution_logs,
    executions,
    identity,
    models,
    query_runner,
    schema_fields,
    schemas,
    shared_connections,
    syncs,
    workspace_settings,
)
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.plain import organizations, user_keys
from polytomic_emulator.plain.kinds import KINDS
from polytomic_emulator.plain.routes import routes_of
from polytomic_emulator.state.store import State

Handler = Callable[[State, Call], Reply]


@dataclass(frozen=True)
class Route:
    """One operation of the API.

    open_to_partners: needs no workspace. own_credential: asks for no key, but for one of its own.
    """

    method: str
    path: str
    handler: Handler
    open_to_partners: bool = False
    own_credential: bool = False


# Greedy: clients do not escape the slashes of a schema's id.
_SCHEMA = "/api/connections/{id}/schemas/{schema_id:path}"
_SHARED = "/api/organizations/{organization_id}/connections/{id}/shared"

ROUTES = (
    Route("GET", "/api/me", identity.me, open_to_partners=True),
    Route("GET", "/api/connection_types", connection_types.index),
    Route("GET", "/api/connection_types/{type}", connection_types.schema),
    Route("POST", "/api/connection_types/{type}/parameter_values", connection_types.values_of_type),
    Route("GET", "/api/connections", connections.index),
    Route("POST", "/api/connections", connections.create),
    Route("POST", "/api/connections/test", connections.test),
    Route("POST", "/api/connections/connect/", connect.create),
    Route("GET", "/api/connections/connect/session", connect.session, own_credential=True),
    Route("GET", "/api/connections/{id}", connections.read),
    Route("PUT", "/api/connections/{id}", connections.update),
    Route("DELETE", "/api/connections/{id}", connections.delete),
    Route("GET", "/api/connections/{id}/shared", shared_connections.index),
    Route("GET", _SHARED, shared_connections.index, open_to_partners=True),
    Route("POST", _SHARED, shared_connections.create, open_to_partners=True),
    Route("GET", "/api/connections/{id}/parameter_values", connection_types.values_of_connection),
    Route("GET", "/api/connections/{id}/schemas/status", schemas.status),
    Route("POST", "/api/connections/{id}/schemas/refresh", schemas.refresh),
    Route("GET", f"{_SCHEMA}/records", schemas.records),
    Route("GET", _SCHEMA, schema_fields.read),
    Route("PUT", f"{_SCHEMA}/primary_keys", schema_fields.set_primary_keys),
    Route("DELETE", f"{_SCHEMA}/primary_keys", schema_fields.reset_primary_keys),
    Route("POST", f"{_SCHEMA}/fields", schema_fields.define),
    Route("PATCH", f"{_SCHEMA}/fields/{{field_id}}", schema_fields.edit),
    Route("DELETE", f"{_SCHEMA}/fields/{{field_id}}", schema_fields.delete),
    Route("POST", "/api/connections/{id}/query", query_runner.start),
    Route("GET", "/api/queries/{id}", query_runner.read),
    Route("GET", "/api/connections/{id}/modelsync/source", discovery.source),
    Route("GET", "/api/connections/{id}/modelsync/source/fields", discovery.source_fields),
    Route("GET", "/api/connections/{id}/modelsync/targetobjects", discovery.target_objects),
    Route(
        "GET",
        "/api/connections/{id}/modelsync/targetobjects/properties/{property}",
        discovery.target_property,
    ),
    Route("GET", "/api/connections/{id}/modelsync/target", discovery.old_target),
    Route("GET", "/api/connections/{id}/modelsync/target/fields", discovery.target_fields),
    Route("GET", "/api/connections/{id}/modelsync/enrichment-source", enrichment.source),
    Route("POST", "/api/enrichment/{id}/inputfields", enrichment.input_fields),
    Route("GET", "/api/models", models.index),
    Route("POST", "/api/models", models.create),
    Route("POST", "/api/model-preview", models.preview),
    Route("GET", "/api/models/{id}", models.read),
    Route("GET", "/api/models/{id}/sample", models.sample),
    Route("PUT", "/api/models/{id}", models.update),
    Route("DELETE", "/api/models/{id}", models.delete),
    Route("GET", "/api/jobs/{type}/{id}", models.job),
    Route("GET", "/api/syncs", syncs.index),
    Route("POST", "/api/syncs", syncs.create),
    Route("GET", "/api/syncs/schedules", syncs.schedules),
    Route("GET", "/api/syncs/{id}", syncs.read),
    Route("PUT", "/api/syncs/{id}", syncs.update),
    Route("DELETE", "/api/syncs/{id}", syncs.delete),
    Route("POST", "/api/syncs/{id}/activate", syncs.activate),
    Route("POST", "/api/syncs/{id}/cancel", executions.cancel),
    Route("GET", "/api/syncs/{id}/status", executions.status),
    Route("GET", "/api/syncs/{id}/error-handling", executions.error_handling),
    Route("PUT", "/api/syncs/{id}/error-handling", executions.change_error_handling),
    Route("POST", "/api/syncs/{id}/executions", executions.start),
    Route("GET", "/api/syncs/{sync_id}/executions", executions.index),
    Route("GET", "/api/syncs/{sync_id}/executions/{id}", executions.read),
    Route("POST", "/api/syncs/{sync_id}/executions/{id}/cancel", executions.cancel_one),
    Route("GET", "/api/syncs/{sync_id}/executions/{id}/consolelog", execution_logs.console),
    Route("GET", "/api/syncs/{sync_id}/executions/{id}/logs", execution_logs.index),
    Route("GET", "/api/syncs/{sync_id}/executions/{id}/{type}", execution_logs.urls),
    Route(
        "GET", "/api/syncs/{sync_id}/executions/{id}/{type}/{filename:path}", execution_logs.file
    ),
    *(Route(*row) for row in BULK_ROUTES),
    *(
        Route(*row, open_to_partners=kind.of_partner)
        for kind in KINDS
        for row in routes_of(kind, kind.path)
    ),
    Route("GET", "/api/organization", organizations.own),
    Route("GET", "/api/events", events.index),
    Route("GET", "/api/events_types", events.types),
    *(
        Route(*row, open_to_partners=True)
        for kind in KINDS
        if kind.partner_path
        for row in routes_of(kind, kind.partner_path)
    ),
    Route(
        "POST",
        "/api/organizations/{organization_id}/users/{id}/keys",
        user_keys.create,
        open_to_partners=True,
    ),
    Route("GET", "/api/notifications/global-error-subscribers", workspace_settings.subscribers),
    Route("PUT", "/api/notifications/global-error-subscribers", workspace_settings.set_subscribers),
    Route("GET", "/api/organization/record-logging", workspace_settings.record_logging),
    Route("PUT", "/api/organization/record-logging", workspace_settings.set_record_logging),
)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    pattern = re.sub(r"\{(\w+):path\}", r"(?P<\1>.+)", path)
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern))


def brings_credential(method: str, path: str) -> bool:
    """Whether a request needs no key, since its route has a credential of its own."""
    return any(
        route.own_credential and (route.method, route.path) == (method, path) for route in ROUTES
    )


def find(method: str, path: str) -> tuple[Route, Mapping[str, str]]:
    """The route for a path that is still encoded, and its decoded parameters.

    Raises NotFound or NotAllowed.
    """
    allowed: list[str] = []
    for route in ROUTES:
        match = _pattern(route.path).fullmatch(path)
        if match and route.method == method:
            return route, {name: unquote(part) for name, part in match.groupdict().items()}
        if match:
            allowed.append(route.method)
    if allowed:
        raise NotAllowed(f"{method} is not supported here", allowed=sorted(set(allowed)))
    raise NotFound(f"no route {method} {path}")
