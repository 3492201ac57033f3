"""How the emulator's objects look in replies, secrets masked, in the shape it is told to use."""

from typing import Any, cast

from polytomic_provider.emulator.http.messages import Caller
from polytomic_provider.emulator.state import configuration as rules
from polytomic_provider.emulator.state.behaviour import Behaviour
from polytomic_provider.emulator.state.connection import Connection


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
    return _absent(shown, behaviour)


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
    return _absent(shown, behaviour)


def present_created(connection: Connection, behaviour: Behaviour, base_url: str) -> dict[str, Any]:
    """The reply of create and update: `auth_url` and `auth_code` while a person must consent."""
    consent = connection.consent if connection.awaits_consent else None
    shown = _common(connection, behaviour) | {
        "healthcheck_interval": connection.healthcheck_interval,
        "auth_url": f"{base_url}/consent/{consent.token}" if consent else None,
        "auth_code": consent.code if consent else None,
    }
    return _absent(shown, behaviour)


def _common(connection: Connection, behaviour: Behaviour) -> dict[str, Any]:
    kind = connection.kind
    as_object = {"id": kind.id, "name": kind.name}
    return {
        "id": connection.id,
        "name": connection.name,
        "organization_id": connection.workspace_id,
        "type": as_object if behaviour.type_shape == "object" else kind.id,
        "configuration": _configuration(connection, behaviour),
        "policies": _policies(connection.policies, behaviour),
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
    return _floats(shown) if behaviour.numbers == "float" else shown


def _floats(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: _floats(item) for key, item in pairs}
    if isinstance(value, list):
        return [_floats(item) for item in cast("list[Any]", value)]
    # What no float can hold stays as it is.
    return float(value) if type(value) is int and abs(value) < 2**63 else value


def _policies(policies: list[str], behaviour: Behaviour) -> list[str]:
    if behaviour.policies_order == "sorted":
        return sorted(policies)
    return policies[::-1] if behaviour.policies_order == "reversed" else policies


def _absent(shown: dict[str, Any], behaviour: Behaviour) -> dict[str, Any]:
    if behaviour.null_for_absent:
        return shown
    return {key: value for key, value in shown.items() if value is not None}
