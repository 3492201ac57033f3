"""Stored objects as GET shows them by default, and changes of any single part of them.

A change is what a person does in Polytomic. It is written as it is, or judged as the PUT judges it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from polytomic_emulator.bulk.documents import BulkSync, NotWritable, sync_from
from polytomic_emulator.bulk.handlers import shown_bulk_sync
from polytomic_emulator.bulk.present import present_schema
from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.http.document_paths import Path, read_path, value_at, with_value
from polytomic_emulator.http.edits import body_of_sync
from polytomic_emulator.http.models import read_model
from polytomic_emulator.http.present import present_connection
from polytomic_emulator.http.present_model import present_model
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.http.sync_bodies import read_sync
from polytomic_emulator.http.syncs import shown_sync
from polytomic_emulator.plain.kinds import BY_NAME
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.connection import Connection, ConnectionRequest
from polytomic_emulator.state.model import Label, Model, ModelField
from polytomic_emulator.state.models import field_id
from polytomic_emulator.state.plain_objects import PlainObject
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import (
    Condition,
    ConditionRequest,
    FilterRequest,
    Override,
    Source,
    Sync,
    SyncRequest,
)
from polytomic_provider.filtering.logic import labels_of, relabelled

KINDS = ("connection", "shared_connection", "model", "sync", "bulk_sync", *BY_NAME)
Stored = Connection | Model | Sync | BulkSync | PlainObject
_OWN = ("updated_at", "version")
"""What every change changes."""


@dataclass(frozen=True)
class Edit:
    """One change: `value` at `path`, None to take it away. strict: judged as the PUT judges it."""

    path: str
    value: Any
    strict: bool = False


def stored(state: State, kind: str, object_id: str) -> dict[str, Any]:
    """What GET answers about an object while every switch has its default."""
    return _shown(state, _find(state, kind, object_id))


def list_stored(state: State, kind: str) -> list[dict[str, Any]]:
    """What GET answers by default about every object of one kind of every workspace."""
    return [_shown(state, one) for one in _all(state, kind)]


def remove(state: State, object_id: str) -> None:
    """Delete an object of any kind without the rules of its DELETE.

    Raises NotFound, and Forbidden for what nobody can delete.
    """
    for kind in KINDS:
        for found in _all(state, kind):
            if found.id == object_id:
                _remove(state, found)
                return
    raise NotFound("object not found")


def edit(state: State, kind: str, object_id: str, change: Edit) -> dict[str, Any]:
    """Change one part of an object and return what GET then answers by default.

    Raises BadRequest for a part that the server keeps to itself, or a value that it would not keep;
    with `strict` whatever the PUT raises.
    """
    before = _find(state, kind, object_id)
    if isinstance(before, PlainObject):
        BY_NAME[kind].check_own(before)
    path = read_path(change.path)
    if path[0] == "identity":
        path = ("identities", "mappings", 0, *path[1:])
    document = _document(state, before, path)
    if path[0] not in document:
        raise BadRequest(
            f"{change.path} cannot be changed", field="path", known_values=sorted(document)
        )
    wanted = with_value(document, path, change.value)
    after = _written(state, before, wanted, strict=change.strict)
    _check_kept(state, before, after, path, change)
    return _shown(state, after)


def _find(state: State, kind: str, object_id: str) -> Stored:
    if kind in ("connection", "shared_connection"):
        return state.connections.get(object_id)
    if kind == "model":
        return state.models.get(object_id)
    if kind == "sync":
        return state.syncs.get(object_id)
    if kind == "bulk_sync":
        return state.bulk_syncs.get(object_id)
    if kind in BY_NAME:
        return BY_NAME[kind].get(state, object_id)
    raise _unknown_kind(kind)


def _all(state: State, kind: str) -> Sequence[Stored]:
    if kind in ("connection", "shared_connection"):
        shared = kind == "shared_connection"
        found = state.connections.all()
        return [one for one in found if (one.parent_connection_id is not None) is shared]
    if kind == "model":
        return state.models.all()
    if kind == "sync":
        return state.syncs.all()
    if kind == "bulk_sync":
        return state.bulk_syncs.all()
    if kind in BY_NAME:
        return BY_NAME[kind].all(state)
    raise _unknown_kind(kind)


def _unknown_kind(kind: str) -> BadRequest:
    return BadRequest(f"kind {kind!r} is not known", field="kind", known_values=list(KINDS))


def _remove(state: State, found: Stored) -> None:
    if isinstance(found, Connection):
        state.connections.remove(found.id)
    elif isinstance(found, Model):
        state.models.remove(found.id)
    elif isinstance(found, Sync):
        state.syncs.remove(found.id)
    elif isinstance(found, BulkSync):
        state.bulk_syncs.remove(found.id)
    else:
        BY_NAME[found.kind].delete(state, found)


def _shown(state: State, found: Stored) -> dict[str, Any]:
    if isinstance(found, Connection):
        return present_connection(found, Behaviour())
    if isinstance(found, Model):
        return present_model(found, Behaviour())
    if isinstance(found, PlainObject):
        return BY_NAME[found.kind].present(found, Behaviour())
    if isinstance(found, BulkSync):
        return _shown_bulk_sync(state, found)
    return shown_sync(state, found, Behaviour())


def _shown_bulk_sync(state: State, found: BulkSync) -> dict[str, Any]:
    """A bulk sync as GET shows it, with each of its schemas as its own GET shows it."""
    usual = Behaviour()
    schemas = state.bulk_syncs.shown_schemas(found, usual)
    shown = [present_schema(found, one, usual, whole=True) for one in schemas]
    return shown_bulk_sync(state, found, usual) | {"schemas": shown}


_KEPT_OF_BULK_SYNCS = (
    *("id", "workspace_id", "created_at", "created_by", "updated_at", "marks"),
    *("source_connection_id", "destination_connection_id", "error_handling"),
)


def _document(state: State, found: Stored, path: Path) -> dict[str, Any]:
    """What can be changed of an object, in the keys of GET."""
    if isinstance(found, Connection):
        keys = ("name", "configuration", "policies", "healthcheck_interval")
        return {key: asdict(found)[key] for key in keys}
    if isinstance(found, Model):
        shown = present_model(found, Behaviour(null_for_absent=True))
        kept = ("id", "type", "version", "organization_id")
        return {
            key: value
            for key, value in shown.items()
            if key not in kept and not key.startswith(("created_", "updated_"))
        }
    if isinstance(found, PlainObject):
        return BY_NAME[found.kind].editable(found)
    if isinstance(found, BulkSync):
        whole = replace(found, schemas=state.bulk_syncs.shown_schemas(found, Behaviour()))
        return {k: v for k, v in asdict(whole).items() if k not in _KEPT_OF_BULK_SYNCS}
    # An id beside a name counts more: only who changes the id wants it there.
    by_id = path[-1] == "field_id"
    field_ids = state.models.field_ids(found.workspace_id) if by_id else {}
    body = body_of_sync(found, {str(path[0])}, field_ids)
    body["target"] |= {"create": found.target.create or None}
    if path[0] == "identities":
        body["identities"] = body["identities"] or {"mappings": []}
    return body


def _written(state: State, found: Stored, document: dict[str, Any], *, strict: bool) -> Stored:
    if isinstance(found, Connection):
        return _written_connection(state, found, Reader(document), strict=strict)
    if isinstance(found, Model):
        return _written_model(state, found, document, strict=strict)
    if isinstance(found, PlainObject):
        return BY_NAME[found.kind].edit(state, found, Reader(document), strict=strict)
    if isinstance(found, BulkSync):
        return _written_bulk_sync(state, found, document, strict=strict)
    request = read_sync(Reader(document))
    if strict:
        return state.syncs.update(found.id, found.workspace_id, request, Behaviour())
    return state.syncs.store(_unjudged_sync(state, found, request))


def _written_connection(
    state: State, found: Connection, body: Reader, *, strict: bool
) -> Connection:
    request = ConnectionRequest(
        name=body.required_text("name"),
        configuration=body.object("configuration"),
        policies=body.texts("policies"),
        healthcheck_interval=body.text("healthcheck_interval"),
        validate=False,
    )
    if strict:
        given = {
            key: value
            for key, value in request.configuration.items()
            if found.configuration.get(key) != value or not _of_server(found, key)
        }
        request = replace(request, configuration=given)
        return state.connections.update(found.id, found.workspace_id, request, Behaviour())
    return state.connections.store(
        replace(
            found,
            name=request.name,
            configuration=request.configuration,
            policies=request.policies,
            healthcheck_interval=request.healthcheck_interval,
            updated_at=state.clock.stamp(),
        )
    )


def _of_server(found: Connection, key: str) -> bool:
    known = found.kind.properties.get(key)
    return known is not None and (known.read_only or known.internal)


def _written_bulk_sync(
    state: State, found: BulkSync, document: dict[str, Any], *, strict: bool
) -> BulkSync:
    kept = {k: v for k, v in asdict(found).items() if k in _KEPT_OF_BULK_SYNCS}
    stamp = state.clock.stamp()
    try:
        changed = sync_from(json.dumps({**kept, **document, "updated_at": stamp}))
    except NotWritable as error:
        raise BadRequest(f"{error} cannot be kept so", field="path") from None
    if strict:
        state.bulk_syncs.check_stored(changed, Behaviour())
    return state.bulk_syncs.store(changed)


def _written_model(state: State, found: Model, document: dict[str, Any], *, strict: bool) -> Model:
    own = Reader(document).each("fields", lambda one: one)
    labels = Reader(document).each("labels", _label)
    body = {
        **document,
        "fields": [one.required_text("name") for one in own if not one.flag("user_added")],
        "additional_fields": [one.values for one in own if one.flag("user_added")],
        "labels": [one.name for one in labels],
    }
    request = read_model(Reader(body))
    if strict:
        return state.models.update(found.id, found.workspace_id, request, Behaviour())
    return state.models.store(
        replace(
            found,
            name=request.name,
            connection_id=request.connection_id,
            configuration=request.configuration,
            fields=[_field(found, one) for one in own],
            identifier=request.identifier,
            tracking_columns=request.tracking_columns,
            relations=request.relations,
            enricher=request.enricher,
            labels=labels,
            policies=request.policies,
            version=found.version + 1,
            updated_at=state.clock.stamp(),
        )
    )


def _label(written: Reader) -> Label:
    return Label(written.required_text("id"), written.required_text("name"))


def _field(model: Model, written: Reader) -> ModelField:
    name = written.required_text("name")
    return ModelField(
        id=field_id(model, name),
        name=name,
        label=written.text("label") or name,
        type=written.text("type") or "string",
        remote_type=written.text("remote_type") or "string",
        created_at=written.text("created_at") or model.created_at,
        updated_at=written.text("updated_at") or model.updated_at,
        example=written.any("example"),
        unique=written.flag("unique"),
        user_added=written.flag("user_added"),
    )


def _unjudged_sync(state: State, found: Sync, request: SyncRequest) -> Sync:
    newer = [one for one in (request.model_filters, request.target_filters) if one is not None]
    asked = [condition for one in newer or [request.filters] for condition in one.conditions]
    conditions = [_condition(state, found, one) for one in asked]
    logics = (request.filters.logic, request.target_logic)
    if newer:
        logics = (_logic_of(request.model_filters), _logic_of(request.target_filters))
    identities = request.identities
    if identities is None:
        identities = [request.identity] if request.identity else []
    # The strategy of a single mapping is documented to be always this one.
    strategy = request.strategy if len(identities) > 1 else "priority" if identities else None
    return replace(
        found,
        name=request.name,
        mode=request.mode,
        fields=[
            *(one for one in request.fields if one.source),
            *(one for one in request.fields if not one.source),
            *request.override_fields,
        ],
        target=replace(request.target, create=request.target.create or found.target.create),
        schedule=request.schedule,
        identities=identities,
        strategy=strategy,
        conditions=[replace(one, label=None) for one in conditions],
        model_logic=_relabelled(logics[0], conditions, "Model"),
        target_logic=_relabelled(logics[1], conditions, "Target"),
        overrides=[_override(state, found, one) for one in request.overrides],
        active=request.active,
        sync_all_records=request.sync_all_records,
        only_enrich_updates=request.only_enrich_updates,
        skip_initial_backfill=request.skip_initial_backfill,
        encryption_passphrase=request.encryption_passphrase,
        policies=request.policies,
        updated_at=state.clock.stamp(),
    )


def _logic_of(filters: FilterRequest | None) -> str:
    return filters.logic if filters else ""


def _relabelled(logic: str, conditions: list[Condition], kind: str) -> str:
    """The logic in the labels of the positions, which are the ones that are stored."""
    labels = [one.label for one in conditions if one.kind == kind]
    pairs = zip(labels, labels_of(len(labels)), strict=True)
    return relabelled(logic, {label: positional for label, positional in pairs if label})


def _condition(state: State, sync: Sync, request: ConditionRequest) -> Condition:
    ref = request.ref
    source = _source(state, sync, request) if ref.kind != "Target" else None
    if request.function is None or (source is None and not ref.id):
        raise BadRequest(f"{request.path} needs a field and a function", field=request.path)
    return Condition(
        kind="Model" if source else "Target",
        function=request.function,
        source=source,
        target=None if source else ref.id,
        value=request.value,
        value_source=request.value_source,
        label=request.label,
    )


def _source(state: State, sync: Sync, request: ConditionRequest) -> Source | None:
    ref = request.ref
    named = {value: key for key, value in state.models.field_ids(sync.workspace_id).items()}
    return ref.source or (Source(*named[ref.id]) if ref.id in named else None)


def _override(state: State, sync: Sync, request: ConditionRequest) -> Override:
    source = _source(state, sync, request)
    if source is None:
        raise BadRequest(f"{request.path} needs a field of a model", field=request.path)
    return Override(source, request.function, request.value, request.override)


def _check_kept(state: State, before: Stored, after: Stored, path: Path, change: Edit) -> None:
    """Refuse a change that was lost in reading it, such as one of a key that is not there."""
    as_it_was = value_at(_document(state, before, path), path) == change.value
    changed = _compared(before) != _compared(after)
    told = value_at(_document(state, after, path), path)
    if (changed or as_it_was) and (change.value is None or _bare(told) == _bare(change.value)):
        return
    raise BadRequest(f"{change.path} cannot become this value", field="path", now=told)


def _bare(value: Any) -> Any:
    """A copy without the keys of objects that have no value."""
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: _bare(item) for key, item in pairs if item is not None}
    if isinstance(value, list):
        return [_bare(item) for item in cast("list[Any]", value)]
    return value


def _compared(found: Stored) -> dict[str, Any]:
    return {key: value for key, value in asdict(found).items() if key not in _OWN}
