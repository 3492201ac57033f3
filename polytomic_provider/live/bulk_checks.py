"""Holds a bulk sync to what its source and destination have, and says what it would copy."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from polytomic_provider.live.context import LiveContext
from polytomic_provider.live.not_checked import NotChecked, Refused
from polytomic_provider.live.result import LiveResult
from polytomic_provider.live.schemas import Schemas
from polytomic_provider.spec.bulk_schemas import SchemaSpec, named_item, specs_of
from polytomic_provider.validation import Problem, Severity, is_unknown
from polytomic_provider.validation.bulk_ends import BulkEnd, BulkObject, configuration_problems
from polytomic_provider.validation.model_schema import not_a_field
from polytomic_provider.validation.problems import join_path, one_of
from polytomic_provider.validation.untyped import as_list, as_mapping

NO_CONNECTION = "the connection does not exist yet"
MOST_NAMED = 6

Arguments = Mapping[str, Any]


def check_bulk_sync(live: LiveContext, arguments: Arguments) -> LiveResult:
    """Schemas, fields, mode and configurations against both connections.

    Where nothing is wrong, it is told what will be copied.
    """
    source, destination = (
        _end(live.schemas, arguments, "source"),
        _end(live.schemas, arguments, "destination"),
    )
    problems: list[Problem] = []
    for end in (source, destination):
        if isinstance(end, Problem):
            problems.append(end)
    if isinstance(destination, BulkEnd):
        problems += _against_destination(arguments, destination)
    if isinstance(source, BulkEnd):
        problems += _against_source(arguments, source)
    if live.id is None:
        problems += _never_runs(arguments)
    unchecked = tuple(dict.fromkeys(end for end in (source, destination) if isinstance(end, str)))
    wrong = any(one.severity is Severity.ERROR for one in problems)
    if wrong or not isinstance(source, BulkEnd) or not isinstance(destination, BulkEnd):
        return LiveResult(tuple(problems), unchecked)
    return LiveResult(tuple(problems), unchecked, tuple(_foreseen(arguments, source, destination)))


def check_run(live: LiveContext, arguments: Arguments) -> LiveResult:
    """The schemas that a run of a bulk sync names against those that the bulk sync copies."""
    named = as_list(arguments.get("schemas"))
    try:
        copied = _copied(live, arguments.get("bulk_sync")) if named else None
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),))
    if copied is None:
        return LiveResult()
    wrong: list[Problem] = []
    for at, name in enumerate(named):
        if isinstance(name, str) and name not in copied:
            text = f"the bulk sync does not copy {name!r}; {one_of(name, copied, 'schema')}"
            wrong.append(Problem(f"schemas[{at}]", text))
    return LiveResult(tuple(wrong))


def _copied(live: LiveContext, bulk_sync: Any) -> list[str] | None:
    """What a bulk sync will copy when it runs; None where nobody can tell."""
    given = live.declared(bulk_sync, "BulkSync")
    if given is None or given.get("schemas") is None:
        return live.schemas.copied_by(bulk_sync) if isinstance(bulk_sync, str) else None
    specs = specs_of(given["schemas"])
    if specs is None or given.get("automatically_add_new_objects") not in (None, "none"):
        return None
    return [one.id for one in specs if one.enabled]


def _end(schemas: Schemas, arguments: Arguments, which: str) -> BulkEnd | Problem | str:
    """A connection as one end; a problem where it cannot be, a text where it was not seen."""
    key = f"{which}_connection_id"
    connection = arguments.get(key)
    if not isinstance(connection, str):
        return NO_CONNECTION
    try:
        if which == "source":
            return schemas.bulk_source(connection)
        return schemas.bulk_destination(connection)
    except Refused as answer:
        return Problem(key, f"Polytomic refuses it: {answer}")
    except NotChecked as reason:
        return str(reason)


def _against_destination(arguments: Arguments, destination: BulkEnd) -> Iterator[Problem]:
    path = "destination_configuration"
    given = arguments.get(path)
    if not is_unknown(given):
        yield from configuration_problems(destination.keys, as_mapping(given), path)
    mode = arguments.get("mode")
    if isinstance(mode, str) and destination.modes and mode not in destination.modes:
        text = one_of(mode, destination.modes, "mode", show=True)
        yield Problem("mode", f"{destination.label} does not take it: {text}")
    if destination.keeps_histories is False:
        for position, one in enumerate(as_list(arguments.get("schemas"))):
            if as_mapping(one).get("history_enabled") is True:
                text = f"{destination.label} keeps no histories"
                yield Problem(f"schemas[{position}].history_enabled", text)


def _against_source(arguments: Arguments, source: BulkEnd) -> Iterator[Problem]:
    given = arguments.get("source_configuration")
    if not is_unknown(given):
        keys = dict.fromkeys(source.keys)  # what a source requires, it asks for itself
        yield from configuration_problems(keys, as_mapping(given), "source_configuration")
    for position, one in enumerate(as_list(arguments.get("schemas"))):
        path = f"schemas[{position}]"
        schema = as_mapping(named_item(one))
        name = schema.get("id")
        if not isinstance(name, str):
            continue
        found = source.objects.get(name)
        if found is None:
            yield _no_object(source, name, path)
        elif found.fields:
            yield from _fields(schema, found, f"{source.label} {name}", path)
    for position, one in enumerate(as_list(arguments.get("additional_schedules"))):
        for at, name in enumerate(as_list(as_mapping(one).get("schemas"))):
            if isinstance(name, str) and name not in source.objects:
                yield _no_object(source, name, f"additional_schedules[{position}].schemas[{at}]")


def _no_object(source: BulkEnd, name: str, path: str) -> Problem:
    known = one_of(name, source.objects, "object")
    return Problem(path, f"{source.label} has no {name!r}; {known}")


def _fields(
    schema: Mapping[str, Any], found: BulkObject, label: str, path: str
) -> Iterator[Problem]:
    fields = schema.get("fields")
    named: list[tuple[str, Any]] = [
        (join_path(f"{path}.fields", key), key) for key in as_mapping(fields)
    ]
    for position, one in enumerate(as_list(fields)):
        named.append((f"{path}.fields[{position}]", as_mapping(named_item(one)).get("id")))
    for position, one in enumerate(as_list(schema.get("filters"))):
        condition = as_mapping(one)
        field = condition.get("field") or condition.get("field_id")
        named.append((f"{path}.filters[{position}].field", field))
    named += [(f"{path}.{key}", schema.get(key)) for key in ("tracking_field", "partition_key")]
    for where, name in named:
        if isinstance(name, str) and name not in found.fields:
            yield Problem(where, not_a_field(name, label, found.fields))


def _never_runs(arguments: Arguments) -> Iterator[Problem]:
    """A new bulk sync that has a schedule and is not switched on."""
    schedules = [arguments.get("default_schedule"), *as_list(arguments.get("additional_schedules"))]
    frequencies = [as_mapping(one).get("frequency") for one in schedules]
    runs = any(one not in (None, "manual") for one in frequencies)
    if runs and arguments.get("active") is None:
        text = (
            "is left out, so the new bulk sync is switched off and its schedules do not run. "
            "To fix: `active=True`, or `active=False` where that is meant"
        )
        yield Problem("active", text, Severity.WARNING)


def _foreseen(arguments: Arguments, source: BulkEnd, destination: BulkEnd) -> Iterator[str]:
    """What will be copied: which objects, how many fields, and which of them beyond reading."""
    ways = f"{source.label} to {destination.label}"
    named = arguments.get("schemas")
    if named is None:
        count = len(source.objects)
        yield f"copies every object of {ways}, as they are when it is made: {_objects(count)}"
        return
    specs = specs_of(named)
    if specs is None:
        return
    chosen = [one for one in specs if one.enabled]
    told = [_told_of(one, source.objects[one.id]) for one in chosen[:MOST_NAMED]]
    more = len(chosen) - len(told)
    listed = ", ".join(told) + (f" and {more} more" if more > 0 else "")
    yield f"copies {len(chosen)} of {_objects(len(source.objects))} of {ways}: {listed}"


def _objects(count: int) -> str:
    return f"{count} object{'' if count == 1 else 's'}"


def _told_of(spec: SchemaSpec, found: BulkObject) -> str:
    """One object: `Contact (20 of 21 fields, Email obfuscated)`."""
    total = len(found.fields)
    named = spec.fields.values()
    off = sum(not one.enabled for one in named)
    copied = len(named) - off if spec.only else total - off
    count = f"{copied} of {total} fields" if copied != total else f"{total} fields"
    parts = [count] if total else []
    hidden = [one.id for one in named if one.obfuscate and one.enabled]
    if hidden:
        parts.append(f"{_few(hidden)} obfuscated")
    if spec.filters:
        parts.append(f"{len(spec.filters)} filter{'' if len(spec.filters) == 1 else 's'}")
    return f"{spec.id} ({', '.join(parts)})" if parts else spec.id


def _few(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    listed = ", ".join(names[:MOST_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed
