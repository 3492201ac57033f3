"""A run's page: its counts, and record by record what landed, failed, was dropped, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from polytomic_emulator.console import wording
from polytomic_emulator.console.picture import picture_of
from polytomic_emulator.console.rendering import Page
from polytomic_emulator.console.routing import Console, Visit
from polytomic_emulator.state.results import Outcome
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync

_PER_PAGE = 25
_WRITTEN = ("inserted", "updated", "upserted", "deleted")


@dataclass(frozen=True)
class Kind:
    """Records that ended alike, and how many; `here`: they are the ones that are shown."""

    name: str
    label: str
    number: int
    here: bool = False


@dataclass(frozen=True)
class Change:
    """One field that was written. before: what was there, None where nothing was."""

    field: str
    after: str
    before: str | None


@dataclass(frozen=True)
class RecordRow:
    """What became of one record, in words."""

    outcome: Outcome
    read: list[tuple[str, str]]
    written: list[Change]
    dropped_by: str


_KINDS: dict[str, tuple[str, Callable[[Outcome], bool]]] = {
    "all": ("All records", lambda _: True),
    "landed": ("Landed", lambda one: one.status in _WRITTEN),
    "failed": ("Failed", lambda one: one.status == "failed"),
    "dropped": ("Dropped by a filter", lambda one: one.status == "filtered"),
    "unchanged": ("Unchanged", lambda one: one.status == "unchanged"),
    "skipped": ("Skipped", lambda one: one.status == "skipped"),
    "warnings": ("With warnings", lambda one: bool(one.warnings)),
}


def show(console: Console, visit: Visit) -> Page:
    """The page; `?show=` chooses the records, `?page=` goes on."""
    state = console.state
    sync = state.syncs.get(visit.params["id"])
    execution = state.executions.get(visit.params["execution_id"], sync.id)
    outcomes = state.results.of(execution.id)
    chosen = visit.query.get("show", "all")
    chosen = chosen if chosen in _KINDS else "all"
    wanted = [one for one in outcomes if _KINDS[chosen][1](one)]
    begin = _PER_PAGE * _number(visit.query.get("page", ""))
    labels = _labels(state, sync.model_ids())
    values: dict[str, Any] = {
        "sync": sync,
        "execution": execution,
        "counts": [(wording.count_name(name), n) for name, n in execution.counts.items()],
        "kinds": [
            Kind(name, label, sum(map(fits, outcomes)), here=name == chosen)
            for name, (label, fits) in _KINDS.items()
        ],
        "label": _KINDS[chosen][0],
        "rows": [_row(one, labels) for one in wanted[begin : begin + _PER_PAGE]],
        "first": begin + 1,
        "last": min(begin + _PER_PAGE, len(wanted)),
        "number": len(wanted),
        "earlier": _address(chosen, begin - _PER_PAGE) if begin else None,
        "later": _address(chosen, begin + _PER_PAGE) if begin + _PER_PAGE < len(wanted) else None,
        "log": state.results.log(execution.id),
        "filters": _filters(state, sync) if sync.updated_at <= execution.created_at else {},
    }
    return Page("execution.html", values)


def _number(text: str) -> int:
    return int(text) - 1 if text.isdecimal() and int(text[:6]) > 0 else 0


def _address(chosen: str, begin: int) -> str:
    return "?" + urlencode({"show": chosen, "page": begin // _PER_PAGE + 1})


def _labels(state: State, model_ids: list[str]) -> dict[str, str]:
    """What people call the fields of the first model, which outcomes name by name alone."""
    found = [one for one in map(state.models.find, model_ids[:1]) if one is not None]
    return {field.name: field.label for model in found for field in model.fields}


def _filters(state: State, sync: Sync) -> dict[str, str]:
    """The filters in words, by the letter that outcomes name them by."""
    return {
        one.label: f"{one.field.label} {one.verb} {one.value}".strip()
        for one in picture_of(state, sync).model_filters
    }


def _row(outcome: Outcome, labels: dict[str, str]) -> RecordRow:
    before = outcome.before
    return RecordRow(
        outcome=outcome,
        read=[
            (labels.get(name, name), wording.value(found)) for name, found in outcome.source.items()
        ],
        written=[
            Change(
                name,
                wording.value(found),
                wording.value(before[name]) if name in before and before[name] != found else None,
            )
            for name, found in outcome.target.items()
        ],
        dropped_by=f"Filter {outcome.filter}" if outcome.filter else "",
    )
