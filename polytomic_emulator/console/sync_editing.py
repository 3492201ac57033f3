"""The pages on which a person changes a sync: one form for each part of it."""

from typing import Any, Protocol

from polytomic_emulator.console.editing import filters, mapping, schedule, settings
from polytomic_emulator.console.editing.controls import (
    Draft,
    Problem,
    Section,
    problem_of,
)
from polytomic_emulator.console.editing.rows import with_new_row
from polytomic_emulator.console.rendering import Page, Redirect
from polytomic_emulator.console.routing import Console, Form, Visit
from polytomic_emulator.errors import ApiError, NotFound
from polytomic_emulator.http import edits
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync


class _Part(Protocol):
    """A module of `editing`: the form of one part of a sync."""

    TITLE: str

    def filled(self, state: State, sync: Sync) -> Form:
        """The form as the sync is."""
        ...

    def sections(self, state: State, sync: Sync, form: Form) -> list[Section]:
        """What the page draws."""
        ...

    def draft(self, state: State, sync: Sync, form: Form) -> Draft:
        """The changes, in the keys of the PUT."""
        ...


_PARTS: dict[str, _Part] = {
    "mapping": mapping,
    "filters": filters,
    "schedule": schedule,
    "settings": settings,
}
_CHANGED_MEANWHILE = (
    "The sync has been changed since you opened this form. Open it again to change what it is now."
)


def show(console: Console, visit: Visit) -> Page:
    """The form as the sync is."""
    sync, part = _found(console, visit)
    return _page(console, sync, part, part.filled(console.state, sync))


def save(console: Console, visit: Visit) -> Page | Redirect:
    """Save what the form says, by the rules of the API; or only add a row to it."""
    sync, part = _found(console, visit)
    form = visit.form
    table = form.text("add")
    if table:
        return _page(console, sync, part, with_new_row(form, table), added=table)
    if form.text("updated_at") != sync.updated_at:
        return _page(console, sync, part, form, problem=Problem(_CHANGED_MEANWHILE))
    draft = part.draft(console.state, sync, form)
    try:
        with console.state.database.transaction():
            edits.change_sync(console.state, sync, draft.changes, deep=("target",))
    except ApiError as refusal:
        problem = problem_of(refusal, draft.places)
        return _page(console, sync, part, form, problem=problem)
    return Redirect(f"/syncs/{sync.id}?done=saved")


def _found(console: Console, visit: Visit) -> tuple[Sync, _Part]:
    part = _PARTS.get(visit.params["part"])
    if part is None:
        raise NotFound("there is no page at this address")
    return console.state.syncs.get(visit.params["id"]), part


def _page(
    console: Console,
    sync: Sync,
    part: _Part,
    form: Form,
    *,
    problem: Problem | None = None,
    added: str = "",
) -> Page:
    values: dict[str, Any] = {
        "sync": sync,
        "title": part.TITLE,
        "sections": part.sections(console.state, sync, form),
        # A form that is older than the sync stays so: its rows are numbered as they were then.
        "updated_at": form.text("updated_at") or sync.updated_at,
        "problem": problem,
        "added": added,
    }
    return Page("sync_edit.html", values, 422 if problem else 200)
