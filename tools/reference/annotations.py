"""How annotations of the package read in a table."""

import types
from collections.abc import Awaitable, Mapping, Sequence
from functools import cache
from typing import Any, ForwardRef, Literal, NotRequired, Union, get_args, get_origin, is_typeddict

import pulumi
from pulumi import CustomResource

import polytomic_provider

_MOST_VALUES = 3


def show(annotation: Any) -> str:
    """Return an annotation in words; what Pulumi adds to every input is left out."""
    parts = dict.fromkeys(_parts(annotation))
    if any(part in _resource_names() for part in parts):
        parts = {("id" if part == "str" else part): None for part in parts}
    return " or ".join(parts) or "any"


def typed_dicts(annotation: Any) -> list[type]:
    """Return the TypedDicts that an annotation names, in order, nested ones too."""
    if is_typeddict(annotation):
        nested = [one for key in annotation.__annotations__.values() for one in typed_dicts(key)]
        return [annotation, *nested]
    return [one for part in get_args(annotation) for one in typed_dicts(part)]


def _parts(annotation: Any) -> list[str]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, str | ForwardRef):
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        return [] if text.startswith("Output") else text.split(" | ")
    if annotation in (None, type(None)) or origin in (Awaitable, pulumi.Output):
        return [] if origin is not pulumi.Output or arguments == (Any,) else _parts(arguments[0])
    if origin is NotRequired:
        return _parts(arguments[0])
    if origin in (Union, types.UnionType):
        return [part for one in arguments for part in _parts(one)]
    if origin is Literal:
        shown = [f"`{value}`" for value in arguments]
        return shown if len(shown) <= _MOST_VALUES else ["str"]
    if origin in (Sequence, list):
        return [f"list of {show(arguments[0])}"]
    if origin in (Mapping, dict):
        return ["dict"]
    if origin is tuple:
        return ["tuple"]
    if annotation is Any:
        return ["any"]
    return [getattr(annotation, "__name__", str(annotation))]


@cache
def _resource_names() -> frozenset[str]:
    public = [getattr(polytomic_provider, name) for name in polytomic_provider.__all__]
    return frozenset(
        one.__name__ for one in public if isinstance(one, type) and issubclass(one, CustomResource)
    )
