"""From replies of the API to what arguments are held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import JsonValue

from polytomic_provider.facts import connection_types
from polytomic_provider.validation.bulk_ends import BulkEnd, BulkObject, ConfigurationKey
from polytomic_provider.validation.schemas import (
    Source,
    SourceField,
    Target,
    TargetField,
    TargetMode,
)

if TYPE_CHECKING:
    from polytomic_provider.api.wire.bulk_sync import BulkDestination, BulkSource
    from polytomic_provider.api.wire.connection import ConnectionReply
    from polytomic_provider.api.wire.model import ModelReply
    from polytomic_provider.api.wire.source import ModelField, ModelSyncSource
    from polytomic_provider.api.wire.sync_list import SyncItem
    from polytomic_provider.api.wire.target import TargetField as TargetFieldReply
    from polytomic_provider.api.wire.target import TargetFields, TargetModes

LONGEST_LABEL = 60


def service_name(connection: ConnectionReply) -> str:
    """What people call the connected service, such as NetSuite."""
    known = connection_types.get(connection.type) if connection.type else None
    return known.name if known else connection.type or "the connection"


def source_label(connection: ConnectionReply, chosen: Mapping[str, str]) -> str:
    """What a model reads, for a person: `Salesforce Contact`, `the query on PostgreSQL`."""
    service = service_name(connection)
    if "query" in chosen:
        return f"the query on {service}"
    what = " ".join(chosen.values())
    return f"{service} {what}" if len(what) <= LONGEST_LABEL else service


def source(label: str, fields: Sequence[ModelField]) -> Source:
    """The fields of a source by their names."""
    found = {one.name: SourceField(one.name, one.type) for one in fields if one.name}
    return Source(label, found)


def choices(reply: ModelSyncSource) -> dict[str, list[str]]:
    """The values that can be chosen for each configuration key that lists any."""
    listed = {key: one.items for key, one in (reply.items or {}).items() if one is not None}
    listed |= {
        key: one.items
        for key, one in (reply.configuration or {}).items()
        if one is not None and one.items
    }
    return {
        key: [value for value in values if isinstance(value, str)]
        for key, values in listed.items()
        if values
    }


def target(connection: ConnectionReply, object_id: str, reply: TargetFields) -> Target:
    """A target object with its fields and modes."""
    properties = reply.properties
    return Target(
        label=f"{service_name(connection)} {object_id}",
        fields={one.id: _field(one.id, one) for one in reply.fields or () if one.id},
        modes=_modes(reply.modes),
        creates_fields=bool(properties and properties.supports_field_creation),
        creates_identity_fields=bool(properties and properties.supports_identity_field_creation),
        several_identities=properties.supports_multiple_identities if properties else None,
        mappings_optional=bool(
            properties and (properties.mappings_not_required or properties.optional_target_mappings)
        ),
    )


def _field(id_: str, reply: TargetFieldReply) -> TargetField:
    return TargetField(
        id=id_,
        type=reply.type,
        required=reply.required is True,
        createable=reply.createable,
        updateable=reply.updateable,
        encryptable=reply.encryptable,
        supports_identity=reply.supports_identity,
        identity_functions=tuple(one.id for one in reply.identity_functions or () if one.id),
        filter_functions=tuple(one.id for one in reply.filter_functions or () if one.id),
        filterable=reply.filterable,
        values=_closed_set(reply),
    )


def _closed_set(reply: TargetFieldReply) -> tuple[str, ...]:
    """The values of a picklist; none where they depend on other fields."""
    values = reply.values or ()
    if any(one.depends_on for one in values):
        return ()
    return tuple(one.value for one in values if one.value is not None)


def _modes(modes: TargetModes) -> dict[str, TargetMode]:
    return {
        one.mode: TargetMode(
            one.mode,
            requires_identity=one.requires_identity,
            supports_field_modes=one.supports_field_sync_mode,
            supports_target_filters=one.supports_target_filters,
        )
        for one in modes or ()
        if one.mode
    }


def recorded(model: ModelReply) -> dict[str, str | None]:
    """The fields that a model remembers of its source, with the types they had."""
    return {one.name: one.type for one in model.fields or () if one.name and not one.user_added}


def bulk_source(connection: ConnectionReply, reply: BulkSource) -> BulkEnd:
    """A source of bulk syncs."""
    objects = {
        one.id: BulkObject(one.id, {field.id: field.type for field in one.fields or () if field.id})
        for one in reply.schemas or ()
        if one.id
    }
    return BulkEnd(service_name(connection), _keys(reply.configuration), objects)


def bulk_destination(connection: ConnectionReply, reply: BulkDestination) -> BulkEnd:
    """A destination of bulk syncs."""
    return BulkEnd(
        label=service_name(connection),
        keys=_keys(reply.configuration),
        modes=tuple(one.id for one in reply.modes or () if one.id),
        keeps_histories=reply.supports_history_mode,
    )


def _keys(configuration: JsonValue) -> dict[str, ConfigurationKey]:
    """The keys of a configuration; none where they are not told in the documented form."""
    if not isinstance(configuration, dict):
        return {}
    told = {key: one for key, one in configuration.items() if isinstance(one, dict)}
    if len(told) < len(configuration):
        return {}
    return {
        key: ConfigurationKey(one.get("required") is True, _texts(one.get("items")))
        for key, one in told.items()
    }


def _texts(value: JsonValue) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(one for one in items if isinstance(one, str))


def run_after(syncs: Sequence[SyncItem]) -> dict[str, list[str]]:
    """For each sync that runs after other syncs, the ids of those."""
    return {
        one.id: list(one.schedule.run_after.sync_ids or ())
        for one in syncs
        if one.schedule and one.schedule.run_after
    }
