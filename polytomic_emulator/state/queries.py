"""Queries of models and of the query runner: SQLite reads the rows of a service's objects.

A query can read, and nothing else: no file, no setting, no other database, and no longer than
`_STEPS`. What is wrong with it is said in the words of the service's own database. What SQLite does
not understand is said to be beyond the emulator, never answered wrongly.
"""

import json
import math
import re
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.state.catalogs import Catalog, CatalogField, CatalogObject

_STEPS = 5_000_000
_LONGEST = 1_000_000
_WIDEST = 2**63
_VIEW = '"what is selected"'
_BEYOND = (
    "The emulator runs queries in SQLite, which does not know everything that the service knows."
)
_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
_COLUMN_TYPES = {"number": "NUMERIC", "boolean": "NUMERIC"}
"""SQLite's type of a column: what makes `id = '5'` find the number 5. Any other type: TEXT."""
_SAMPLES: Mapping[str, Any] = {
    "number": 1,
    "boolean": 1,
    "datetime": "2026-01-01T00:00:00.000Z",
    "array": "[]",
    "object": "{}",
}
"""One value of each type, to see of which type an expression is. Any other type: a text."""

_LITERAL = re.compile(r"('(?:[^']|'')*')")
_SOQL = (
    (re.compile(r"(?:!=|<>)\s*null\b", re.I), "IS NOT NULL"),
    (re.compile(r"=\s*null\b", re.I), "IS NULL"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?\b"), r"'\g<0>'"),
)
"""What SOQL writes otherwise than SQL, outside of quotes: null, dates without quotes."""


@dataclass(frozen=True)
class _Words:
    """How a database says what is wrong; `{}` stands for the name or the word."""

    column: str = "no such column: {}"
    table: str = "no such table: {}"
    syntax: str = 'near "{}": syntax error'
    too_long: str = "the query ran too long"


_DIALECTS = {
    "postgresql": _Words(
        'column "{}" does not exist',
        'relation "{}" does not exist',
        'syntax error at or near "{}"',
        "canceling statement due to statement timeout",
    ),
    "snowflake": _Words(
        "SQL compilation error: invalid identifier '{}'",
        "SQL compilation error: Object '{}' does not exist or not authorized.",
        "SQL compilation error: syntax error, unexpected '{}'.",
        "Statement reached its statement or warehouse timeout and was canceled.",
    ),
    "soql": _Words(
        "No such column '{}'",
        "sObject type '{}' is not supported.",
        "unexpected token: '{}'",
        "QUERY_TIMEOUT: Your query request was running for too long.",
    ),
}


class QueryError(Exception):
    """A query cannot be run; the message is what the database says.

    known_values: the columns, or the objects, that there are.
    """

    def __init__(self, message: str, known_values: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.known_values = list(known_values)

    def refusal(self, key: str) -> BadRequest:
        """The refusal of a request that has the query under a key."""
        known = {"known_values": self.known_values} if self.known_values else {}
        return BadRequest(f"{key} could not be run: {self}", field=key, **known)


@dataclass(frozen=True)
class Table:
    """One object with its rows, as a query sees it."""

    object: CatalogObject
    rows: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Selected:
    """What a query selects: the names of its columns, and its rows by them."""

    names: list[str]
    rows: list[dict[str, Any]]


def named_objects(query: str, catalog: Catalog) -> list[CatalogObject]:
    """The objects whose names stand in a query."""
    return [one for one in catalog.objects.values() if _names(query, one.id)]


def _names(query: str, object_id: str) -> bool:
    name = re.escape(object_id.rpartition(".")[2])
    return re.search(rf"\b{name}\b", query, re.I) is not None


def selected_object(query: str, catalog: Catalog) -> CatalogObject:
    """What a query selects as an object: the fields that its columns are. Raises QueryError."""
    tables = [_with_a_row(one) for one in named_objects(query, catalog)]
    with _Opened(query, catalog, tables).running() as opened:
        columns = opened.columns()
        (row, *_) = (*opened.rows(), ())
    fields: dict[str, CatalogField] = {}
    for position, (name, origin) in enumerate(columns):
        known = origin or CatalogField(name, name, *_type_of(row[position] if row else ""))
        label = known.name if name == known.id else name
        unique = known.unique and len(tables) == 1
        fields[name] = replace(known, id=name, name=label, unique=unique, seed=None)
    first = tables[0].object if tables else CatalogObject(query, "Query", {})
    return CatalogObject(first.id, first.name, fields)


def run(query: str, catalog: Catalog, tables: Sequence[Table]) -> Selected:
    """What a query selects from tables with rows. Raises QueryError."""
    with _Opened(query, catalog, tables).running() as opened:
        columns = opened.columns()
        names = [name for name, _ in columns]
        rows = [
            {name: _out(value, origin) for (name, origin), value in zip(columns, row, strict=True)}
            for row in opened.rows()
        ]
    return Selected(names, rows)


@dataclass
class _Opened:
    """A database in memory that holds some tables, and one query on it."""

    query: str
    catalog: Catalog
    tables: Sequence[Table]
    _connection: sqlite3.Connection = field(init=False)
    _fields: list[CatalogField] = field(init=False, default_factory=list[CatalogField])

    @contextmanager
    def running(self) -> Generator["_Opened"]:
        """Open the database and close it; what SQLite refuses inside is a QueryError."""
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        try:
            for table in self.tables:
                self._load(table)
            like = "OFF" if self.catalog.dialect == "soql" else "ON"
            self._connection.execute(f"PRAGMA case_sensitive_like = {like}")
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            self._connection.set_progress_handler(lambda: 1, _STEPS)
            yield self
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            raise self._said(str(error)) from None
        finally:
            self._connection.close()

    def rows(self) -> list[tuple[Any, ...]]:
        """The rows of the query, which may read and do nothing else."""
        text = _translated(self.query) if self.catalog.dialect == "soql" else self.query
        self._connection.set_authorizer(_only_reading)
        try:
            return self._connection.execute(text).fetchall()
        finally:
            self._connection.set_authorizer(None)

    def columns(self) -> list[tuple[str, CatalogField | None]]:
        """Name and origin of each column; an expression comes from no field.

        A view knows both. It can hold only a SELECT, and only one.
        """
        text = _translated(self.query) if self.catalog.dialect == "soql" else self.query
        self._connection.execute(f"CREATE TEMP VIEW {_VIEW} AS {text}")
        found = self._connection.execute(f"PRAGMA temp.table_info({_VIEW})").fetchall()
        self._connection.execute(f"DROP VIEW {_VIEW}")
        return [(row[1], self._origin(row[2])) for row in found]

    def _origin(self, declared: str) -> CatalogField | None:
        number = declared.rpartition(" f")[2]
        return self._fields[int(number)] if number.isdigit() else None

    def _load(self, table: Table) -> None:
        """Make a table whose columns' types say which field each is."""
        schema, _, name = table.object.id.rpartition(".")
        known = {row[1] for row in self._connection.execute("PRAGMA database_list")}
        if schema and schema not in known:
            self._connection.execute(f"ATTACH ':memory:' AS {_quoted(schema)}")
        place = f"{_quoted(schema)}.{_quoted(name)}" if schema else _quoted(name)
        columns = list(table.object.fields)
        declared: list[str] = []
        for one in table.object.fields.values():
            kind = _COLUMN_TYPES.get(one.type, "TEXT")
            declared.append(f"{_quoted(one.id)} {kind} f{len(self._fields)}")
            self._fields.append(one)
        self._connection.execute(f"CREATE TABLE {place} ({', '.join(declared)})")
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(
            f"INSERT INTO {place} VALUES ({marks})",  # noqa: S608
            [[_in(row.get(column)) for column in columns] for row in table.rows],
        )

    def _said(self, error: str) -> QueryError:
        """SQLite's error in the words of the service."""
        words = _DIALECTS.get(self.catalog.dialect, _Words())
        kind, _, name = error.partition(": ")
        if kind == "no such column" and not (self.catalog.dialect == "soql" and "." in name):
            columns = [column for table in self.tables for column in table.object.fields]
            return QueryError(words.column.format(name), list(dict.fromkeys(columns)))
        if kind == "no such table":
            return QueryError(words.table.format(name), list(self.catalog.objects))
        near = re.fullmatch(r'near "(.*)": syntax error', error, re.S)
        said = words.syntax.format(near[1]) if near else error
        if error == "interrupted":
            said = words.too_long
        if error == "not authorized":
            said = "only SELECT can be run"
        return QueryError(f"{said.removesuffix('.')}. {_BEYOND}")


def _only_reading(action: int, *_: Any) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _with_a_row(found: CatalogObject) -> Table:
    return Table(found, [{one.id: _SAMPLES.get(one.type, "a") for one in found.fields.values()}])


def _type_of(value: Any) -> tuple[str, str]:
    return ("number", "number") if isinstance(value, int | float) else ("string", "string")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _translated(soql: str) -> str:
    """SOQL as SQLite reads it; what stands in quotes stays."""
    parts = _LITERAL.split(soql)
    for at in range(0, len(parts), 2):
        for pattern, words in _SOQL:
            parts[at] = pattern.sub(words, parts[at])
    return "".join(parts)


def _in(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value)
    if isinstance(value, int) and abs(value) >= _WIDEST:
        return str(value)
    return value


def _out(value: Any, origin: CatalogField | None) -> Any:
    """A value as the service has it: SQLite keeps booleans as numbers, lists as texts."""
    kind = origin.type if origin else ""
    if kind == "boolean" and value in (0, 1):
        return bool(value)
    if kind in ("array", "object") and isinstance(value, str):
        return json.loads(value)
    if isinstance(value, bytes):
        return value.hex()
    return None if isinstance(value, float) and not math.isfinite(value) else value
