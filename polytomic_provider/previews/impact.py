"""The lines of a preview about the impact on the target; only documented behaviour."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from polytomic_provider.facts.sync_effects import (
    ACTIVATED,
    ALL_RECORDS,
    BACKFILL,
    CHANGED_ONLY,
    CHANGES_RECORDS,
    DEACTIVATED,
    EFFECTIVE_AT_ONCE,
    INACTIVE,
    MODE_EFFECTS,
    NEXT_RUN,
    NO_BACKFILL,
    RESCHEDULED,
)
from polytomic_provider.previews.schedules import in_words

if TYPE_CHECKING:
    from polytomic_provider.api.wire.execution import Execution
    from polytomic_provider.api.wire.sync_list import SyncStatus

Arguments = Mapping[str, Any]


def impact_of_new(arguments: Arguments) -> str:
    """Describe the impact of a sync that is created or replaced."""
    parts = _mode(arguments)
    skipped = arguments.get("skip_initial_backfill") is True
    parts.append(NO_BACKFILL if skipped else BACKFILL)
    if arguments.get("sync_all_records") is True:
        parts.append(ALL_RECORDS)
    parts += [INACTIVE] if arguments.get("active") is False else _runs(arguments)
    return _sentences("Impact of the new sync", parts)


def impact_of_change(
    arguments: Arguments, changed: Collection[str], status: SyncStatus | None
) -> str | None:
    """Describe the impact of changed arguments of a sync; None if nothing is known.

    `status` is that of `GET /api/syncs/{id}/status`, if it could be read.
    """
    parts = [*_at_once(arguments, changed), *_later(arguments, changed, status)]
    if not parts:
        return None
    return _sentences("Impact", [*parts, *_executions(status)])


def _at_once(arguments: Arguments, changed: Collection[str]) -> list[str]:
    parts: list[str] = []
    if "active" in changed and arguments.get("active") is True:
        parts.append(ACTIVATED)
    elif "active" in changed and arguments.get("active") is False:
        parts.append(DEACTIVATED)
    if "schedule" in changed:
        when = in_words(arguments.get("schedule"))
        parts.append(f"{RESCHEDULED}: it runs {when}" if when else RESCHEDULED)
    return parts


def _later(arguments: Arguments, changed: Collection[str], status: SyncStatus | None) -> list[str]:
    later = [name for name in changed if name not in (*EFFECTIVE_AT_ONCE, "name")]
    if not later:
        return []
    as_planned = status is not None and not {"schedule", "active"} & set(changed)
    due = status.next_execution_time if status and as_planned else None
    when = f", due {_moment(due)}" if due else ""
    parts = [f"the change of {_listed(later)} {NEXT_RUN}{when}"]
    if "mode" in changed or arguments.get("mode") in ("replace", "remove"):
        parts += _mode(arguments)
    return [*parts, *_records_sent(arguments, later, status)]


def _records_sent(
    arguments: Arguments, changed: Collection[str], status: SyncStatus | None
) -> list[str]:
    """Describe which records the next runs send after a change of what is written."""
    if arguments.get("sync_all_records") is True:
        return [ALL_RECORDS]
    asked = arguments.get("mode") != "replace" and not CHANGES_RECORDS.isdisjoint(changed)
    return [CHANGED_ONLY] if asked and not _is_new(status) else []


def _mode(arguments: Arguments) -> list[str]:
    mode = arguments.get("mode")
    effect = MODE_EFFECTS.get(mode) if isinstance(mode, str) else None
    return [f"mode {mode} {effect}"] if effect else []


def _runs(arguments: Arguments) -> list[str]:
    when = in_words(arguments.get("schedule"))
    once = "" if arguments.get("active") is True else "once active, "
    return [f"{once}it runs {when}"] if when else []


def _is_new(status: SyncStatus | None) -> bool:
    """Return whether a sync is known to have never run."""
    return status is not None and not (status.current_execution or status.last_execution)


def _executions(status: SyncStatus | None) -> list[str]:
    if status is None:
        return []
    current, last = status.current_execution, status.last_execution
    if current is not None and current.completed_at is None:
        since = current.started_at or current.created_at
        return [f"a run is in progress{f' since {_moment(since)}' if since else ''}"]
    if last is None:
        return ["it has not run yet"]
    return [f"its last run {_ended(last)}"]


def _ended(run: Execution) -> str:
    at = run.completed_at or run.started_at
    text = f"{run.status or 'ended'}{f' {_moment(at)}' if at else ''}"
    counts = run.counts
    if counts is None or counts.total is None:
        return text
    errors = f", {counts.error} with errors" if counts.error else ""
    return f"{text}, {counts.total} records{errors}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _sentences(subject: str, parts: list[str]) -> str:
    return f"{subject}: {' '.join(f'{part[0].upper()}{part[1:]}.' for part in parts)}"
