"""Holds the arguments of each kind to live schemas, as far as these can be read."""

from collections.abc import Mapping
from typing import Any

from polytomic_provider.facts import connection_types
from polytomic_provider.live.not_checked import NotChecked
from polytomic_provider.live.replies import recorded
from polytomic_provider.live.schemas import Schemas, selection
from polytomic_provider.live.verdict import Verdict
from polytomic_provider.validation import Problem, Severity, is_unknown
from polytomic_provider.validation.configuration import configuration_problems
from polytomic_provider.validation.model_schema import model_against_source, own_fields
from polytomic_provider.validation.problems import one_of
from polytomic_provider.validation.run_after import cycle_of
from polytomic_provider.validation.schemas import Source, SourceField
from polytomic_provider.validation.sync_schema import sync_against_model, sync_against_target
from polytomic_provider.validation.untyped import as_list, as_mapping, as_text

Arguments = Mapping[str, Any]

NO_CONNECTION = "the connection does not exist yet"


def check_connection(schemas: Schemas, arguments: Arguments, id_: str | None = None) -> Verdict:
    """The configuration against today's JSON Schema of its connection type.

    With the id of a connection that exists, its health as well: nothing behind one that is not
    healthy will run.
    """
    verdict = _against_type(schemas, arguments)
    return verdict if id_ is None else verdict + _health(schemas, id_)


def _against_type(schemas: Schemas, arguments: Arguments) -> Verdict:
    type_id, configuration = arguments.get("type"), arguments.get("configuration")
    if not isinstance(type_id, str) or not isinstance(configuration, dict):
        return Verdict()
    try:
        known = schemas.connection_type(type_id)
    except NotChecked as reason:
        return Verdict(unchecked=(str(reason),))
    if known is None:
        names = one_of(type_id, connection_types.all_types(), "connection type")
        return Verdict((Problem("type", f"Polytomic has no such connection type; {names}"),))
    return Verdict(tuple(configuration_problems(known, as_mapping(configuration))))


def _health(schemas: Schemas, id_: str) -> Verdict:
    try:
        found = schemas.connections().get(id_)
    except NotChecked as reason:
        return Verdict(unchecked=(str(reason),))
    if found is None or found.healthy:
        return Verdict()
    reason = (found.status_error or found.status or "consent is missing").rstrip(".")
    kind = connection_types.get(found.type) if found.type else None
    way = "open auth_url, or give `reconnect` another value for a new consent address"
    if kind is not None and not kind.use_oauth:
        way = "correct its configuration, or mend it at the service"
    text = f"is not healthy, so nothing behind it will run: {reason}. To mend it, {way}"
    return Verdict((Problem("", text, Severity.WARNING),))


def check_model(schemas: Schemas, arguments: Arguments, id_: str | None = None) -> Verdict:
    """Object or query, fields, identifier and tracking columns against the source.

    With the id of a model that exists, fields whose type is another one than the model remembers
    are warned of.
    """
    try:
        source = _source(schemas, arguments)
    except NotChecked as reason:
        return Verdict(unchecked=(str(reason),))
    if isinstance(source, Problem):
        return Verdict((source,))
    problems = model_against_source(arguments, source)
    if id_ is not None:
        problems += _retyped(schemas, id_, source, arguments)
    return Verdict(tuple(problems))


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


def check_sync(
    schemas: Schemas,
    arguments: Arguments,
    model: Arguments | None = None,
    id_: str | None = None,
) -> Verdict:
    """Mappings, identity, filters and mode against model and target; run-after cycles.

    `model` are the arguments of a model that the same program declares: what the sync will find.
    """
    verdict = _against_model(schemas, arguments, model) + _against_target(schemas, arguments)
    return verdict + _run_after(schemas, arguments, id_)


def _against_model(schemas: Schemas, arguments: Arguments, model: Arguments | None) -> Verdict:
    try:
        exposed = _exposed(schemas, arguments, model)
    except NotChecked as reason:
        return Verdict(unchecked=(str(reason),))
    if exposed is None:
        return Verdict()
    return Verdict(tuple(sync_against_model(arguments, exposed)))


def _exposed(schemas: Schemas, arguments: Arguments, model: Arguments | None) -> Source | None:
    """The fields that the model has for the sync; None where nobody can tell."""
    if model is None:
        id_ = arguments.get("model")
        if not isinstance(id_, str):
            return None
        reply = schemas.model(id_)
        fields = {
            one.name: SourceField(one.name, one.type) for one in reply.fields or () if one.name
        }
        enriched = reply.enricher is not None
        return Source(f"model {reply.name!r}", fields) if fields and not enriched else None
    if model.get("enricher") is not None:
        return None
    names = model.get("fields")
    if isinstance(names, list):
        fields = {name: SourceField(name) for name in as_list(names) if isinstance(name, str)}
        if len(fields) < len(as_list(names)):
            return None
    else:
        source = _source(schemas, model)
        if isinstance(source, Problem):
            return None
        fields = dict(source.fields)
    fields |= {name: SourceField(name) for name in own_fields(model)}
    name = as_text(model.get("name"))
    return Source(f"model {name!r}" if name else "its model", fields)


def _against_target(schemas: Schemas, arguments: Arguments) -> Verdict:
    target = arguments.get("target")
    given = as_mapping(target)
    connection, object_id = given.get("connection_id"), given.get("object")
    if is_unknown(connection) or is_unknown(target):
        return Verdict(unchecked=(NO_CONNECTION,))
    if not isinstance(connection, str) or not isinstance(object_id, str) or given.get("create"):
        return Verdict()
    try:
        found = schemas.target(connection, object_id)
        if found is None:
            known = schemas.target_objects(connection)
            text = f"{object_id!r} is not there; {one_of(object_id, known, 'object')}"
            return Verdict((Problem("target.object", text),))
    except NotChecked as reason:
        return Verdict(unchecked=(str(reason),))
    return Verdict(tuple(sync_against_target(arguments, found)))


def _run_after(schemas: Schemas, arguments: Arguments, id_: str | None) -> Verdict:
    """A sync that would wait for itself."""
    after = as_mapping(as_mapping(arguments.get("schedule")).get("run_after"))
    waits = [one for one in as_list(after.get("sync_ids")) if isinstance(one, str)]
    if id_ is None or not waits:
        return Verdict()
    try:
        cycle = cycle_of(id_, waits, schemas.schedules_after())
    except NotChecked as reason:
        return Verdict(unchecked=(str(reason),))
    if not cycle:
        return Verdict()
    text = f"the syncs would wait for each other: {' after '.join(cycle)}"
    return Verdict((Problem("schedule.run_after", text),))
