"""Whether a connection's configuration fits its connection type's JSON Schema."""

from collections.abc import Mapping
from typing import Any, cast

from polytomic_provider.facts.connection_types import ConnectionType, Property
from polytomic_provider.facts.secrets import MASK
from polytomic_provider.validation.conditional_schema import conditionally_required
from polytomic_provider.validation.problems import (
    Problem,
    Severity,
    is_unknown,
    join_path,
    one_of,
)
from polytomic_provider.validation.shapes import type_name

_PYTHON_TYPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "text"),
    "boolean": ((bool,), "True or False"),
    "integer": ((int,), "an integer"),
    "number": ((int, float), "a number"),
    "object": ((dict,), "a mapping"),
    "array": ((list,), "a list"),
}


def configuration_problems(
    connection_type: ConnectionType, configuration: Mapping[str, Any], path: str = "configuration"
) -> list[Problem]:
    """Unknown, read-only and wrong-typed keys, values outside an enum, and missing keys.

    Source: `GET /api/connection_types/{id}`.
    """
    problems = _object_problems(connection_type.properties, configuration, path, closed=True)
    defaults = {
        k: p.default for k, p in connection_type.properties.items() if p.default is not None
    }
    given = {k: value for k, value in configuration.items() if value is not None}
    conditional = conditionally_required(connection_type.schema, {**defaults, **given})
    missing = [
        key
        for key in dict.fromkeys((*connection_type.required, *conditional))
        if configuration.get(key) is None and not _served(connection_type, key)
    ]
    if connection_type.use_oauth:
        missing = _missing_beside_consent(connection_type, configuration, missing)
    severity = Severity.WARNING if connection_type.use_oauth else Severity.ERROR
    text = f"is required by {connection_type.name}"
    return problems + [Problem(join_path(path, key), text, severity) for key in missing]


def _missing_beside_consent(
    connection_type: ConnectionType, configuration: Mapping[str, Any], missing: list[str]
) -> list[str]:
    """What is missing although a person authorises over OAuth.

    Seismic's schema requires `client_id` and `client_secret`, and a consent does without both;
    one without the other is a slip.
    """
    properties = connection_type.properties
    secret = [k for k in connection_type.required if k in properties and properties[k].sensitive]
    some = any(configuration.get(key) is not None for key in secret)
    return [key for key in missing if some or key not in secret]


def _served(connection_type: ConnectionType, key: str) -> bool:
    """Whether Polytomic fills the key in by itself, as it must what nobody can set."""
    found = connection_type.properties.get(key)
    return found is None or found.default is not None or found.read_only or found.internal


def _object_problems(
    properties: Mapping[str, Property], value: Mapping[str, Any], path: str, *, closed: bool
) -> list[Problem]:
    settable = [n for n, known in properties.items() if not (known.read_only or known.internal)]
    problems: list[Problem] = []
    for key, item in value.items():
        where = join_path(path, key)
        known = properties.get(key)
        if known is None:
            if closed and item is not None:
                problems.append(Problem(where, f"is not a key; {one_of(key, settable, 'key')}"))
        elif known.read_only or known.internal:
            problems.append(Problem(where, "is set by Polytomic and cannot be configured"))
        else:
            problems += _value_problems(known, item, where)
    return problems


def _value_problems(known: Property, value: Any, path: str) -> list[Problem]:
    if value is None or is_unknown(value):
        return []
    if value == MASK:
        return [Problem(path, "is the mask shown in place of a secret; write the secret itself")]
    mistyped = _type_problem(known.json_type, value, path)
    if mistyped is not None:
        return [mistyped]
    if known.enum and value not in known.enum:
        return [Problem(path, one_of(value, map(str, known.enum), "value"))]
    if isinstance(value, dict) and known.children:
        mapping = cast("dict[str, Any]", value)
        return _object_problems(known.children, mapping, path, closed=known.closed)
    if isinstance(value, list):
        return _list_problems(known, cast("list[Any]", value), path)
    return []


def _type_problem(json_type: str | None, value: Any, path: str) -> Problem | None:
    if json_type is None or json_type not in _PYTHON_TYPES:
        return None
    accepted, expected = _PYTHON_TYPES[json_type]
    if isinstance(value, bool) and bool not in accepted:
        fits = False
    elif json_type == "integer" and isinstance(value, float):
        fits = value.is_integer()
    else:
        fits = isinstance(value, accepted)
    return None if fits else Problem(path, f"expected {expected}, got {type_name(value)}")


def _list_problems(known: Property, items: list[Any], path: str) -> list[Problem]:
    problems: list[Problem] = []
    for position, item in enumerate(items):
        where = join_path(path, position)
        if item is None or is_unknown(item):
            continue
        mistyped = _type_problem(known.item_type, item, where)
        if mistyped is not None:
            problems.append(mistyped)
        elif isinstance(item, dict) and known.children:
            mapping = cast("dict[str, Any]", item)
            problems += _object_problems(known.children, mapping, where, closed=known.closed)
    return problems
