"""What a sync does with one row, read from a request's body or from a reply."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from polytomic_provider.facts.functions import FILTER_FUNCTIONS
from polytomic_provider.filtering import CannotEvaluate, Condition, Filter
from polytomic_provider.filtering.logic import label_at
from polytomic_provider.handlers.sync_conditions import MODEL
from polytomic_provider.handlers.sync_forms import is_override
from polytomic_provider.validation import holds_unknown

Wire = Mapping[str, Any]
TARGET = "target"
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
    """The value of a field is replaced where the condition holds; None: nobody can tell."""

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
class Outline:
    """Filters, overrides and cells of a sync, all in terms of one model."""

    tests: tuple[Test, ...]
    logic: str | None
    overrides: tuple[Override, ...]
    cells: tuple[Cell, ...]

    def fields(self) -> set[str]:
        """The fields of the model that it needs to know of a row."""
        conditions = [one.condition for one in (*self.tests, *self.overrides)]
        named = {one.source for one in self.cells}
        named |= {one.field for one in conditions if one is not None}
        named |= {one.value_field for one in conditions if one is not None}
        return {one for one in named if one is not None}


def base_model(wire: Wire) -> Any:
    """The model whose rows become records: that of the identity, else of the first mapping."""
    sources = [one.get("source") for one in (*_identities(wire), *_listed(wire, "fields"))]
    models = (cast("Wire", one).get("model_id") for one in sources if isinstance(one, dict))
    return next((one for one in models if one), None)


def outline_of(wire: Wire, model: Any, names: Mapping[str, str]) -> Outline:
    """What a sync does with the rows of `model`.

    Args:
        wire: The body of `POST /api/syncs`, or a reply.
        model: The model's id, or UNKNOWN.
        names: The names of the model's fields by their ids, as far as known.
    """
    reading = _Reading(model, names)
    tests, logic = reading.filters(wire)
    return Outline(
        tests=tuple(tests),
        logic=logic,
        overrides=tuple(reading.overrides(wire)),
        cells=tuple(reading.cells(wire)),
    )


@dataclass(frozen=True)
class _Reading:
    model: Any
    names: Mapping[str, str]

    def own(self, source: Any) -> str | None:
        """The name of the field where a source, or the id of a field, is one of the model."""
        if isinstance(source, str):
            return self.names.get(source)
        if not isinstance(source, dict):
            return None
        given = cast("Wire", source)
        return given.get("field") if given.get("model_id") == self.model else None

    def filters(self, wire: Wire) -> tuple[list[Test], str | None]:
        """The filters of either shape with their logic; that of the newer is the model's."""
        older = _listed(wire, "filters")
        if older:
            return [self._older(at, one) for at, one in enumerate(older)], _logic(wire)
        group = cast("Wire", wire.get("model_filters") or {})
        tests = [
            self._test(label_at(at), one.get("source"), one)
            for at, one in enumerate(_listed(group, "conditions"))
        ]
        logic: Any = group.get("logic") or None
        for one in _listed(cast("Wire", wire.get("target_filters") or {}), "conditions"):
            words = f"{_words(str(one.get('field')), one)}, in the target"
            tests.append(Test(TARGET, words, None))
        return tests, logic

    def _older(self, at: int, one: Wire) -> Test:
        place = one.get("field") or one.get("field_id")
        if one.get("field_type", MODEL) in (MODEL, None):
            return self._test(label_at(at), place, one)
        return Test(label_at(at), f"{_words(str(place), one)}, in the target", None)

    def _test(self, label: str, place: Any, one: Wire) -> Test:
        field = self.own(place)
        name = field or (cast("Wire", place).get("field") if isinstance(place, dict) else None)
        return Test(label, _words(str(name or "a field"), one), self._condition(field, one))

    def _condition(self, field: str | None, one: Wire) -> Condition | None:
        """The condition, if rows of the model can tell whether it holds."""
        value, other = one.get("value"), one.get("value_field")
        compared = self.own(other) if other else None
        if field is None or (other and compared is None) or holds_unknown(value):
            return None
        condition = Condition(field, str(one.get("function")), value, compared)
        try:
            Filter([condition])
        except CannotEvaluate:
            return None
        return condition

    def overrides(self, wire: Wire) -> Iterator[Override]:
        """The overrides of the model's fields, in their order."""
        for one in _listed(wire, "overrides"):
            field = self.own(one.get("field") or one.get("field_id"))
            if field is not None:
                yield Override(field, self._condition(field, one), one.get("override"))

    def cells(self, wire: Wire) -> Iterator[Cell]:
        """Mappings, constants, then what only the identity fills."""
        done: set[str] = set()
        constants = _listed(wire, "override_fields")
        for one in (*_listed(wire, "fields"), *constants, *_identities(wire)):
            target: Any = one.get("target")
            if not isinstance(target, str) or target in done:
                continue
            done.add(target)
            source = one.get("source")
            if is_override(dict(one)) or not source:
                yield Cell(target, constant=one.get("override_value"))
                continue
            field = self.own(source)
            encrypted = one.get("encryption_enabled") is True
            yield Cell(target, field, told=field is not None, encrypted=encrypted)


def _words(name: str, one: Wire) -> str:
    """A condition without its value, which may be secret."""
    function = str(one.get("function"))
    known = FILTER_FUNCTIONS.get(function)
    words = f"{name} {known.label if known else function}"
    return words if known is not None and known.takes == "nothing" else f"{words} …"


def _logic(wire: Wire) -> str | None:
    logic: Any = wire.get("filter_logic")
    return logic if isinstance(logic, str) and logic.strip() else None


def _identities(wire: Wire) -> list[Wire]:
    newer = _listed(cast("Wire", wire.get("identities") or {}), "mappings")
    one: Any = wire.get("identity")
    return newer or ([one] if isinstance(one, dict) else [])


def _listed(wire: Wire, name: str) -> list[Wire]:
    return [one for one in cast("Sequence[Any]", wire.get(name) or ()) if isinstance(one, dict)]
