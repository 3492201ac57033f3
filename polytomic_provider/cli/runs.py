"""Syncs and bulk syncs by name or id, and their runs in words."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import JsonValue

from polytomic_provider.api import Polytomic, PolytomicError
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.api.lookup import find_one
from polytomic_provider.api.routes.executions import Executions
from polytomic_provider.api.wire.bulk_sync import BulkSyncStatus
from polytomic_provider.api.wire.execution import BulkExecution, Execution
from polytomic_provider.api.wire.sync_list import SyncItem, SyncStatus
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
class Runnable:
    """A sync (`kind` is `sync`) or a bulk sync (`bulk`)."""

    kind: str
    id: str
    name: str | None
    active: bool

    @property
    def shown(self) -> str:
        """Its name, else its id."""
        return self.name or self.id

    def executions(self, polytomic: Polytomic) -> Executions[Any]:
        """Its executions."""
        if self.kind == "sync":
            return polytomic.executions_of(self.id)
        return polytomic.bulk_executions_of(self.id)

    def status(self, polytomic: Polytomic) -> SyncStatus | BulkSyncStatus:
        """What runs, what ran last, and when it runs next."""
        routes = polytomic.syncs if self.kind == "sync" else polytomic.bulk_syncs
        return routes.status(self.id).data


def find_runnable(polytomic: Polytomic, wanted: str) -> Runnable:
    """Return the sync or bulk sync with this id, else the one with exactly this name.

    Raises PolytomicError where there is none, or several have the name.
    """
    wanted = wanted.strip()
    return find_one("sync or bulk sync", _runnables(polytomic), wanted, lambda one: one.name)


def _runnables(polytomic: Polytomic) -> list[Runnable]:
    syncs, bulk_syncs = polytomic.syncs.list().data, polytomic.bulk_syncs.list().data
    return [
        *(Runnable("sync", one.id, one.name, bool(one.active)) for one in syncs),
        *(Runnable("bulk", one.id, one.name, bool(one.active)) for one in bulk_syncs),
    ]


@dataclass(frozen=True)
class SyncState:
    """A sync or a bulk sync, what runs, what ran last, and when it runs next."""

    of: Runnable
    current: Execution | None
    last: Execution | None
    next_at: datetime | None


def look_at_syncs(
    polytomic: Polytomic, *, active_only: bool = False, most: int | None = None, seconds: float
) -> "list[SyncState | SyncUnread]":
    """Look at the syncs and bulk syncs of a workspace, several at once, in the order of names.

    active_only: leave out those that are off. most: how many at most. seconds: for each question.
    """
    with allowing(seconds):
        found = [one for one in _runnables(polytomic) if one.active or not active_only]
    found.sort(key=lambda one: (one.name or "", one.id))

    def look(one: Runnable) -> "SyncState | SyncUnread":
        try:
            with allowing(seconds):
                state = one.status(polytomic)
        except PolytomicError as error:
            return SyncUnread(one.shown, error)
        return SyncState(
            one, state.current_execution, state.last_execution, state.next_execution_time
        )

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
    """A run for programs; one of a bulk sync with what became of each schema."""
    if run is None:
        return None
    shown: dict[str, Any] = {
        "id": run.id,
        "status": run.status,
        "started_at": run.started_at,
        "completed_at": run.completed_at,
        "counts": counts_of(run),
        "errors": run.reasons,
    }
    if isinstance(run, BulkExecution):
        shown["schemas"] = [
            {
                "id": one.schema_id,
                "status": one.status,
                "message": one.status_message or None,
                "records": one.record_count or 0,
                "errors": one.error_count or 0,
            }
            for one in run.schemas or ()
        ]
    return shown


def records_in_words(
    kind: str, records: Sequence[Mapping[str, JsonValue]], count: int, *, more: str, log_url: str
) -> Iterator[str]:
    """The records of a log, a line for each, under a headline; and how many there are beside.

    Args:
        kind: `errors` or `warnings`.
        records: Those that were read.
        count: How many there are.
        more: How to see the others.
        log_url: Where the log files are, which may tell of none in a form that is known.
    """
    if not count:
        return
    if not records:
        yield f"Records with {kind}: {count}. Why, the log files say: {log_url}"
        return
    yield f"Records with {kind}:"
    yield from (f"  {record_in_words(one)}" for one in records)
    if count > len(records):
        yield f"  … and {count - len(records)} more{more}"


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
