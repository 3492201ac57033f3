"""Applies a sync to sample rows: which filter drops a row, or what lands in the target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from polytomic_provider.filtering import Filter, holds
from polytomic_provider.filtering.values import same
from polytomic_provider.previews.sync_plan import IN_TARGET, Cell, SyncPlan, Test

Row = Mapping[str, Any]
Origin = Literal["row", "override", "constant", "elsewhere"]


class CannotTell(Exception):
    """The rows of the model are not enough to apply the filters; the text says why."""


@dataclass(frozen=True)
class Landed:
    """What a target field gets; `origin` is `elsewhere` if a row of the model cannot tell."""

    cell: Cell
    value: Any
    origin: Origin

    def equals(self, other: "Landed") -> bool:
        """Return whether two results are equal."""
        if self.cell.encrypted != other.cell.encrypted:
            return False
        return self.cell.target == other.cell.target and same(self.value, other.value)


@dataclass(frozen=True)
class RowResult:
    """The result of a row: the filter that drops it, or what lands, by target field.

    `unmatched`: the row passes, and fails in a run, since it has no value to match records by.
    """

    dropped_by: Test | None
    landed: Mapping[str, Landed]
    unmatched: bool = False

    @property
    def kept(self) -> bool:
        """Return whether the row passes the filters."""
        return self.dropped_by is None

    def differing(self, other: "RowResult") -> list[str]:
        """Return the target fields whose value differs in the other result."""
        targets = dict.fromkeys((*self.landed, *other.landed))
        return [
            target
            for target in targets
            if (one := self.landed.get(target)) is None
            or (two := other.landed.get(target)) is None
            or not one.equals(two)
        ]


def results_of(plan: SyncPlan, rows: Sequence[Row], now: datetime) -> list[RowResult]:
    """Apply the plan to each row, in order. Raises CannotTell."""
    told, chosen = _filter(plan)
    found: list[RowResult] = []
    for row in rows:
        failure = chosen.first_failure(row, now=now)
        if failure is not None:
            found.append(RowResult(told[failure], {}))
            continue
        values, origins = _overridden(plan, row, now)
        landed = _landed(plan, values, origins)
        found.append(RowResult(None, landed, _is_unmatched(plan, values, origins)))
    return found


def untold(plan: SyncPlan) -> list[Test]:
    """Return the filters that a row of the model is not enough to apply."""
    return [one for one in plan.tests if one.condition is None]


def _filter(plan: SyncPlan) -> tuple[Sequence[Test], Filter]:
    """Return the tests that can be applied to rows, and the filter that they make."""
    told = [one for one in plan.tests if one.condition is not None]
    conditions = [one.condition for one in told if one.condition is not None]
    if plan.logic is None:
        return told, Filter(conditions)
    named = [one for one in plan.tests if one.label != IN_TARGET]
    if len(told) < len(named):
        raise CannotTell("its filter logic names filters that rows of the model do not tell")
    return told, Filter(conditions, plan.logic)


def _overridden(
    plan: SyncPlan, row: Row, now: datetime
) -> tuple[dict[str, Any], dict[str, Origin]]:
    """Return the row's values after overrides, and where those that changed come from."""
    values = dict(row)
    origins: dict[str, Origin] = {}
    for override in plan.overrides:
        if override.field in origins:
            continue
        if override.condition is None:
            origins[override.field] = "elsewhere"
        elif holds(override.condition, row, now=now):
            values[override.field] = override.value
            origins[override.field] = "override"
    return values, origins


def _is_unmatched(plan: SyncPlan, values: Row, origins: Mapping[str, Origin]) -> bool:
    """Return whether the row surely has no value to match records by."""
    if not plan.matched_by or any(origins.get(f) == "elsewhere" for f in plan.matched_by):
        return False
    empty = [values.get(field) in (None, "") for field in plan.matched_by]
    return any(empty) if plan.matches_together else all(empty)


def _landed(plan: SyncPlan, values: Row, origins: Mapping[str, Origin]) -> dict[str, Landed]:
    found: dict[str, Landed] = {}
    for cell in plan.cells:
        if not cell.told:
            found[cell.target] = Landed(cell, None, "elsewhere")
        elif cell.source is None:
            found[cell.target] = Landed(cell, cell.constant, "constant")
        else:
            origin = origins.get(cell.source, "row")
            value = None if origin == "elsewhere" else values.get(cell.source)
            found[cell.target] = Landed(cell, value, origin)
    return found
