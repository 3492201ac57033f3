"""The words and tones in which the pages speak of statuses, times, schedules and conditions."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from polytomic_emulator.state.connection import ERROR, HEALTHY, UNAUTHORIZED
from polytomic_emulator.state.modes import MODES
from polytomic_emulator.state.schedules import FREQUENCIES
from polytomic_emulator.state.schema_caches import SchemaCache
from polytomic_emulator.state.sync import Condition, Override, Schedule
from polytomic_provider.facts.functions import FILTER_FUNCTIONS, IDENTITY_FUNCTIONS

_TONES = {
    HEALTHY: "good",
    ERROR: "bad",
    UNAUTHORIZED: "warn",
    "completed": "good",
    "completed_with_errors": "warn",
    "failed": "bad",
    "interrupted": "bad",
    "canceled": "quiet",
    "canceling": "warn",
    "running": "busy",
    "inserted": "good",
    "updated": "good",
    "upserted": "good",
    "deleted": "good",
    "queued": "busy",
    "created": "busy",
    "processing": "busy",
    "info": "quiet",
    "warn": "warn",
    "active": "good",
    "ready": "good",
    "refreshing": "busy",
}
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def tone(status: str) -> str:
    """The tone of a status: good, warn, bad, busy or quiet. Its word always stands beside it."""
    return _TONES.get(status, "quiet")


def plain(status: str) -> str:
    """A status as words: `completed_with_errors` as `completed with errors`."""
    return status.replace("_", " ")


def moment(stamp: str | None) -> str:
    """An RFC 3339 time as a person reads it, in UTC."""
    if not stamp:
        return ""
    found = datetime.fromisoformat(stamp)
    return f"{found.day} {found:%b %Y, %H:%M:%S} UTC"


def count(number: int, word: str, words: str | None = None) -> str:
    """A number with its noun: `1 field`, `1,200 fields`."""
    return f"{number:,} {word if number == 1 else words or word + 's'}"


def value(found: Any) -> str:
    """Any JSON value as text; a list of plain texts with commas."""
    if found is None:
        return ""
    if isinstance(found, str):
        return found
    items = cast("list[Any]", found if isinstance(found, list) else [])
    if items and all(isinstance(item, str) and "," not in item for item in items):
        return ", ".join(items)
    return json.dumps(found, ensure_ascii=False)


def mode(mode_id: str) -> str:
    """A sync mode's name."""
    return MODES[mode_id].label if mode_id in MODES else mode_id


def filter_function(function: str | None) -> str:
    """A filter function as a verb."""
    known = FILTER_FUNCTIONS.get(function or "")
    return known.label if known else str(function or "")


def identity_function(function: str) -> str:
    """An identity function as a verb."""
    return IDENTITY_FUNCTIONS.get(function, function)


def compared(condition: Condition | Override) -> str:
    """What a condition compares with; empty where its function takes nothing."""
    other = condition.value_source if isinstance(condition, Condition) else None
    if other is not None:
        return f"the model's {other.field}"
    return value(condition.value)


def cache(found: SchemaCache | None) -> str:
    """The state of a schema cache in one word or two."""
    if found is None:
        return "not read yet"
    return "refreshing" if found.refreshing else "ready"


def schedule(found: Schedule, names: Mapping[str, str]) -> str:
    """When a sync runs. names: those of the workspace's syncs, by id."""
    at = f"{_two(found.hour)}:{_two(found.minute)} UTC"
    match found.frequency:
        case "manual":
            return "When somebody starts it"
        case "continuous":
            return "Again as soon as it has finished"
        case "hourly":
            return f"Every hour at minute {found.minute}"
        case "daily":
            return f"Every day at {at}"
        case "weekly":
            return f"Every {_day(found.day_of_week)} at {at}"
        case "custom" | "builder":
            parts = " ".join(getattr(found, part) or "*" for part in _CRON_ORDER)
            return f"At the times of {parts} (UTC)"
        case "runafter":
            after = [names.get(one, one) for one in found.run_after_syncs or []]
            after += found.run_after_bulk_syncs or []
            return f"After {', '.join(after)}"
        case "dbtcloud":
            return f"After dbt Cloud job {found.job_id}"
        case other:
            return FREQUENCIES[other].label if other in FREQUENCIES else other


_CRON_ORDER = ("minute", "hour", "day_of_month", "month", "day_of_week")


def _two(part: str | None) -> str:
    return (part or "0").rjust(2, "0")


def _day(part: str | None) -> str:
    text = part or ""
    return _DAYS[int(text)] if text.isdecimal() and int(text) < len(_DAYS) else text.capitalize()


def mode_description(mode_id: str) -> str:
    """What a sync mode does, as a sentence."""
    return MODES[mode_id].description if mode_id in MODES else ""


def count_name(name: str) -> str:
    """What one of an execution's counts is called."""
    return _COUNTS.get(name, name)


_COUNTS = {
    "total": "records",
    "insert": "inserted",
    "update": "updated",
    "upserts": "upserted",
    "delete": "deleted",
    "error": "failed",
    "warnings": "with warnings",
}


def counts(found: Mapping[str, int]) -> str:
    """An execution's counts in one line, without those that are none."""
    shown = [f"{number:,} {count_name(name)}" for name, number in found.items() if number]
    return ", ".join(shown) or "nothing written"


def sentence(message: str) -> str:
    """A refusal of the API as a sentence. A path that it begins with stays as it is written."""
    first = message.split(" ")[0]
    path = any(mark in first for mark in "._[:")
    return (message if path else message[:1].upper() + message[1:]).rstrip(".") + "."
