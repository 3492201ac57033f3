"""Lengths of time and points in time relative to now, as people write them.

Lengths: `7 days`, `1 day 12 hours`, `a week`, `48h`, `last 30 days`, `P1M`, `PT48H`. Points: a
length with `ago` or `from now`, or `now`, `today`, `yesterday`, `tomorrow`. The one form that an
official client shows is `48 hours ago` (bulk sync filters of the Terraform provider).
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_UNITS = {
    "s": ("s", "sec", "second"),
    "min": ("m", "min", "minute"),
    "h": ("h", "hr", "hour"),
    "d": ("d", "day"),
    "w": ("w", "wk", "week"),
    "mo": ("mo", "mon", "month"),
    "q": ("q", "quarter"),
    "y": ("y", "yr", "year"),
}
_BY_NAME = {name: unit for unit, names in _UNITS.items() for name in names}
_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_MONTHS = {"mo": 1, "q": 3, "y": 12}
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}

_LENGTH = re.compile(r"(\d{1,9}|an?|one)\s*([a-z]+)", re.A)
_PHRASE = re.compile(
    r"(?P<before>[+-]|in|next|last|past|in the last|in the next)?\s*"
    r"(?P<lengths>(?:\d{1,9}|an?|one)?\s*[a-z]+(?:\s*\d{1,9}\s*[a-z]+)*)"
    r"(?:\s+(?P<after>ago|from now|hence))?",
    re.A,
)
_ISO = re.compile(
    r"P(?!$)((?P<y>\d{1,9})Y)?((?P<mo>\d{1,9})M)?((?P<w>\d{1,9})W)?((?P<d>\d{1,9})D)?"
    r"(T(?!$)((?P<h>\d{1,9})H)?((?P<min>\d{1,9})M)?((?P<s>\d{1,9})S)?)?",
    re.I | re.A,
)


@dataclass(frozen=True)
class Length:
    """A length of time; months are kept apart, since they differ.

    ahead: whether the text says that it lies in the future; None where it says nothing.
    """

    months: int
    seconds: int
    ahead: bool | None = None

    def before(self, now: datetime) -> datetime:
        """The moment this long before `now`, at the ends of the calendar at most."""
        return _moved(now, -self.months, -self.seconds)

    def after(self, now: datetime) -> datetime:
        """The moment this long after `now`, at the ends of the calendar at most."""
        return _moved(now, self.months, self.seconds)


@lru_cache(maxsize=256)
def length_of(written: str) -> Length | None:
    """What a text says of a length of time; None when it says none."""
    text = written.strip()
    iso = _ISO.fullmatch(text)
    if iso:
        parts = {unit: int(count or 0) for unit, count in iso.groupdict().items()}
        return Length(_sum(parts, _MONTHS), _sum(parts, _SECONDS))
    found = _PHRASE.fullmatch(_spaced(text))
    return _phrase(found) if found else None


def _sum(parts: Mapping[str, int], weights: Mapping[str, int]) -> int:
    return sum(count * weights.get(unit, 0) for unit, count in parts.items())


def point_of(written: str, now: datetime) -> date | datetime | None:
    """The point in time that a text names, seen from `now`; None when it names none.

    A length that does not say its direction lies in the past.
    """
    word = written.strip().lower()
    if word == "now":
        return now
    if word in _DAYS:
        return _moved(now, 0, _DAYS[word] * 86_400).date()
    length = length_of(written)
    if length is None:
        return None
    return length.after(now) if length.ahead else length.before(now)


def _spaced(text: str) -> str:
    words = re.sub(r"_|,|\band\b|(?<=\w)-(?=\w)", " ", text.lower())
    return " ".join(words.split())


def _phrase(found: re.Match[str]) -> Length | None:
    lengths = found["lengths"]
    lengths = lengths if _LENGTH.match(lengths) else f"1 {lengths}"
    months = seconds = 0
    for count, name in _LENGTH.findall(lengths):
        # A single letter has no plural: "ms" are not minutes.
        unit = _BY_NAME.get(name) or (_BY_NAME.get(name.removesuffix("s")) if name[2:] else None)
        if unit is None:
            return None
        part = {unit: int(count) if count.isdigit() else 1}
        months += _sum(part, _MONTHS)
        seconds += _sum(part, _SECONDS)
    before, after = found["before"], found["after"]
    ahead = after in ("from now", "hence") or before in ("+", "in", "next", "in the next")
    behind = after == "ago" or before in ("-", "last", "past", "in the last")
    if ahead and behind:
        return None
    return Length(months, seconds, ahead if ahead or behind else None)


def _moved(now: datetime, months: int, seconds: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    forward = months > 0 or seconds > 0
    try:
        day = min(now.day, monthrange(year, month + 1)[1])
        return now.replace(year=year, month=month + 1, day=day) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return (datetime.max if forward else datetime.min).replace(tzinfo=UTC)
