"""The control routes of what a connected service holds: its tables, their rows and fields."""

from dataclasses import asdict, fields
from typing import Any

from polytomic_emulator.control.routing import Command, Control, Function
from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.added_tables import Column
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.records import Record
from polytomic_emulator.state.service_changes import TYPES, ServiceFieldChange
from polytomic_provider.facts import connection_types

_OBJECT = "connections/{id}/objects/{object:path}"
_CHANGES = {one.name: one.type for one in fields(ServiceFieldChange)}


def table() -> list[tuple[str, str, Function]]:
    """Method, path and function of each of these routes."""
    return [
        ("POST", "tables", add_table),
        ("GET", f"{_OBJECT}/records", list_records),
        ("POST", f"{_OBJECT}/records", add_record),
        ("PUT", f"{_OBJECT}/records", replace_records),
        ("PATCH", f"{_OBJECT}/records/{{record}}", change_record),
        ("DELETE", f"{_OBJECT}/records/{{record}}", delete_record),
        ("PATCH", f"{_OBJECT}/fields/{{field}}", change_field),
    ]


def _place(control: Control, command: Command) -> tuple[Connection, str]:
    """The connection and the object, if there is such an object."""
    connection = control.state.connections.get(command.params["id"])
    object_id = command.params["object"]
    catalog = control.state.service_changes.service(connection)
    found = catalog.find(object_id)
    if found is not None:
        return connection, found.id
    created = control.state.syncs.created_targets(connection.id)
    created += control.state.records.objects(connection)
    if object_id not in created:
        raise NotFound(
            f"there is no object {object_id!r}", known_values=[*catalog.objects, *created]
        )
    return connection, object_id


def _shown(record: Record) -> dict[str, Any]:
    return {"id": record.id, "values": record.values}


def _checked(control: Control, place: tuple[Connection, str], values: Any) -> dict[str, Any]:
    """Values for fields that the object has."""
    if not isinstance(values, dict):
        raise BadRequest("values must be an object", field="values")
    connection, object_id = place
    found = control.state.service_changes.service(connection).find(object_id)
    unknown = [key for key in values if found and key not in found.fields]  # pyright: ignore[reportUnknownVariableType]
    if found and unknown:
        raise BadRequest(
            f"{object_id} has no field {unknown[0]!r}", known_values=list(found.fields)
        )
    return values  # pyright: ignore[reportUnknownVariableType]


def add_table(control: Control, command: Command) -> dict[str, Any]:
    """Add a table: `{service, table, columns, rows}`; answers its id and its columns.

    service: a connection's id, or a connection type for all its connections. columns: a list of
    `{name, type, required, unique}`, or an object of names and types; left out: those of the rows.
    """
    body = Reader(command.body)
    rows: list[Any] = body.values.get("rows") or []
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise body.wrong("rows", "must be a list of objects")
    columns = _columns(body, rows)
    service = _service(control, body.required_text("service"))
    table = body.required_text("table")
    if not table.strip() or not columns:
        raise body.wrong("table" if columns else "columns", "must not be empty")
    added = control.state.service_changes.added.add(service, table, columns, rows)
    shown = [{"name": one.id, "type": one.type} for one in added.fields.values()]
    return {"id": added.id, "columns": shown}


def _service(control: Control, name: str) -> Connection | str:
    if connection_types.get(name) is not None:
        return name
    try:
        return control.state.connections.get(name)
    except NotFound:
        raise BadRequest(
            f"service {name!r} is neither a connection type nor a connection's id", field="service"
        ) from None


def _columns(body: Reader, rows: list[dict[str, Any]]) -> list[Column]:
    given = body.values.get("columns")
    if given is None:
        values = {name: value for row in reversed(rows) for name, value in row.items()}
        return [Column(name, _type_of(value)) for name, value in values.items()]
    if isinstance(given, dict):
        columns = [Column(name, kind) for name, kind in body.text_map("columns").items()]
    else:
        columns = body.each("columns", _column)
    for one in columns:
        if one.type not in TYPES:
            raise BadRequest(
                f"column {one.name!r}: type {one.type!r} is not known",
                field="columns",
                known_values=list(TYPES),
            )
    return columns


def _column(found: Reader) -> Column:
    return Column(
        found.required_text("name"),
        found.required_text("type"),
        required=found.flag("required"),
        unique=found.flag("unique"),
    )


def _type_of(value: Any) -> str:
    kinds = ((bool, "boolean"), (int | float, "number"), (list, "array"), (dict, "object"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "string")


def list_records(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every row; `?deleted=true` shows those in the service's bin as well."""
    deleted = command.query.get("deleted") == "true"
    connection, object_id = _place(control, command)
    found = control.state.records.all(connection, object_id, deleted=deleted)
    return [_shown(one) for one in found]


def add_record(control: Control, command: Command) -> dict[str, Any]:
    """Add a row: `{values}`, of any field, also of one that only the service writes."""
    place = _place(control, command)
    values = _checked(control, place, command.body.get("values"))
    return _shown(control.state.records.insert(*place, values))


def replace_records(control: Control, command: Command) -> list[dict[str, Any]]:
    """Put rows in the place of all that there are: `{rows: [values, …]}`."""
    place = _place(control, command)
    given: Any = command.body.get("rows")
    if not isinstance(given, list):
        raise BadRequest("rows must be a list", field="rows")
    rows = [_checked(control, place, one) for one in given]  # pyright: ignore[reportUnknownVariableType]
    return [_shown(one) for one in control.state.records.replace_all(*place, rows)]


def change_record(control: Control, command: Command) -> dict[str, Any]:
    """Lay values over a row: `{values}`."""
    place = _place(control, command)
    record = control.state.records.get(*place, command.params["record"])
    values = _checked(control, place, command.body.get("values"))
    return _shown(control.state.records.update(record, values))


def delete_record(control: Control, command: Command) -> dict[str, Any]:
    """Delete a row."""
    records = control.state.records
    records.delete(records.get(*_place(control, command), command.params["record"]))
    return {}


def change_field(control: Control, command: Command) -> dict[str, Any]:
    """Change, add or remove a field: keys of `ServiceFieldChange`, and `announced` (true).

    `announced: false` leaves the schema cache as it is until its next refresh.
    """
    changes = dict(command.body)
    announced = changes.pop("announced", True)
    for key, value in changes.items():
        if key not in _CHANGES:
            raise BadRequest(f"{key} cannot be changed", known_values=[*_CHANGES, "announced"])
        wanted = str if _CHANGES[key] == str | None else bool
        if type(value) is not wanted:
            raise BadRequest(f"{key} must be a {wanted.__name__}", field=key)
    if type(announced) is not bool:
        raise BadRequest("announced must be a bool", field="announced")
    connection, object_id = _place(control, command)
    field = control.state.service_changes.change(
        connection,
        object_id,
        command.params["field"],
        ServiceFieldChange(**changes),
        announced=announced,
    )
    return asdict(field) if field else {}
