"""A model's arguments against the live schema of what it reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from polytomic_provider.validation.problems import Problem, holds_unknown, one_of
from polytomic_provider.validation.schemas import Source
from polytomic_provider.validation.untyped import as_list, as_mapping


def model_problems(arguments: Mapping[str, Any]) -> list[Problem]:
    """Return what the parts of a model ask of each other; no schema is needed to see it."""
    problems: list[Problem] = []
    configuration = as_mapping(arguments.get("configuration"))
    if configuration.get("table") is not None and configuration.get("query") is not None:
        text = "cannot be given together with table: a model reads an object or a query"
        problems.append(Problem("configuration.query", text))
    fields = arguments.get("fields")
    if not isinstance(fields, list) or holds_unknown(fields):
        return problems
    exposed = {*filter(_is_text, as_list(fields)), *own_fields(arguments)}
    return problems + [
        Problem(path, f"{name!r} is not among the fields of this model; add it to `fields`")
        for path, name in _named(arguments)
        if not path.startswith(("fields", "relations")) and name not in exposed
    ]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def model_against_source(arguments: Mapping[str, Any], source: Source) -> list[Problem]:
    """Fields, identifier, tracking columns and relations that the source does not have.

    Source: `GET /api/connections/{id}/modelsync/source/fields`.
    """
    own = own_fields(arguments)
    return [
        Problem(path, not_a_field(name, source.label, source.fields))
        for path, name in _named(arguments)
        if name not in source.fields and name not in own
    ]


def not_a_field(name: str, owner: str, known: Mapping[str, Any]) -> str:
    """The sentence about a field that is not there, the nearest name first."""
    return f"{name!r} is not a field of {owner}; {one_of(name, known, 'field')}"


def own_fields(arguments: Mapping[str, Any]) -> set[str]:
    """The names that the model adds to those of its source."""
    return {
        name
        for one in as_list(arguments.get("additional_fields"))
        if isinstance(name := as_mapping(one).get("name"), str)
    }


def _named(arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("fields", "tracking_columns"):
        for position, name in enumerate(as_list(arguments.get(key))):
            if isinstance(name, str):
                yield f"{key}[{position}]", name
    identifier = arguments.get("identifier")
    if isinstance(identifier, str) and identifier:
        yield "identifier", identifier
    for position, relation in enumerate(as_list(arguments.get("relations"))):
        name = as_mapping(relation).get("from")
        if isinstance(name, str):
            yield f"relations[{position}].from", name
