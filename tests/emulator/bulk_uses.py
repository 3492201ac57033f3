"""One use of every method of the official client for bulk syncs that the emulator serves."""

from typing import Any

CONTACT = "Contact"
SCHEMA: Any = {"schema": "crm"}
FILTER: Any = {"field_id": "LastName", "function": "IsNotNull"}


def bulk_body(source: str, destination: str, **more: Any) -> dict[str, Any]:
    """The body that creates a bulk sync from Salesforce into a database."""
    return {
        "name": "CRM",
        "source_connection_id": source,
        "destination_connection_id": destination,
        "destination_configuration": SCHEMA,
        "default_schedule": {"frequency": "manual"},
        "mode": "replicate",
        "schemas": [CONTACT],
        **more,
    }


def _body(s: Any, **more: Any) -> dict[str, Any]:
    return bulk_body(s.contacts.salesforce, s.postgresql, **more)


def _hourly(minute: str = "15") -> Any:
    return {"frequency": "hourly", "minute": minute}


BULK_READS: dict[str, Any] = {
    "bulk_sync.error_handling.get": lambda c, s: c.bulk_sync.error_handling.get(s.bulk),
    "bulk_sync.executions.get": lambda c, s: c.bulk_sync.executions.get(*s.bulk_ended),
    "bulk_sync.executions.get_console_logs": lambda c, s: c.bulk_sync.executions.get_console_logs(
        *s.bulk_ended
    ),
    "bulk_sync.executions.get_logs": lambda c, s: c.bulk_sync.executions.get_logs(*s.bulk_ended),
    "bulk_sync.executions.list": lambda c, s: c.bulk_sync.executions.list(s.bulk_ended[0]),
    "bulk_sync.executions.list_status": lambda c, s: c.bulk_sync.executions.list_status(
        sync_id=s.bulk_ended[0]
    ),
    "bulk_sync.get": lambda c, s: c.bulk_sync.get(s.bulk),
    "bulk_sync.get_destination": lambda c, s: c.bulk_sync.get_destination(s.postgresql),
    "bulk_sync.get_source": lambda c, s: c.bulk_sync.get_source(
        s.contacts.salesforce, include_fields=True
    ),
    "bulk_sync.get_status": lambda c, s: c.bulk_sync.get_status(s.bulk_ended[0]),
    "bulk_sync.list": lambda c, s: c.bulk_sync.list(active=not s.bulk),
    "bulk_sync.schedules.get": lambda c, s: c.bulk_sync.schedules.get(s.bulk, s.bulk_schedule),
    "bulk_sync.schedules.list": lambda c, s: c.bulk_sync.schedules.list(s.bulk),
    "bulk_sync.schemas.get": lambda c, s: c.bulk_sync.schemas.get(s.bulk, CONTACT),
    "bulk_sync.schemas.list": lambda c, s: c.bulk_sync.schemas.list(
        s.bulk, filters={"enabled": "true"}
    ),
}


def _contact(s: Any) -> Any:
    return s.client.bulk_sync.schemas.get(s.bulk, CONTACT).data


def _is_canceling(s: Any) -> bool:
    status = s.client.bulk_sync.get_status(s.bulk).data
    return status.current_execution.status == "canceling"


BULK_WRITES: dict[str, Any] = {
    "bulk_sync.activate": (
        lambda c, s: c.bulk_sync.activate(s.bulk, active=True),
        lambda r, s: r.data.active and s.client.bulk_sync.get(s.bulk).data.active,
    ),
    "bulk_sync.cancel": (
        lambda c, s: c.bulk_sync.cancel(s.bulk_running[0]),
        lambda r, s: "requested" in r.data.message and _is_canceling(s),
    ),
    "bulk_sync.create": (
        lambda c, s: c.bulk_sync.create(**_body(s, name="Made")),
        lambda r, s: s.client.bulk_sync.get(r.data.id).data.name == "Made",
    ),
    "bulk_sync.delete": (
        lambda c, s: c.bulk_sync.delete(s.bulk),
        lambda r, s: s.bulk not in {one.id for one in s.client.bulk_sync.list().data},
    ),
    "bulk_sync.error_handling.update": (
        lambda c, s: c.bulk_sync.error_handling.update(s.bulk, ingestion_failure_threshold=60),
        lambda r, s: (
            s.client.bulk_sync.error_handling.get(s.bulk).data.ingestion_failure_threshold == 60
        ),
    ),
    "bulk_sync.executions.cancel": (
        lambda c, s: c.bulk_sync.executions.cancel(*s.bulk_running),
        lambda r, s: "requested" in r.data.message and _is_canceling(s),
    ),
    "bulk_sync.schedules.create": (
        lambda c, s: c.bulk_sync.schedules.create(s.bulk, schedule=_hourly()),
        lambda r, s: s.client.bulk_sync.get(s.bulk).data.additional_schedules[-1].minute == "15",
    ),
    "bulk_sync.schedules.delete": (
        lambda c, s: c.bulk_sync.schedules.delete(s.bulk, s.bulk_schedule),
        lambda r, s: s.client.bulk_sync.get(s.bulk).data.additional_schedules == [],
    ),
    "bulk_sync.schedules.update": (
        lambda c, s: c.bulk_sync.schedules.update(s.bulk, s.bulk_schedule, schedule=_hourly("45")),
        lambda r, s: s.client.bulk_sync.get(s.bulk).data.additional_schedules[0].minute == "45",
    ),
    "bulk_sync.schemas.cancel": (
        lambda c, s: c.bulk_sync.schemas.cancel(s.bulk_running[0], CONTACT),
        lambda r, s: "requested" in r.data.message,
    ),
    "bulk_sync.schemas.patch": (
        lambda c, s: c.bulk_sync.schemas.patch(s.bulk, schemas=[{"id": "Lead", "enabled": True}]),
        lambda r, s: s.client.bulk_sync.schemas.get(s.bulk, "Lead").data.enabled,
    ),
    "bulk_sync.schemas.update": (
        lambda c, s: c.bulk_sync.schemas.update(s.bulk, CONTACT, enabled=True, filters=[FILTER]),
        lambda r, s: _contact(s).filters[0].function == "IsNotNull",
    ),
    "bulk_sync.start": (
        lambda c, s: c.bulk_sync.start(s.bulk, test=True),
        lambda r, s: s.client.bulk_sync.executions.get(s.bulk, r.data.id).data.is_test,
    ),
    "bulk_sync.update": (
        lambda c, s: c.bulk_sync.update(s.bulk, **_body(s, name="Renamed")),
        lambda r, s: s.client.bulk_sync.get(s.bulk).data.name == "Renamed",
    ),
}
