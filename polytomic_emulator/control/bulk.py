"""The control routes of bulk syncs: let one run, and end what runs."""

from dataclasses import asdict
from typing import Any

from polytomic_emulator.bulk.bodies import read_bulk_start
from polytomic_emulator.bulk.documents import BulkExecution
from polytomic_emulator.bulk.present import present_execution
from polytomic_emulator.control.routing import Command, Control, Function
from polytomic_emulator.errors import BadRequest, Unprocessable
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.execution import COMPLETED, ENDED


def table() -> list[tuple[str, str, Function]]:
    """Method, path and function of each of these routes."""
    return [
        ("POST", "bulk-syncs/{id}/run", run),
        ("POST", "bulk-syncs/{id}/start", start),
        ("POST", "bulk-syncs/{id}/finish", finish),
        ("GET", "bulk-syncs/{id}/executions", executions),
    ]


def _shown(control: Control, execution: BulkExecution) -> dict[str, Any]:
    state = control.state
    return present_execution(execution, state.clock.seconds(), state.behaviour)


def run(control: Control, command: Command) -> dict[str, Any]:
    """Run a bulk sync from start to end at once: the body of starting an execution."""
    sync = control.state.bulk_syncs.get(command.params["id"])
    started = control.state.bulk_runs.start(sync, read_bulk_start(Reader(command.body)))
    return _shown(control, control.state.bulk_runs.finish(started))


def start(control: Control, command: Command) -> dict[str, Any]:
    """Let a bulk sync run, until it is finished or canceled."""
    sync = control.state.bulk_syncs.get(command.params["id"])
    return _shown(control, control.state.bulk_runs.start(sync, held=True))


def finish(control: Control, command: Command) -> dict[str, Any]:
    """End the current execution: `{status?}`, `completed` unless told otherwise."""
    sync = control.state.bulk_syncs.get(command.params["id"])
    status = command.body.get("status", COMPLETED)
    if status not in ENDED:
        raise BadRequest("status must be one that ends", field="status", known_values=list(ENDED))
    current = control.state.bulk_runs.current(sync.id)
    if current is None:
        raise Unprocessable("the bulk sync is not running")
    return _shown(control, control.state.bulk_runs.finish(current, status))


def executions(control: Control, command: Command) -> list[dict[str, Any]]:
    """A bulk sync's executions, newest first, each with the `request` that started it."""
    sync = control.state.bulk_syncs.get(command.params["id"])
    return [
        _shown(control, one) | {"request": asdict(one.request)}
        for one in control.state.bulk_runs.of(sync.id)
    ]
