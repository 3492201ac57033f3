"""When a sync runs: schedules as programs write them, and as the API takes and shows them.

Source: `schedule` of `POST /api/syncs`; all times are UTC.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from polytomic_provider.facts.bulk_rules import BULK_FREQUENCIES
from polytomic_provider.facts.sync_rules import FREQUENCIES, WEEKDAYS
from polytomic_provider.spec.equality import is_zero, matches, matches_set
from polytomic_provider.spec.reader import Reader, as_text
from polytomic_provider.validation import is_unknown
from polytomic_provider.validation.shapes import type_name

CRON: Final = ("custom", "builder")
MANUAL: Final[Mapping[str, Any]] = {"frequency": "manual"}
_TEXTS: Final = ("minute", "hour", "day_of_week", "day_of_month", "month")
_KEYS: Final = (
    "frequency",
    *_TEXTS,
    "connection_id",
    "job_id",
    "run_after",
    "run_after_success_only",
)
_ALWAYS: Final = ("frequency", "run_after_success_only")
_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "minute": (0, 59),
    "hour": (0, 23),
    "day_of_week": (0, 6),
    "day_of_month": (1, 31),
    "month": (1, 12),
}
_MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_CRON_PART = re.compile(r"(\*|[a-z0-9]+(-[a-z0-9]+)?)(/[0-9]+)?")


def read_schedule(reader: Reader, value: Any) -> Any:
    """Return the wire's schedule; an unknown as it stands; None where it cannot be read."""
    if value is None or is_unknown(value):
        return dict(MANUAL) if value is None else value
    given = reader.mapping(value, "schedule", _KEYS)
    return None if given is None else _read(reader, given, "schedule", tuple(FREQUENCIES))


def read_bulk_schedule(reader: Reader, value: Any, path: str, more: Sequence[str] = ()) -> Any:
    """As `read_schedule`, for a bulk sync, whose schedules say when and nothing else.

    more: further keys, which are read elsewhere.
    """
    if value is None or is_unknown(value):
        return dict(MANUAL) if value is None else value
    given = reader.mapping(value, path, ("frequency", *_TEXTS, *more))
    if given is None:
        return None
    times = {key: one for key, one in given.items() if key not in more}
    return _read(reader, times, path, BULK_FREQUENCIES)


def _read(reader: Reader, given: Mapping[str, Any], path: str, known: Sequence[str]) -> Any:
    if not reader.needs(given, ("frequency",), path):
        return None
    frequency = reader.choice(given["frequency"], known, f"{path}.frequency", "frequency")
    if frequency is None:
        return None
    wire: dict[str, Any] = {"frequency": frequency}
    for key in given.keys() - {"frequency"}:
        wire[key] = _part(reader, key, given[key], frequency, f"{path}.{key}")
    if isinstance(frequency, str) and frequency not in CRON:
        for part in FREQUENCIES[frequency]:
            if part not in given:
                text = f"is required where the frequency is {frequency}"
                reader.refuse(f"{path}.{part}", text)
    return {key: wire[key] for key in _KEYS if wire.get(key) is not None}


def _part(reader: Reader, key: str, value: Any, frequency: Any, path: str) -> Any:
    if is_unknown(value):
        return value
    if key in _TEXTS:
        if isinstance(value, bool) or not isinstance(value, str | int):
            reader.refuse(path, f"expected a number or text, got {type_name(value)}")
            return None
        problem = _out_of_range(key, str(value), cron=frequency in CRON)
        if problem is not None:
            reader.refuse(path, problem)
        return str(value)
    if key == "run_after_success_only":
        return reader.flag(value, path)
    if key == "run_after":
        return _run_after(reader, value)
    if key == "connection_id":
        return reader.text(value, path)
    if isinstance(value, bool) or not isinstance(value, int):
        reader.refuse(path, f"expected an integer, got {type_name(value)}")
        return None
    return value


def _run_after(reader: Reader, value: Any) -> Any:
    keys = ("sync_ids", "bulk_sync_ids")
    given = reader.mapping(value, "schedule.run_after", keys)
    if given is None:
        return None
    wire: dict[str, Any] = {}
    for key in keys:
        if key in given:
            path = f"schedule.run_after.{key}"
            ids = [reader.text(one, where) for where, one in reader.items(given[key], path)]
            wire[key] = given[key] if is_unknown(given[key]) else ids
    if not any(is_unknown(ids) or ids for ids in wire.values()):
        reader.refuse("schedule.run_after", "names no sync; give sync_ids or bulk_sync_ids")
    return wire


def _out_of_range(key: str, text: str, *, cron: bool) -> str | None:
    """Return what is wrong with a part of a schedule, such as hour 25."""
    low, high = _RANGES[key]
    expected = f"{low} to {high}"
    if key == "day_of_week":
        expected += " or a name such as monday"
    if cron:
        parts = text.strip().lower().split(",")
        fits = all(_cron_fits(key, part, low, high) for part in parts)
        expected += ", `*`, or a part of a cron expression such as `*/5` or `1-5`"
    else:
        fits = _number(key, text) is not None and low <= cast("int", _number(key, text)) <= high
    return None if fits else f"{text!r} does not fit; expected {expected}"


def _cron_fits(key: str, part: str, low: int, high: int) -> bool:
    if _CRON_PART.fullmatch(part) is None:
        return False
    span, _, step = part.partition("/")
    ends = [] if span == "*" else [_number(key, end) for end in span.split("-")]
    top = 7 if key == "day_of_week" else high
    return (not step or int(step) > 0) and all(
        end is not None and low <= end <= top for end in ends
    )


def _number(key: str, text: str) -> int | None:
    """Return a part of a schedule as a number: `07` is 7, Monday is day 1."""
    word = text.strip().lower()
    if re.fullmatch(r"[0-9]{1,4}", word):
        return int(word)
    if key == "day_of_week":
        days: list[str] = [*WEEKDAYS, *(day[:3] for day in WEEKDAYS)]
        return days.index(word) % 7 if word in days else None
    if key == "month" and word[:3] in _MONTHS:
        return _MONTHS.index(word[:3]) + 1
    return None


def project_schedule(server: Mapping[str, Any] | None, like: Any) -> Any:
    """Return the reply's schedule in the program's spelling; None where both leave it at manual.

    Parts that neither the program nor the frequency uses say nothing.
    """
    there = cast("Mapping[str, Any]", server or MANUAL)
    if like is None:
        return None if there.get("frequency") == "manual" else _plain(there)
    if not isinstance(like, Mapping):
        return _plain(there)
    mine = cast("Mapping[str, Any]", like)
    used = FREQUENCIES.get(str(there.get("frequency")), _KEYS)
    shown: dict[str, Any] = {}
    for key in (*mine, *(key for key in _KEYS if key not in mine)):
        found, wanted = there.get(key), mine.get(key)
        if _same_part(key, found, wanted) or (is_zero(found) and key not in (*used, *_ALWAYS)):
            if key in mine:
                shown[key] = wanted
        elif not is_zero(found) and (key in mine or key in (*used, *_ALWAYS)):
            shown[key] = found
    return cast("Any", like) if shown == mine else shown


def _plain(schedule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schedule.items() if not is_zero(value)}


def _same_part(key: str, server: Any, written: Any) -> bool:
    if key == "run_after":
        there = cast("Mapping[str, Any]", server or {})
        mine = cast("Mapping[str, Any]", written or {})
        return all(matches_set(there.get(k), mine.get(k)) for k in ("sync_ids", "bulk_sync_ids"))
    if key in _TEXTS and server not in (None, "") and written is not None:
        one, other = as_text(server), as_text(written)
        numbers = _number(key, one), _number(key, other)
        return one.strip().lower() == other.strip().lower() or (
            numbers[0] is not None and numbers[0] == numbers[1]
        )
    return matches(server, written)
