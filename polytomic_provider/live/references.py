"""Whether the ids that arguments name are ids of existing objects of the right kind."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from polytomic_provider.live.not_checked import NotChecked
from polytomic_provider.live.schemas import Schemas
from polytomic_provider.validation import Problem, Unknown
from polytomic_provider.validation.problems import join_path
from polytomic_provider.validation.untyped import as_list, as_mapping

CONNECTION: Final = "Connection"
MODEL: Final = "Model"
SYNC: Final = "Sync"
BULK_SYNC: Final = "BulkSync"
ROLE: Final = "Role"
USER: Final = "User"
MOST_NAMED = 3

_SINGLE: Final[Mapping[str, Sequence[tuple[tuple[str, ...], str]]]] = {
    "ConnectionReadiness": ((("connection",), CONNECTION),),
    "Model": ((("connection_id",), CONNECTION), (("enricher", "connection_id"), CONNECTION)),
    "BulkSync": (
        (("source_connection_id",), CONNECTION),
        (("destination_connection_id",), CONNECTION),
    ),
    "Sync": (
        (("model",), MODEL),
        (("target", "connection_id"), CONNECTION),
        (("schedule", "connection_id"), CONNECTION),
    ),
    "SyncRun": ((("sync",), SYNC),),
    "UserApiKey": ((("user",), USER),),
    "SyncErrorHandling": ((("sync",), SYNC),),
    "BulkSyncErrorHandling": ((("bulk_sync",), BULK_SYNC),),
    "SchemaPrimaryKeys": ((("connection_id",), CONNECTION),),
    "RecordLogging": ((("delivery_connection_id",), CONNECTION),),
}
"""Where each kind names one object, with the kind of that object."""

_LISTED: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "Policy": (("actions", ROLE),),
    "User": (("role_ids", ROLE),),
}
"""The arguments that are lists of ids, or mappings to such lists, with the kind of the objects."""

_WITH_FIELDS_OF_MODELS: Final = (
    "fields",
    "identity",
    "identities",
    "filters",
    "model_filters",
    "target_filters",
    "overrides",
    "relations",
)
_FIELD_PLACES: Final = ("source", "field", "value_field", "value_source", "to")
"""The keys whose value may be a field of another model: `{model_id, field}`."""


@dataclass(frozen=True)
class Reference:
    """One place that names an object of `kind`; `value` is an id, or not known yet.

    `replaces`: another object there replaces the resource.
    """

    path: str
    kind: str
    value: Any
    replaces: bool = False


def references_of(kind: str, arguments: Mapping[str, Any]) -> Iterator[Reference]:
    """Every reference among the arguments of a resource of `kind`."""
    for steps, wanted in _SINGLE.get(kind, ()):
        value: Any = arguments
        for step in steps:
            value = as_mapping(value).get(step)
        if isinstance(value, str | Unknown):
            yield Reference(".".join(steps), wanted, value, replaces="schedule" not in steps)
    for name in _WITH_FIELDS_OF_MODELS:
        yield from _fields_of_models(arguments.get(name), name, "")
    for name, wanted in _LISTED.get(kind, ()):
        for path, value in _listed(arguments.get(name), name):
            yield Reference(path, wanted, value)
    after = as_mapping(as_mapping(arguments.get("schedule")).get("run_after"))
    for key, wanted in (("sync_ids", SYNC), ("bulk_sync_ids", BULK_SYNC)):
        for position, value in enumerate(as_list(after.get(key))):
            yield Reference(f"schedule.run_after.{key}[{position}]", wanted, value)


def _listed(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    for key, inside in as_mapping(value).items():
        yield from _listed(inside, join_path(path, key))
    for position, item in enumerate(as_list(value)):
        if isinstance(item, str | Unknown):
            yield join_path(path, position), item


def _fields_of_models(value: Any, path: str, place: str) -> Iterator[Reference]:
    for position, item in enumerate(as_list(value)):
        yield from _fields_of_models(item, join_path(path, position), place)
    for key, item in as_mapping(value).items():
        if place in _FIELD_PLACES and key == "model_id":
            replaces = path.startswith("relations")
            yield Reference(join_path(path, key), MODEL, item, replaces=replaces)
        else:
            yield from _fields_of_models(item, join_path(path, key), key)


def changed_references(
    kind: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[Reference]:
    """The references of `new` to objects that `old` does not name."""
    before = {(one.kind, one.value) for one in references_of(kind, old)}
    return [one for one in references_of(kind, new) if (one.kind, one.value) not in before]


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
