"""The routes of bulk syncs: method, path, handler."""

from collections.abc import Callable

from polytomic_emulator.bulk import handlers
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.state.store import State

Handler = Callable[[State, Call], Reply]
_SYNC = "/api/bulk/syncs/{id}"
# Greedy: clients do not escape the slashes of a schema's id.
_SCHEMA = f"{_SYNC}/schemas/{{schema_id:path}}"
_SCHEDULE = f"{_SYNC}/schedules/{{schedule_id}}"
_EXECUTION = f"{_SYNC}/executions/{{execution_id}}"

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/api/bulk/syncs", handlers.index),
    ("POST", "/api/bulk/syncs", handlers.create),
    ("GET", "/api/bulk/syncs/status", handlers.statuses),
    ("GET", _SYNC, handlers.read),
    ("PUT", _SYNC, handlers.update),
    ("DELETE", _SYNC, handlers.delete),
    ("POST", f"{_SYNC}/activate", handlers.activate),
    ("POST", f"{_SYNC}/cancel", handlers.cancel),
    ("GET", f"{_SYNC}/status", handlers.status),
    ("POST", f"{_SYNC}/executions", handlers.start),
    ("GET", f"{_SYNC}/executions", handlers.executions),
    ("GET", _EXECUTION, handlers.execution),
    ("GET", f"{_EXECUTION}/consolelog", handlers.console),
    ("GET", f"{_EXECUTION}/logs", handlers.logs),
    ("POST", f"{_EXECUTION}/cancel", handlers.cancel_execution),
    ("GET", f"{_SYNC}/schemas", handlers.schemas),
    ("PATCH", f"{_SYNC}/schemas", handlers.change_schemas),
    ("POST", f"{_SCHEMA}/cancel", handlers.cancel_schema),
    ("GET", _SCHEMA, handlers.read_one_schema),
    ("PUT", _SCHEMA, handlers.replace_schema),
    ("GET", f"{_SYNC}/schedules", handlers.schedules),
    ("POST", f"{_SYNC}/schedules", handlers.add_schedule),
    ("GET", _SCHEDULE, handlers.read_schedule),
    ("PUT", _SCHEDULE, handlers.change_schedule),
    ("DELETE", _SCHEDULE, handlers.delete_schedule),
    ("GET", f"{_SYNC}/error-handling", handlers.error_handling),
    ("PUT", f"{_SYNC}/error-handling", handlers.change_error_handling),
    ("GET", "/api/connections/{id}/bulksync/source", handlers.source),
    ("GET", "/api/connections/{id}/bulksync/target", handlers.target),
)
