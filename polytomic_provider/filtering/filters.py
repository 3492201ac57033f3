"""Several conditions and the logic that combines them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from polytomic_provider.filtering.conditions import Condition, checked, holds
from polytomic_provider.filtering.errors import CannotEvaluate
from polytomic_provider.filtering.logic import (
    Joined,
    Logic,
    LogicError,
    labels_of,
    named_in,
    parse,
)


@dataclass(frozen=True)
class Filter:
    """Conditions called A, B, C … by position, and how they combine; no logic asks for all.

    Raises CannotEvaluate when it is made of a condition or a logic that makes no sense, so that
    matching never does.
    """

    conditions: Sequence[Condition]
    logic: str | None = None
    _parsed: Logic = field(init=False, repr=False, compare=False)
    _positions: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for condition in self.conditions:
            checked(condition)
        labels = labels_of(len(self.conditions))
        try:
            parsed = parse(self.logic)
        except LogicError as error:
            raise CannotEvaluate(f"filter logic {error}") from None
        named = set(labels if parsed is None else named_in(parsed))
        if named != set(labels):
            raise CannotEvaluate(
                f"filter logic must name {', '.join(labels) or 'nothing'}; "
                f"it names {', '.join(sorted(named))}"
            )
        whole = Joined("and", tuple(labels)) if parsed is None else parsed
        object.__setattr__(self, "_parsed", whole)
        object.__setattr__(self, "_positions", {label: at for at, label in enumerate(labels)})

    def matches(self, record: Mapping[str, Any], *, now: datetime) -> bool:
        """Whether a record passes; without conditions every one does."""
        return self.first_failure(record, now=now) is None

    def first_failure(self, record: Mapping[str, Any], *, now: datetime) -> int | None:
        """The position of the condition that best says why a record is dropped; None if it passes.

        Of conditions joined by `and` the first that fails; of those joined by `or`, which all
        fail, the first.
        """
        return self._failure(self._parsed, record, now)

    def _failure(self, logic: Logic, record: Mapping[str, Any], now: datetime) -> int | None:
        if isinstance(logic, str):
            position = self._positions[logic]
            return None if holds(self.conditions[position], record, now=now) else position
        failures = (self._failure(part, record, now) for part in logic.parts)
        if logic.operator == "and":
            return next((one for one in failures if one is not None), None)
        every = list(failures)
        return None if None in every else every[0]
