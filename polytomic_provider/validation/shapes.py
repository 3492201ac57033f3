"""Whether arguments have the shape that their model declares."""

from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from polytomic_provider.validation.problems import Problem, is_unknown, join_path, one_of

LARGEST_INTEGER = 2**53
"""Pulumi carries numbers as doubles; beyond this an integer would change on the way."""

_EXPECTED = {
    "string_type": "text",
    "bool_type": "True or False",
    "int_type": "an integer",
    "int_from_float": "an integer",
    "float_type": "a number",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
}


def shape_problems(model: type[BaseModel], arguments: Mapping[str, Any]) -> list[Problem]:
    """Every place where `arguments` do not fit `model`; values not known yet fit everywhere."""
    problems = list(large_integers(arguments))
    try:
        model.model_validate(dict(arguments))
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += [
            _problem(model, detail) for detail in details if not is_unknown(detail["input"])
        ]
    return problems


def large_integers(value: Any, path: str = "") -> list[Problem]:
    """Integers that would silently become others on their way through Pulumi."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float) and abs(value) > LARGEST_INTEGER and value == value // 1:
        return [Problem(path, "integers beyond 2^53 lose digits on the way; write it as text")]
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return [p for key, item in items for p in large_integers(item, join_path(path, key))]
    if isinstance(value, list):
        items = enumerate(cast("list[Any]", value))
        return [p for key, item in items for p in large_integers(item, join_path(path, key))]
    return []


def _problem(model: type[BaseModel], detail: ErrorDetails) -> Problem:
    path = ""
    for step in detail["loc"]:
        path = join_path(path, step)
    return Problem(path, _text(model, detail))


def _text(model: type[BaseModel], detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        names = [field.alias or name for name, field in model.model_fields.items()]
        return f"is not an argument; {one_of(detail['loc'][-1], names, 'argument')}"
    if kind == "string_too_short":
        return "must not be empty"
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, got {type_name(detail['input'])}"
    if kind == "value_error":
        return str(detail.get("ctx", {}).get("error", detail["msg"]))
    return detail["msg"].lower()


def type_name(value: Any) -> str:
    """What a value is, in a word that gives nothing of it away."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int):
        return "an integer"
    if isinstance(value, float):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return type(cast("object", value)).__name__
