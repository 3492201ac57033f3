"""Whether two filter logics mean the same: `A or (B and C)` is `(c AND b) OR a` after relettering.

The API letters conditions by position, so a server that keeps them in another order shows another
text for the same logic.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from polytomic_provider.filtering.logic import Logic, labels_of, parse

Meaning: TypeAlias = "str | tuple[str, frozenset[Meaning]]"
"""A label, or an operator with the set of what it joins."""


def meaning_of(logic: str | None, labels: Mapping[str, str], count: int) -> Meaning:
    """The logic without order, spelling and needless brackets; no logic joins all with `and`.

    `labels` renames each label. Raises ValueError for a text that is no logic.
    """
    parsed = parse(logic)
    if parsed is None:
        return _join("and", [labels.get(label, label) for label in labels_of(count)])
    return _meaning(parsed, labels)


def _meaning(logic: Logic, labels: Mapping[str, str]) -> Meaning:
    if isinstance(logic, str):
        return labels.get(logic, logic)
    return _join(logic.operator, [_meaning(part, labels) for part in logic.parts])


def _join(operator: str, parts: Sequence[Meaning]) -> Meaning:
    """Join, taking in what is joined by the same operator already."""
    flat: set[Meaning] = set()
    for part in parts:
        if isinstance(part, str) or part[0] != operator:
            flat.add(part)
        else:
            flat |= part[1]
    return next(iter(flat)) if len(flat) == 1 else (operator, frozenset(flat))
