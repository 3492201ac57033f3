"""What becomes of each row of a sample: which filter drops it, else what lands in the target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from polytomic_provider.filtering import Filter, holds
from polytomic_provider.filtering.values import same
from polytomic_provider.previews.outline import IN_TARGET, Cell, Outline, Test

Row = Mapping[str, Any]
Origin = Literal["row", "override", "constant", "elsewhere"]


class CannotTell(Exception):
    """Rows of the model alone do not tell which of them pass; the text says why."""


@dataclass(frozen=True)
class Landed:
    """What a target field gets. `origin` `elsewhere`: nobody can tell from a row of the model."""

    cell: Cell
    value: Any
    origin: Origin

    def equals(self, other: "Landed") -> bool:
        """Whether the same lands in the same way."""
        if self.cell.encrypted != other.cell.encrypted:
            return False
        return self.cell.target == other.cell.target and same(self.value, other.value)


@dataclass(frozen=True)
class Outcome:
    """A row: `dropped_by` one of the tests, or what lands, by target field.

    `unmatched`: the row passes, and fails in a run, since it has no value to match records by.
    """

    dropped_by: Test | None
    landed: Mapping[str, Landed]
    unmatched: bool = False

    @property
    def kept(self) -> bool:
        """Whether the row passes the filters."""
        return self.dropped_by is None

    def differing(self, other: "Outcome") -> list[str]:
        """The target fields that get something else, or nothing, in the other outcome."""
        targets = dict.fromkeys((*self.landed, *other.landed))
        return [
            target
            for target in targets
            if (one := self.landed.get(target)) is None
            or (two := other.landed.get(target)) is None
            or not one.equals(two)
        ]


def outcomes(outline: Outline, rows: Sequence[Row], now: datetime) -> list[Outcome]:
    """What becomes of each row, in their order. Raises CannotTell."""
    told, chosen = _filter(outline)
    found: list[Outcome] = []
    for row in rows:
        failure = chosen.first_failure(row, now=now)
        if failure is not None:
            found.append(Outcome(told[failure], {}))
            continue
        values, origins = _overridden(outline, row, now)
        landed = _landed(outline, values, origins)
        found.append(Outcome(None, landed, _is_unmatched(outline, values, origins)))
    return found


def untold(outline: Outline) -> list[Test]:
    """The filters that say nothing about a row of the model alone."""
    return [one for one in outline.tests if one.condition is None]


def _filter(outline: Outline) -> tuple[Sequence[Test], Filter]:
    """The tests that rows can be held to, and the filter that they make."""
    told = [one for one in outline.tests if one.condition is not None]
    conditions = [one.condition for one in told if one.condition is not None]
    if outline.logic is None:
        return told, Filter(conditions)
    named = [one for one in outline.tests if one.label != IN_TARGET]
    if len(told) < len(named):
        raise CannotTell("its filter logic names filters that rows of the model do not tell")
    return told, Filter(conditions, outline.logic)


def _overridden(
    outline: Outline, row: Row, now: datetime
) -> tuple[dict[str, Any], dict[str, Origin]]:
    """Return the row's values after overrides, and where those that changed come from."""
    values = dict(row)
    origins: dict[str, Origin] = {}
    for override in outline.overrides:
        if override.field in origins:
            continue
        if override.condition is None:
            origins[override.field] = "elsewhere"
        elif holds(override.condition, row, now=now):
            values[override.field] = override.value
            origins[override.field] = "override"
    return values, origins


def _is_unmatched(outline: Outline, values: Row, origins: Mapping[str, Origin]) -> bool:
    """Return whether the row surely has no value to match records by."""
    if not outline.matched_by or any(origins.get(f) == "elsewhere" for f in outline.matched_by):
        return False
    empty = [values.get(field) in (None, "") for field in outline.matched_by]
    return any(empty) if outline.matches_together else all(empty)


def _landed(outline: Outline, values: Row, origins: Mapping[str, Origin]) -> dict[str, Landed]:
    found: dict[str, Landed] = {}
    for cell in outline.cells:
        if not cell.told:
            found[cell.target] = Landed(cell, None, "elsewhere")
        elif cell.source is None:
            found[cell.target] = Landed(cell, cell.constant, "constant")
        else:
            origin = origins.get(cell.source, "row")
            value = None if origin == "elsewhere" else values.get(cell.source)
            found[cell.target] = Landed(cell, value, origin)
    return found
