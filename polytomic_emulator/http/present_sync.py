"""How a sync looks in replies, in the shapes that the emulator is told to use."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from polytomic_emulator.http.present import (
    composed,
    floats,
    in_order,
    present_policies,
    swapped,
    with_server_keys,
    without_absent,
)
from polytomic_emulator.state.behaviour import Behaviour, OverrideFieldsShape
from polytomic_emulator.state.schedules import PARTS
from polytomic_emulator.state.sync import (
    Condition,
    FilterKind,
    Identity,
    Mapping,
    Override,
    Schedule,
    Source,
    Sync,
    Target,
)
from polytomic_provider.filtering.logic import label_at, relabelled

_NO_MODEL = "00000000-0000-0000-0000-000000000000"

FieldIds = dict[tuple[str, str], str]
"""The UUID of each model field, by model and name."""


@dataclass(frozen=True)
class SyncView:
    """What a reply needs besides the sync. `old`: the caller's API knows the older shapes only."""

    behaviour: Behaviour
    field_ids: FieldIds
    problems: list[dict[str, str]]
    old: bool = False

    def shows(self, shape: str, asked: str) -> bool:
        """Whether a reply has the keys of a shape, `old` or `new`."""
        return shape == "old" if self.old else asked in ("both", shape)

    @property
    def override_fields_shape(self) -> OverrideFieldsShape:
        """The older API has no key of their own for override fields."""
        asked = self.behaviour.override_fields_shape
        return "merged" if self.old and asked in ("separate", "both") else asked


def present_sync(sync: Sync, view: SyncView) -> dict[str, Any]:
    """The reply of creating, reading and changing syncs."""
    behaviour = view.behaviour
    ordered = _Ordered(sync, behaviour)
    shown: dict[str, Any] = present_light_sync(sync, behaviour)
    del shown["target_connection_id"]
    shown.pop("target_object", None)
    shown |= {
        "fields": _mappings(sync, view),
        "target": _target(sync.target, behaviour),
        "overrides": [
            _override(one, view)
            for one in in_order(sync.overrides, behaviour.list_order, lambda one: one.source.field)
        ],
        "policies": present_policies(sync.policies, behaviour),
        "problems": view.problems or None,
    }
    if view.override_fields_shape in ("separate", "both"):
        shown["override_fields"] = [
            _override_field(one, behaviour) for one in _sorted(sync, behaviour) if not one.source
        ]
    if view.shows("old", behaviour.filters_shape):
        shown["filters"] = [_old_filter(one, label, view) for one, label in ordered.conditions]
        shown["filter_logic"] = ordered.model_logic or None
        if ordered.target_logic:
            shown["target"]["filter_logic"] = ordered.target_logic
    if view.shows("new", behaviour.filters_shape):
        shown["model_filters"] = _filters(ordered, "Model", view)
        shown["target_filters"] = _filters(ordered, "Target", view)
    identities = [_identity(one, behaviour) for one in sync.identities]
    if view.shows("old", behaviour.identity_shape):
        shown["identity"] = identities[0] if identities else None
    if view.shows("new", behaviour.identity_shape):
        new = {"mappings": identities, "strategy": sync.strategy}
        shown["identities"] = without_absent(new, behaviour) if identities else None
    return composed(without_absent(shown, behaviour), behaviour)


def present_light_sync(sync: Sync, behaviour: Behaviour) -> dict[str, Any]:
    """An entry of the list of syncs."""
    shown = {
        "id": sync.id,
        "name": sync.name,
        "active": sync.active,
        "mode": sync.mode,
        "target_connection_id": sync.target.connection_id,
        "target_object": sync.target.object,
        "model_ids": sync.model_ids(),
        "schedule": _schedule(sync.schedule, behaviour),
        "only_enrich_updates": sync.only_enrich_updates,
        "skip_initial_backfill": sync.skip_initial_backfill,
        "sync_all_records": sync.sync_all_records,
        "organization_id": sync.workspace_id,
        "created_at": sync.created_at,
        "created_by": sync.created_by,
        "updated_at": sync.updated_at,
        "updated_by": sync.created_by,
    }
    return composed(without_absent(shown, behaviour), behaviour)


class _Ordered:
    """The filters in the order of the reply, each with the label of its position there."""

    def __init__(self, sync: Sync, behaviour: Behaviour) -> None:
        ordered = in_order(sync.conditions, behaviour.list_order, _name_of)
        labels = {kind: self._labels(sync, ordered, kind) for kind in ("Model", "Target")}
        self.model_logic = relabelled(sync.model_logic, labels["Model"])
        self.target_logic = relabelled(sync.target_logic, labels["Target"])
        counts = {"Model": 0, "Target": 0}
        self.conditions: list[tuple[Condition, str]] = []
        for one in ordered:
            self.conditions.append((one, label_at(counts[one.kind])))
            counts[one.kind] += 1

    @staticmethod
    def _labels(sync: Sync, ordered: Sequence[Condition], kind: FilterKind) -> dict[str, str]:
        """Label by stored position → label by position in the reply."""
        stored = sync.conditions_of(kind)
        shown = [one for one in ordered if one.kind == kind]
        places = {id(one): position for position, one in enumerate(shown)}
        return {label_at(n): label_at(places[id(one)]) for n, one in enumerate(stored)}


def _name_of(condition: Condition) -> str:
    name = condition.source.field if condition.source else condition.target
    return f"{condition.kind} {name} {condition.function} {condition.value}"


def _sorted(sync: Sync, behaviour: Behaviour) -> list[Mapping]:
    return in_order(sync.fields, behaviour.list_order, lambda one: one.target)


def _mappings(sync: Sync, view: SyncView) -> list[dict[str, Any]]:
    behaviour = view.behaviour
    shape = view.override_fields_shape
    shown: list[dict[str, Any]] = []
    for one in _sorted(sync, behaviour):
        mapping = _mapping(one, behaviour)
        if one.source is not None:
            shown.append(mapping)
        elif shape != "separate":
            nowhere = {"model_id": "" if shape == "merged_empty" else _NO_MODEL, "field": ""}
            shown.append(mapping | {"source": nowhere})
    return shown


def _mapping(mapping: Mapping, behaviour: Behaviour) -> dict[str, Any]:
    shown = asdict(mapping)
    shown["override_value"] = swapped(mapping.override_value, behaviour)
    if behaviour.mapping_defaults:
        defaults = {"new": False, "sync_mode": "updateOrCreate", "encryption_enabled": False}
        shown |= {key: value for key, value in defaults.items() if shown[key] is None}
    return without_absent(shown, behaviour)


def _override_field(mapping: Mapping, behaviour: Behaviour) -> dict[str, Any]:
    keys = ("target", "override_value", "new", "sync_mode")
    return {key: value for key, value in _mapping(mapping, behaviour).items() if key in keys}


def _identity(identity: Identity, behaviour: Behaviour) -> dict[str, Any]:
    shown = asdict(identity)
    if behaviour.mapping_defaults and shown["new_field"] is None:
        shown["new_field"] = False
    if behaviour.server_keys and shown["remote_field_type_id"] is None:
        shown["remote_field_type_id"] = "text"
    return without_absent(shown, behaviour)


def _value(value: Any, behaviour: Behaviour) -> Any:
    return floats(value) if behaviour.numbers == "float" else value


def _reference(source: Source, view: SyncView) -> dict[str, Any]:
    """A model's field, by name, by UUID, or by both."""
    by = view.behaviour.filter_fields
    field_id = view.field_ids.get((source.model_id, source.field))
    return {
        "field": asdict(source) if by != "id" or field_id is None else None,
        "field_id": field_id if by != "name" else None,
    }


def _old_filter(condition: Condition, label: str, view: SyncView) -> dict[str, Any]:
    named = (
        _reference(condition.source, view)
        if condition.source
        else {"field": None, "field_id": condition.target}
    )
    compared = condition.value_source
    shown = named | {
        "field_type": condition.kind,
        "function": condition.function,
        "value": _value(condition.value, view.behaviour),
        "value_field": asdict(compared) if compared else None,
        "label": label,
    }
    return without_absent(shown, view.behaviour)


def _filters(ordered: _Ordered, kind: FilterKind, view: SyncView) -> dict[str, Any]:
    behaviour = view.behaviour
    conditions: list[dict[str, Any]] = []
    for one, label in ordered.conditions:
        if one.kind != kind:
            continue
        compared = one.value_source
        named: dict[str, Any] = (
            {"source": asdict(one.source)}
            if one.source
            else {"field": one.target, "value_source": asdict(compared) if compared else None}
        )
        shown = named | {
            "function": one.function,
            "value": _value(one.value, behaviour),
            "label": label,
        }
        conditions.append(without_absent(shown, behaviour))
    logic = ordered.model_logic if kind == "Model" else ordered.target_logic
    return without_absent({"conditions": conditions, "logic": logic or None}, behaviour)


def _override(override: Override, view: SyncView) -> dict[str, Any]:
    shown = _reference(override.source, view) | {
        "function": override.function,
        "value": _value(override.value, view.behaviour),
        "override": swapped(_value(override.override, view.behaviour), view.behaviour),
    }
    return without_absent(shown, view.behaviour)


def _target(target: Target, behaviour: Behaviour) -> dict[str, Any]:
    shown = {
        "connection_id": target.connection_id,
        "object": target.object,
        "configuration": _value(with_server_keys(target.configuration, behaviour), behaviour),
        "new_name": target.new_name,
        "search_values": _search_values(target.object or "") if behaviour.search_values else None,
    }
    return without_absent(shown, behaviour)


def _search_values(object_id: str) -> dict[str, str]:
    schema, dot, table = object_id.rpartition(".")
    return {"schema": schema, "table": table} if dot else {"object": object_id}


def _schedule(schedule: Schedule, behaviour: Behaviour) -> dict[str, Any]:
    after = {
        key: ids
        for key, ids in (
            ("sync_ids", schedule.run_after_syncs),
            ("bulk_sync_ids", schedule.run_after_bulk_syncs),
        )
        if ids is not None
    }
    job_id = schedule.job_id
    shown = {
        "frequency": schedule.frequency,
        **{part: swapped(getattr(schedule, part), behaviour) for part in PARTS},
        "connection_id": schedule.connection_id,
        "job_id": swapped(_value(job_id, behaviour), behaviour),
        "run_after": after or None,
        "run_after_success_only": schedule.run_after_success_only,
    }
    if behaviour.server_keys and schedule.run_after_success_only is None:
        shown["run_after_success_only"] = False
    if behaviour.schedule_parts == "empty":
        texts = (*PARTS, "connection_id")
        shown |= {key: "" for key in texts if shown[key] is None}
    if behaviour.schedule_parts == "null":
        return shown
    return {key: value for key, value in shown.items() if value is not None}
