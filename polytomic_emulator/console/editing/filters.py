"""The form of a sync's filters, the logic that combines them, and its overrides."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from polytomic_emulator.console import wording
from polytomic_emulator.console.editing.controls import (
    Choice,
    Control,
    Draft,
    Row,
    Section,
    box,
    select,
    typed,
)
from polytomic_emulator.console.editing.fields import (
    Fields,
    fields_of,
    reference,
    source_of,
    target_of,
    target_reference,
)
from polytomic_emulator.console.editing.rows import (
    form_of,
    kept,
    position_before,
    rows_of,
)
from polytomic_emulator.console.routing import Form
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Condition, Override, Sync
from polytomic_provider.facts.functions import FILTER_FUNCTIONS
from polytomic_provider.filtering.logic import label_at

TITLE: str = "Edit filters and overrides"
_CHOOSE = Choice("", "Choose a field")
_FUNCTIONS = [(one.id, f"{one.label} ({one.id})") for one in FILTER_FUNCTIONS.values()]
_LISTS = ("list", "pair")
_VALUE_HINTS = {
    "nothing": "Takes no value",
    "list": "Several, with commas",
    "pair": "Two, with a comma",
}


def filled(state: State, sync: Sync) -> Form:
    """The form as the sync is."""
    filters = [
        {
            "was": str(position),
            "label": label,
            "field": _reference(one),
            "function": one.function,
            "value": wording.value(one.value),
        }
        for position, (one, label) in enumerate(_labelled(sync))
    ]
    overrides = [
        {
            "was": str(position),
            "field": reference(one.source),
            "function": one.function or "",
            "value": wording.value(one.value),
            "becomes": wording.value(one.override),
        }
        for position, one in enumerate(sync.overrides)
    ]
    logic = {"logic": sync.model_logic, "target_logic": sync.target_logic}
    return form_of(logic, {"filter": filters, "override": overrides})


def _labelled(sync: Sync) -> Iterator[tuple[Condition, str]]:
    counts = {"Model": 0, "Target": 0}
    for one in sync.conditions:
        yield one, label_at(counts[one.kind])
        counts[one.kind] += 1


def _reference(condition: Condition) -> str:
    if condition.source is not None:
        return reference(condition.source)
    return target_reference(condition.target or "")


def sections(state: State, sync: Sync, form: Form) -> list[Section]:
    """What the page draws."""
    fields = fields_of(state, sync)
    filters = [_filter(sync, fields, n, row) for n, row in enumerate(rows_of(form, "filter"))]
    hint = "Such as A and (B or C), with the letters of the filters. Empty: all of them must hold."
    logic = [Control("logic", "Logic of the filters on the model", form.text("logic"), hint=hint)]
    if sync.conditions_of("Target") or form.text("target_logic"):
        text = form.text("target_logic")
        logic.append(Control("target_logic", "Logic of the filters on the target", text))
    return [
        Section(
            "Filters",
            "Only records for which these hold are written.",
            tuple(filters),
            adds="filter",
        ),
        Section("Logic", "How the filters are combined.", (Row("", tuple(logic)),)),
        Section(
            "Overrides",
            "Where a condition holds, another value takes the place of the field's own.",
            tuple(_override(fields, n, row) for n, row in enumerate(rows_of(form, "override"))),
            adds="override",
        ),
    ]


def _filter(sync: Sync, fields: Fields, position: int, row: dict[str, str]) -> Row:
    at = f"filter-{position}"
    before = position_before(row, len(sync.conditions))
    compared = sync.conditions[before].value_source if before is not None else None
    hint = f"Empty: compares with {compared.field} of the model" if compared else ""
    label = row.get("label", "")
    return Row(
        f"Filter {label}" if label else "New filter",
        (
            fields.of_both(f"{at}-field", "Field", row.get("field", ""), _CHOOSE),
            select(f"{at}-function", "Comparison", row.get("function", ""), _FUNCTIONS),
            Control(f"{at}-value", "Value", row.get("value", ""), hint=hint or _hint(row)),
            box(f"{at}-remove", "Remove this filter", "remove" in row),
        ),
        hidden=((f"{at}-was", row.get("was", "")), (f"{at}-label", label)),
    )


def _hint(row: dict[str, str]) -> str:
    known = FILTER_FUNCTIONS.get(row.get("function", ""))
    if known is None or known.takes == "value":
        return ""
    return _VALUE_HINTS[known.takes]


def _override(fields: Fields, position: int, row: dict[str, str]) -> Row:
    at = f"override-{position}"
    return Row(
        f"Override {position + 1}",
        (
            fields.of_models(f"{at}-field", "Field", row.get("field", ""), _CHOOSE),
            select(f"{at}-function", "Comparison", row.get("function", ""), _FUNCTIONS),
            Control(f"{at}-value", "Value", row.get("value", ""), hint=_hint(row)),
            Control(f"{at}-becomes", "Becomes", row.get("becomes", "")),
            box(f"{at}-remove", "Remove this override", "remove" in row),
        ),
        hidden=((f"{at}-was", row.get("was", "")),),
    )


def draft(state: State, sync: Sync, form: Form) -> Draft:
    """The changes, in the keys of the PUT."""
    fields = fields_of(state, sync)
    places = {"filter_logic": "logic", "target.filter_logic": "target_logic"}
    filters: list[dict[str, Any]] = []
    taken: dict[str, list[str]] = {"Model": [], "Target": []}
    for position, row in kept(form, "filter", ("field", "value")):
        before = position_before(row, len(sync.conditions))
        known = sync.conditions[before] if before is not None else None
        made = _condition(fields, row, known)
        made["label"] = _label(row, known, made["field_type"], taken, len(sync.conditions))
        taken[made["field_type"]].append(made["label"])
        places |= _places(f"filters[{len(filters)}]", f"filter-{position}")
        filters.append(made)
    overrides: list[dict[str, Any]] = []
    for position, row in kept(form, "override", ("field", "value", "becomes")):
        before = position_before(row, len(sync.overrides))
        known = sync.overrides[before] if before is not None else None
        made = _condition(fields, row, known)
        before_text = wording.value(known.override) if known else None
        kind = fields.type_of(row.get("field", ""))
        old = known.override if known else None
        made["override"] = typed(row.get("becomes", ""), kind, old, before_text)
        place = f"overrides[{len(overrides)}]"
        places |= _places(place, f"override-{position}")
        overrides.append(made)
    target_logic = form.text("target_logic") if taken["Target"] else None
    changes = {
        "filters": filters,
        "filter_logic": form.text("logic"),
        "target": {"filter_logic": target_logic},
        "overrides": overrides,
    }
    return Draft(changes, places)


def _places(path: str, at: str) -> dict[str, str]:
    return {
        path: f"{at}-field",
        f"{path}.function": f"{at}-function",
        f"{path}.value": f"{at}-value",
        f"{path}.value_field": f"{at}-value",
    }


def _condition(
    fields: Fields, row: dict[str, str], before: Condition | Override | None
) -> dict[str, Any]:
    chosen, function = row.get("field", ""), row.get("function", "")
    source, target = source_of(chosen), target_of(chosen)
    old = before.value if before else None
    shown = wording.value(old) if before else None
    value = typed(row.get("value", ""), fields.type_of(chosen), old, shown)
    known = FILTER_FUNCTIONS.get(function)
    if known is not None and known.takes in _LISTS and isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    compared = before.value_source if isinstance(before, Condition) and value is None else None
    return {
        "field": asdict(source) if source else None,
        "field_id": target,
        "field_type": "Target" if target is not None else "Model",
        "function": function,
        "value": value,
        "value_field": asdict(compared) if compared else None,
    }


def _label(
    row: dict[str, str],
    before: Condition | None,
    kind: str,
    taken: dict[str, list[str]],
    count: int,
) -> str:
    """The letter that the logic knows a filter by: its own, or for a new one a fresh one."""
    if before is not None and before.kind == kind:
        return row.get("label", "")
    fresh = (label_at(position) for position in range(count, count + 5_000))
    return next(label for label in fresh if label not in taken[kind])
