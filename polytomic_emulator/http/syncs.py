"""`/api/syncs`: reading requests and writing replies; the rules are in the state.

Their executions are in `executions`.
"""

from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.pages import Listing, in_order, limit_of, paged
from polytomic_emulator.http.present_sync import (
    SyncView,
    present_light_sync,
    present_sync,
)
from polytomic_emulator.http.reading import Reader, actor_of, body_of
from polytomic_emulator.http.sync_bodies import read_sync
from polytomic_emulator.http.versions import OLD_VERSIONS, version_of
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.modes import MODES
from polytomic_emulator.state.schedules import FREQUENCIES, PARTS
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync


def _updated(sync: Sync) -> str:
    return sync.updated_at


def _id(sync: Sync) -> str:
    return sync.id


_LISTING = Listing("syncs", _updated, _id)


def _is_old(call: Call) -> bool:
    return version_of(call.incoming) in OLD_VERSIONS


def shown_sync(
    state: State, sync: Sync, behaviour: Behaviour, *, old: bool = False
) -> dict[str, Any]:
    """A sync as it is shown; `old`: to a caller of an older API."""
    problems = [] if old else state.syncs.problems(sync)
    return present_sync(
        sync, SyncView(behaviour, state.models.field_ids(sync.workspace_id), problems, old)
    )


def _shown(state: State, call: Call, sync: Sync) -> dict[str, Any]:
    return shown_sync(state, sync, state.behaviour, old=_is_old(call))


def index(state: State, call: Call) -> Reply:
    """`GET /api/syncs`: light entries in pages; whole and unpaged in API 2024-02-08."""
    found = [one for one in state.syncs.of(call.workspace.id) if _wanted(call, one)]
    behaviour = state.behaviour
    if _is_old(call):
        ordered = in_order(_LISTING, found)
        return Reply(body={"data": [_shown(state, call, one) for one in ordered]})
    if behaviour.lists == "plain":
        ordered = in_order(_LISTING, found)
        return Reply(body={"data": [present_light_sync(one, behaviour) for one in ordered]})
    size = limit_of(call, behaviour.page_size)
    return paged(_LISTING, call, found, size, lambda one: present_light_sync(one, behaviour))


_LISTED_MODES = (*MODES, "enrich")
"""The list can be asked for one mode more than any sync can have."""


def _wanted(call: Call, sync: Sync) -> bool:
    query = call.incoming.query
    active = query.get("active", "")
    if active not in ("", "true", "false"):
        raise BadRequest(
            "active must be true or false", field="active", known_values=["true", "false"]
        )
    if query.get("mode", "") not in ("", *_LISTED_MODES):
        raise BadRequest(
            f"mode {query['mode']!r} is not known", field="mode", known_values=list(_LISTED_MODES)
        )
    return (
        query.get("mode", "") in ("", sync.mode)
        and query.get("target_connection_id", "") in ("", sync.target.connection_id)
        and active in ("", "true" if sync.active else "false")
    )


def create(state: State, call: Call) -> Reply:
    """`POST /api/syncs`."""
    request = read_sync(body_of(call))
    made = state.syncs.create(call.workspace.id, request, actor_of(call), state.behaviour)
    return Reply(201, {"data": _shown(state, call, made)})


def read(state: State, call: Call) -> Reply:
    """`GET /api/syncs/{id}`."""
    found = state.syncs.get(call.params["id"], call.workspace.id)
    return Reply(body={"data": _shown(state, call, found)})


def update(state: State, call: Call) -> Reply:
    """`PUT /api/syncs/{id}`: full replacement."""
    sync_id, workspace_id = call.params["id"], call.workspace.id
    state.syncs.get(sync_id, workspace_id)
    changed = state.syncs.update(sync_id, workspace_id, read_sync(body_of(call)), state.behaviour)
    return Reply(body={"data": _shown(state, call, changed)})


def delete(state: State, call: Call) -> Reply:
    """`DELETE /api/syncs/{id}`."""
    state.syncs.delete(call.params["id"], call.workspace.id, state.behaviour)
    return Reply(204)


def activate(state: State, call: Call) -> Reply:
    """`POST /api/syncs/{id}/activate`."""
    body = Reader(call.json())
    if not body.has("active"):
        raise body.wrong("active", "is required")
    changed = state.syncs.activate(call.params["id"], call.workspace.id, active=body.flag("active"))
    return Reply(body={"data": {"id": changed.id, "active": changed.active}})


def schedules(state: State, call: Call) -> Reply:
    """`GET /api/syncs/schedules`: the frequencies and the form of each."""
    options: list[dict[str, Any]] = []
    for name, known in FREQUENCIES.items():
        keys = PARTS if known.cron else known.needs
        jsonschema = {
            "type": "object",
            "properties": {key: _SCHEDULE_FORMS.get(key, {"type": "string"}) for key in keys},
            "required": list(known.needs),
        }
        options.append(
            {
                "frequency": name,
                "label": known.label,
                "description": known.description,
                "configuration": {"jsonschema": jsonschema, "uischema": {}},
            }
        )
    return Reply(body={"data": {"schedule_options": options}})


_SCHEDULE_FORMS: dict[str, dict[str, Any]] = {
    "job_id": {"type": "integer"},
    "run_after": {
        "type": "object",
        "properties": {
            "sync_ids": {"type": "array", "items": {"type": "string"}},
            "bulk_sync_ids": {"type": "array", "items": {"type": "string"}},
        },
    },
}
