"""The page of a connect card: what a person fills in to create or reconnect a connection."""

from dataclasses import replace
from urllib.parse import urlsplit

from polytomic_emulator.console import connect_form
from polytomic_emulator.console.rendering import Page, Redirect
from polytomic_emulator.console.routing import Console, Visit, refused
from polytomic_emulator.errors import NotFound


def show(console: Console, visit: Visit) -> Page:
    """The form of an open session, or the services to choose from."""
    type_id = visit.query.get("type", "")
    try:
        form = connect_form.form_of(console.state, visit.params["token"], type_id)
    except NotFound as refusal:
        return replace(refused(refusal), secret_address=True)
    return _form(console, form)


def fill(console: Console, visit: Visit) -> Page | Redirect:
    """What a person filled in."""
    token, type_id = visit.params["token"], visit.form.text("type")
    try:
        form = connect_form.form_of(console.state, token, type_id)
    except NotFound as refusal:
        return replace(refused(refusal), secret_address=True)
    result = connect_form.settle(console.state, form, dict(visit.form.pairs))
    return Redirect(result) if isinstance(result, str) else _form(console, result)


def _form(console: Console, form: connect_form.Form) -> Page:
    values = {
        "form": form,
        "workspace": console.state.workspaces.by_id(form.session.workspace_id),
        "returns_to": urlsplit(form.session.redirect_url).netloc,
    }
    return Page("connect.html", values, 422 if form.wrong else 200, secret_address=True)
