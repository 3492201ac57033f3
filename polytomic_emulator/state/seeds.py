"""The rows that a service has before anything was written to it, made from its catalog.

Each field's `seed` says what stands in it: a word of `_SEEDS`, perhaps with an argument after a
colon, or an attribute of the person or the company that the row is about.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from polytomic_emulator.state.catalogs import (
    Catalog,
    CatalogField,
    CatalogObject,
    Rows,
    catalog_of,
)
from polytomic_emulator.state.sample_people import (
    Company,
    Person,
    company,
    number,
    person,
    pick,
    words,
)

_START = datetime(2021, 3, 1, 8, 0, tzinfo=UTC)
_MINUTES = 4 * 365 * 24 * 60
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


@dataclass(frozen=True)
class Row:
    """One row to be made. `index`: which person or company it is about."""

    catalog: Catalog
    rows: Rows
    field: CatalogField
    position: int
    index: int
    argument: str

    @property
    def person(self) -> Person:
        return person(self.index)

    @property
    def company(self) -> Company:
        return company(self.index)

    def chance(self, below: int, what: str | None = None) -> int:
        """A number that follows from the row and the field."""
        return number(what or f"{self.field.id}", self.index, below)


def service_id(rows: Rows | None, position: int) -> Any:
    """The id that the service gives to its n-th row, counted from 0."""
    kind, _, start = rows.id.partition(":") if rows else ("text", ":", "1")
    if kind == "salesforce":
        return _salesforce_id(start, position)
    value = int(start) + position
    return value if kind == "number" else str(value)


def _salesforce_id(prefix: str, position: int) -> str:
    """18 characters: the prefix of the object, a number in base 62, a checksum of the capitals."""
    digits, rest = "", 78_125 + position
    while rest:
        rest, digit = divmod(rest, 62)
        digits = _DIGITS[digit] + digits
    short = prefix + "5g" + digits.rjust(10, "0")
    groups = (short[start : start + 5] for start in (0, 5, 10))
    bits = (sum(letter.isupper() << at for at, letter in enumerate(group)) for group in groups)
    return short + "".join(_CHECKSUM[value] for value in bits)


@cache
def seeded_rows(type_id: str, object_id: str) -> tuple[str, ...]:
    """The rows of an object as JSON objects; none for an object that the catalog does not have."""
    catalog = catalog_of(type_id)
    found = catalog.objects.get(object_id)
    if found is None or found.rows is None:
        return ()
    return tuple(
        json.dumps(_values(catalog, found, found.rows, position), ensure_ascii=False)
        for position in range(found.rows.count)
    )


def _values(catalog: Catalog, found: CatalogObject, rows: Rows, position: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in found.fields.values():
        seed, _, argument = (field.seed or "").partition(":")
        row = Row(catalog, rows, field, position, rows.first + position, argument)
        subject, _, attribute = seed.partition(".")
        if attribute:
            values[field.id] = getattr(_SUBJECTS[subject](row), attribute)
        else:
            values[field.id] = _SEEDS[seed](row) if seed else None
    return values


def _stamp(minutes: int) -> str:
    moment = _START + timedelta(minutes=minutes)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _created_minutes(row: Row) -> int:
    return row.chance(_MINUTES // 2, "created")


def _modified(row: Row) -> str:
    return _stamp(_created_minutes(row) + row.chance(_MINUTES // 2, "modified"))


def _reference(row: Row, index: int) -> Any:
    """The id of the row of another object that is about this company; None where it has none."""
    rows = row.catalog.objects[row.argument].rows
    if rows is None or not rows.first <= index < rows.first + rows.count:
        return None
    return service_id(rows, index - rows.first)


def _any(row: Row, what: str) -> Any:
    rows = row.catalog.objects[row.argument].rows
    return service_id(rows, row.chance(rows.count, what)) if rows else None


def _choice(row: Row) -> Any:
    known = [one["value"] for one in row.field.values]
    return known[row.chance(len(known))] if row.field.required or row.index % 9 else None


def _external(row: Row) -> str | None:
    return f"{row.argument}{row.index:05}" if row.index % 4 else None


def _amount(row: Row) -> float | None:
    return None if row.index % 12 == 7 else row.chance(int(row.argument) * 100) / 100


def _date(row: Row) -> str:
    return _stamp(_created_minutes(row) + row.chance(_MINUTES // 2))[:10]


def _tags(row: Row) -> list[str]:
    known: list[str] = words()["tags"]
    return [tag for at, tag in enumerate(known) if row.chance(64) >> at & 1 and at < 3]


def _login(row: Row) -> str:
    return f"user{row.index}@acme.example.com"


def _deal(row: Row) -> str:
    return f"{company(row.index % 60).name}: {pick(words()['deals'], 'deal', row.index)}"


def _note(row: Row) -> str | None:
    return pick(words()["notes"], "note", row.index) if row.index % 3 == 1 else None


_SUBJECTS: Mapping[str, Callable[[Row], Person | Company]] = {
    "person": lambda row: row.person,
    "company": lambda row: row.company,
    "employer": lambda row: company(row.person.company),
}
_SEEDS: Mapping[str, Callable[[Row], Any]] = {
    "id": lambda row: service_id(row.rows, row.position),
    "created": lambda row: _stamp(_created_minutes(row)),
    "modified": _modified,
    "deleted": lambda row: row.chance(100) < int(row.argument),
    "flag": lambda row: row.chance(100) < int(row.argument),
    "choice": _choice,
    "constant": lambda row: row.argument,
    "external": _external,
    "number_text": lambda row: f"{row.argument}{10_000 + row.position}",
    "amount": _amount,
    "date": _date,
    "tags": _tags,
    "note": _note,
    "login": _login,
    "last_name": lambda row: row.person.last or "Unknown",
    "deal": _deal,
    "event": lambda row: pick(words()["events"], "event", row.index),
    "employer": lambda row: _reference(row, row.person.company),
    "customer": lambda row: _any(row, "customer"),
    "any": lambda row: _any(row, "any"),
}
