"""The arguments of a bulk sync, with the facts about each."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from polytomic_provider.kinds.arguments import Arguments, Facts
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.spec.bulk_schemas import listed_fields, named_item

Discover = Literal["all", "onlyIncremental", "onlyNonIncremental", "none"]


class BulkFieldArguments(Arguments):
    """A field of a schema. Source: `FieldConfiguration` of `POST /api/bulk/syncs`."""

    id: str = Field(min_length=1)
    enabled: bool | None = None
    obfuscate: bool | None = None
    user_output_name: str | None = None


class BulkFilterArguments(Arguments):
    """A condition on the rows that are read; `field` and `field_id` are the same."""

    field: str | None = Field(default=None, min_length=1)
    field_id: str | None = Field(default=None, min_length=1)
    function: str
    value: Any = None


class BulkSchemaArguments(Arguments):
    """A schema. Source: `SchemaConfiguration` of `POST /api/bulk/syncs`."""

    id: str = Field(min_length=1)
    enabled: bool | None = None
    fields: Annotated[
        list[Annotated[BulkFieldArguments, BeforeValidator(named_item)]] | None,
        BeforeValidator(listed_fields),
    ] = None
    filters: list[BulkFilterArguments] | None = None
    partition_key: str | None = Field(default=None, min_length=1)
    tracking_field: str | None = Field(default=None, min_length=1)
    data_cutoff_timestamp: str | None = Field(default=None, min_length=1)
    disable_data_cutoff: bool | None = None
    history_enabled: bool | None = None
    user_output_name: str | None = None


class BulkSyncArguments(ObjectArguments):
    """The arguments of a bulk sync. Source: `POST /api/bulk/syncs`, `PUT /api/bulk/syncs/{id}`."""

    source_connection_id: Annotated[str, Facts(id_of="Connection", replaces=True)] = Field(
        min_length=1,
        description="What is copied: a Connection, a ConnectionReadiness or an id.",
    )
    destination_connection_id: Annotated[str, Facts(id_of="Connection", replaces=True)] = Field(
        min_length=1,
        description="Where it is copied to: a Connection, a ConnectionReadiness or an id.",
    )
    destination_configuration: Annotated[
        dict[str, Any], Facts(managed_keys=True, unmanaged=True)
    ] = Field(description='What the destination asks for, such as `{"schema": "salesforce"}`.')
    source_configuration: Annotated[
        dict[str, Any] | None, Facts(managed_keys=True, unmanaged=True)
    ] = Field(default=None, description="How the source is read; keys left out: kept as they are.")
    schemas: Annotated[
        list[Annotated[BulkSchemaArguments, BeforeValidator(named_item)]] | None,
        Facts(unordered=True, unmanaged=True),
    ] = Field(
        default=None,
        description='The objects to copy, such as `["Contact", {"id": "Account", "fields": '
        '{"Phone": {"obfuscate": True}}}]`; left out: all, as they are when it is made.',
    )
    name: str | None = Field(
        default=None, min_length=1, description="Name in Polytomic; default: the resource's name."
    )
    mode: Annotated[str | None, Facts(unmanaged=True)] = Field(
        default=None,
        min_length=1,
        description="`replicate`, `snapshot` or `append`; left out: the server's choice, kept.",
    )
    default_schedule: Any = Field(
        default=None, description="When it runs, such as `Schedule.daily(hour=3)`; default: manual."
    )
    additional_schedules: Annotated[Any, Facts(unordered=True)] = Field(
        default=None,
        description="Further schedules, with `schemas`, `selective_mode` and `resync_mode`.",
    )
    active: Annotated[bool | None, Facts(unmanaged=True)] = Field(
        default=None,
        description="Whether its schedules run; left out: kept as it is. False cancels what runs.",
    )
    automatically_add_new_fields: Annotated[Discover | None, Facts(unmanaged=True)] = Field(
        default=None,
        description="Which fields that the source gains are copied: `all`, `onlyIncremental`, "
        "`onlyNonIncremental`, `none`; left out: kept as it is (`all` at first).",
    )
    automatically_add_new_objects: Annotated[Discover | None, Facts(unmanaged=True)] = Field(
        default=None,
        description="The same for objects; left out: kept as it is (`none` at first).",
    )
    normalize_names: Annotated[
        Literal["enabled", "disabled", "legacy"] | None, Facts(unmanaged=True)
    ] = Field(default=None, description="How names are rewritten; left out: kept as it is.")
    concurrency_limit: Annotated[int | None, Facts(unmanaged=True)] = Field(
        default=None, ge=1, description="How many objects run at once; left out: kept as it is."
    )
    resync_concurrency_limit: Annotated[int | None, Facts(unmanaged=True)] = Field(
        default=None, ge=1, description="The same for a resync; left out: kept as it is."
    )
    data_cutoff_timestamp: str | None = Field(
        default=None, min_length=1, description="Rows older than this time are not copied."
    )
    disable_record_timestamps: bool | None = Field(
        default=None, description="True: no columns of Polytomic's own are added."
    )
    policies: Annotated[list[str] | None, Facts(unordered=True, unmanaged=True)] = Field(
        default=None, description="Ids of the permission policies; left out: kept as they are."
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )
    cancel_running: Annotated[bool | None, Facts(provider_side=True, needed_by_delete=True)] = (
        Field(default=None, description="True: deleting cancels what runs and waits for its end.")
    )
