"""The objects that arguments name by their ids, and whether there are such objects."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args

from polytomic_provider.kinds.arguments import Arguments, facts_of
from polytomic_provider.live import NotChecked, Schemas
from polytomic_provider.validation import Problem, Unknown
from polytomic_provider.validation.problems import join_path
from polytomic_provider.validation.untyped import as_list, as_mapping

MOST_NAMED = 3


@dataclass(frozen=True)
class Reference:
    """One place that names an object of `kind`; `value` is an id, or not known yet.

    `replaces`: another object there replaces the resource.
    """

    path: str
    kind: str
    value: Any
    replaces: bool = False


def references_in(
    model: type[Arguments], arguments: Mapping[str, Any], path: str = "", *, replaces: bool = False
) -> Iterator[Reference]:
    """Yield every reference that the facts of the arguments tell of, at any depth.

    Args:
        model: What the arguments, or a part of them, may be.
        arguments: Their values, as far as they are known.
        path: Dotted path of that part.
        replaces: Whether a change of the part replaces the resource.
    """
    parts = _parts(model)
    for name, facts in facts_of(model).items():
        value, place = arguments.get(name), join_path(path, name)
        if facts.id_of is not None:
            for where, id_ in _ids(value, place):
                yield Reference(where, facts.id_of, id_, replaces=replaces or facts.replaces)
        elif name in parts:
            for where, part in _mappings(value, place):
                whole = replaces or facts.replaces
                yield from references_in(parts[name], part, where, replaces=whole)


@cache
def _parts(model: type[Arguments]) -> dict[str, type[Arguments]]:
    """Return the types of the arguments that are mappings, or lists of mappings, of known shape."""
    found: dict[str, type[Arguments]] = {}
    for attribute, field in model.model_fields.items():
        inside = next(_argument_types(field.annotation), None)
        if inside is not None:
            found[field.alias or attribute] = inside
    return found


def _argument_types(annotation: Any) -> Iterator[type[Arguments]]:
    if isinstance(annotation, type) and issubclass(annotation, Arguments):
        yield annotation
    for inside in get_args(annotation):
        yield from _argument_types(inside)


def _ids(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield an id, or the ids in lists and mappings of them, with the place of each."""
    if isinstance(value, str | Unknown):
        yield path, value
    for key, inside in as_mapping(value).items():
        yield from _ids(inside, join_path(path, key))
    for position, item in enumerate(as_list(value)):
        yield from _ids(item, join_path(path, position))


def _mappings(value: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        yield path, as_mapping(value)
    for position, item in enumerate(as_list(value)):
        yield from _mappings(item, join_path(path, position))


def changed_references(old: Iterator[Reference], new: Iterator[Reference]) -> list[Reference]:
    """Return the references of `new` to objects that `old` does not name."""
    before = {(one.kind, one.value) for one in old}
    return [one for one in new if (one.kind, one.value) not in before]


def reference_problems(
    schemas: Schemas, references: Sequence[Reference], is_there: Callable[[str, str], bool]
) -> list[Problem]:
    """A problem for each reference that is not the id of an existing object of its kind.

    Args:
        schemas: Those of the workspace; asked once for each object.
        references: Those to look at; values that are not known yet are left out.
        is_there: Whether this program has an object of a kind under an id, so that nobody asks.
    """
    problems: list[Problem] = []
    for one in references:
        if not isinstance(one.value, str) or not one.value or is_there(one.kind, one.value):
            continue
        try:
            existing = schemas.unless_there(noun_of(one.kind), one.value)
        except NotChecked:
            continue
        if existing is not None:
            fix = f"To fix: write the {one.kind} itself here, or the id of an existing one"
            text = missing_object(noun_of(one.kind), one.value, existing)
            problems.append(Problem(one.path, f"{text}. {fix}"))
    return problems


def noun_of(kind: str) -> str:
    """What messages and the client call an object of a kind: `bulk sync` for `BulkSync`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()


def missing_object(noun: str, id_: str, existing: Mapping[str, str]) -> str:
    """Say that an object does not exist; `existing` are the names of those that do, by id."""
    wanted = id_.casefold()
    folded = {one: name.casefold() for one, name in existing.items()}
    named = [one for one, name in folded.items() if name == wanted]
    if not named:
        near = get_close_matches(wanted, folded.values(), n=MOST_NAMED)
        named = [one for one, name in folded.items() if name in near]
    listed = ", ".join(
        f"the {noun} named {existing[one]!r} has the id {one}" for one in named[:MOST_NAMED]
    )
    return f"there is no {noun} with the id {id_!r}{f'; {listed}' if listed else ''}"
