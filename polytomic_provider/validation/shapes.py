"""Whether arguments have the shape that their model declares."""

from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

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


def request_problems(build: Callable[[], object]) -> list[Problem]:
    """Return what the API's own types refuse of a request, with its places in the request."""
    try:
        build()
    except ValidationError as error:
        return [_problem(None, detail) for detail in error.errors(include_url=False)]
    return []


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


def _problem(model: type[BaseModel] | None, detail: ErrorDetails) -> Problem:
    path = ""
    for step in detail["loc"]:
        path = join_path(path, step)
    return Problem(path, _text(model, detail))


def _text(model: type[BaseModel] | None, detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        noun = "argument" if len(detail["loc"]) == 1 else "key"
        names = _names(model, detail["loc"][:-1])
        article = "an" if noun == "argument" else "a"
        return f"is not {article} {noun}; {one_of(detail['loc'][-1], names, noun)}"
    if kind == "string_too_short":
        return "must not be empty"
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, got {type_name(detail['input'])}"
    if kind == "value_error":
        return str(detail.get("ctx", {}).get("error", detail["msg"]))
    return detail["msg"].lower()


def _names(model: type[BaseModel] | None, path: tuple[int | str, ...]) -> list[str]:
    """Return the names that the part of a model at a path has."""
    for step in path:
        if model is not None and isinstance(step, str):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            model = _model_in(fields[step].annotation) if step in fields else None
    fields = model.model_fields if model is not None else {}
    return [field.alias or name for name, field in fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation such as `list[Part] | None` is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


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
