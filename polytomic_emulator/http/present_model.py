"""How a model looks in replies."""

from dataclasses import asdict
from typing import Any

from polytomic_emulator.http.present import (
    composed,
    floats,
    in_order,
    present_policies,
    with_server_keys,
    without_absent,
)
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.model import Enricher, Model, ModelField

_EXTRAS: dict[str, Any] = {"tracking_columns": [], "query": "", "schema": ""}
"""What the server adds to a model's configuration. Source: the Terraform importer drops it."""

_OF_KEPT_MODELS = ("id", "version", "created_at", "created_by", "updated_at", "updated_by")
SAMPLE_SIZE = 20
"""How many rows a sample has; the API promises no number."""


def present_model(model: Model, behaviour: Behaviour) -> dict[str, Any]:
    """The reply of creating, reading, changing and listing models."""
    order = behaviour.list_order
    fields = in_order(model.fields, order, lambda one: one.name)
    relations = in_order(model.relations, order, lambda one: one.source)
    shown = {
        "id": model.id,
        "name": model.name,
        "type": model.type,
        "version": model.version,
        "connection_id": model.connection_id,
        "organization_id": model.workspace_id,
        "configuration": _configuration(model, behaviour),
        "fields": [_field(one, model, behaviour) for one in fields],
        "identifier": model.identifier,
        "relations": [
            {"from": one.source, "to": {"model_id": one.model_id, "field": one.field}}
            for one in relations
        ],
        "tracking_columns": in_order(model.tracking_columns, order, str),
        "labels": [asdict(one) for one in in_order(model.labels, order, lambda one: one.name)],
        "policies": present_policies(model.policies, behaviour),
        "enricher": _enricher(model.enricher, behaviour) if model.enricher else None,
        "created_at": model.created_at,
        "created_by": model.created_by,
        "updated_at": model.updated_at,
        "updated_by": model.created_by,
    }
    return composed(without_absent(shown, behaviour), behaviour)


def present_preview(model: Model, behaviour: Behaviour) -> dict[str, Any]:
    """A model that is not kept: it has no id, no version and no times."""
    shown = present_model(model, behaviour)
    return without_absent({**shown, **dict.fromkeys(_OF_KEPT_MODELS)}, behaviour)


def present_sample(model: Model, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A model's sample: its fields under its id, enriched ones under the enricher's id.

    Source: `SampleRecord` of the official client.
    """
    enricher = model.enricher
    enriched: dict[str, Any] = {}
    warnings: list[str] = []
    if enricher is not None:
        enriched = {str(enricher.enricher_id): dict.fromkeys(enricher.field_names())}
        warnings.append("The emulator enriches nothing: fields of the enricher are null.")
    return {"records": [{model.id: row, **enriched} for row in rows], "warnings": warnings}


def _configuration(model: Model, behaviour: Behaviour) -> dict[str, Any]:
    shown = model.configuration
    if behaviour.model_configuration_extras:
        shown = _EXTRAS | shown
    shown = with_server_keys(shown, behaviour)
    return floats(shown) if behaviour.numbers == "float" else shown


def _field(field: ModelField, model: Model, behaviour: Behaviour) -> dict[str, Any]:
    shown = {
        **asdict(field),
        "description": None,
        "created_by": model.created_by,
    }
    return without_absent(shown, behaviour)


def _enricher(enricher: Enricher, behaviour: Behaviour) -> dict[str, Any]:
    configuration = with_server_keys(enricher.configuration, behaviour)
    return without_absent({**asdict(enricher), "configuration": configuration}, behaviour)
