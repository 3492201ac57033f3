"""Running a model's query: SQLite reads the rows of the objects that the query names.

What SQLite does not understand is said to be beyond the emulator, never answered wrongly. SOQL's
comparisons with null are translated; LIKE ignores case there, as SOQL does, and nowhere else.
"""

import json
import math
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.state.catalogs import CatalogObject

_STEPS = 5_000_000
_LONGEST = 1_000_000
_WIDEST = 2**63
_LITERAL = re.compile(r"('(?:[^']|'')*')")
_NULLS = (
    (re.compile(r"(?:!=|<>)\s*null\b", re.I), "IS NOT NULL"),
    (re.compile(r"=\s*null\b", re.I), "IS NULL"),
)
_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}


@dataclass(frozen=True)
class Table:
    """One object with its rows, as a query sees it."""

    object: CatalogObject
    rows: Sequence[Mapping[str, Any]]


def run(query: str, tables: Sequence[Table], *, soql: bool) -> list[dict[str, Any]]:
    """What the query selects. Raises BadRequest where it cannot be run here."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for table in tables:
            _load(connection, table)
        connection.execute(f"PRAGMA case_sensitive_like = {'OFF' if soql else 'ON'}")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.set_authorizer(_only_reading)
        connection.set_progress_handler(lambda: 1, _STEPS)
        cursor = connection.execute(_translated(query) if soql else query)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, map(_out, row), strict=True)) for row in cursor]
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise BadRequest(
            f"configuration.query could not be run: {error}. The emulator runs queries in SQLite,"
            " which does not know everything that the service knows.",
            field="configuration.query",
        ) from None
    finally:
        connection.close()


def _only_reading(action: int, *_: Any) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _load(connection: sqlite3.Connection, table: Table) -> None:
    schema, _, name = table.object.id.rpartition(".")
    known = {row[1] for row in connection.execute("PRAGMA database_list")}
    if schema and schema not in known:
        connection.execute(f"ATTACH ':memory:' AS {_quoted(schema)}")
    place = f"{_quoted(schema)}.{_quoted(name)}" if schema else _quoted(name)
    columns = list(table.object.fields)
    connection.execute(f"CREATE TABLE {place} ({', '.join(map(_quoted, columns))})")
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {place} VALUES ({marks})",  # noqa: S608
        [[_in(row.get(column)) for column in columns] for row in table.rows],
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _translated(soql: str) -> str:
    """SOQL as SQLite reads it; what stands in quotes stays."""
    parts = _LITERAL.split(soql)
    for at in range(0, len(parts), 2):
        for pattern, words in _NULLS:
            parts[at] = pattern.sub(words, parts[at])
    return "".join(parts)


def _in(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value)
    if isinstance(value, int) and abs(value) >= _WIDEST:
        return str(value)
    return value


def _out(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return None if isinstance(value, float) and not math.isfinite(value) else value
