"""What the parts of a sync ask of each other, as far as no schema is needed to see it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from polytomic_provider.facts.functions import (
    FILTER_FUNCTIONS,
    FUNCTIONS_WITH_LIST,
    FUNCTIONS_WITHOUT_VALUE,
    IDENTITY_FUNCTIONS,
)
from polytomic_provider.facts.sync_rules import (
    FREQUENCIES,
    IDENTITY_STRATEGIES,
    MODES,
    MODES_WITH_IDENTITY,
)
from polytomic_provider.filtering.logic import LogicError, labels_of, named_in, parse
from polytomic_provider.validation.problems import Problem, is_unknown, join_path, one_of
from polytomic_provider.validation.shapes import type_name

_MAPPING_KEYS = (
    "target",
    "source",
    "new",
    "override_value",
    "sync_mode",
    "encryption_enabled",
)
_FILTER_KEYS = ("field", "field_id", "field_type", "function", "value", "value_field", "label")
_OVERRIDE_KEYS = ("field", "field_id", "function", "value", "override")
_CONSTANT_KEYS = ("target", "override_value", "new", "sync_mode")
_IDENTITY_KEYS = ("source", "target", "function", "new_field", "remote_field_type_id")
_MODEL_CONDITION_KEYS = ("source", "function", "value", "label")
_TARGET_CONDITION_KEYS = ("field", "function", "value", "value_source", "label")


def sync_problems(arguments: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong with a sync's arguments that no request is needed to see."""
    mode = arguments.get("mode")
    problems: list[Problem] = []
    if isinstance(mode, str):
        problems += _choice(mode, MODES, "mode")
    problems += _identity(arguments, mode)
    problems += _mappings(arguments.get("fields"))
    problems += _constants(arguments.get("override_fields"))
    problems += _conditions(arguments.get("filters"), "filters", _FILTER_KEYS, "field")
    problems += _conditions(arguments.get("overrides"), "overrides", _OVERRIDE_KEYS, "field")
    problems += _groups(arguments)
    problems += _schedule(arguments.get("schedule"))
    return problems + _logic(arguments.get("filter_logic"), arguments.get("filters"))


def _choice(value: Any, known: Sequence[str], path: str) -> list[Problem]:
    if is_unknown(value) or value is None or value in known:
        return []
    return [Problem(path, f"is not one of them; {one_of(value, known, 'value')}")]


def _identity(arguments: Mapping[str, Any], mode: Any) -> list[Problem]:
    one, many = arguments.get("identity"), arguments.get("identities")
    if one is None and many is None:
        if mode in MODES_WITH_IDENTITY:
            text = f'is required where the mode is {mode}, such as identity=("Email", "email")'
            return [Problem("identity", text)]
        return []
    if one is not None and many is not None:
        return [Problem("identities", "cannot be given together with identity")]
    problems = _one_identity(one, "identity") if one is not None else []
    if isinstance(many, dict):
        group = cast("Mapping[str, Any]", many)
        problems += _unknown_keys(group, ("mappings", "strategy"), "identities")
        problems += _choice(group.get("strategy"), IDENTITY_STRATEGIES, "identities.strategy")
        mappings = cast("Sequence[Any]", group.get("mappings") or ())
        if len(mappings) > 1 and group.get("strategy") is None:
            problems.append(Problem("identities.strategy", "is required for several mappings"))
        for position, mapping in enumerate(mappings):
            problems += _one_identity(mapping, f"identities.mappings[{position}]")
    return problems


def _one_identity(identity: Any, path: str) -> list[Problem]:
    if is_unknown(identity):
        return []
    if isinstance(identity, list):
        pair = cast("list[Any]", identity)
        if len(pair) == 2 and all(isinstance(x, str) or is_unknown(x) for x in pair):
            return []
        return [Problem(path, "expected a pair of names: (source field, target field)")]
    if not isinstance(identity, dict):
        return [Problem(path, f"expected a pair or a mapping, got {type_name(identity)}")]
    given = cast("Mapping[str, Any]", identity)
    problems = _unknown_keys(given, _IDENTITY_KEYS, path)
    problems += _needed(given, ("source", "target"), path)
    return problems + _choice(given.get("function"), tuple(IDENTITY_FUNCTIONS), f"{path}.function")


def _mappings(fields: Any) -> list[Problem]:
    problems: list[Problem] = []
    if isinstance(fields, dict):
        for source, spec in cast("Mapping[str, Any]", fields).items():
            where = join_path("fields", source)
            specs = cast("list[Any]", spec) if isinstance(spec, list) else [spec]
            if not specs:
                problems.append(Problem(where, "has no target"))
            for one in specs:
                problems += _mapping(one, where)
    elif isinstance(fields, list):
        for position, one in enumerate(cast("list[Any]", fields)):
            problems += _mapping(one, f"fields[{position}]")
    return problems


def _mapping(spec: Any, path: str) -> list[Problem]:
    if is_unknown(spec) or (isinstance(spec, str) and spec):
        return []
    if not isinstance(spec, dict):
        return [Problem(path, f"expected a target field or a mapping, got {type_name(spec)}")]
    given = cast("Mapping[str, Any]", spec)
    problems = _unknown_keys(given, _MAPPING_KEYS, path) + _needed(given, ("target",), path)
    return problems + _choice(given.get("sync_mode"), MODES, f"{path}.sync_mode")


def _constants(constants: Any) -> list[Problem]:
    problems: list[Problem] = []
    if isinstance(constants, list):
        for position, one in enumerate(cast("list[Mapping[str, Any]]", constants)):
            where = f"override_fields[{position}]"
            problems += _unknown_keys(one, _CONSTANT_KEYS, where)
            problems += _needed(one, ("target", "override_value"), where)
    return problems


def _conditions(conditions: Any, path: str, keys: Sequence[str], place: str) -> list[Problem]:
    problems: list[Problem] = []
    if not isinstance(conditions, list):
        return problems
    for position, one in enumerate(cast("list[Any]", conditions)):
        where = f"{path}[{position}]"
        if isinstance(one, dict):
            problems += _condition(cast("Mapping[str, Any]", one), where, keys, place)
    return problems


def _condition(
    condition: Mapping[str, Any], path: str, keys: Sequence[str], place: str
) -> list[Problem]:
    problems = _unknown_keys(condition, keys, path)
    if condition.get(place) is None and condition.get("field_id") is None:
        problems.append(Problem(f"{path}.{place}", "is required"))
    if "override" in keys:
        problems += _needed(condition, ("override",), path)
    function = condition.get("function")
    if is_unknown(function):
        return problems
    if function is None:
        return [*problems, Problem(f"{path}.function", "is required")]
    problems += _choice(function, tuple(FILTER_FUNCTIONS), f"{path}.function")
    return problems + _value(condition, function, path)


def _value(condition: Mapping[str, Any], function: Any, path: str) -> list[Problem]:
    value = condition.get("value")
    other = condition.get("value_field") or condition.get("value_source")
    where = f"{path}.value"
    if function in FUNCTIONS_WITHOUT_VALUE:
        return [Problem(where, f"{function} takes none")] if value is not None else []
    if function not in FILTER_FUNCTIONS or is_unknown(value) or other is not None:
        return []
    if value is None:
        return [Problem(where, f"is required by {function}")]
    if function in FUNCTIONS_WITH_LIST and not isinstance(value, list):
        return [Problem(where, f"{function} takes a list, got {type_name(value)}")]
    if function == "Between" and len(cast("list[Any]", value)) != 2:
        return [Problem(where, "Between takes two values")]
    return []


def _groups(arguments: Mapping[str, Any]) -> list[Problem]:
    problems: list[Problem] = []
    shapes = (
        ("model_filters", _MODEL_CONDITION_KEYS, "source"),
        ("target_filters", _TARGET_CONDITION_KEYS, "field"),
    )
    for name, keys, place in shapes:
        group = arguments.get(name)
        if not isinstance(group, dict):
            continue
        given = cast("Mapping[str, Any]", group)
        if arguments.get("filters") is not None:
            problems.append(Problem(name, "cannot be given together with filters"))
        problems += _unknown_keys(given, ("conditions", "logic"), name)
        problems += _conditions(given.get("conditions"), f"{name}.conditions", keys, place)
        problems += _logic(given.get("logic"), given.get("conditions"), f"{name}.logic")
    return problems


def _schedule(schedule: Any) -> list[Problem]:
    if not isinstance(schedule, dict):
        return []
    given = cast("Mapping[str, Any]", schedule)
    frequency = given.get("frequency")
    if is_unknown(frequency):
        return []
    if frequency is None:
        return [Problem("schedule.frequency", "is required")]
    problems = _choice(frequency, tuple(FREQUENCIES), "schedule.frequency")
    if frequency in ("custom", "builder"):
        return problems
    return problems + [
        Problem(f"schedule.{part}", f"is required where the frequency is {frequency}")
        for part in FREQUENCIES.get(str(frequency), ())
        if given.get(part) is None
    ]


def _logic(logic: Any, conditions: Any, path: str = "filter_logic") -> list[Problem]:
    """The API letters the conditions A, B, C by position; the logic must name each of them."""
    if not isinstance(logic, str) or is_unknown(conditions):
        return []
    count = len(cast("Sequence[Any]", conditions or ()))
    labels = labels_of(count)
    try:
        parsed = parse(logic)
    except LogicError as error:
        return [Problem(path, str(error))]
    if parsed is None:
        return []
    words = list(named_in(parsed))
    known = (
        f"the {count} filters are called {', '.join(labels)}" if labels else "there is no filter"
    )
    problems = [Problem(path, f"names {word}, but {known}") for word in words if word not in labels]
    missing = [label for label in labels if label not in words]
    if missing:
        problems.append(Problem(path, f"must name every filter; {', '.join(missing)} is missing"))
    return problems


def _unknown_keys(given: Mapping[str, Any], known: Sequence[str], path: str) -> list[Problem]:
    return [
        Problem(join_path(path, key), f"is not a key; {one_of(key, known, 'key')}")
        for key in given
        if key not in known
    ]


def _needed(given: Mapping[str, Any], keys: Sequence[str], path: str) -> list[Problem]:
    return [Problem(f"{path}.{key}", "is required") for key in keys if given.get(key) is None]
