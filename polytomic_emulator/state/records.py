"""The rows that connected services hold, per connection and object.

An object's rows are made from its catalog when it is first looked into and kept from then on, so
that a connection that nobody reads costs nothing. An object that a sync creates starts empty.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from polytomic_emulator.errors import NotFound
from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.record_shapes import reading_of
from polytomic_emulator.state.sample_people import full_name
from polytomic_emulator.state.seeds import seeded_rows, service_id
from polytomic_emulator.state.service_changes import ServiceChanges
from polytomic_provider.filtering.values import text_of

Values = dict[str, Any]


@dataclass(frozen=True)
class Record:
    """One row.

    id: what the service calls it, as text. number: its place among the object's rows, for good.
    """

    id: str
    values: Values
    connection: Connection = field(repr=False)
    object_id: str
    number: int


class Records:
    """The rows of every object of every connection.

    Objects are named as in discovery. What may be written is for the caller to judge: here a row
    is kept as it comes, and gets what the service itself writes (id, times, a full name).
    """

    def __init__(self, database: Database, clock: Clock, changes: ServiceChanges) -> None:
        self._database = database
        self._clock = clock
        self._changes = changes

    def all(self, connection: Connection, object_id: str, *, deleted: bool = False) -> list[Record]:
        """Every row, oldest first; with `deleted` also those in the service's bin."""
        return self._read(connection, object_id, "" if deleted else "AND NOT deleted")

    def objects(self, connection: Connection) -> list[str]:
        """The objects that were looked into or written."""
        with self._database.transaction() as rows:
            found = rows.execute(
                "SELECT object_id FROM record_sets WHERE connection_id = ? ORDER BY object_id",
                (connection.id,),
            ).fetchall()
        return [row["object_id"] for row in found]

    def first(self, connection: Connection, object_id: str, limit: int | None) -> list[Record]:
        """The oldest rows, so many at most; None: every one."""
        return self._read(connection, object_id, "AND NOT deleted", -1 if limit is None else limit)

    def get(self, connection: Connection, object_id: str, record_id: str) -> Record:
        """The row with this id. Raises NotFound."""
        found = self._read(connection, object_id, "AND NOT deleted AND id = ?", 1, record_id)
        if not found:
            raise NotFound(f"{object_id} has no record {record_id!r}")
        return found[0]

    def count(self, connection: Connection, object_id: str) -> int:
        """How many rows there are, without those in the bin."""
        with self._database.transaction() as rows:
            name = self._opened(connection, object_id)[0]
            found = rows.execute(
                "SELECT COUNT(*) AS count FROM records"
                " WHERE connection_id = ? AND object_id = ? AND NOT deleted",
                (connection.id, name),
            ).fetchone()
        return found["count"]

    def insert(self, connection: Connection, object_id: str, values: Mapping[str, Any]) -> Record:
        """Add a row; a field that the service fills itself (id, times) gets its value."""
        with self._database.transaction() as rows:
            name, found = self._opened(connection, object_id)
            number: int = rows.execute(
                "UPDATE record_sets SET drawn = drawn + 1"
                " WHERE connection_id = ? AND object_id = ? RETURNING drawn - 1 AS number",
                (connection.id, name),
            ).fetchone()["number"]
            row = self._made(found, dict(values), number)
            record = Record(_id_of(found, row, number), row, connection, name, number)
            rows.execute(
                "INSERT INTO records VALUES (?, ?, ?, ?, 0, ?)",
                (connection.id, name, number, record.id, _document(row)),
            )
        return record

    def update(self, record: Record, values: Mapping[str, Any]) -> Record:
        """Lay values over a row; the time of its last change moves."""
        with self._database.transaction() as rows:
            found = self._object(record.connection, record.object_id)
            row = {**record.values, **values}
            modified = found.seeded("modified") if found else None
            if modified and modified not in values:
                row[modified] = self._clock.stamp()
            row = _with_full_name(found, row)
            changed = Record(
                _id_of(found, row, record.number),
                row,
                record.connection,
                record.object_id,
                record.number,
            )
            rows.execute(
                "UPDATE records SET id = ?, document = ?"
                " WHERE connection_id = ? AND object_id = ? AND number = ?",
                (changed.id, _document(row), *_place(record)),
            )
        return changed

    def delete(self, record: Record) -> None:
        """Delete a row. A service with a bin keeps it there, for `deleted=True`."""
        found = self._object(record.connection, record.object_id)
        flag = _bin_of(found)
        with self._database.transaction() as rows:
            if flag is None:
                rows.execute(
                    "DELETE FROM records WHERE connection_id = ? AND object_id = ? AND number = ?",
                    _place(record),
                )
                return
            rows.execute(
                "UPDATE records SET deleted = 1, document = ?"
                " WHERE connection_id = ? AND object_id = ? AND number = ?",
                (_document(record.values | {flag: True}), *_place(record)),
            )

    def replace_all(
        self, connection: Connection, object_id: str, rows: Iterable[Mapping[str, Any]]
    ) -> list[Record]:
        """Put these rows in the place of all that there are; nothing goes to the bin."""
        with self._database.transaction() as database:
            name, _ = self._opened(connection, object_id)
            database.execute(
                "DELETE FROM records WHERE connection_id = ? AND object_id = ?",
                (connection.id, name),
            )
            return [self.insert(connection, name, values) for values in rows]

    def forget(self, connection_id: str) -> None:
        """The connection is gone, and with it what it held."""
        with self._database.transaction() as rows:
            for table in ("records", "record_sets"):
                rows.execute(f"DELETE FROM {table} WHERE connection_id = ?", (connection_id,))  # noqa: S608

    def _read(
        self, connection: Connection, object_id: str, where: str, limit: int = -1, *more: Any
    ) -> list[Record]:
        with self._database.transaction() as rows:
            name, found = self._opened(connection, object_id)
            query = (
                "SELECT number, id, document FROM records"  # noqa: S608
                f" WHERE connection_id = ? AND object_id = ? {where} ORDER BY number LIMIT ?"
            )
            stored = rows.execute(query, (connection.id, name, *more, limit)).fetchall()
        written = self._changes.added.catalog(connection).objects.get(name)
        read = reading_of(written, found)
        return [
            Record(row["id"], read(json.loads(row["document"])), connection, name, row["number"])
            for row in stored
        ]

    def _object(self, connection: Connection, object_id: str) -> CatalogObject | None:
        return self._changes.service(connection).find(object_id)

    def _opened(self, connection: Connection, object_id: str) -> tuple[str, CatalogObject | None]:
        """The object under its own name, its rows made if that has not happened yet."""
        found = self._object(connection, object_id)
        name = found.id if found else object_id
        with self._database.transaction() as rows:
            known = rows.execute(
                "SELECT 1 FROM record_sets WHERE connection_id = ? AND object_id = ?",
                (connection.id, name),
            ).fetchone()
            if known is None:
                seeded = seeded_rows(connection.type, name)
                rows.execute(
                    "INSERT INTO record_sets VALUES (?, ?, ?)", (connection.id, name, len(seeded))
                )
                rows.executemany(
                    "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (connection.id, name, number, *_stored(found, number, document))
                        for number, document in enumerate(seeded)
                    ],
                )
                for values in self._changes.added.rows(connection, name):
                    self.insert(connection, name, values)
        return name, found

    def _made(self, found: CatalogObject | None, values: Values, number: int) -> Values:
        if found is None:
            return values
        row = dict.fromkeys(found.fields) | values
        now = self._clock.stamp()
        for one in found.fields.values():
            empty = row[one.id] is None
            if one.seed == "id" and empty:
                row[one.id] = service_id(found.rows, number)
            elif one.seed in ("created", "modified") and empty:
                row[one.id] = now
            elif one.type == "boolean" and not one.createable and empty:
                row[one.id] = False
        return _with_full_name(found, row)


def _document(row: Values) -> str:
    return json.dumps(row)


def _place(record: Record) -> tuple[str, str, int]:
    return record.connection.id, record.object_id, record.number


def _stored(found: CatalogObject | None, number: int, document: str) -> tuple[str, bool, str]:
    values: Values = json.loads(document)
    flag = _bin_of(found)
    return _id_of(found, values, number), bool(flag and values[flag]), document


def _bin_of(found: CatalogObject | None) -> str | None:
    """The field that says that a row lies in the bin, where the service has one."""
    fields = found.fields.values() if found else ()
    return next((one.id for one in fields if (one.seed or "").startswith("deleted")), None)


def _id_of(found: CatalogObject | None, values: Values, number: int) -> str:
    """What the service calls a row: its id; where it has none, its place counted from 1."""
    name = found.seeded("id") if found else None
    value = text_of(values.get(name)) if name else None
    return value or str(number + 1)


def _with_full_name(found: CatalogObject | None, row: Values) -> Values:
    """A full name that the service makes itself follows from the first and the last name."""
    whole = found.seeded("person.full") if found else None
    if found is None or whole is None or found.fields[whole].createable:
        return row
    parts = (found.seeded("person.first"), found.seeded("person.last"))
    return row | {whole: full_name(*(row.get(part) if part else None for part in parts))}
