"""How objects, fields and sync modes of a connected service look in replies."""

import uuid
from typing import Any

from polytomic_emulator.http.present import without_absent
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import (
    Catalog,
    CatalogField,
    CatalogObject,
    Creation,
    CreationProperty,
)
from polytomic_emulator.state.modes import MODES
from polytomic_provider.facts.functions import (
    FILTER_FUNCTIONS,
    IDENTITY_FUNCTIONS,
    FilterFunction,
)

_PROPERTIES = (
    "does_not_report_operation_counts",
    "mappings_not_required",
    "optional_target_mappings",
    "requires_configuration",
    "supports_field_creation",
    "supports_field_encryption",
    "supports_field_type_selection",
    "supports_filter_value_fields",
    "supports_identity_field_creation",
    "supports_multiple_identities",
    "supports_target_filters",
    "target_creator",
    "use_field_names_as_labels",
)


def present_source_field(
    connection_id: str, object_id: str, field: CatalogField, behaviour: Behaviour
) -> dict[str, Any]:
    """A field as `GET …/modelsync/source/fields` shows it."""
    shown = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{connection_id}/{object_id}/{field.id}")),
        "name": field.id,
        "label": field.name,
        "type": field.type,
        "remote_type": field.source_type,
        "description": None,
        "example": None,
        "unique": field.unique,
        "user_added": False,
    }
    return without_absent(shown, behaviour)


def present_target_object(catalog: Catalog, object_id: str, name: str) -> dict[str, Any]:
    """An object as `GET …/modelsync/targetobjects` shows it."""
    modes = [
        {
            "id": mode,
            "requires_identity": mode in catalog.identity_modes,
            "supports_per_field_mode": mode in catalog.field_mode_modes,
            "supports_target_filters": mode in catalog.target_filter_modes,
        }
        for mode in catalog.modes
    ]
    return {"id": object_id, "name": name, "modes": modes}


def present_creation(creation: Creation | None, *, with_values: bool) -> dict[str, Any]:
    """`target_creation`: whether and from what targets can be created."""
    properties = creation.properties if creation else ()
    return {
        "supported": creation is not None,
        "properties": [
            present_creation_property(one, with_values=with_values) for one in properties
        ],
    }


def present_creation_property(known: CreationProperty, *, with_values: bool) -> dict[str, Any]:
    """One property of a target that does not exist yet."""
    shown: dict[str, Any] = {"id": known.id, "title": known.title, "enum": bool(known.values)}
    if known.values and with_values:
        shown["values"] = [dict(one) for one in known.values]
    return shown


def present_target(
    catalog: Catalog, target: CatalogObject, refreshed_at: str | None, behaviour: Behaviour
) -> dict[str, Any]:
    """The reply of `GET …/modelsync/target/fields`."""
    properties = {key: bool(catalog.properties.get(key)) for key in _PROPERTIES}
    texts = {
        key: catalog.properties.get(key) for key in ("new_target_label", "primary_metadata_object")
    }
    shown = {
        "id": target.id,
        "name": target.name,
        "refreshed_at": refreshed_at,
        "fields": [_target_field(one, behaviour) for one in target.fields.values()],
        "modes": [
            {
                "mode": mode,
                "label": MODES[mode].label,
                "description": MODES[mode].description,
                "requires_identity": mode in catalog.identity_modes,
                "supports_field_sync_mode": mode in catalog.field_mode_modes,
                "supports_target_filters": mode in catalog.target_filter_modes,
            }
            for mode in catalog.modes
        ],
        "properties": without_absent(properties | texts, behaviour),
    }
    return without_absent(shown, behaviour)


def _target_field(field: CatalogField, behaviour: Behaviour) -> dict[str, Any]:
    shown = {
        "id": field.id,
        "name": field.name,
        "description": None,
        "type": field.type,
        "source_type": field.source_type,
        "required": field.required,
        "createable": field.createable,
        "updateable": field.updateable,
        "filterable": bool(field.filter_functions),
        "filter_functions": [
            _filter_function(FILTER_FUNCTIONS[one]) for one in field.filter_functions
        ],
        "encryptable": field.encryptable,
        "association": field.association,
        "multiple_associations": False,
        "supports_identity": bool(field.identity),
        "identity_functions": [
            {"id": one, "label": IDENTITY_FUNCTIONS[one]} for one in field.identity
        ],
        "values": [dict(one) for one in field.values] or None,
    }
    return without_absent(shown, behaviour)


def _filter_function(function: FilterFunction) -> dict[str, Any]:
    return {
        "id": function.id,
        "label": function.label,
        "requires_value": function.takes != "nothing",
        "multi_value": function.takes in ("list", "pair"),
        "values": [],
    }
