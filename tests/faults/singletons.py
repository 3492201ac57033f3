"""The settings that the emulator has, asked for as somebody else would, beside the program's."""

from collections.abc import Iterator
from typing import Any

import httpx

from polytomic_emulator import RunningEmulator
from tests.faults.program import Program

PATHS = {
    "GlobalErrorSubscribers": "notifications/global-error-subscribers",
    "RecordLogging": "organization/record-logging",
    "BulkSyncErrorHandling": "bulk/syncs/{id}/error-handling",
    "SyncErrorHandling": "syncs/{id}/error-handling",
    "SchemaPrimaryKeys": "connections/{id}",
    "SchemaField": "connections/{id}",
}
DEFAULTS = {"GlobalErrorSubscribers": {"emails": []}, "RecordLogging": {"enabled": False}}
"""What a workspace has where nobody set anything."""
_OWNERS = ("sync", "bulk_sync", "connection_id", "schema_id", "field_id")
_NAMES = {
    "delivery_prefix": "deliveryPrefix",
    "delivery_connection_id": "deliveryConnectionId",
}


def ask(emulator: RunningEmulator, method: str, kind: str, id_: str = "", body: Any = None) -> Any:
    """The settings of a kind, read or replaced (`GET`, `PUT`)."""
    url = f"{emulator.url}/api/{path_of(kind, id_)}"
    headers = {"Authorization": f"Bearer {emulator.api_key}"}
    reply = httpx.request(method, url, headers=headers, json=body).raise_for_status().json()
    found = reply.get("data", reply)
    if kind == "SchemaField":
        field = next(one for one in found["fields"] if one["id"] == id_.split("/")[2])
        return {**field, "label": field["name"], "definition": field.get("type_spec")}
    if kind == "SchemaPrimaryKeys":
        return {"fields": [one["id"] for one in found["fields"] if one["is_primary_key"]]}
    return found


def path_of(kind: str, id_: str = "") -> str:
    """Where the settings are read."""
    return PATHS[kind].format(id="/schemas/".join(id_.split("/")[:2]))


def settings_of_workspace(emulator: RunningEmulator) -> dict[str, Any]:
    """The settings that a workspace has one of."""
    return {kind: ask(emulator, "GET", kind) for kind in DEFAULTS}


def wrong_settings(program: Program) -> Iterator[str]:
    """What the emulator has that is not as the program says."""
    for name, declared in program.declared.items():
        if declared.kind not in PATHS:
            continue
        found = ask(program.emulator, "GET", declared.kind, program.state(name).id)
        for argument, wanted in program.resolved(declared).items():
            there = found.get(_NAMES.get(argument, argument))
            if argument not in _OWNERS and _plain(there) != _plain(wanted):
                yield f"{name}.{argument}: {there!r}, not {wanted!r}"


def _plain(value: Any) -> Any:
    """Addresses in any case and order are the same."""
    return sorted(one.lower() for one in value) if isinstance(value, list) else value
