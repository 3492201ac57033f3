"""The control routes of schema caches, stored objects, models, syncs and their executions."""

from dataclasses import asdict
from typing import Any

from polytomic_emulator.control.routing import Command, Control, Function
from polytomic_emulator.errors import BadRequest, Conflict, Unprocessable
from polytomic_emulator.http import edits, stored
from polytomic_emulator.http.executions import read_start
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.execution import (
    CANCELED,
    CANCELING,
    COMPLETED,
    ENDED,
    Execution,
)
from polytomic_emulator.state.results import STATUSES
from polytomic_emulator.state.schema_caches import SchemaCache


def table() -> list[tuple[str, str, Function]]:
    """Method, path and function of each of these routes."""
    return [
        ("GET", "connections/{id}/schema", read_schema),
        ("POST", "connections/{id}/schema/refresh", refresh_schema),
        ("POST", "connections/{id}/schema/hold", hold_schema),
        ("POST", "connections/{id}/schema/finish", finish_schema),
        ("GET", "stored", all_stored),
        ("GET", "stored/{kind}", list_stored),
        ("DELETE", "stored/{id}", delete_stored),
        ("GET", "stored/{kind}/{id}", show_stored),
        ("PATCH", "stored/{kind}/{id}", edit_stored),
        ("GET", "models", list_models),
        ("GET", "models/{id}", show_model),
        ("PATCH", "models/{id}", change_model),
        ("DELETE", "models/{id}", delete_model),
        ("GET", "syncs", list_syncs),
        ("GET", "syncs/{id}", show_sync),
        ("PATCH", "syncs/{id}", change_sync),
        ("DELETE", "syncs/{id}", delete_sync),
        ("POST", "syncs/{id}/start", start_execution),
        ("POST", "syncs/{id}/finish", finish_execution),
        ("POST", "syncs/{id}/run", run_sync),
        ("GET", "syncs/{id}/executions", list_executions),
        ("POST", "executions/{id}/end", end_execution),
        ("GET", "executions/{id}/results", list_results),
    ]


def _connection_id(control: Control, command: Command) -> str:
    return control.state.connections.get(command.params["id"]).id


def _cache(cache: SchemaCache) -> dict[str, Any]:
    return {**asdict(cache), "refreshing": cache.refreshing, "populated": cache.populated}


def read_schema(control: Control, command: Command) -> dict[str, Any]:
    """A connection's schema cache; empty when it was never healthy."""
    state = control.state
    found = state.schemas.look(_connection_id(control, command), state.behaviour)
    return _cache(found) if found else {}


def refresh_schema(control: Control, command: Command) -> dict[str, Any]:
    """Start a refresh, whatever the connection's health."""
    return _cache(control.state.schemas.begin(_connection_id(control, command)))


def hold_schema(control: Control, command: Command) -> dict[str, Any]:
    """Start a refresh that does not end until `finish`."""
    return _cache(control.state.schemas.hold(_connection_id(control, command)))


def finish_schema(control: Control, command: Command) -> dict[str, Any]:
    """Be ready at once."""
    return _cache(control.state.schemas.finish(_connection_id(control, command)))


def all_stored(control: Control, command: Command) -> dict[str, list[dict[str, Any]]]:
    """Every object of every workspace by kind, each as `list_stored` returns it."""
    del command
    return {kind: stored.list_stored(control.state, kind) for kind in stored.KINDS}


def list_stored(control: Control, command: Command) -> list[dict[str, Any]]:
    """What GET answers by default about every object of one kind of every workspace."""
    return stored.list_stored(control.state, command.params["kind"])


def delete_stored(control: Control, command: Command) -> dict[str, Any]:
    """Delete an object of any kind behind the client's back."""
    stored.remove(control.state, command.params["id"])
    return {}


def show_stored(control: Control, command: Command) -> dict[str, Any]:
    """What GET answers about an object while every switch has its default."""
    params = command.params
    return stored.stored(control.state, params["kind"], params["id"])


def edit_stored(control: Control, command: Command) -> dict[str, Any]:
    """Change one part of it as a person would: `{path, value, strict?}`; null takes it away.

    With `strict` the change is judged as the PUT judges it.
    """
    body = Reader(command.body)
    change = stored.Edit(body.required_text("path"), body.any("value"), body.flag("strict"))
    params = command.params
    return stored.edit(control.state, params["kind"], params["id"], change)


def list_models(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every model of every workspace, oldest first."""
    return [asdict(one) for one in control.state.models.all()]


def show_model(control: Control, command: Command) -> dict[str, Any]:
    """One model."""
    return asdict(control.state.models.get(command.params["id"]))


def change_model(control: Control, command: Command) -> dict[str, Any]:
    """Change a model as a person would: the keys of `PUT /api/models/{id}`, those that change.

    Configuration keys are laid over the stored ones; null removes a key.
    """
    found = control.state.models.get(command.params["id"])
    return asdict(edits.change_model(control.state, found, command.body, deep=("configuration",)))


def delete_model(control: Control, command: Command) -> dict[str, Any]:
    """Delete a model behind the client's back; its syncs are broken."""
    control.state.models.remove(control.state.models.get(command.params["id"]).id)
    return {}


def list_syncs(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every sync of every workspace, oldest first, passphrases in clear."""
    return [asdict(one) for one in control.state.syncs.all()]


def show_sync(control: Control, command: Command) -> dict[str, Any]:
    """One sync, its passphrase in clear."""
    return asdict(control.state.syncs.get(command.params["id"]))


def change_sync(control: Control, command: Command) -> dict[str, Any]:
    """Change a sync as a person would: the keys of `PUT /api/syncs/{id}`, those that change.

    Keys of `target` and `schedule` are laid over the stored ones; null removes a key.
    """
    found = control.state.syncs.get(command.params["id"])
    return asdict(
        edits.change_sync(control.state, found, command.body, deep=("target", "schedule"))
    )


def delete_sync(control: Control, command: Command) -> dict[str, Any]:
    """Delete a sync behind the client's back, running or not."""
    control.state.syncs.remove(control.state.syncs.get(command.params["id"]).id)
    return {}


def start_execution(control: Control, command: Command) -> dict[str, Any]:
    """Let a sync run, until it is finished or canceled."""
    sync = control.state.syncs.get(command.params["id"])
    return asdict(control.state.runs.hold(sync))


def finish_execution(control: Control, command: Command) -> dict[str, Any]:
    """End the current execution: `{status?}`, `completed` unless told otherwise.

    `completed` does its work at once; with any other status nothing is written.
    """
    sync = control.state.syncs.get(command.params["id"])
    status = command.body.get("status", COMPLETED)
    if status not in ENDED:
        raise BadRequest("status must be one that ends", field="status", known_values=list(ENDED))
    current = control.state.executions.current(sync.id)
    if current is None:
        raise Unprocessable("the sync is not running")
    return asdict(control.state.runs.finish(current, status))


def run_sync(control: Control, command: Command) -> dict[str, Any]:
    """Run a sync from start to end at once: the body of `POST /api/syncs/{id}/executions`."""
    sync = control.state.syncs.get(command.params["id"])
    started = control.state.runs.start(sync, read_start(Reader(command.body), sync))
    return asdict(control.state.runs.finish(started))


def list_executions(control: Control, command: Command) -> list[dict[str, Any]]:
    """A sync's executions, newest first."""
    sync = control.state.syncs.get(command.params["id"])
    return [asdict(one) for one in control.state.executions.of(sync.id)]


def end_execution(control: Control, command: Command) -> dict[str, Any]:
    """The execution once it is over: one that still runs does its work at once.

    Raises Conflict for one that is held, and so ends only when it is finished or canceled.
    """
    found = control.state.executions.get(command.params["id"])
    if found.held:
        raise Conflict("this execution is held: it ends when it is finished or canceled")
    return asdict(found if found.ended else _ended(control, found))


def _ended(control: Control, execution: Execution) -> Execution:
    runs = control.state.runs
    canceling = execution.status == CANCELING
    return runs.finish(execution, CANCELED if canceling else COMPLETED)


def list_results(control: Control, command: Command) -> list[dict[str, Any]]:
    """What became of each record that an execution looked at; `?status=` chooses.

    Of a bulk sync those that failed are kept alone.
    """
    id_ = command.params["id"]
    if not control.state.bulk_runs.has(id_):
        control.state.executions.get(id_)
    found = control.state.results.of(id_)
    wanted = command.query.get("status")
    if wanted is not None and wanted not in STATUSES:
        raise BadRequest("status is not known", field="status", known_values=list(STATUSES))
    return [asdict(one) for one in found if wanted in (None, one.status)]
