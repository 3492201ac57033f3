"""How the emulator's objects look in replies, secrets masked, in the shape it is told to use."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from polytomic_emulator.http.messages import Caller
from polytomic_emulator.http.reading import SERVER_KEY
from polytomic_emulator.state import configuration as rules
from polytomic_emulator.state.behaviour import Behaviour, Order
from polytomic_emulator.state.connection import Connection

T = TypeVar("T")
_NUMBER = re.compile(r"0|-?[1-9]\d{0,99}", re.ASCII)


def present_identity(caller: Caller, behaviour: Behaviour) -> dict[str, Any]:
    """The reply of `GET /api/me`."""
    workspace = caller.workspace
    by_user = workspace is not None and caller.kind == "user"
    shown = {
        "id": workspace.user_id if workspace and by_user else None,
        "email": address(workspace.user_email, behaviour) if workspace and by_user else None,
        "role": "admin" if by_user else None,
        "organization_id": workspace.id if workspace else None,
        "organization_name": workspace.name if workspace else None,
        "is_user": by_user,
        "is_organization": caller.kind == "organization",
        "is_partner": caller.kind == "partner",
        "is_system": caller.kind == "deployment",
    }
    return without_absent(shown, behaviour)


def present_connection(connection: Connection, behaviour: Behaviour) -> dict[str, Any]:
    """The reply of reading and listing: when and by whom, but no `auth_url`."""
    shown = _common(connection, behaviour) | {
        "parent_connection_id": connection.parent_connection_id,
        "api_calls_last_24_hours": None,
        "rate_limit": None,
        "created_at": connection.created_at,
        "created_by": connection.created_by,
        "updated_at": connection.updated_at,
        "updated_by": connection.created_by,
    }
    return composed(without_absent(shown, behaviour), behaviour)


def present_created(connection: Connection, behaviour: Behaviour, base_url: str) -> dict[str, Any]:
    """The reply of create and update: `auth_url` and `auth_code` while a person must consent."""
    consent = connection.consent if connection.awaits_consent else None
    shown = _common(connection, behaviour) | {
        "healthcheck_interval": connection.healthcheck_interval,
        "auth_url": f"{base_url}/consent/{consent.token}" if consent else None,
        "auth_code": consent.code if consent else None,
    }
    return composed(without_absent(shown, behaviour), behaviour)


def _common(connection: Connection, behaviour: Behaviour) -> dict[str, Any]:
    kind = connection.kind
    as_object = {"id": kind.id, "name": kind.name}
    return {
        "id": connection.id,
        "name": connection.name,
        "organization_id": connection.workspace_id,
        "type": as_object if behaviour.type_shape == "object" else kind.id,
        "configuration": _configuration(connection, behaviour),
        "policies": present_policies(connection.policies, behaviour),
        "saved": connection.saved,
        "status": connection.status,
        "status_error": connection.status_error,
    }


def _configuration(connection: Connection, behaviour: Behaviour) -> dict[str, Any]:
    kind = connection.kind
    shown = connection.configuration
    if behaviour.fill_defaults:
        shown = rules.with_defaults(kind, shown)
    if behaviour.null_for_absent:
        visible = (key for key, found in kind.properties.items() if not found.internal)
        shown = dict.fromkeys(visible) | shown
    shown = rules.masked(kind, shown, nested=behaviour.nested_secrets == "masked")
    formats: Mapping[str, Any] = kind.schema.get("properties", {})
    shown |= {
        key: address(value, behaviour)
        for key, value in shown.items()
        if isinstance(value, str) and formats.get(key, {}).get("format") == "email"
    }
    shown = with_server_keys(shown, behaviour)
    return floats(shown) if behaviour.numbers == "float" else shown


def with_server_keys(value: Any, behaviour: Behaviour) -> Any:
    """A configuration with what the server adds to it and to every object inside, if it does."""
    return _grown(value) if behaviour.server_keys else value


def _grown(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: _grown(item) for key, item in pairs} | {SERVER_KEY: {"revision": 1}}
    if isinstance(value, list):
        return [_grown(item) for item in cast("list[Any]", value)]
    return value


def swapped(value: Any, behaviour: Behaviour) -> Any:
    """A numeric text as a number and a number as a text, if the server shows them so."""
    if behaviour.scalars == "as_sent":
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    return str(value) if type(value) in (int, float) else value


def composed(value: Any, behaviour: Behaviour) -> Any:
    """A reply with its texts in composed Unicode, if the server normalises them."""
    return _composed(value) if behaviour.unicode == "composed" else value


def _composed(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: _composed(item) for key, item in pairs}
    if isinstance(value, list):
        return [_composed(item) for item in cast("list[Any]", value)]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def address(text: str, behaviour: Behaviour) -> str:
    """An e-mail address, in lower case if the server keeps it so."""
    return text.lower() if behaviour.emails == "lower" else text


def floats(value: Any) -> Any:
    """A copy with every whole number written as `5.0`."""
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: floats(item) for key, item in pairs}
    if isinstance(value, list):
        return [floats(item) for item in cast("list[Any]", value)]
    # What no float can hold stays as it is.
    return float(value) if type(value) is int and abs(value) <= 2**53 else value


def present_policies(policies: list[str], behaviour: Behaviour) -> list[str]:
    """Policies in the order in which they come back."""
    return in_order(policies, behaviour.policies_order, str)


def in_order(items: list[T], order: Order, key: Callable[[T], str]) -> list[T]:
    """A list in the order in which it comes back."""
    if order == "sorted":
        return sorted(items, key=key)
    return items[::-1] if order == "reversed" else items


def without_absent(shown: dict[str, Any], behaviour: Behaviour) -> dict[str, Any]:
    """A reply without its keys that have no value, unless those are to be null."""
    if behaviour.null_for_absent:
        return shown
    return {key: value for key, value in shown.items() if value is not None}
