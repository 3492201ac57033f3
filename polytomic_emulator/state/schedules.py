"""Schedules: the frequencies, what each needs, and what its parts can be."""

from collections.abc import Callable
from dataclasses import dataclass

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.state.schedule_times import DAYS, RANGES, TIMED, values_of
from polytomic_emulator.state.sync import Schedule

PARTS = tuple(RANGES)


@dataclass(frozen=True)
class Frequency:
    """One frequency. needs: parts that it cannot do without; cron: parts may be expressions."""

    label: str
    description: str
    needs: tuple[str, ...] = ()
    cron: bool = False


FREQUENCIES = {
    "manual": Frequency("Manual", "Runs when somebody starts it."),
    "continuous": Frequency("Continuous", "Runs again as soon as it has finished."),
    "hourly": Frequency("Hourly", "Runs every hour at a minute.", TIMED["hourly"]),
    "daily": Frequency("Daily", "Runs every day at a time.", TIMED["daily"]),
    "weekly": Frequency("Weekly", "Runs on one day of the week at a time.", TIMED["weekly"]),
    "custom": Frequency("Custom", "Runs at the times of a cron expression.", cron=True),
    "builder": Frequency("Builder", "Runs at the times put together from parts.", cron=True),
    "runafter": Frequency("Run after", "Runs after other syncs.", ("run_after",)),
    "dbtcloud": Frequency("dbt Cloud", "Runs after a dbt Cloud job.", ("connection_id", "job_id")),
}
"""`multi` exists as well, but is the server's own."""


def check(schedule: Schedule, knows_sync: Callable[[str], bool]) -> None:
    """Raise Unprocessable for an unknown frequency, a missing part, or a part out of range."""
    known = FREQUENCIES.get(schedule.frequency)
    if known is None:
        raise Unprocessable(
            f"schedule.frequency {schedule.frequency!r} is not known",
            field="schedule.frequency",
            known_values=list(FREQUENCIES),
        )
    missing = [part for part in known.needs if not _has(schedule, part)]
    if known.cron and not any(getattr(schedule, part) for part in PARTS):
        missing = ["minute"]
    if missing:
        raise Unprocessable(
            f"schedule.{missing[0]} is required for frequency {schedule.frequency}",
            field=f"schedule.{missing[0]}",
            missing=[f"schedule.{part}" for part in missing],
        )
    for part in PARTS:
        _check_part(part, getattr(schedule, part), cron=known.cron)
    for sync_id in schedule.run_after_syncs or []:
        if not knows_sync(sync_id):
            field = "schedule.run_after.sync_ids"
            raise Unprocessable(f"{field}: there is no sync {sync_id}", field=field)


def _has(schedule: Schedule, part: str) -> bool:
    if part == "run_after":
        return bool(schedule.run_after_syncs or schedule.run_after_bulk_syncs)
    return getattr(schedule, part) not in (None, "")


def _check_part(part: str, text: str | None, *, cron: bool) -> None:
    if not text:
        return
    lowest, highest = RANGES[part]
    path = f"schedule.{part}"
    try:
        values_of(part, text)
    except ValueError:
        expression = ", or a cron expression of these" if cron else ""
        raise Unprocessable(
            f"{path} must be from {lowest} to {highest}{expression}", field=path
        ) from None
    day = part == "day_of_week" and text.lower() in DAYS
    if not (cron or day or text.isdigit()):
        raise Unprocessable(f"{path} must be from {lowest} to {highest}", field=path)
