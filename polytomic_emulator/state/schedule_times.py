"""When a schedule is due next: pure arithmetic over its parts, all times in UTC.

Hourly, daily, weekly and cron schedules are one thing: sets of minutes, hours, days and months.
A part that is left out is 0 when it is finer than every part that is given, else it is every value:
`hour` alone means that hour's first minute, `minute` alone means every hour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from polytomic_emulator.state.sync import Schedule

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
RANGES = {
    "minute": (0, 59),
    "hour": (0, 23),
    "day_of_week": (0, 7),
    "day_of_month": (1, 31),
    "month": (1, 12),
}
"""The lowest and highest value of each part; Sunday is both 0 and 7."""

TIMED = {
    "hourly": ("minute",),
    "daily": ("hour", "minute"),
    "weekly": ("day_of_week", "hour", "minute"),
    "custom": tuple(RANGES),
    "builder": tuple(RANGES),
}
"""The frequencies that name a time, and the parts that each looks at; other parts say nothing."""
# February 29 can be eight years away, at a century that is no leap year.
_HORIZON_DAYS = 8 * 366 + 1


@dataclass(frozen=True)
class Parts:
    """The values that each part of a due time can have; None: any day."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days_of_week: frozenset[int] | None
    days_of_month: frozenset[int] | None
    months: frozenset[int]

    def has_day(self, day: datetime) -> bool:
        """Whether a day is one of them. As in cron, either kind of day does when both are given."""
        if day.month not in self.months:
            return False
        week = None if self.days_of_week is None else day.isoweekday() % 7 in self.days_of_week
        month = None if self.days_of_month is None else day.day in self.days_of_month
        if week is None or month is None:
            return week is not False and month is not False
        return week or month


def values_of(part: str, text: str) -> frozenset[int]:
    """The values of one part, such as `5`, `monday`, `*/15`, `1-5`, `0,30`.

    Raises ValueError for what cannot be read or has no value in range.
    """
    found: set[int] = set()
    for piece in text.lower().split(","):
        found.update(_piece(part, piece))
    return frozenset(value % 7 for value in found) if part == "day_of_week" else frozenset(found)


def _piece(part: str, piece: str) -> Iterable[int]:
    lowest, highest = RANGES[part]
    span, _, step = piece.partition("/")
    if "/" in piece and (not _is_number(step) or int(step) == 0):
        raise ValueError(f"{piece!r} has no step")
    if span == "*":
        first, last = lowest, 6 if part == "day_of_week" else highest
    else:
        start, dash, end = span.partition("-")
        first = _value(part, start)
        last = _value(part, end) if dash else highest if step else first
    if not lowest <= first <= last <= highest:
        raise ValueError(f"{piece!r} is not from {lowest} to {highest}")
    return range(first, last + 1, int(step) if step else 1)


def _value(part: str, text: str) -> int:
    if part == "day_of_week" and text in DAYS:
        return DAYS.index(text)
    if not _is_number(text):
        raise ValueError(f"{text!r} is no number")
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5


def parts_of(schedule: Schedule) -> Parts | None:
    """The due times of a schedule; None where it has none, as a manual one.

    Raises ValueError for a part that cannot be read.
    """
    looked_at = TIMED.get(schedule.frequency, ())
    given = {part: getattr(schedule, part) for part in looked_at if getattr(schedule, part)}
    if not given:
        return None
    found = {part: values_of(part, text) for part, text in given.items()}
    midnight = frozenset([0])
    every_hour = frozenset(range(24))
    return Parts(
        minutes=found.get("minute", midnight),
        hours=found.get("hour", every_hour if "minute" in given else midnight),
        days_of_week=None if given.get("day_of_week", "*") == "*" else found["day_of_week"],
        days_of_month=None if given.get("day_of_month", "*") == "*" else found["day_of_month"],
        months=found.get("month", frozenset(range(1, 13))),
    )


def next_time(schedule: Schedule, after: datetime) -> datetime | None:
    """The first due time later than `after` (in UTC); None where there is none, ever."""
    try:
        parts = parts_of(schedule)
    except ValueError:
        return None
    if parts is None:
        return None
    start = after.replace(second=0, microsecond=0) + timedelta(minutes=1)
    midnight = start.replace(hour=0, minute=0)
    for days in range(_HORIZON_DAYS):
        day = midnight + timedelta(days=days)
        if not parts.has_day(day):
            continue
        for hour in sorted(parts.hours):
            for minute in sorted(parts.minutes):
                due = day.replace(hour=hour, minute=minute)
                if due >= start:
                    return due
    return None
