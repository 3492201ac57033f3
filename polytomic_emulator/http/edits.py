"""Changes that a person makes to a model or sync: some keys of its PUT, laid over what it is.

They are read and judged exactly as the API reads and judges a PUT.
"""

from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.models import read_model
from polytomic_emulator.http.present_model import present_model
from polytomic_emulator.http.present_sync import FieldIds, SyncView, present_sync
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.http.sync_bodies import read_sync
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.configuration import without_nulls
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync

_NEW_FILTERS = {"model_filters", "target_filters"}


def change_model(
    state: State, model: Model, changes: dict[str, Any], deep: tuple[str, ...] = ()
) -> Model:
    """Change some keys of `PUT /api/models/{id}`; the objects named in `deep` key by key.

    Raises ApiError as the PUT does, and BadRequest for a key that it does not have.
    """
    body = _laid_over(_body_of_model(model), changes, deep)
    request = read_model(Reader(body))
    return state.models.update(model.id, model.workspace_id, request, state.behaviour)


def _body_of_model(model: Model) -> dict[str, Any]:
    shown = present_model(model, Behaviour(null_for_absent=True))
    return {
        "name": model.name,
        "connection_id": model.connection_id,
        "configuration": model.configuration,
        "fields": [one.name for one in model.fields if not one.user_added],
        "additional_fields": [
            {"name": one.name, "type": one.type, "label": one.label, "example": one.example}
            for one in model.fields
            if one.user_added
        ],
        "identifier": model.identifier,
        "tracking_columns": model.tracking_columns,
        "relations": shown["relations"],
        "enricher": shown["enricher"],
        "labels": [one.id for one in model.labels],
        "policies": model.policies,
    }


def change_sync(
    state: State, sync: Sync, changes: dict[str, Any], deep: tuple[str, ...] = ()
) -> Sync:
    """Change some keys of `PUT /api/syncs/{id}`; the objects named in `deep` key by key.

    Raises ApiError as the PUT does, and BadRequest for a key that it does not have.
    """
    body = _laid_over(body_of_sync(sync, set(changes)), changes, deep)
    request = read_sync(Reader(body))
    return state.syncs.update(sync.id, sync.workspace_id, request, state.behaviour)


def body_of_sync(sync: Sync, keys: set[str], field_ids: FieldIds | None = None) -> dict[str, Any]:
    """The body that would change nothing, in the shapes of the keys that are to change.

    field_ids: name the fields of filters and overrides by id as well; the id counts.
    """
    newer = _NEW_FILTERS & keys
    older_identity = "identity" in keys or len(sync.identities) < 2
    behaviour = Behaviour(
        filters_shape="new" if newer else "old",
        identity_shape="old" if older_identity and "identities" not in keys else "new",
        null_for_absent=True,
    )
    shown = present_sync(sync, SyncView(behaviour, field_ids or {}, []))
    answered = ("id", "organization_id", "model_ids", "problems")
    kept = {
        key: value
        for key, value in shown.items()
        if key not in answered and not key.startswith(("created_", "updated_"))
    }
    return kept | {"encryption_passphrase": sync.encryption_passphrase}


def _laid_over(
    body: dict[str, Any], changes: dict[str, Any], deep: tuple[str, ...]
) -> dict[str, Any]:
    unknown = [key for key in changes if key not in body]
    if unknown:
        raise BadRequest(f"{unknown[0]} cannot be changed", known_values=sorted(body))
    for key, value in changes.items():
        if key in deep and isinstance(value, dict):
            laid: dict[str, Any] = {**body[key], **value}
            body[key] = without_nulls(laid)
        else:
            body[key] = value
    return body
