"""A model's page: what it reads, its fields, sample rows, the syncs that use it."""

from dataclasses import dataclass
from typing import Any

from polytomic_emulator.console.connection import Setting, settings_of
from polytomic_emulator.console.rendering import Page
from polytomic_emulator.console.routing import Console, Visit
from polytomic_emulator.console.sample import Sample, sample_of
from polytomic_emulator.errors import ApiError, NotFound
from polytomic_emulator.state.catalogs import catalog_of
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.discovery import STREAM
from polytomic_emulator.state.model import Model, ModelField
from polytomic_emulator.state.store import State

_ROWS = 10
_DONE = {"saved": "The model is saved."}


@dataclass(frozen=True)
class FieldRow:
    """A field and what the model does with it: `identifier`, `tracked`, `joined` to a model."""

    field: ModelField
    identifier: bool
    tracked: bool
    joined: str


def show(console: Console, visit: Visit) -> Page:
    """The page."""
    state = console.state
    found = state.models.get(visit.params["id"])
    sample, unreadable = _sample(state, found)
    values: dict[str, Any] = {
        "model": found,
        "workspace": state.workspaces.by_id(found.workspace_id),
        "connection": connection_of(state, found),
        "reads": reads_of(found),
        "settings": shown_settings(found),
        "fields": [_field(state, found, one) for one in found.fields],
        "sample": sample,
        "unreadable": unreadable,
        "users": state.usage.of_model(found.id),
        "done": _DONE.get(visit.query.get("done", ""), ""),
    }
    return Page("model.html", values)


def _sample(state: State, model: Model) -> tuple[Sample | None, str]:
    """The first rows, or why they cannot be read."""
    try:
        return sample_of(state.model_rows.sample(model, state.behaviour, _ROWS)), ""
    except ApiError as refusal:
        return None, refusal.message


def connection_of(state: State, model: Model) -> Connection | None:
    """The connection that a model reads; None when it is gone."""
    try:
        return state.connections.get(model.connection_id)
    except NotFound:
        return None


def reads_of(model: Model) -> str:
    """What a model reads: its object, or its query."""
    keys = (*catalog_of(model.type).selectors, STREAM, "table")
    return next((text for key in keys if (text := str(model.configuration.get(key, "")))), "")


def shown_settings(model: Model) -> list[Setting]:
    """The configuration for eyes; no schema says which of its keys are secret, so names do."""
    return settings_of(None, model.configuration)


def _field(state: State, model: Model, field: ModelField) -> FieldRow:
    relation = next((one for one in model.relations if one.source == field.name), None)
    joined = ""
    if relation is not None:
        other = state.models.find(relation.model_id)
        joined = f"{relation.field} of {other.name if other else 'a model that is gone'}"
    return FieldRow(
        field, field.name == model.identifier, field.name in model.tracking_columns, joined
    )
