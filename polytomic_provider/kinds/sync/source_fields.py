"""Lets a model that names no fields expose those of its source that a sync of the program maps.

Such a model takes all fields of its source when it is made, and Polytomic does not add the ones
that the source gains later.
"""

from collections.abc import Mapping
from typing import Any

from polytomic_provider.api import Workspace, workspace_of
from polytomic_provider.api.http.operation import say
from polytomic_provider.api.wire.model import ModelReply, ModelRequest
from polytomic_provider.facts.secrets import MASK
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.live import NotChecked
from polytomic_provider.spec.sync_parse import spec_of


def expose_mapped_fields(scope: Scope, arguments: Mapping[str, Any]) -> None:
    """Add the fields that a sync names to models of this run that follow their source.

    Leaves alone what cannot be looked at, and what the source does not have: the validation that
    comes next says what is wrong.
    """
    named: dict[str, set[str]] = {}
    for _, source in spec_of(arguments).sources():
        if isinstance(source.model, str) and isinstance(source.field, str):
            named.setdefault(source.model, set()).add(source.field)
    for model_id in filter(scope.process.follows_source, named):
        _expose(scope, workspace_of(arguments), model_id, named[model_id])


def _expose(scope: Scope, workspace: Workspace, model_id: str, names: set[str]) -> None:
    polytomic, schemas = scope.polytomic(workspace), scope.schemas(workspace)
    try:
        if not names - _names(schemas.model(model_id)):
            return
        # A PUT replaces the model in full, so that two at once would lose one's fields.
        with scope.process.changing_models:
            current = polytomic.models.get(model_id).data
            missing = names - _names(current)
            if missing and current.connection_id is not None:
                there = schemas.source(current.connection_id, current.configuration or {})
                missing &= set(there.fields) if there is not None else set()
            if missing:
                request = with_fields(current, sorted(missing))
                current = polytomic.models.update(model_id, request).data
                listed = ", ".join(sorted(missing))
                say(f"model {current.name!r} exposes {listed} of its source from now on")
            schemas.keep_model(current)
    except NotChecked:
        return


def _names(model: ModelReply) -> set[str]:
    return {one.name for one in model.fields or () if one.name}


def with_fields(current: ModelReply, names: list[str]) -> ModelRequest:
    """Return the body of a PUT that leaves a model as it is, with these fields beside its own."""
    fields = current.fields or []
    enricher = current.enricher.model_dump(mode="json") if current.enricher else None
    relations = [one.model_dump(mode="json", by_alias=True) for one in current.relations or ()]
    own = [
        {"name": one.name, "type": one.type, "label": one.label, "example": one.example}
        for one in fields
        if one.user_added
    ]
    configuration = {
        k: v for k, v in (current.configuration or {}).items() if v not in (None, MASK)
    }
    body: dict[str, Any] = {
        "name": current.name,
        "connection_id": current.connection_id,
        "configuration": configuration,
        "fields": [*(one.name for one in fields if not one.user_added), *names],
        "additional_fields": own,
        "identifier": current.identifier,
        "tracking_columns": current.tracking_columns,
        "relations": relations,
        "enricher": _without_nulls(enricher)
        if enricher and enricher.get("connection_id")
        else None,
        "labels": current.label_names,
        "policies": current.policies,
    }
    return ModelRequest.model_validate({key: value for key, value in body.items() if value})


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}  # pyright: ignore[reportUnknownVariableType]
    return value
