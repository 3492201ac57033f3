"""The page of a Polytomic Connect session: choose a service, fill in what it needs, consent."""

from dataclasses import dataclass, replace
from typing import Any

from polytomic_emulator.errors import ApiError, NotFound, Unprocessable
from polytomic_emulator.state import configuration as rules
from polytomic_emulator.state.connect_sessions import ConnectSession
from polytomic_emulator.state.connection import Connection, ConnectionRequest
from polytomic_emulator.state.store import State
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import ConnectionType, Property


@dataclass(frozen=True)
class Input:
    """One thing to fill in."""

    key: str
    label: str
    secret: bool
    value: str = ""


@dataclass(frozen=True)
class Form:
    """What the page shows. kind: the service, None while it is to be chosen from `kinds`."""

    session: ConnectSession
    kind: ConnectionType | None
    kinds: list[ConnectionType]
    inputs: list[Input]
    wrong: str = ""


def form_of(state: State, token: str, type_id: str) -> Form:
    """The form of an open session. Raises NotFound when it is over or has done its work."""
    session = state.connect_sessions.get(token)
    if session.connection_id is not None and not session.reconnects:
        raise NotFound("this session has made its connection already")
    known = connection_types.all_types()
    kinds = [known[one] for one in session.types] or list(known.values())
    chosen = type_id or (kinds[0].id if len(kinds) == 1 else "")
    if chosen and chosen not in {one.id for one in kinds}:
        raise NotFound("this session is not for that service")
    kind = known[chosen] if chosen else None
    consents = kind is not None and kind.use_oauth and session.reconnects
    keys = rules.required_keys(kind, {}) if kind and not consents else ()
    inputs = [_input(kind.properties[key], key) for key in keys if kind]
    return Form(session, kind, kinds, inputs)


def _input(known: Property, key: str) -> Input:
    return Input(key, key.replace("_", " ").capitalize(), known.sensitive)


def settle(state: State, form: Form, answers: dict[str, str]) -> str | Form:
    """Create or reconnect the connection: where to go next, or the form with what is wrong."""
    session, kind = form.session, form.kind
    if kind is None:
        return form
    try:
        with state.database.transaction():
            made = _connection(state, session, kind, form, answers)
            state.connect_sessions.settle(session, made.id)
    except ApiError as refusal:
        inputs = [
            Input(one.key, one.label, one.secret, "" if one.secret else answers.get(one.key, ""))
            for one in form.inputs
        ]
        return Form(session, kind, form.kinds, inputs, refusal.message)
    waiting = made.consent if made.awaits_consent else None
    return f"/consent/{waiting.token}" if waiting else session.redirect_url


def _connection(
    state: State, session: ConnectSession, kind: ConnectionType, form: Form, answers: dict[str, str]
) -> Connection:
    filled = {one.key: _value(kind.properties[one.key], one, answers) for one in form.inputs}
    filled = {key: value for key, value in filled.items() if value != ""}
    if session.reconnects and session.connection_id:
        return _reconnected(state, session, session.connection_id, filled)
    request = ConnectionRequest(
        name=session.name,
        type=kind.id,
        configuration=filled,
        redirect_url=session.redirect_url,
    )
    return state.connections.create(session.workspace_id, request, session.actor, state.behaviour)


def _reconnected(
    state: State, session: ConnectSession, connection_id: str, filled: dict[str, Any]
) -> Connection:
    before = state.connections.get(connection_id, session.workspace_id)
    own = rules.server_owned(before.kind, before.configuration)
    kept = {key: value for key, value in before.configuration.items() if key not in own}
    request = ConnectionRequest(
        name=before.name,
        configuration=kept | filled,
        policies=before.policies,
        healthcheck_interval=before.healthcheck_interval,
        reconnect=True,
    )
    changed = state.connections.update(before.id, session.workspace_id, request, state.behaviour)
    return state.connections.store(replace(changed, redirect_url=session.redirect_url))


def _value(known: Property, shown: Input, answers: dict[str, str]) -> Any:
    text = answers.get(shown.key, "").strip()
    if known.json_type != "integer" or not text:
        return text
    if not text.isdecimal():
        raise Unprocessable(f"{shown.label} must be a whole number")
    return int(text)
