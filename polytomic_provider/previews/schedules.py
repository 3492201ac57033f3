"""A schedule in words: `daily at 10:30 UTC`."""

from collections.abc import Mapping
from typing import Any, Final

from polytomic_provider.facts.sync_rules import WEEKDAYS

_PLAIN: Final = {
    "manual": "only when it is started",
    "continuous": "continuously",
    "custom": "by its cron expression",
    "builder": "by its cron expression",
    "runafter": "after other syncs",
    "dbtcloud": "after a dbt Cloud job",
}


def in_words(schedule: Any) -> str | None:
    """When a sync of this schedule runs; None where not all of it is known or understood."""
    if schedule is None:
        return _PLAIN["manual"]
    if not isinstance(schedule, Mapping):
        return None
    parts: dict[str, Any] = {str(key): value for key, value in schedule.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    frequency = parts.get("frequency")
    if frequency == "hourly":
        minute = _two_digits(parts.get("minute"))
        return None if minute is None else f"every hour at minute {minute}"
    if frequency in ("daily", "weekly"):
        hour, minute = _two_digits(parts.get("hour")), _two_digits(parts.get("minute"))
        if hour is None or minute is None:
            return None
        day = parts.get("day_of_week")
        if frequency == "daily":
            return f"daily at {hour}:{minute} UTC"
        known = isinstance(day, str | int)
        return f"weekly on {_day(day)} at {hour}:{minute} UTC" if known else None
    return _PLAIN.get(str(frequency))


def _two_digits(part: Any) -> str | None:
    text = str(part).strip()
    return text.zfill(2) if text.isdigit() else None


def _day(part: Any) -> str:
    text = str(part).strip()
    at = int(text) if text.isdigit() else -1
    return WEEKDAYS[at].capitalize() if 0 <= at < len(WEEKDAYS) else text.capitalize()
