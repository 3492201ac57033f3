"""Syncs by name or id, and their runs in words."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import JsonValue

from polytomic_provider.api import Polytomic, PolytomicError
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.api.lookup import find_one
from polytomic_provider.api.wire.execution import Execution
from polytomic_provider.api.wire.sync_list import SyncItem
from polytomic_provider.cli.screen import printable

AT_ONCE: Final = 8

# The files of records are not documented; these are names that such things usually have.
_NAMES: Final = ("record", "record_id", "identity", "id", "target_id")
_REASONS: Final = ("reason", "error", "message", "errors", "warnings")
_VALUES: Final = ("source", "target", "before", "values", "data")


def find_sync(polytomic: Polytomic, wanted: str) -> SyncItem:
    """Return the model sync with this id, else the one with exactly this name.

    Raises PolytomicError where there is none, or several have the name.
    """
    there = polytomic.syncs.list().data
    return find_one("model sync", there, wanted.strip(), lambda one: one.name)


@dataclass(frozen=True)
class SyncState:
    """A sync or a bulk sync (`kind`), what runs, what ran last, and when it runs next."""

    kind: str
    id: str
    name: str | None
    active: bool
    current: Execution | None
    last: Execution | None
    next_at: datetime | None

    @property
    def logs(self) -> str:
        """How to see what became of its last run."""
        return f"polytomic logs {self.id}" if self.kind == "sync" else "see its page in Polytomic"


def look_at_syncs(
    polytomic: Polytomic, *, active_only: bool = False, most: int | None = None, seconds: float
) -> "list[SyncState | SyncUnread]":
    """Look at the syncs and bulk syncs of a workspace, several at once, in the order of names.

    active_only: leave out those that are off. most: how many at most. seconds: for each question.
    """
    with allowing(seconds):
        found = [
            *(("sync", one.id, one.name, one.active) for one in polytomic.syncs.list().data),
            *(("bulk", one.id, one.name, one.active) for one in polytomic.bulk_syncs.list().data),
        ]
    found = sorted(
        (one for one in found if one[3] or not active_only), key=lambda one: (one[2] or "", one[1])
    )

    def look(one: tuple[str, str, str | None, bool | None]) -> "SyncState | SyncUnread":
        kind, id_, name, active = one
        try:
            with allowing(seconds):
                if kind == "sync":
                    state = polytomic.syncs.status(id_).data
                    current, last = state.current_execution, state.last_execution
                    at = state.next_execution_time
                else:
                    bulk = polytomic.bulk_syncs.status(id_).data
                    current, last = bulk.current_execution, bulk.last_execution
                    at = bulk.next_execution_time
        except PolytomicError as error:
            return SyncUnread(name or id_, error)
        return SyncState(kind, id_, name, bool(active), current, last, at)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(look, found[:most]))


@dataclass(frozen=True)
class SyncUnread:
    """A sync that could not be looked at, and why."""

    name: str
    error: PolytomicError


def counts_of(run: Execution) -> dict[str, int]:
    """The records of a run by what became of them; nothing that is 0."""
    return {name: value for name, value in run.counts or () if value}


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
        "errors": run.reasons,
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
