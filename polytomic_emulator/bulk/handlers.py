"""`/api/bulk/syncs` and what lies below it: reading requests and writing replies."""

from dataclasses import replace
from typing import Any

from polytomic_emulator.bulk.bodies import (
    read_bulk_start,
    read_bulk_sync,
    read_camel_schedule,
    read_schema,
    schema_of,
)
from polytomic_emulator.bulk.documents import BulkErrorHandling, BulkExecution, BulkSync
from polytomic_emulator.bulk.present import (
    present_bulk_sync,
    present_camel_schedule,
    present_error_handling,
    present_execution,
    present_schema,
)
from polytomic_emulator.bulk.services import (
    MODES,
    destination_of,
    has_namespaces,
    source_keys,
)
from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.http import log_files
from polytomic_emulator.http.execution_logs import console_of
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.pages import Listing, in_order, limit_of, paged
from polytomic_emulator.http.present import without_absent
from polytomic_emulator.http.reading import Reader, actor_of, addresses, body_of
from polytomic_emulator.http.schema_fields import present_schema_field
from polytomic_emulator.http.versions import OLD_VERSIONS, version_of
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.discovery import source_catalog_for
from polytomic_emulator.state.store import State

_LISTING = Listing("bulk syncs", lambda one: one.updated_at, lambda one: one.id)
_MOST_EXECUTIONS = 100


def _sync(state: State, call: Call) -> BulkSync:
    return state.bulk_syncs.get(call.params["id"], call.workspace.id)


def _old(call: Call) -> bool:
    return version_of(call.incoming) in OLD_VERSIONS


def shown_bulk_sync(
    state: State, sync: BulkSync, behaviour: Behaviour, *, old: bool = False
) -> dict[str, Any]:
    """A bulk sync as GET shows it."""
    ends = (sync.source_connection_id, sync.destination_connection_id)
    source, destination = (state.connections.get(one).type for one in ends)
    return present_bulk_sync(sync, (source, destination), behaviour, old=old)


def _shown(state: State, call: Call, sync: BulkSync) -> dict[str, Any]:
    return shown_bulk_sync(state, sync, state.behaviour, old=_old(call))


def _body(call: Call) -> Reader:
    """The body; a caller of the older API says `schedule` and `discover`."""
    body = body_of(call)
    if not _old(call):
        return body
    values = dict(body.values)
    values.setdefault("default_schedule", values.pop("schedule", None))
    if values.pop("discover", None) is True:
        values.setdefault("automatically_add_new_objects", "all")
    return Reader(values, body.path)


def index(state: State, call: Call) -> Reply:
    """`GET /api/bulk/syncs`: newest change first, in pages."""
    wanted = call.incoming.query.get("active", "")
    if wanted not in ("", "true", "false"):
        raise BadRequest("active must be true or false", field="active")
    found = [
        one
        for one in state.bulk_syncs.of(call.workspace.id)
        if wanted in ("", "true" if one.active else "false")
    ]
    if _old(call) or state.behaviour.lists == "plain":
        ordered = in_order(_LISTING, found)
        return Reply(body={"data": [_shown(state, call, one) for one in ordered]})
    size = limit_of(call, state.behaviour.page_size)
    return paged(_LISTING, call, found, size, lambda one: _shown(state, call, one))


def create(state: State, call: Call) -> Reply:
    """`POST /api/bulk/syncs`."""
    request = read_bulk_sync(_body(call))
    made = state.bulk_syncs.create(call.workspace.id, request, actor_of(call), state.behaviour)
    return Reply(201, {"data": _shown(state, call, made)})


def read(state: State, call: Call) -> Reply:
    """`GET /api/bulk/syncs/{id}`; `refresh_schemas` reads the source anew."""
    found = _sync(state, call)
    if call.flag("refresh_schemas"):
        state.schemas.begin(found.source_connection_id)
    return Reply(body={"data": _shown(state, call, found)})


def update(state: State, call: Call) -> Reply:
    """`PUT /api/bulk/syncs/{id}`: full replacement, save of schemas that it does not have."""
    before = _sync(state, call)
    request = read_bulk_sync(_body(call))
    changed = state.bulk_syncs.update(before.id, before.workspace_id, request, state.behaviour)
    if before.active and not changed.active:
        _cancel_current(state, changed)
    return Reply(body={"data": _shown(state, call, changed)})


def delete(state: State, call: Call) -> Reply:
    """`DELETE /api/bulk/syncs/{id}`: cancels what runs; history and schedules go with it."""
    state.bulk_syncs.remove(_sync(state, call).id)
    return Reply(204)


def activate(state: State, call: Call) -> Reply:
    """`POST …/activate`; to switch off cancels what runs."""
    sync = _sync(state, call)
    body = Reader(call.json())
    if not body.has("active"):
        raise body.wrong("active", "is required")
    changed = state.bulk_syncs.activate(sync, active=body.flag("active"))
    if not changed.active:
        _cancel_current(state, changed)
    return Reply(body={"data": {"id": changed.id, "active": changed.active}})


def _cancel_current(state: State, sync: BulkSync) -> bool:
    current = state.bulk_runs.current(sync.id)
    if current is not None:
        state.bulk_runs.cancel(current)
    return current is not None


def start(state: State, call: Call) -> Reply:
    """`POST …/executions`."""
    sync = _sync(state, call)
    body = Reader(call.json() if call.incoming.body else {})
    made = state.bulk_runs.start(sync, read_bulk_start(body))
    return Reply(body={"data": _execution(state, made)})


def _execution(state: State, execution: BulkExecution) -> dict[str, Any]:
    return present_execution(execution, state.clock.seconds(), state.behaviour)


def executions(state: State, call: Call) -> Reply:
    """`GET …/executions`: newest first; of those that are over, the last to end first."""
    sync = _sync(state, call)
    found = state.bulk_runs.of(sync.id)
    terminal = call.flag("only_terminal")
    listing = Listing(
        f"executions of {sync.id}",
        lambda one: one.updated_at if terminal else one.created_at,
        lambda one: one.id,
        newest_first=not call.flag("ascending"),
    )
    size = limit_of(call, min(state.behaviour.page_size, _MOST_EXECUTIONS))
    chosen = [one for one in found if one.ended] if terminal else found
    return paged(listing, call, chosen, size, lambda one: _execution(state, one))


def _found(state: State, call: Call) -> BulkExecution:
    return state.bulk_runs.get(call.params["execution_id"], _sync(state, call).id)


def execution(state: State, call: Call) -> Reply:
    """`GET …/executions/{execution_id}`."""
    return Reply(body={"data": _execution(state, _found(state, call))})


def console(state: State, call: Call) -> Reply:
    """`GET …/executions/{execution_id}/consolelog`: the latest lines, the oldest first."""
    return console_of(state, call, _found(state, call).id)


def logs(state: State, call: Call) -> Reply:
    """`GET …/executions/{execution_id}/logs`: signed addresses of the rows that failed.

    What else is in such files is not documented. Source: `BulkSyncExecutionLogs`, with its keys.
    """
    files = log_files.files_of(state, _found(state, call).id, "errors")
    addresses = [log_files.signed(state, call.incoming.base_url, one) for one in files]
    shown: dict[str, Any] = {
        "URLs": [url for url, _ in addresses],
        "Expires": addresses[0][1] if addresses else None,
    }
    return Reply(body={"data": without_absent(shown, state.behaviour)})


def cancel(state: State, call: Call) -> Reply:
    """`POST …/cancel`: the execution ends a little later."""
    return _canceled(running=_cancel_current(state, _sync(state, call)))


def cancel_execution(state: State, call: Call) -> Reply:
    """`POST …/executions/{execution_id}/cancel`."""
    found = _found(state, call)
    state.bulk_runs.cancel(found)
    return _canceled(running=not found.ended)


def cancel_schema(state: State, call: Call) -> Reply:
    """`POST …/schemas/{schema_id}/cancel`."""
    sync = _sync(state, call)
    found = state.bulk_syncs.schema(sync, call.params["schema_id"], state.behaviour)
    current = state.bulk_runs.current(sync.id)
    running = current is not None and state.bulk_runs.cancel_schema(current, found.id)
    return _canceled(running=running)


def _canceled(*, running: bool) -> Reply:
    message = "cancellation requested" if running else "there is no running execution"
    return Reply(body={"data": {"message": message}})


def status(state: State, call: Call) -> Reply:
    """`GET …/status`: what runs, what ran last, when it runs next."""
    sync = _sync(state, call)
    current, last = state.bulk_runs.current(sync.id), state.bulk_runs.last_ended(sync.id)
    due = state.bulk_syncs.next_due(sync.id)
    shown = {
        "current_execution": _execution(state, current) if current else None,
        "last_execution": _execution(state, last) if last else None,
        "next_execution_time": None if due is None else stamp_of(due),
        "ingestion_status": {"enabled": False, "is_running": False, "status": "ok"},
    }
    return Reply(body={"data": {key: one for key, one in shown.items() if one is not None}})


def statuses(state: State, call: Call) -> Reply:
    """`GET /api/bulk/syncs/status`: the newest state of each schema of some syncs, or of all."""
    syncs = state.bulk_syncs.of(call.workspace.id)
    if call.flag("active"):
        syncs = [one for one in syncs if one.active]
    elif not call.flag("all"):
        asked = [value for key, value in call.incoming.pairs if key == "sync_id"]
        syncs = [state.bulk_syncs.get(one, call.workspace.id) for one in asked]
    return Reply(body={"data": [_status_of(state, one) for one in syncs]})


_TOLD = (
    *("schema", "status", "status_message", "started_at", "completed_at"),
    *("record_count", "error_count", "warning_count"),
)
"""Source: `BulkSyncSchemaExecutionStatus`."""


def _status_of(state: State, sync: BulkSync) -> dict[str, Any]:
    found = state.bulk_runs.of(sync.id)
    newest: dict[str, dict[str, Any]] = {}
    for one in found:
        shown = _execution(state, one)
        for schema in shown["schemas"]:
            told = {key: schema[key] for key in _TOLD if key in schema}
            newest.setdefault(schema["schema"], {**told, "execution_id": one.id})
    due = state.bulk_syncs.next_due(sync.id)
    shown: dict[str, Any] = {
        "sync_id": sync.id,
        "status": _execution(state, found[0])["status"] if found else None,
        "nextExecutionTime": None if due is None else stamp_of(due),
        "schemas": list(newest.values()),
    }
    return {key: value for key, value in shown.items() if value is not None}


def schemas(state: State, call: Call) -> Reply:
    """`GET …/schemas`: without fields and filters; `filters[enabled]` chooses.

    API 2024-02-08 too: the Terraform provider cannot read fields there that no program configured.
    """
    sync = _sync(state, call)
    wanted = call.grouped("filters").get("enabled", [""])[-1]
    found = [
        one
        for one in state.bulk_syncs.shown_schemas(sync, state.behaviour)
        if wanted in ("", "true" if one.enabled else "false")
    ]
    return Reply(body={"data": [_schema(state, sync, one.id, whole=False) for one in found]})


def _schema(state: State, sync: BulkSync, schema_id: str, *, whole: bool = True) -> dict[str, Any]:
    found = state.bulk_syncs.schema(sync, schema_id, state.behaviour)
    return present_schema(sync, found, state.behaviour, whole=whole)


def change_schemas(state: State, call: Call) -> Reply:
    """`PATCH …/schemas`: those that it names, key by key."""
    sync = _sync(state, call)
    asked = Reader(call.json()).each("schemas", read_schema)
    changed = state.bulk_syncs.change_schemas(sync, asked, state.behaviour, partial=True)
    return Reply(body={"data": [_schema(state, changed, one.id) for one in asked]})


def read_one_schema(state: State, call: Call) -> Reply:
    """`GET …/schemas/{schema_id}`."""
    return Reply(body={"data": _schema(state, _sync(state, call), call.params["schema_id"])})


def replace_schema(state: State, call: Call) -> Reply:
    """`PUT …/schemas/{schema_id}`: full replacement of one."""
    sync = _sync(state, call)
    found = state.bulk_syncs.schema(sync, call.params["schema_id"], state.behaviour)
    asked = schema_of(Reader(call.json()), found.id)
    # An empty body replaces too.
    whole = replace(asked, sent=asked.sent | {"enabled"})
    changed = state.bulk_syncs.change_schemas(sync, [whole], state.behaviour, partial=False)
    return Reply(body={"data": _schema(state, changed, found.id)})


def schedules(state: State, call: Call) -> Reply:
    """`GET …/schedules`: the default one first."""
    sync = _sync(state, call)
    return Reply(body={"data": [present_camel_schedule(sync, one) for one in sync.schedules]})


def add_schedule(state: State, call: Call) -> Reply:
    """`POST …/schedules`."""
    sync = _sync(state, call)
    asked = read_camel_schedule(Reader(call.json()).required_inner("schedule"))
    made = state.bulk_syncs.schedule(asked, None)
    changed = state.bulk_syncs.change_schedules(sync, [*sync.additional_schedules, made])
    return Reply(201, {"data": present_camel_schedule(changed, made)})


def read_schedule(state: State, call: Call) -> Reply:
    """`GET …/schedules/{schedule_id}`."""
    sync = _sync(state, call)
    found = next((one for one in sync.schedules if one.id == call.params["schedule_id"]), None)
    if found is None:
        raise NotFound("schedule not found")
    return Reply(body={"data": present_camel_schedule(sync, found)})


def change_schedule(state: State, call: Call) -> Reply:
    """`PUT …/schedules/{schedule_id}`."""
    sync = _sync(state, call)
    read_schedule(state, call)
    asked = read_camel_schedule(Reader(call.json()).required_inner("schedule"))
    schedule_id = call.params["schedule_id"]
    if schedule_id == sync.default_schedule.id:
        made = state.bulk_syncs.schedule(asked, sync.default_schedule)
        additional = sync.additional_schedules
        sync = replace(sync, default_schedule=made)
    else:
        before = next(one for one in sync.additional_schedules if one.id == schedule_id)
        made = state.bulk_syncs.schedule(asked, before)
        additional = [made if one.id == schedule_id else one for one in sync.additional_schedules]
    changed = state.bulk_syncs.change_schedules(sync, additional)
    return Reply(body={"data": present_camel_schedule(changed, made)})


def delete_schedule(state: State, call: Call) -> Reply:
    """`DELETE …/schedules/{schedule_id}`; the default one stays."""
    sync = _sync(state, call)
    read_schedule(state, call)
    if call.params["schedule_id"] == sync.default_schedule.id:
        raise BadRequest("the default schedule cannot be deleted")
    left = [one for one in sync.additional_schedules if one.id != call.params["schedule_id"]]
    state.bulk_syncs.change_schedules(sync, left)
    return Reply(204)


def error_handling(state: State, call: Call) -> Reply:
    """`GET …/error-handling`."""
    return Reply(body={"data": present_error_handling(_sync(state, call), state.behaviour)})


def change_error_handling(state: State, call: Call) -> Reply:
    """`PUT …/error-handling`: what is left out stays; a threshold of 0 clears it."""
    sync = _sync(state, call)
    body = Reader(call.json())
    found: BulkErrorHandling = sync.error_handling
    if body.has("subscribers"):
        found = replace(found, subscribers=addresses(body, "subscribers"))
    threshold = body.integer("ingestion_failure_threshold")
    if threshold is not None:
        if not 0 <= threshold < 2**31:
            raise body.wrong("ingestion_failure_threshold", "must be from 0 on")
        found = replace(found, ingestion_failure_threshold=threshold or None)
    changed = state.bulk_syncs.store(replace(sync, error_handling=found))
    return Reply(body={"data": present_error_handling(changed, state.behaviour)})


def source(state: State, call: Call) -> Reply:
    """`GET /api/connections/{id}/bulksync/source`: what can be copied out of a connection."""
    connection = state.connections.get(call.params["id"], call.workspace.id)
    behaviour = state.behaviour
    catalog = source_catalog_for(state.schemas, connection, behaviour)
    found: list[dict[str, Any]] = []
    for one in catalog.objects.values():
        shown: dict[str, Any] = {"id": one.id, "name": one.name}
        if call.flag("include_fields"):
            schema = state.connection_schemas.get(connection, one.id, behaviour)
            fields = schema.fields.values()
            shown["fields"] = [present_schema_field(field, behaviour) for field in fields]
        found.append(shown)
    capabilities = {
        "supports_tracking_fields": True,
        "supports_namespaces": has_namespaces(connection.type),
    }
    keys = source_keys(connection.type)
    shown = {"configuration": keys, "schemas": found, "capabilities": capabilities}
    return Reply(body={"data": shown})


def target(state: State, call: Call) -> Reply:
    """`GET /api/connections/{id}/bulksync/target`: what a connection takes as destination."""
    connection = state.connections.get(call.params["id"], call.workspace.id)
    takes = destination_of(connection.type)
    if takes is None:
        raise BadRequest(f"{connection.kind.name} cannot be the destination of a bulk sync")
    modes = [
        {
            "id": one,
            "label": MODES[one][0],
            "description": MODES[one][1],
            "requires_identity": False,
            "supports_field_sync_mode": False,
            "supports_target_filters": False,
        }
        for one in takes.modes
    ]
    shown = {
        "configuration": takes.configuration,
        "modes": modes,
        "supported_resync_modes": ["refetch", "resync", "rebuild"],
        "supports_history_mode": takes.history,
    }
    return Reply(body={"data": shown})
