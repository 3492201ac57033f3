"""Keys that a JSON Schema requires only of some configurations: `if`, `dependentSchemas`, `allOf`.

Source: `GET /api/connection_types/{id}`; no packaged schema has such parts, a live one may.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from polytomic_provider.validation.problems import is_unknown
from polytomic_provider.validation.untyped import as_list, as_mapping

Schema = Mapping[str, Any]


def conditionally_required(schema: Schema, configuration: Schema) -> list[str]:
    """The keys that apply to this configuration, each once; none where a condition is unclear."""
    return list(dict.fromkeys(_required(schema, configuration, nested=False)))


def _required(schema: Schema, configuration: Schema, *, nested: bool = True) -> Iterator[str]:
    if nested:
        yield from (key for key in as_list(schema.get("required")) if isinstance(key, str))
    for part in as_list(schema.get("allOf")):
        yield from _required(as_mapping(part), configuration)
    if "if" in schema:
        holds = _holds(as_mapping(schema["if"]), configuration)
        branch = {True: "then", False: "else"}.get(holds, "") if holds is not None else ""
        yield from _required(as_mapping(schema.get(branch)), configuration)
    for key, part in as_mapping(schema.get("dependentSchemas")).items():
        if _is_set(configuration, key):
            yield from _dependent(as_mapping(part), configuration)
    for key, needed in as_mapping(schema.get("dependentRequired")).items():
        if _is_set(configuration, key):
            yield from cast("Sequence[str]", needed)


def _dependent(part: Schema, configuration: Schema) -> Iterator[str]:
    yield from _required({k: v for k, v in part.items() if k != "oneOf"}, configuration)
    for branch in as_list(part.get("oneOf")):
        given = as_mapping(branch)
        if _holds({"properties": given.get("properties") or {}}, configuration) is True:
            yield from _required(given, configuration)


def _holds(condition: Schema, configuration: Schema) -> bool | None:
    """Whether a condition holds; None where a value is not known, or the keyword is not."""
    verdicts: list[bool | None] = [
        _is_set(configuration, key) for key in as_list(condition.get("required"))
    ]
    for key, expected in as_mapping(condition.get("properties")).items():
        verdicts.append(_fits(as_mapping(expected), configuration.get(key)))
    if set(condition) - {"required", "properties", "type"}:
        verdicts.append(None)
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _fits(expected: Schema, value: Any) -> bool | None:
    if is_unknown(value):
        return None
    if "const" in expected:
        return value == expected["const"]
    if "enum" in expected:
        return value in [_plain(one) for one in as_list(expected.get("enum"))]
    contains = as_mapping(expected.get("contains"))
    if "const" in contains:
        return isinstance(value, list) and contains["const"] in value
    return None if set(expected) - {"type", "title", "description"} else True


def _is_set(configuration: Schema, key: str) -> bool:
    return configuration.get(key) is not None


def _plain(value: Any) -> Any:
    return as_mapping(value).get("value") if isinstance(value, dict) else value
