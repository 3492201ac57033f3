"""The plan of a sync: its filters, overrides and target fields, for one row of the model."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from polytomic_provider.facts.functions import FILTER_FUNCTIONS
from polytomic_provider.facts.sync_rules import MODES_THAT_MATCH
from polytomic_provider.filtering import CannotEvaluate, Condition, Filter
from polytomic_provider.filtering.logic import label_at
from polytomic_provider.spec.sync import MODEL, TARGET, Source, SyncSpec
from polytomic_provider.spec.sync import Condition as Described
from polytomic_provider.validation import holds_unknown

IN_TARGET = "target"
"""The label of a target filter, whose letters are not those of the model's filters."""


@dataclass(frozen=True)
class Test:
    """A filter or the condition of an override, called by its letter.

    `condition` is None where one row of the model does not tell whether it holds: it is about the
    target, about another model, or compares with a value that is not known yet.
    """

    label: str
    words: str
    condition: Condition | None


@dataclass(frozen=True)
class Override:
    """Replaces a field's value where the condition holds; None if a row cannot tell."""

    field: str
    condition: Condition | None
    value: Any


@dataclass(frozen=True)
class Cell:
    """One target field: filled from a field of the model, else with a constant.

    `told` is False where the model's rows do not have it: it is a field of another model.
    """

    target: str
    source: str | None = None
    constant: Any = None
    told: bool = True
    encrypted: bool = False


@dataclass(frozen=True)
class SyncPlan:
    """Filters, overrides and cells of a sync, all in terms of one model.

    `matched_by` are the fields that records are matched by, empty where nobody can tell; all must
    have a value where `matches_together`, else one of them.
    """

    tests: tuple[Test, ...]
    logic: str | None
    overrides: tuple[Override, ...]
    cells: tuple[Cell, ...]
    matched_by: tuple[str, ...] = ()
    matches_together: bool = False

    def fields(self) -> set[str]:
        """The fields of the model that it needs to know of a row."""
        conditions = [one.condition for one in (*self.tests, *self.overrides)]
        named = {one.source for one in self.cells}
        named |= {one.field for one in conditions if one is not None}
        named |= {one.value_field for one in conditions if one is not None}
        named |= set(self.matched_by)
        return {one for one in named if one is not None}


def plan_of(spec: SyncSpec, model: Any, names: Mapping[str, str]) -> SyncPlan:
    """Build the plan of a sync for the rows of `model`.

    Args:
        spec: The sync, as a program declares it or as a reply shows it.
        model: The model's id, or the unknown that stands for it.
        names: The names of the model's fields by their ids, as far as known.
    """
    reading = _Reading(model, names)
    return SyncPlan(
        tests=tuple(reading.tests(spec)),
        logic=_text(spec.filters_on(MODEL).logic),
        overrides=tuple(reading.overrides(spec)),
        cells=tuple(reading.cells(spec)),
        matched_by=tuple(reading.matched_by(spec)),
        matches_together=spec.strategy == "and",
    )


@dataclass(frozen=True)
class _Reading:
    model: Any
    names: Mapping[str, str]

    def own(self, source: Source | None) -> str | None:
        """The name of the field where a source is a field of the model."""
        if source is None or not isinstance(source.field, str):
            return None
        same = source.model is self.model or source.model == self.model
        return source.field if same else None

    def tests(self, spec: SyncSpec) -> Iterator[Test]:
        """The filters of the model by their letters, then those of the target."""
        for at, one in enumerate(spec.filters_on(MODEL).conditions):
            yield self._test(label_at(at), one)
        for one in spec.filters_on(TARGET).conditions:
            words = f"{_words(str(one.field or one.field_id), one)}, in the target"
            yield Test(IN_TARGET, words, None)

    def _field(self, one: Described) -> str | None:
        if isinstance(one.field_id, str):
            return self.names.get(one.field_id)
        return self.own(one.source)

    def _test(self, label: str, one: Described) -> Test:
        name = self._field(one) or (one.source.field if one.source is not None else None)
        words = _words(name if isinstance(name, str) else "a field", one)
        return Test(label, words, self._condition(one))

    def _condition(self, one: Described) -> Condition | None:
        """Return the condition if rows of the model are enough to apply it."""
        field, compared = self._field(one), self.own(one.value_source)
        if field is None or (one.value_source is not None and compared is None):
            return None
        if holds_unknown(one.value):
            return None
        condition = Condition(field, str(one.function), one.value, compared)
        try:
            Filter([condition])
        except CannotEvaluate:
            return None
        return condition

    def overrides(self, spec: SyncSpec) -> Iterator[Override]:
        """The overrides of the model's fields, in their order."""
        for one in spec.overrides:
            field = self._field(one.condition)
            if field is not None:
                yield Override(field, self._condition(one.condition), one.override)

    def cells(self, spec: SyncSpec) -> Iterator[Cell]:
        """Mappings, constants, then what only the identity fills."""
        done: set[str] = set()
        for one in (*spec.mappings, *spec.constants):
            if not isinstance(one.target, str) or one.target in done:
                continue
            done.add(one.target)
            if one.override_value is not None or one.source is None:
                yield Cell(one.target, constant=one.override_value)
                continue
            field = self.own(one.source)
            encrypted = one.encryption_enabled is True
            yield Cell(one.target, field, told=field is not None, encrypted=encrypted)
        for one in spec.identities:
            if isinstance(one.target, str) and one.target not in done:
                done.add(one.target)
                field = self.own(one.source)
                yield Cell(one.target, field, told=field is not None)

    def matched_by(self, spec: SyncSpec) -> list[str]:
        """Return the model's fields that records are matched by; none if other models count too."""
        if spec.mode not in MODES_THAT_MATCH:
            return []
        fields = [self.own(one.source) for one in spec.identities]
        told = [field for field in fields if field is not None]
        return told if len(told) == len(fields) else []


def _words(name: str, one: Described) -> str:
    """A condition without its value, which may be secret."""
    function = str(one.function)
    known = FILTER_FUNCTIONS.get(function)
    words = f"{name} {known.label if known else function}"
    return words if known is not None and known.takes == "nothing" else f"{words} …"


def _text(logic: Any) -> str | None:
    return logic if isinstance(logic, str) and logic.strip() else None
