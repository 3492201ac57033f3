"""The bodies that create and update syncs, read into a request; the rules are in the state."""

from dataclasses import replace
from typing import Any

from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.sync import (
    ConditionRequest,
    FieldRef,
    FilterKind,
    FilterRequest,
    Identity,
    Mapping,
    Schedule,
    Source,
    SyncRequest,
    Target,
)

NEW_TARGET = "__pt_new_target"
"""The older way to ask for a new target: as `object`, beside `new_name` and `search_values`."""


def read_sync(body: Reader) -> SyncRequest:
    """The body of `POST /api/syncs` and `PUT /api/syncs/{id}`."""
    target = body.required_inner("target")
    identities = body.inner("identities")
    return SyncRequest(
        name=body.required_text("name"),
        mode=body.required_text("mode"),
        fields=_required_mappings(body),
        target=_target(target),
        schedule=_schedule(body.required_inner("schedule")),
        override_fields=body.each("override_fields", _override_field),
        filters=FilterRequest(
            body.each("filters", _filter), body.text("filter_logic") or "", "filters"
        ),
        target_logic=target.text("filter_logic") or "",
        model_filters=_filters(body.inner("model_filters"), _model_condition),
        target_filters=_filters(body.inner("target_filters"), _target_condition),
        overrides=body.each("overrides", _filter),
        identity=_identity(body.required_inner("identity"))
        if body.values.get("identity")
        else None,
        identities=identities.each("mappings", _identity) if identities else None,
        strategy=identities.text("strategy") if identities else None,
        active=body.flag("active"),
        sync_all_records=body.flag("sync_all_records"),
        only_enrich_updates=body.flag("only_enrich_updates"),
        skip_initial_backfill=body.flag("skip_initial_backfill"),
        encryption_passphrase=body.text("encryption_passphrase"),
        policies=body.texts("policies"),
    )


def _required_mappings(body: Reader) -> list[Mapping]:
    if not body.has("fields"):
        raise body.wrong("fields", "is required")
    return body.each("fields", _mapping)


def _source(found: Reader | None) -> Source | None:
    if found is None:
        return None
    return Source(found.text("model_id") or "", found.text("field") or "")


def _required_source(found: Reader, key: str) -> Source:
    inner = found.required_inner(key)
    return Source(inner.required_text("model_id"), inner.required_text("field"))


def _mapping(found: Reader) -> Mapping:
    source = _source(found.inner("source"))
    override_value = found.text("override_value")
    # What replies show of an override field: a source that names no model.
    nowhere = source is not None and not source.model_id.strip("0-") and override_value is not None
    return Mapping(
        target=found.required_text("target"),
        source=None if nowhere else source,
        override_value=override_value,
        new=found.flag("new") if found.has("new") else None,
        sync_mode=found.text("sync_mode"),
        encryption_enabled=(
            found.flag("encryption_enabled") if found.has("encryption_enabled") else None
        ),
    )


def _override_field(found: Reader) -> Mapping:
    """A constant; a `source` in it is documented as ignored."""
    found.required_text("override_value")
    return replace(_mapping(found), source=None)


def _identity(found: Reader) -> Identity:
    return Identity(
        source=_required_source(found, "source"),
        target=found.required_text("target"),
        function=found.required_text("function"),
        new_field=found.flag("new_field") if found.has("new_field") else None,
        remote_field_type_id=found.text("remote_field_type_id"),
    )


def _filters(found: Reader | None, read: Any) -> FilterRequest | None:
    if found is None:
        return None
    return FilterRequest(found.each("conditions", read), found.text("logic") or "", found.path)


def _filter(found: Reader) -> ConditionRequest:
    """One of the older `filters`, or an override."""
    written = found.text("field_type")
    kind: FilterKind | None = None
    if written is not None:
        if written not in ("Model", "Target"):
            kinds = ["Model", "Target"]
            raise found.wrong("field_type", "must be Model or Target", known_values=kinds)
        kind = "Model" if written == "Model" else "Target"
    field_id = found.text("field_id")
    return ConditionRequest(
        path=found.path,
        # Where both are given the id counts. Source: the filter type of the newest client.
        ref=FieldRef(_source(found.inner("field")) if not field_id else None, field_id, kind),
        function=found.text("function"),
        value=found.any("value"),
        value_source=_source(found.inner("value_field")),
        label=found.text("label"),
        override=found.any("override"),
    )


def _model_condition(found: Reader) -> ConditionRequest:
    return ConditionRequest(
        path=found.path,
        ref=FieldRef(_required_source(found, "source"), None, "Model"),
        function=found.text("function"),
        value=found.any("value"),
        label=found.text("label"),
    )


def _target_condition(found: Reader) -> ConditionRequest:
    return ConditionRequest(
        path=found.path,
        ref=FieldRef(None, found.required_text("field"), "Target"),
        function=found.text("function"),
        value=found.any("value"),
        value_source=_source(found.inner("value_source")),
        label=found.text("label"),
    )


def _target(found: Reader) -> Target:
    create = found.text_map("create")
    object_id, new_name = found.text("object"), found.text("new_name")
    if object_id == NEW_TARGET:
        searched = {key: str(value) for key, value in found.object("search_values").items()}
        create = create or searched or {"name": new_name or ""}
        object_id = None
    return Target(
        connection_id=found.required_text("connection_id"),
        object=object_id or None,
        configuration=found.object("configuration"),
        create=create,
        new_name=new_name,
    )


def _schedule(found: Reader) -> Schedule:
    after = found.inner("run_after")
    return Schedule(
        frequency=found.required_text("frequency"),
        minute=found.text("minute") or None,
        hour=found.text("hour") or None,
        day_of_week=found.text("day_of_week") or None,
        day_of_month=found.text("day_of_month") or None,
        month=found.text("month") or None,
        connection_id=found.text("connection_id") or None,
        job_id=found.integer("job_id"),
        run_after_syncs=_texts_sent(after, "sync_ids"),
        run_after_bulk_syncs=_texts_sent(after, "bulk_sync_ids"),
        run_after_success_only=(
            found.flag("run_after_success_only") if found.has("run_after_success_only") else None
        ),
    )


def _texts_sent(found: Reader | None, key: str) -> list[str] | None:
    return found.texts(key) if found and found.has(key) else None
