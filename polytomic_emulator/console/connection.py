"""A connection's page: how it is, what it offers, who uses it; switches for its health."""

from dataclasses import dataclass
from typing import Any

from polytomic_emulator.console import wording
from polytomic_emulator.console.api import ask
from polytomic_emulator.console.rendering import Page, Redirect
from polytomic_emulator.console.routing import Console, Visit
from polytomic_emulator.errors import ApiError, NotFound
from polytomic_emulator.state import configuration as rules
from polytomic_emulator.state.catalogs import Catalog
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.connection import ERROR, HEALTHY, Connection, known_type
from polytomic_emulator.state.store import State
from polytomic_provider.facts.secrets import MASK, replace_secrets

_DONE = {
    "refreshed": "The schema is being read again.",
    "broken": "The connection is unhealthy now.",
    "healed": "The connection is healthy again.",
    "revoked": "The authorization is revoked. Somebody has to allow it again.",
}
_REASON = "Made unhealthy in the console."


@dataclass(frozen=True)
class Setting:
    """One configuration key with its value as text; `secret` ones hold the mask only."""

    key: str
    text: str
    secret: bool


def show(console: Console, visit: Visit) -> Page:
    """The page."""
    found = console.state.connections.get(visit.params["id"])
    return _page(console, found, done=_DONE.get(visit.query.get("done", ""), ""))


def _page(console: Console, connection: Connection, *, done: str = "", wrong: str = "") -> Page:
    state = console.state
    cache = state.schemas.look(connection.id, state.behaviour)
    values: dict[str, Any] = {
        "connection": connection,
        "workspace": state.workspaces.by_id(connection.workspace_id),
        "settings": settings_of(connection.type, connection.configuration),
        "cache": wording.cache(cache),
        "cache_started": stamp_of(cache.started_at) if cache else None,
        "cache_finished": stamp_of(cache.finished_at) if cache and cache.finished_at else None,
        "users": state.usage.of_connection(connection.id),
        "objects": list(catalog_now(state, connection).objects.values()),
        "can_break": connection.status == HEALTHY,
        "can_heal": connection.status == ERROR,
        "can_refresh": connection.status == HEALTHY,
        "can_revoke": connection.consent is not None and connection.consent.given,
        "done": done,
        "wrong": wrong,
    }
    return Page("connection.html", values, 422 if wrong else 200)


def catalog_now(state: State, connection: Connection) -> Catalog:
    """What the service has, with the fields that users defined or renamed; at any health."""
    return state.schemas.changes.applied(connection.id, state.service_changes.known(connection))


def settings_of(type_id: str | None, configuration: dict[str, Any]) -> list[Setting]:
    """A configuration for eyes: whatever is or may be secret is masked. type_id: None: unknown."""
    shown = replace_secrets(type_id, configuration, lambda secret: MASK if secret else secret)
    if type_id is not None:
        shown = rules.masked(known_type(type_id), shown)
    return [Setting(key, wording.value(item), item == MASK) for key, item in shown.items()]


def act(console: Console, visit: Visit) -> Page | Redirect:
    """A pressed button: refresh the schema, end the health, heal, revoke the authorization."""
    state, action = console.state, visit.params["action"]
    found = state.connections.get(visit.params["id"])
    if action not in _ACTIONS:
        raise NotFound("there is no page at this address")
    try:
        with state.database.transaction():
            done = _ACTIONS[action](state, found, visit.form.text("reason").strip())
    except ApiError as refusal:
        return _page(console, found, wrong=refusal.message)
    return Redirect(f"/connections/{found.id}?done={done}")


def _refresh(state: State, connection: Connection, reason: str) -> str:
    path = f"/api/connections/{connection.id}/schemas/refresh"
    ask(state, connection.workspace_id, "POST", path)
    return "refreshed"


def _break(state: State, connection: Connection, reason: str) -> str:
    state.connections.fail(connection.id, reason or _REASON)
    return "broken"


def _heal(state: State, connection: Connection, reason: str) -> str:
    state.connections.heal(connection.id)
    return "healed"


def _revoke(state: State, connection: Connection, reason: str) -> str:
    state.connections.revoke(connection.id)
    return "revoked"


_ACTIONS = {"refresh": _refresh, "break": _break, "heal": _heal, "revoke": _revoke}
