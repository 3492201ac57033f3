"""The page on which a person changes a model: its name, what it reads, its fields."""

from typing import Any

from polytomic_emulator.console.connection import catalog_now
from polytomic_emulator.console.editing.controls import (
    Control,
    Draft,
    Problem,
    Row,
    Section,
    box,
    problem_of,
    select,
    typed,
)
from polytomic_emulator.console.model import connection_of, shown_settings
from polytomic_emulator.console.rendering import Page, Redirect
from polytomic_emulator.console.routing import Console, Form, Visit
from polytomic_emulator.errors import ApiError
from polytomic_emulator.http import edits
from polytomic_emulator.state.catalogs import catalog_of
from polytomic_emulator.state.discovery import source_object
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.store import State

_CHANGED_MEANWHILE = (
    "The model has been changed since you opened this form. Open it again to change what it is now."
)


def show(console: Console, visit: Visit) -> Page:
    """The form as the model is."""
    model = console.state.models.get(visit.params["id"])
    return _page(console.state, model, _filled(model))


def save(console: Console, visit: Visit) -> Page | Redirect:
    """Save what the form says, by the rules of the API."""
    state, form = console.state, visit.form
    model = state.models.get(visit.params["id"])
    if form.text("updated_at") != model.updated_at:
        return _page(state, model, form, Problem(_CHANGED_MEANWHILE))
    draft = _draft(state, model, form)
    try:
        with state.database.transaction():
            edits.change_model(state, model, draft.changes)
    except ApiError as refusal:
        return _page(state, model, form, problem_of(refusal, draft.places))
    return Redirect(f"/models/{model.id}?done=saved")


def _filled(model: Model) -> Form:
    pairs = [("name", model.name), ("identifier", model.identifier or "")]
    pairs += [(_setting(one.key), one.text) for one in shown_settings(model)]
    pairs += [("field", one.name) for one in model.fields if not one.user_added]
    pairs += [("tracked", one) for one in model.tracking_columns]
    return Form(tuple(pairs))


def _setting(key: str) -> str:
    return f"setting-{key}"


def _keys(model: Model) -> list[str]:
    catalog = catalog_of(model.type)
    known = (*catalog.selectors, *catalog.options)
    return list(dict.fromkeys((*known, *model.configuration)))


def _offered(state: State, model: Model) -> dict[str, tuple[str, str]]:
    """Label and type of each field that can be chosen: the source's, and the model's own."""
    own = {one.name: (one.label, one.type) for one in model.fields if not one.user_added}
    try:
        connection = state.connections.get(model.connection_id)
        source = source_object(catalog_now(state, connection), model.configuration)
    except ApiError:
        return own
    return {one.id: (one.name, one.type) for one in source.fields.values()} | own


def _page(state: State, model: Model, form: Form, problem: Problem | None = None) -> Page:
    offered = _offered(state, model)
    values: dict[str, Any] = {
        "model": model,
        "connection": connection_of(state, model),
        "sections": _sections(model, form, offered),
        "updated_at": form.text("updated_at") or model.updated_at,
        "problem": problem,
        "added": "",
    }
    return Page("model_edit.html", values, 422 if problem else 200)


def _sections(model: Model, form: Form, offered: dict[str, tuple[str, str]]) -> list[Section]:
    names = {name: label for name, (label, _) in offered.items()}
    added = {one.name: one.label for one in model.fields if one.user_added}
    chosen, tracked = form.texts("field"), form.texts("tracked")
    every = box("every", "Every field of the source", form.has("every"))
    fields = [
        box("field", _named(label, key), key in chosen, of=key, at=f"field-{position}")
        for position, (key, label) in enumerate(names.items())
    ]
    tracking = [
        box("tracked", _named(label, key), key in tracked, of=key, at=f"tracked-{position}")
        for position, (key, label) in enumerate((names | added).items())
    ]
    identifiers = [("", "None")] + [(key, _named(label, key)) for key, label in names.items()]
    identifier = select("identifier", "Identifier", form.text("identifier"), identifiers)
    name = Control("name", "Name", form.text("name"))
    settings = (
        Control(_setting(key), key, form.text(_setting(key)), "area" if key == "query" else "text")
        for key in _keys(model)
    )
    return [
        Section("Name and identifier", "", (Row("", (name, identifier)),)),
        Section(
            "What it reads",
            "The model's configuration. A key that is left empty is not sent.",
            (Row("", tuple(settings)),),
        ),
        Section("Fields", "What syncs can use.", (Row("", (every, *fields)),)),
        Section(
            "Tracking columns",
            "A record has changed when one of these has.",
            (Row("", tuple(tracking)),),
        ),
    ]


def _draft(state: State, model: Model, form: Form) -> Draft:
    before = {one.key: one.text for one in shown_settings(model)}
    configuration: dict[str, Any] = {}
    places = {"name": "name", "identifier": "identifier", "fields": "every"}
    for position, key in enumerate(_keys(model)):
        old = model.configuration.get(key)
        kind = "boolean" if isinstance(old, bool | int | float) else ""
        value = typed(form.text(_setting(key)), kind, old, before.get(key))
        places[f"configuration.{key}"] = _setting(key)
        if position == 0:
            places["configuration"] = _setting(key)
        if value is not None:
            configuration[key] = value
    chosen = form.texts("field")
    ids = {name: f"field-{position}" for position, name in enumerate(_offered(state, model))}
    places |= {f"fields[{n}]": ids.get(name, "every") for n, name in enumerate(chosen)}
    changes = {
        "name": form.text("name"),
        "identifier": form.text("identifier") or None,
        "configuration": configuration,
        "fields": None if form.has("every") else chosen,
        "tracking_columns": form.texts("tracked"),
    }
    return Draft(changes, places)


def _named(label: str, name: str) -> str:
    return name if label == name else f"{label} ({name})"
