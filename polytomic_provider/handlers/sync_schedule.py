"""When a sync runs: schedules as users write them, and as the API takes and shows them."""

from collections.abc import Mapping
from typing import Any, cast

from polytomic_provider.facts.sync_rules import FREQUENCIES, WEEKDAYS
from polytomic_provider.handlers.equality import equal

_TEXTS = ("minute", "hour", "day_of_week", "day_of_month", "month")
MANUAL: Mapping[str, Any] = {"frequency": "manual"}


def expand_schedule(schedule: Any) -> dict[str, Any]:
    """The wire's schedule; without one the sync runs when told to. Its parts are texts there."""
    given = cast("Mapping[str, Any]", schedule or MANUAL)
    return {
        key: str(value) if key in _TEXTS and value is not None else value
        for key, value in given.items()
        if value is not None
    }


def project_schedule(server: Mapping[str, Any] | None, like: Any) -> Any:
    """The reply's schedule in the user's form; None where both leave it at manual."""
    if equal(_meaning(expand_schedule(server)), _meaning(expand_schedule(like))):
        return like
    return {key: value for key, value in (server or MANUAL).items() if value not in (None, "")}


def _meaning(schedule: Mapping[str, Any]) -> dict[str, Any]:
    """Parts that the frequency does not use mean nothing; `07` is `7`; Monday is day 1."""
    frequency = str(schedule.get("frequency"))
    used = FREQUENCIES.get(frequency, tuple(schedule))
    parts = {key: _part(key, value) for key, value in schedule.items() if key in used}
    after = schedule.get("run_after_success_only") if frequency == "runafter" else None
    return {"frequency": frequency, **parts, "run_after_success_only": after}


def _part(key: str, value: Any) -> Any:
    text = str(value).strip().lower() if key in _TEXTS else value
    if key == "day_of_week" and text in WEEKDAYS:
        return str(WEEKDAYS.index(text))
    if isinstance(text, str) and text.isdigit():
        return str(int(text))
    return text
