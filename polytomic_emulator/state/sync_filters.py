"""The rules about a sync's filters and overrides: fields, functions, values, labels, logic."""

from dataclasses import dataclass
from typing import Any

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.state.filter_logic import check
from polytomic_emulator.state.sync import (
    Condition,
    ConditionRequest,
    FilterKind,
    FilterRequest,
    Override,
    Source,
    SyncRequest,
)
from polytomic_emulator.state.sync_context import SyncContext
from polytomic_provider import filtering
from polytomic_provider.facts.functions import FILTER_FUNCTIONS
from polytomic_provider.filtering.conditions import checked
from polytomic_provider.filtering.logic import LABEL, labels_of, relabelled


@dataclass(frozen=True)
class Filters:
    """A sync's filters as they are stored: no labels; logic in the labels of their positions."""

    conditions: list[Condition]
    model_logic: str
    target_logic: str

    def meaning(self) -> tuple[Any, ...]:
        """What two requests for the same filters have in common."""
        by_kind = [
            [one.meaning() for one in self.conditions if one.kind == kind]
            for kind in ("Model", "Target")
        ]
        return (*by_kind, _words(self.model_logic), _words(self.target_logic))


def judge_filters(context: SyncContext, request: SyncRequest) -> Filters:
    """The filters of a request. Raises Unprocessable, also where its two shapes disagree."""
    newer = None
    if request.model_filters is not None or request.target_filters is not None:
        newer = _newer(context, request.model_filters, request.target_filters)
    if newer is not None and not request.filters.conditions:
        return newer
    older = _older(context, request)
    if newer is not None and newer.meaning() != older.meaning():
        raise Unprocessable(
            "filters describes other filters than model_filters and target_filters", field="filters"
        )
    return older


def judge_overrides(context: SyncContext, requests: list[ConditionRequest]) -> list[Override]:
    """The overrides of a request. Raises Unprocessable."""
    judged: list[Override] = []
    for request in requests:
        condition = _condition(context, request)
        if condition.source is None:
            raise Unprocessable(
                f"{request.path} must name a model's field", field=f"{request.path}.field"
            )
        judged.append(
            Override(condition.source, condition.function, condition.value, request.override)
        )
    return judged


def _newer(
    context: SyncContext, models: FilterRequest | None, target: FilterRequest | None
) -> Filters:
    kinds: list[tuple[list[Condition], str]] = []
    for part in (models, target):
        conditions = [_condition(context, one) for one in part.conditions] if part else []
        path = f"{part.path}.logic" if part else ""
        kinds.append((conditions, _logic(conditions, part.logic, path) if part else ""))
    (on_models, model_logic), (on_target, target_logic) = kinds
    return Filters(_bare([*on_models, *on_target]), model_logic, target_logic)


def _older(context: SyncContext, request: SyncRequest) -> Filters:
    conditions = [_condition(context, one) for one in request.filters.conditions]
    by_kind = {
        kind: [one for one in conditions if one.kind == kind] for kind in ("Model", "Target")
    }
    return Filters(
        _bare(conditions),
        _logic(by_kind["Model"], request.filters.logic, "filter_logic"),
        _logic(by_kind["Target"], request.target_logic, "target.filter_logic"),
    )


def _bare(conditions: list[Condition]) -> list[Condition]:
    return [
        Condition(one.kind, one.function, one.source, one.target, one.value, one.value_source)
        for one in conditions
    ]


def _logic(conditions: list[Condition], logic: str, path: str) -> str:
    """The logic in the labels of the positions. Raises Unprocessable.

    Conditions without a label get those that are free: the Terraform provider sends back the
    labels that it was told, beside conditions that are new.
    """
    given = [one.label for one in conditions if one.label]
    for label in given:
        if not LABEL.fullmatch(label) or given.count(label) > 1:
            raise Unprocessable(
                f"the filter label {label!r} is not valid or not unique", field=path
            )
    positional = labels_of(len(conditions))
    free = (label for label in labels_of(2 * len(conditions)) if label not in given)
    labels = [one.label or next(free) for one in conditions]
    check(logic, labels, path)
    return relabelled(logic, dict(zip(labels, positional, strict=True)))


def _words(logic: str) -> list[str]:
    return logic.lower().replace("(", " ( ").replace(")", " ) ").split()


def _condition(context: SyncContext, request: ConditionRequest) -> Condition:
    kind, source, target = _field(context, request)
    function = _function(request)
    value = (
        None
        if request.value == "" and FILTER_FUNCTIONS[function].takes == "nothing"
        else (request.value)
    )
    _check_value(request, function)
    if kind == "Target" and target is not None:
        _check_target_filter(context, request, target, function)
    if kind == "Model" and request.value_source is not None:
        raise _refused(request, "only a filter on the target can compare with a model's field")
    return Condition(
        kind, function, source, target, value, request.value_source, request.label or None
    )


def _field(
    context: SyncContext, request: ConditionRequest
) -> tuple[FilterKind, Source | None, str | None]:
    ref = request.ref
    if ref.source is not None and ref.kind != "Target":
        context.check_source(ref.source, f"{request.path}.field")
        return "Model", ref.source, None
    if ref.id is None:
        raise Unprocessable(
            f"{request.path} must have field or field_id", field=f"{request.path}.field"
        )
    source = context.source_by_id(ref.id) if ref.kind != "Target" else None
    if source is not None:
        return "Model", source, None
    if ref.kind == "Model":
        raise Unprocessable(
            f"{request.path}.field_id: no model has a field with the id {ref.id}",
            field=f"{request.path}.field_id",
        )
    return "Target", None, ref.id


def _function(request: ConditionRequest) -> str:
    if request.function is None or request.function not in FILTER_FUNCTIONS:
        raise Unprocessable(
            f"{request.path}.function {request.function!r} is not known",
            field=f"{request.path}.function",
            known_values=list(FILTER_FUNCTIONS),
        )
    return request.function


def _check_value(request: ConditionRequest, function: str) -> None:
    takes = FILTER_FUNCTIONS[function].takes
    # Clients that know no null send an empty text for no value.
    has_value = request.value is not None and not (takes == "nothing" and request.value == "")
    if takes == "nothing" and (has_value or request.value_source is not None):
        raise _refused(request, f"{function} takes no value")
    if takes != "nothing" and has_value == (request.value_source is not None):
        raise _refused(request, f"{function} takes exactly one value")
    if takes == "nothing" or request.value_source is not None:
        return
    value: Any = request.value
    try:
        checked(filtering.Condition("", function, value))
    except filtering.CannotEvaluate as error:
        raise _refused(request, str(error)) from None


def _check_target_filter(
    context: SyncContext, request: ConditionRequest, target: str, function: str
) -> None:
    catalog = context.catalog
    if context.mode not in catalog.target_filter_modes:
        raise Unprocessable(
            f"{request.path}: mode {context.mode} of this target takes no filters on the target",
            field=request.path,
            known_values=list(catalog.target_filter_modes),
        )
    field = context.target_field(target, f"{request.path}.field_id")
    functions = field.filter_functions if field else ()
    if functions and function not in functions:
        raise Unprocessable(
            f"{request.path}.function: {target} cannot be filtered by {function}",
            field=f"{request.path}.function",
            known_values=list(functions),
        )
    if request.value_source is not None:
        if not catalog.properties.get("supports_filter_value_fields"):
            raise _refused(request, "this target compares with no model's field")
        context.check_source(request.value_source, f"{request.path}.value_field")


def _refused(request: ConditionRequest, why: str) -> Unprocessable:
    return Unprocessable(f"{request.path}.value: {why}", field=f"{request.path}.value")
