"""The lines of a preview about a sample of rows: how many pass, what drops the others, examples."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from polytomic_provider.previews.row_results import (
    CannotTell,
    Landed,
    Row,
    RowResult,
    results_of,
    untold,
)
from polytomic_provider.previews.showing import shown
from polytomic_provider.previews.sync_plan import SyncPlan
from polytomic_provider.validation import holds_unknown

EXAMPLES = 3
MOST_NAMED = 5


@dataclass(frozen=True)
class SampleOptions:
    """How much is shown: with example rows or not, values in plain or masked.

    `hide_constants`: the program keeps a constant or an override secret.
    """

    rows: bool = False
    plain: bool = False
    hide_constants: bool = False


def sample_lines(
    after: SyncPlan,
    before: SyncPlan | None,
    rows: Sequence[Row],
    look: SampleOptions,
    now: datetime,
    rows_before: Sequence[Row] | None = None,
) -> list[str]:
    """Describe what the sync does with the rows; with `before`, what the change alters.

    `rows_before` are those that the sync reads now, where its model changes: others than `rows`,
    so that no row can be compared with itself.

    Raises CannotTell.
    """
    if not rows:
        return ["Sample: the source gave no row."]
    found = results_of(after, rows, now)
    lines = [_counts(after, found)]
    earlier: list[RowResult] | None = None
    if rows_before is not None:
        lines.append(_other_rows(before or after, rows_before, now))
    elif before is not None and before != after:
        earlier = _earlier(after, before, rows, now)
        lines.append(_change(earlier, found))
    if look.rows:
        lines += _examples(found, earlier, look)
    return lines


def _earlier(
    after: SyncPlan, before: SyncPlan, rows: Sequence[Row], now: datetime
) -> list[RowResult] | None:
    """Return the results before the change, in the program's order of target fields."""
    order = {cell.target: at for at, cell in enumerate(after.cells)}
    cells = sorted(before.cells, key=lambda cell: order.get(cell.target, len(order)))
    try:
        return results_of(replace(before, cells=tuple(cells)), rows, now)
    except CannotTell:
        return None


def _counts(plan: SyncPlan, found: Sequence[RowResult]) -> str:
    kept = sum(one.kept for one in found)
    dropped = Counter(one.dropped_by.label for one in found if one.dropped_by is not None)
    causes = [
        f"{one.label}: {one.words}: {dropped[one.label]}"
        for one in plan.tests
        if dropped[one.label]
    ]
    text = f"Sample of {_rows(len(found))}: "
    if plan.tests:
        text += f"{kept} kept, {len(found) - kept} dropped"
        text += f" ({', '.join(causes)})." if causes else "."
    else:
        text += "all kept, there is no filter."
    text += _unmatched(plan, found)
    left = [one.words for one in untold(plan)]
    return f"{text} Not looked at: {'; '.join(left)}." if left else text


def _unmatched(plan: SyncPlan, found: Sequence[RowResult]) -> str:
    """Return the rows that pass the filters and will fail in a run."""
    failing = sum(one.unmatched for one in found)
    if not failing:
        return ""
    fields = (" and " if plan.matches_together else " or ").join(plan.matched_by)
    return f" {_rows(failing)} of them would fail: no value of {fields} to match by."


def _other_rows(before: SyncPlan, rows: Sequence[Row], now: datetime) -> str:
    """Describe how many rows pass in the data that the sync reads now."""
    try:
        kept = sum(one.kept for one in results_of(before, rows, now))
    except CannotTell:
        return "How many are kept of the data that it reads now cannot be told."
    return (
        f"Of the data that it reads now: {kept} of {_rows(len(rows))} kept. "
        "The change of its model brings other rows."
    )


def _change(earlier: Sequence[RowResult] | None, found: Sequence[RowResult]) -> str:
    if earlier is None:
        return "How many are kept before this change cannot be told from these rows."
    kept = sum(one.kept for one in earlier)
    pairs = list(zip(earlier, found, strict=True))
    lost = sum(one.kept and not two.kept for one, two in pairs)
    won = sum(two.kept and not one.kept for one, two in pairs)
    targets = [two.differing(one) for one, two in pairs if one.kept and two.kept]
    other = [one for one in targets if one]
    text = f"Before this change: {kept} kept, {len(earlier) - kept} dropped."
    parts = [
        *([f"drops {lost} of the kept"] if lost else []),
        *([f"keeps {won} of the dropped"] if won else []),
        *([f"lands {_rows(len(other))} differently ({_names(other)})"] if other else []),
    ]
    if not parts:
        return f"{text} For these rows the change makes no difference."
    return f"{text} The change {_joined(parts)}."


def _names(targets: Sequence[Sequence[str]]) -> str:
    names = list(dict.fromkeys(name for one in targets for name in one))
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _joined(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _examples(
    found: Sequence[RowResult], earlier: Sequence[RowResult] | None, look: SampleOptions
) -> list[str]:
    """Choose three example rows: first those that the change alters, then others that pass."""
    pairs = [(two, earlier[at] if earlier else None) for at, two in enumerate(found)]
    pairs = [pair for pair in pairs if pair[0].kept or (pair[1] is not None and pair[1].kept)]
    chosen = sorted(enumerate(pairs), key=lambda item: (not _touched(*item[1]), item[0]))
    return [
        f"Row {number}: {_example(after, before, look)}"
        for number, (_, (after, before)) in enumerate(chosen[:EXAMPLES], 1)
    ]


def _touched(after: RowResult, before: RowResult | None) -> bool:
    if before is None:
        return False
    return before.kept != after.kept or bool(before.differing(after))


def _example(after: RowResult, before: RowResult | None, look: SampleOptions) -> str:
    test = after.dropped_by
    if test is not None:
        # Of the sync as it is, only what comes from the row is safe to show: see `_before`.
        landed = before.landed.items() if before else ()
        own = {target: one for target, one in landed if one.origin == "row"}
        return f"{_cells(own, look)} (dropped now, {test.label}: {test.words})"
    if before is None:
        return _cells(after.landed, look)
    if not before.kept:
        return f"{_cells(after.landed, look)} (kept now)"
    return _cells(after.landed, look, before)


def _cells(
    landed: Mapping[str, Landed], look: SampleOptions, before: RowResult | None = None
) -> str:
    differing = [] if before is None else before.differing(RowResult(None, landed))
    shown_cells: list[str] = []
    for target in dict.fromkeys((*landed, *differing)):
        text = _cell(landed.get(target), target, look)
        if before is not None and target in differing:
            old = before.landed.get(target)
            text += f" (before: {'nothing' if old is None else _before(old, look)})"
        shown_cells.append(text)
    return ", ".join(shown_cells)


def _cell(one: Landed | None, target: str, look: SampleOptions) -> str:
    if one is None:
        return f"{target}: not mapped"
    source = one.cell.source or ("a constant" if one.origin == "constant" else "another model")
    return f"{source} → {target}: {_value(one, look)}"


def _value(one: Landed, look: SampleOptions) -> str:
    if one.cell.encrypted:
        return "(encrypted)"
    if one.origin == "elsewhere":
        return "(not told by a row)"
    if one.origin != "row" and look.hide_constants:
        return "[secret]"
    if holds_unknown(one.value):
        return "(not known yet)"
    text = shown(one.value, plain=look.plain)
    return f"{text} (override)" if one.origin == "override" else text


def _before(one: Landed, look: SampleOptions) -> str:
    """Show the value before a change; not a constant, which may be secret."""
    if one.origin in ("constant", "override") and not one.cell.encrypted:
        return "another constant"
    return _value(one, look)
