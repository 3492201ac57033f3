"""How the emulator's objects look in replies, secrets masked, in the shape it is told to use."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from polytomic_provider.emulator.http.messages import Caller
from polytomic_provider.emulator.state import configuration as rules
from polytomic_provider.emulator.state.behaviour import Behaviour, Order
from polytomic_provider.emulator.state.connection import Connection

T = TypeVar("T")


def present_identity(caller: Caller, behaviour: Behaviour) -> dict[str, Any]:
    """The reply of `GET /api/me`."""
    workspace = caller.workspace
    by_user = workspace is not None and caller.kind == "user"
    shown = {
        "id": workspace.user_id if workspace and by_user else None,
        "email": workspace.user_email if workspace and by_user else None,
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
        "parent_connection_id": None,
        "api_calls_last_24_hours": None,
        "rate_limit": None,
        "created_at": connection.created_at,
        "created_by": connection.created_by,
        "updated_at": connection.updated_at,
        "updated_by": connection.created_by,
    }
    return without_absent(shown, behaviour)


def present_created(connection: Connection, behaviour: Behaviour, base_url: str) -> dict[str, Any]:
    """The reply of create and update: `auth_url` and `auth_code` while a person must consent."""
    consent = connection.consent if connection.awaits_consent else None
    shown = _common(connection, behaviour) | {
        "healthcheck_interval": connection.healthcheck_interval,
        "auth_url": f"{base_url}/consent/{consent.token}" if consent else None,
        "auth_code": consent.code if consent else None,
    }
    return without_absent(shown, behaviour)


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
    shown = rules.masked(kind, shown)
    return floats(shown) if behaviour.numbers == "float" else shown


def floats(value: Any) -> Any:
    """A copy with every whole number written as `5.0`."""
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: floats(item) for key, item in pairs}
    if isinstance(value, list):
        return [floats(item) for item in cast("list[Any]", value)]
    # What no float can hold stays as it is.
    return float(value) if type(value) is int and abs(value) < 2**63 else value


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
