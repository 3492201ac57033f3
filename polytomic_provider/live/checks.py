"""Holds the arguments of each kind to live schemas, as far as these can be read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from polytomic_provider.facts import connection_types
from polytomic_provider.live.context import LiveContext
from polytomic_provider.live.not_checked import NotChecked, Refused
from polytomic_provider.live.replies import recorded
from polytomic_provider.live.result import LiveResult
from polytomic_provider.live.schemas import SELECTORS, Schemas, selection
from polytomic_provider.spec.sync import SyncSpec
from polytomic_provider.spec.sync_parse import spec_of
from polytomic_provider.spec.sync_schema import sync_against_model, sync_against_target
from polytomic_provider.validation import Problem, Severity, is_unknown
from polytomic_provider.validation.configuration import configuration_problems
from polytomic_provider.validation.model_schema import (
    model_against_source,
    not_a_field,
    own_fields,
)
from polytomic_provider.validation.problems import join_path, one_of
from polytomic_provider.validation.run_after import cycle_of
from polytomic_provider.validation.schemas import Source, SourceField
from polytomic_provider.validation.untyped import as_list, as_mapping, as_text

Arguments = Mapping[str, Any]
USUAL_KEYS = (*SELECTORS, "query")
NO_CONNECTION = "the connection does not exist yet"


def check_connection(live: LiveContext, arguments: Arguments) -> LiveResult:
    """The configuration against today's JSON Schema of its connection type.

    Of a connection that exists, its health as well: nothing behind one that is not healthy will
    run.
    """
    found = _against_type(live.schemas, arguments)
    return found if live.id is None else found + _health(live.schemas, live.id)


def _against_type(schemas: Schemas, arguments: Arguments) -> LiveResult:
    type_id, configuration = arguments.get("type"), arguments.get("configuration")
    if not isinstance(type_id, str) or not isinstance(configuration, dict):
        return LiveResult()
    try:
        known = schemas.connection_type(type_id)
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),))
    if known is None:
        names = one_of(type_id, connection_types.all_types(), "connection type")
        return LiveResult((Problem("type", f"Polytomic has no such connection type; {names}"),))
    return LiveResult(tuple(configuration_problems(known, as_mapping(configuration))))


def _health(schemas: Schemas, id_: str) -> LiveResult:
    try:
        found = schemas.connections().get(id_)
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),))
    if found is None or found.healthy:
        return LiveResult()
    reason = (found.status_error or found.status or "consent is missing").rstrip(".")
    kind = connection_types.get(found.type) if found.type else None
    way = "open auth_url, or give `reconnect` another value for a new consent address"
    if kind is not None and not kind.use_oauth:
        way = "correct its configuration, or mend it at the service"
    text = f"is not healthy, so nothing behind it will run: {reason}. To mend it, {way}"
    return LiveResult((Problem("", text, Severity.WARNING),))


def check_model(live: LiveContext, arguments: Arguments) -> LiveResult:
    """Object or query, fields, identifier, tracking columns and relations against their sources.

    Of a model that exists, fields whose type is another one than the model remembers are warned of.
    """
    relations, schemas = LiveResult(tuple(_relations(live, arguments))), live.schemas
    try:
        strange = _strange_keys(schemas, arguments)
        source = strange or _source(schemas, arguments)
        if isinstance(source, Problem):
            return LiveResult((source,)) + relations
        problems = model_against_source(arguments, source)
        if live.id is not None:
            problems += _retyped(schemas, live.id, source, arguments)
        found = _of_a_ready_cache(schemas, arguments.get("connection_id"), problems)
    except Refused as answer:
        return (
            LiveResult((Problem("configuration", f"Polytomic refuses it: {answer}"),)) + relations
        )
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),)) + relations
    return LiveResult(tuple(found)) + relations


def _of_a_ready_cache(schemas: Schemas, connection: Any, problems: list[Problem]) -> list[Problem]:
    """Return what does not fit a connection's schema.

    Raises NotChecked where something does not, and its cache may not have it all yet.
    """
    if problems and isinstance(connection, str):
        schemas.usable(connection)
    return problems


def _relations(live: LiveContext, arguments: Arguments) -> list[Problem]:
    """Relations to fields that the other model does not have."""
    problems: list[Problem] = []
    for position, relation in enumerate(as_list(arguments.get("relations"))):
        to = as_mapping(as_mapping(relation).get("to"))
        model, name = to.get("model_id"), to.get("field")
        try:
            other = _exposed(live, model)
            if other is None or not isinstance(name, str) or name in other.fields:
                continue
            text = not_a_field(name, other.label, other.fields)
            wrong = [Problem(f"relations[{position}].to.field", text)]
            problems += _of_a_ready_cache(live.schemas, _source_of(live, model), wrong)
        except NotChecked:
            continue
    return problems


def _source_of(live: LiveContext, model: Any) -> Any:
    """The connection that a model of the program reads; of another, its own fields are known."""
    return as_mapping(live.declared(model)).get("connection_id")


def _strange_keys(schemas: Schemas, arguments: Arguments) -> Problem | None:
    """A key of a model's configuration that its connection does not offer.

    Asks only about keys that do not choose what is read: a service may take other names for an
    object than the one that it lists.
    """
    connection, given = arguments.get("connection_id"), as_mapping(arguments.get("configuration"))
    unusual = [key for key, value in given.items() if key not in USUAL_KEYS and value is not None]
    if not unusual or not isinstance(connection, str):
        return None
    schemas.usable(connection)
    known = schemas.source_keys(connection)
    strange = next((key for key in unusual if known and key not in known), None)
    if strange is None:
        return None
    text = f"is not a key of this connection's models; {one_of(strange, known, 'key')}"
    return Problem(join_path("configuration", strange), text)


def _source(schemas: Schemas, arguments: Arguments) -> Source | Problem:
    """What the model reads, or what is wrong with its configuration."""
    connection, configuration = arguments.get("connection_id"), arguments.get("configuration")
    if not isinstance(connection, str):
        raise NotChecked(NO_CONNECTION)
    if not isinstance(configuration, dict):
        raise NotChecked("the configuration is not known yet")
    given = as_mapping(configuration)
    if any(map(is_unknown, given.values())):
        raise NotChecked("the configuration is not known yet")
    found = schemas.source(connection, given)
    if found is not None:
        return found
    absent = schemas.absent_choice(connection, selection(given))
    if absent is None:
        raise NotChecked("the source does not say what it has")
    key, known = absent
    value = selection(given)[key]
    return Problem(
        f"configuration.{key}",
        f"{value!r} is not there; {one_of(value, known, 'value')}",
    )


def _retyped(schemas: Schemas, id_: str, source: Source, arguments: Arguments) -> list[Problem]:
    """Fields that the source gave another type since the model was read."""
    try:
        before = recorded(schemas.model(id_))
    except NotChecked:
        return []
    fields = arguments.get("fields")
    used = as_list(fields) if isinstance(fields, list) else list(before)
    return [
        Problem(
            "fields",
            f"{name!r} of {source.label} is {now.type} now, it was {before[name]}",
            Severity.WARNING,
        )
        for name in used
        if isinstance(name, str) and (now := source.fields.get(name)) and before.get(name)
        if now.type and now.type != before[name]
    ]


def check_fields(
    live: LiveContext,
    arguments: Arguments,
    against: Callable[[str, list[str]], Iterable[Problem]],
) -> LiveResult:
    """Hold what is said of fields of an object, `schema_id` of `connection_id`, to those it has.

    `against` gives the problems, from the id of the object and the ids of its fields.
    """
    connection_id, schema_id = arguments.get("connection_id"), arguments.get("schema_id")
    if not isinstance(connection_id, str) or not isinstance(schema_id, str):
        return LiveResult()
    try:
        there = live.schemas.fields_of(connection_id, schema_id)
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),))
    if there is None:
        text = f"the connection has no object {schema_id!r}"
        return LiveResult((Problem("schema_id", text),))
    return LiveResult(tuple(against(schema_id, there)))


def check_sync(live: LiveContext, arguments: Arguments) -> LiveResult:
    """Mappings, identity, filters and mode against models and target; run-after cycles."""
    spec = spec_of(arguments)
    found = _against_target(live.schemas, spec)
    for model in _models(spec):
        found += _against_model(live, spec, model)
    if live.id is None:
        found += LiveResult(tuple(_never_runs(spec)))
    return found + _run_after(live, arguments)


def _never_runs(spec: SyncSpec) -> Iterator[Problem]:
    """A new sync that has a schedule and is not switched on."""
    frequency = as_mapping(spec.schedule).get("frequency")
    if frequency not in (None, "manual") and spec.plain.get("active") is None:
        text = (
            "is left out, so the new sync is switched off and its schedule does not run. "
            "To fix: `active=True`, or `active=False` where that is meant"
        )
        yield Problem("active", text, Severity.WARNING)


def _models(spec: SyncSpec) -> list[Any]:
    """Return the models that a sync reads, each once."""
    found: list[Any] = []
    for model in (spec.model, *(source.model for _, source in spec.sources())):
        if model is not None and not any(model is one or model == one for one in found):
            found.append(model)
    return found


def _against_model(live: LiveContext, spec: SyncSpec, model: Any) -> LiveResult:
    try:
        exposed = _exposed(live, model)
        wrong = [] if exposed is None else sync_against_model(spec, model, exposed)
        return LiveResult(tuple(_of_a_ready_cache(live.schemas, _source_of(live, model), wrong)))
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),))


def _exposed(live: LiveContext, model: Any) -> Source | None:
    """The fields that a model has for the sync; None where nobody can tell."""
    schemas, given = live.schemas, live.declared(model)
    if given is None:
        if not isinstance(model, str):
            return None
        reply = schemas.model(model)
        fields = {
            one.name: SourceField(one.name, one.type) for one in reply.fields or () if one.name
        }
        enriched = reply.enricher is not None
        return Source(f"model {reply.name!r}", fields) if fields and not enriched else None
    if given.get("enricher") is not None:
        return None
    names = given.get("fields")
    if isinstance(names, list):
        fields = {name: SourceField(name) for name in as_list(names) if isinstance(name, str)}
        if len(fields) < len(set(map(str, as_list(names)))):
            return None
    elif names is not None:
        return None
    else:
        source = _source(schemas, given)
        if isinstance(source, Problem):
            return None
        fields = dict(source.fields)
    fields |= {name: SourceField(name) for name in own_fields(given)}
    name = as_text(given.get("name"))
    return Source(f"model {name!r}" if name else "its model", fields)


def _against_target(schemas: Schemas, spec: SyncSpec) -> LiveResult:
    connection, object_id = spec.target.connection_id, spec.target.object
    if is_unknown(connection):
        return LiveResult(unchecked=(NO_CONNECTION,))
    if not isinstance(connection, str):
        return LiveResult()
    if spec.target.create is not None:
        return _creation(schemas, connection, spec.target.create)
    if not isinstance(object_id, str):
        return LiveResult()
    try:
        found = schemas.target(connection, object_id)
        if found is None:
            known = schemas.target_objects(connection)
            text = f"{object_id!r} is not there; {one_of(object_id, known, 'object')}"
            return LiveResult((Problem("target.object", text),))
        wrong = sync_against_target(spec, found)
        return LiveResult(tuple(_of_a_ready_cache(schemas, connection, wrong)))
    except Refused as answer:
        return LiveResult((Problem("target", f"Polytomic refuses it: {answer}"),))
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),))


def _creation(schemas: Schemas, connection: str, create: Any) -> LiveResult:
    """Whether the target's connection makes objects, and out of the properties that are given."""
    try:
        creation = schemas.target_creation(connection)
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),))
    if creation is None:
        return LiveResult()
    if not creation:
        text = "this connection makes no objects; name one with `object`"
        return LiveResult((Problem("target.create", text),))
    given, path = as_mapping(create), "target.create"
    unknown = [key for key in given if key not in creation]
    missing = [key for key in creation if given.get(key) is None]
    problems = [
        Problem(join_path(path, key), f"is not a key; {one_of(key, creation, 'key')}")
        for key in unknown
    ]
    problems += [Problem(join_path(path, key), "is required") for key in missing]
    return LiveResult(tuple(problems))


def _run_after(live: LiveContext, arguments: Arguments) -> LiveResult:
    """A sync that would wait for itself."""
    after = as_mapping(as_mapping(arguments.get("schedule")).get("run_after"))
    waits = [one for one in as_list(after.get("sync_ids")) if isinstance(one, str)]
    if live.id is None or not waits:
        return LiveResult()
    try:
        cycle = cycle_of(live.id, waits, live.schemas.schedules_after())
    except NotChecked as reason:
        return LiveResult(unchecked=(str(reason),))
    if not cycle:
        return LiveResult()
    text = f"the syncs would wait for each other: {' after '.join(cycle)}"
    return LiveResult((Problem("schedule.run_after", text),))
