"""A sync's page: its mapping as a picture, when it runs, its runs; buttons that start and stop."""

from dataclasses import dataclass
from typing import Any

from polytomic_emulator.console import wording
from polytomic_emulator.console.api import ask, next_run
from polytomic_emulator.console.picture import picture_of
from polytomic_emulator.console.rendering import Page, Redirect
from polytomic_emulator.console.routing import Console, Visit
from polytomic_emulator.errors import ApiError, NotFound
from polytomic_emulator.state.sync import Sync

_DONE = {
    "saved": "The sync is saved. Programs that declare it otherwise see drift now.",
    "started": "The sync has been started.",
    "canceled": "The run has been asked to end.",
    "activated": "The sync is active: its schedule runs it.",
    "deactivated": "The sync is not active: only you start it.",
}


def show(console: Console, visit: Visit) -> Page:
    """The page."""
    found = console.state.syncs.get(visit.params["id"])
    return _page(console, found, done=_DONE.get(visit.query.get("done", ""), ""))


def _page(console: Console, sync: Sync, *, done: str = "", wrong: str = "") -> Page:
    state = console.state
    executions = state.executions.of(sync.id)
    names = {one.id: one.name for one in state.syncs.of(sync.workspace_id)}
    values: dict[str, Any] = {
        "sync": sync,
        "workspace": state.workspaces.by_id(sync.workspace_id),
        "picture": picture_of(state, sync),
        "problems": state.syncs.problems(sync),
        "schedule": wording.schedule(sync.schedule, names),
        "next_run": next_run(state, sync),
        "executions": executions,
        "running": next((one for one in executions if not one.ended), None),
        "done": done,
        "wrong": wrong,
    }
    return Page("sync.html", values, 422 if wrong else 200)


def act(console: Console, visit: Visit) -> Page | Redirect:
    """A pressed button: run now, end the run, activate, deactivate."""
    state = console.state
    found = state.syncs.get(visit.params["id"])
    action = _ACTIONS.get(visit.params["action"])
    if action is None:
        raise NotFound("there is no page at this address")
    try:
        with state.database.transaction():
            path = f"/api/syncs/{found.id}/{action.path}"
            ask(state, found.workspace_id, "POST", path, action.body)
    except ApiError as refusal:
        return _page(console, found, wrong=refusal.message)
    return Redirect(f"/syncs/{found.id}?done={action.done}")


@dataclass(frozen=True)
class _Action:
    """What a button asks the API for."""

    path: str
    done: str
    body: dict[str, Any] | None = None


_ACTIONS = {
    "run": _Action("executions", "started", {}),
    "cancel": _Action("cancel", "canceled"),
    "activate": _Action("activate", "activated", {"active": True}),
    "deactivate": _Action("activate", "deactivated", {"active": False}),
}
