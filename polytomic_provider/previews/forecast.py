"""What a preview says about a sync that is created or changed: sample and impact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from polytomic_provider.kinds.lifecycle.adoption import wants_adoption
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.sync.handler import SyncHandler
from polytomic_provider.live import NotChecked, Schemas
from polytomic_provider.live.schemas import selection
from polytomic_provider.previews.impact import impact_of_change, impact_of_new
from polytomic_provider.previews.row_results import CannotTell, Row
from polytomic_provider.previews.sampling import SampleOptions, sample_lines
from polytomic_provider.previews.sync_plan import SyncPlan, plan_of
from polytomic_provider.spec.sync_parse import spec_of
from polytomic_provider.spec.sync_reply import read_reply
from polytomic_provider.validation import holds_unknown
from polytomic_provider.validation.untyped import as_mapping

if TYPE_CHECKING:
    from polytomic_provider.api.wire.sync_list import SyncStatus
    from polytomic_provider.api.wire.sync_reply import SyncReply

Arguments = Mapping[str, Any]

_SYNCS = SyncHandler()

NO_CONNECTION = "the connection does not exist yet"
NO_MODEL = "the model does not exist yet"
MODEL_FIRST = "what its model will read can be sampled once the model is deployed"
OWN_FIELDS = "its model gets fields of its own, which a sample shows once the model is deployed"
SHAPING = (
    "fields",
    "identity",
    "identities",
    "filters",
    "filter_logic",
    "model_filters",
    "target_filters",
    "overrides",
    "override_fields",
)
"""The arguments of a sync that decide which rows land and how."""


@dataclass(frozen=True)
class Forecast:
    """Messages for the sync's row; `missing` is why there is no sample, in a few words."""

    messages: tuple[str, ...]
    missing: str | None = None


@dataclass(frozen=True)
class Planned:
    """A sync as a program declares it.

    id_: of the sync that it is already, if any. model: the arguments of its model, where the same
    program declares it.
    """

    arguments: Arguments
    id_: str | None = None
    model: Arguments | None = None


@dataclass(frozen=True)
class _Now:
    """A sync as it is in Polytomic, and what of it the program changes."""

    reply: SyncReply
    changed: Sequence[str]
    status: SyncStatus | None


def forecast(schemas: Schemas, planned: Planned, look: SampleOptions) -> Forecast:
    """Predict what happens to the sync's data. Sends only GETs; leaves out what it cannot read."""
    try:
        now = _now(schemas, planned)
    except NotChecked as reason:
        return Forecast((), str(reason))
    if now is not None and not now.changed:
        return Forecast(())
    impact = _impact(planned, now)
    lines = [impact] if impact else []
    try:
        sample = "\n  ".join(_sample(schemas, planned, now, look))
        return Forecast((sample, *lines))
    except (NotChecked, CannotTell) as reason:
        return Forecast(tuple(lines), str(reason))


def _now(schemas: Schemas, planned: Planned) -> _Now | None:
    id_: Any = planned.id_ or planned.arguments.get("adopt_id")
    if not isinstance(id_, str):
        return None
    reply = schemas.samples.sync(id_)
    there = _SYNCS.read_arguments(reply, planned.arguments)
    changed = _SYNCS.compare(State(id_, there, {}), planned.arguments).sent
    if not changed:
        return _Now(reply, (), None)
    try:
        status = schemas.samples.status(id_)
    except NotChecked:
        status = None
    return _Now(reply, changed, status)


def _impact(planned: Planned, now: _Now | None) -> str | None:
    if now is not None:
        return impact_of_change(planned.arguments, now.changed, now.status)
    return None if wants_adoption(planned.arguments) else impact_of_new(planned.arguments)


def _sample(schemas: Schemas, planned: Planned, now: _Now | None, look: SampleOptions) -> list[str]:
    spec = spec_of(planned.arguments)
    if not spec.whole:
        raise NotChecked("not all of its mappings and filters are known yet")
    model, own = spec.base_model(), planned.arguments.get("model")
    declared = planned.model if model is own or model == own else None
    names = _field_names(schemas, model)
    after = plan_of(spec, model, names)
    before: SyncPlan | None = None
    if now is not None and any(name in SHAPING for name in now.changed):
        there = read_reply(now.reply.model_dump(mode="json", by_alias=True))
        before = plan_of(there, model, names)
    stays = _stays(schemas, model, declared, after.fields())
    rows = _rows(schemas, model, declared, after.fields(), stays=stays)
    before_rows: Sequence[Row] | None = None
    if now is not None and not _reads_the_same(schemas, model, declared):
        before_rows = schemas.samples.of_model(model)
    return sample_lines(after, before, rows, look, datetime.now(UTC), before_rows)


def _field_names(schemas: Schemas, model: Any) -> Mapping[str, str]:
    if not isinstance(model, str):
        return {}
    fields = schemas.model(model).fields or ()
    return {one.id: one.name for one in fields if one.id and one.name}


def _rows(
    schemas: Schemas,
    model: Any,
    declared: Arguments | None,
    fields: set[str],
    *,
    stays: bool,
) -> Sequence[Row]:
    """Return sample rows of the model as it will be."""
    if isinstance(model, str) and stays:
        connection = schemas.model(model).connection_id
        if connection is not None:
            schemas.usable(connection)
        return schemas.samples.of_model(model)
    if declared is None:
        raise NotChecked(NO_MODEL)
    connection, configuration = declared.get("connection_id"), declared.get("configuration")
    if not isinstance(connection, str):
        raise NotChecked(NO_CONNECTION)
    chosen = selection(as_mapping(configuration))
    if holds_unknown(configuration) or len(chosen) != 1 or "query" in chosen:
        raise NotChecked(MODEL_FIRST)
    schemas.usable(connection)
    (object_id,) = chosen.values()
    rows = schemas.samples.of_object(connection, object_id)
    missing = sorted(fields - {name for row in rows for name in row})
    source = schemas.source(connection, as_mapping(configuration)) if missing else None
    if source is not None and any(name not in source.fields for name in missing):
        raise NotChecked(OWN_FIELDS)
    return rows


def _stays(schemas: Schemas, model: Any, declared: Arguments | None, fields: set[str]) -> bool:
    """Return whether the deployment changes nothing of the model that the sync reads."""
    if declared is None or not isinstance(model, str):
        return True
    if not _reads_the_same(schemas, model, declared):
        return False
    there = schemas.model(model)
    if declared.get("enricher") is not None or there.enricher is not None:
        return True
    return fields <= {one.name for one in there.fields or ()}


def _reads_the_same(schemas: Schemas, model: Any, declared: Arguments | None) -> bool:
    """Return whether the model keeps its object or query."""
    if declared is None or not isinstance(model, str):
        return True
    there = schemas.model(model)
    chosen, known = selection(as_mapping(declared.get("configuration"))), there.configuration or {}
    same = all(known.get(key) == value for key, value in chosen.items())
    return same and declared.get("connection_id") == there.connection_id
