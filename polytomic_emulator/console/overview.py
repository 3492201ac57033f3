"""`/`: everything there is, and how it is."""

from dataclasses import dataclass, field
from typing import Any

from polytomic_emulator.console import request_log, wording
from polytomic_emulator.console.api import next_run
from polytomic_emulator.console.model import reads_of
from polytomic_emulator.console.rendering import Page
from polytomic_emulator.console.routing import Console, Visit
from polytomic_emulator.state.connection import HEALTHY, Connection
from polytomic_emulator.state.executions import Execution
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync
from polytomic_emulator.state.workspaces import Workspace

_LATEST_REQUESTS = 6


@dataclass(frozen=True)
class ConnectionRow:
    """A connection; cache: the state of its schema; uses: how many things stand on it."""

    connection: Connection
    cache: str
    uses: int


@dataclass(frozen=True)
class ModelRow:
    """A model; reads: its object or query, and the name of its connection."""

    model: Model
    reads: str
    connection: str
    uses: int


@dataclass(frozen=True)
class SyncRow:
    """A sync; source and target by name; last: its newest execution."""

    sync: Sync
    source: str
    target: str
    schedule: str
    last: Execution | None
    next: str | None


@dataclass(frozen=True)
class Area:
    """One workspace and what is in it."""

    workspace: Workspace
    connections: list[ConnectionRow]
    models: list[ModelRow]
    syncs: list[SyncRow]
    unwell: list[str] = field(default_factory=list[str])


def show(console: Console, visit: Visit) -> Page:
    """Every workspace with its connections, models and syncs; the latest requests."""
    state = console.state
    values: dict[str, Any] = {
        "areas": [_area(state, one) for one in state.workspaces.all()],
        "requests": request_log.latest(console, _LATEST_REQUESTS),
    }
    return Page("overview.html", values)


def _area(state: State, workspace: Workspace) -> Area:
    connections = state.connections.of(workspace.id)
    models = state.models.of(workspace.id)
    syncs = state.syncs.of(workspace.id)
    return Area(
        workspace,
        [_connection(state, one) for one in connections],
        [_model(state, one, connections) for one in models],
        [_sync(state, one, connections, models, syncs) for one in syncs],
        [one.name for one in connections if one.status != HEALTHY],
    )


def _connection(state: State, connection: Connection) -> ConnectionRow:
    cache = wording.cache(state.schemas.look(connection.id, state.behaviour))
    return ConnectionRow(connection, cache, len(state.usage.of_connection(connection.id)))


def _model(state: State, model: Model, connections: list[Connection]) -> ModelRow:
    uses = len(state.usage.of_model(model.id))
    return ModelRow(model, reads_of(model), _name_of(connections, model.connection_id), uses)


def _sync(
    state: State,
    sync: Sync,
    connections: list[Connection],
    models: list[Model],
    syncs: list[Sync],
) -> SyncRow:
    sources = [_name_of(models, one) for one in sync.model_ids()]
    target = _name_of(connections, sync.target.connection_id)
    executions = state.executions.of(sync.id)
    return SyncRow(
        sync,
        ", ".join(sources) or "no model",
        f"{sync.target.object} in {target}",
        wording.schedule(sync.schedule, {one.id: one.name for one in syncs}),
        executions[0] if executions else None,
        next_run(state, sync),
    )


def _name_of(things: list[Connection] | list[Model], wanted: str) -> str:
    return next((one.name for one in things if one.id == wanted), "something that is gone")
