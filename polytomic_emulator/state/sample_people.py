"""The people and companies of the catalogs' rows: the n-th one is the same on every machine.

Every service draws from the same people, so that a contact of one is found in another by e-mail.
"""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeVar

T = TypeVar("T")

COMPANIES = 60
"""How many companies people work for."""
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "\u0131": "i"})


def number(what: str, index: int, below: int) -> int:
    """A number from 0 that follows from a word and an index alone."""
    digest = hashlib.sha256(f"{what}:{index}".encode()).digest()
    return int.from_bytes(digest[:6], "big") % below


def pick(items: Sequence[T], what: str, index: int) -> T:
    """One of some items."""
    return items[number(what, index, len(items))]


@cache
def words() -> dict[str, Any]:
    """The names that people, companies and places are made of."""
    file = files("polytomic_emulator") / "sample_data" / "words.json"
    return json.loads(file.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Company:
    """One company. Several have the same kind of name; domains differ."""

    name: str
    domain: str | None
    website: str | None
    industry: str
    employees: int
    revenue: float | None
    phone: str
    email: str | None
    city: str
    country: str


@dataclass(frozen=True)
class Person:
    """One person. Some have no last name, some no e-mail address, some that of their neighbour,
    written in capitals."""

    first: str
    middle: str | None
    last: str | None
    email: str | None
    phone: str | None
    mobile: str | None
    title: str | None
    department: str | None
    street: str
    city: str
    country: str
    birthdate: str | None
    company: int

    @property
    def full(self) -> str:
        """First and last name."""
        return full_name(self.first, self.last)


def full_name(first: Any, last: Any) -> str:
    """How a service joins two names."""
    return " ".join(str(name) for name in (first, last) if name)


@lru_cache(maxsize=256)
def company(index: int) -> Company:
    """The company with this number."""
    known = words()
    first = known["company_first"][index % len(known["company_first"])]
    last = pick(known["company_last"], "company", index)
    domain = f"{_plain(first)}-{_plain(last)}{index}.example.com"
    place = pick(known["places"], "company place", index)
    size = 2 ** number("size", index, 14)
    return Company(
        name=f"{first} {last} {pick(known['company_form'], 'form', index)}",
        domain=None if index % 13 == 12 else domain,
        website=None if index % 13 == 12 else f"https://www.{domain}",
        industry=pick(known["industries"], "industry", index),
        employees=size + number("employees", index, size),
        revenue=None if index % 11 == 4 else size * 90_000 + number("revenue", index, 9999) / 100,
        phone=f"{place['dial']} {number('company phone', index, 9000) + 1000}",
        email=None if index % 13 == 12 else f"office@{domain}",
        city=pick(place["cities"], "company city", index),
        country=place["country"],
    )


@lru_cache(maxsize=4096)
def person(index: int) -> Person:
    """The person with this number."""
    known = words()
    place = pick(known["places"], "place", index)
    first, _, plain_first = pick(place["first"], "first", index).partition("|")
    last, _, plain_last = pick(place["last"], "last", index).partition("|")
    employer = number("employer", index, COMPANIES)
    host = company(employer).domain or "mail.example.org"
    own = f"{plain_first or _plain(first)}.{plain_last or _plain(last)}{index}"
    email: str | None = f"{own}@{host}"
    if index % 17 == 3:
        email = None
    elif index % 41 == 7:
        email = (person(index - 1).email or "").upper() or None
    elif index % 5 == 2:
        email = f"{own.title()}@{host}"
    birth = 1950 + number("birth year", index, 54)
    month, day = 1 + number("birth month", index, 12), 1 + number("birth day", index, 28)
    return Person(
        first=first,
        middle=pick(place["first"], "middle", index).partition("|")[0] if index % 6 == 1 else None,
        last=None if index % 23 == 5 else last,
        email=email,
        phone=None if index % 7 == 6 else f"{place['dial']} {1000 + number('phone', index, 9000)}",
        mobile=f"{place['dial']} {1000 + number('mobile', index, 9000)}" if index % 3 else None,
        title=None if index % 10 == 9 else pick(known["titles"], "title", index),
        department=pick(known["departments"], "department", index) if index % 4 else None,
        street=f"{pick(place['streets'], 'street', index)} {1 + number('house', index, 200)}",
        city=pick(place["cities"], "city", index),
        country=place["country"],
        birthdate=f"{birth}-{month:02}-{day:02}" if index % 3 == 0 else None,
        company=employer,
    )


def _plain(name: str) -> str:
    """A name in the letters of an e-mail address."""
    spread = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    return "".join(letter for letter in spread if letter.isascii() and letter.isalnum())
