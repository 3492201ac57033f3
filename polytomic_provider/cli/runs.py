"""Syncs by name or id, and their runs in words."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

from pydantic import JsonValue

from polytomic_provider.api import Execution, Polytomic, PolytomicError, SyncItem
from polytomic_provider.cli.screen import printable

RUNNING: Final = frozenset(
    {"created", "scheduled", "queued", "waiting", "running", "processing", "canceling"}
)
"""What a run is before it has ended. Source: `status` of `GET /api/syncs/{id}/executions`."""

COUNTS: Final = ("total", "insert", "update", "upserts", "delete", "error", "warnings")

# The files of records are not documented; these are names that such things usually have.
_NAMES: Final = ("record", "record_id", "identity", "id", "target_id")
_REASONS: Final = ("reason", "error", "message", "errors", "warnings")
_VALUES: Final = ("source", "target", "before", "values", "data")


class NoSuchSync(PolytomicError):
    """No sync has the id or the name, or several have the name."""


def find_sync(polytomic: Polytomic, wanted: str) -> SyncItem:
    """Return the sync with this id, else the one with exactly this name.

    Raises:
        NoSuchSync: There is none, or several have the name.
    """
    syncs = polytomic.syncs.list().data
    by_id = [one for one in syncs if one.id.casefold() == wanted.strip().casefold()]
    named = by_id or [one for one in syncs if one.name == wanted]
    if len(named) == 1:
        return named[0]
    if named:
        ids = ", ".join(one.id for one in named)
        raise NoSuchSync(
            f"{len(named)} syncs have the name {wanted!r}.", hint=f"To fix: give an id: {ids}"
        )
    names = sorted(one.name for one in syncs if one.name)
    near = get_close_matches(wanted, names, n=3, cutoff=0.5) or names[:5]
    known = ", ".join(map(repr, near))
    raise NoSuchSync(
        f"No sync of this workspace has the id or the name {wanted!r}.",
        hint=f"To fix: give one of `polytomic status`, such as {known}"
        if known
        else "There is no sync in this workspace.",
    )


def is_over(run: Execution) -> bool:
    """Whether a run has ended; a status that is not known counts once there is a time of end."""
    if run.status in RUNNING:
        return False
    return run.completed_at is not None or bool(run.status)


def went_well(run: Execution) -> bool:
    """Whether a run did all that it had to do."""
    return run.status == "completed" and not (run.counts and run.counts.error)


def counts_of(run: Execution) -> dict[str, int]:
    """The records of a run by what became of them; nothing that is 0."""
    counts = run.counts
    found = {} if counts is None else {name: getattr(counts, name) for name in COUNTS}
    return {name: value for name, value in found.items() if value}


def counts_in_words(run: Execution) -> str:
    """Such as `20 records: 12 inserts, 8 errors`."""
    counts = counts_of(run)
    total = counts.pop("total", 0)
    parts = ", ".join(_counted(value, name.removesuffix("s")) for name, value in counts.items())
    return _counted(total, "record") + (f": {parts}" if parts else "")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def as_json(run: Execution | None) -> dict[str, Any] | None:
    """A run for programs."""
    if run is None:
        return None
    return {
        "id": run.id,
        "status": run.status,
        "started_at": run.started_at,
        "completed_at": run.completed_at,
        "counts": counts_of(run),
        "errors": [one for one in run.errors or () if one],
    }


def record_in_words(record: Mapping[str, JsonValue]) -> str:
    """A record of a log file in a line: which one, and why; no value of its fields."""
    name = next((record[key] for key in _NAMES if record.get(key)), None)
    reasons = [text for key in _REASONS if record.get(key) for text in _texts(record[key])]
    if name is None and not reasons:
        kept = {key: value for key, value in record.items() if key not in _VALUES}
        return printable(str(kept))
    why = "; ".join(dict.fromkeys(reasons))
    return printable(f"{'a record' if name is None else name}: {why}")


def _texts(value: JsonValue) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
