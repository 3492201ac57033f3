"""What a connection takes as the target of a sync, on the wire (`…/modelsync/target…`)."""

from typing import Annotated

from pydantic import AliasChoices, Field

from polytomic_provider.api.wire import Moment, ReplyObject
from polytomic_provider.api.wire.spellings import BareId, BareValue, NoNulls, Text


class TargetMode(ReplyObject):
    """A sync mode that a target takes.

    The list of objects calls the mode `id` and tells `supports_per_field_mode`, the fields of one
    object `mode` and `supports_field_sync_mode`; both are read.
    """

    mode: str | None = Field(default=None, validation_alias=AliasChoices("mode", "id"))
    label: str | None = None
    description: str | None = None
    requires_identity: bool | None = None
    supports_field_sync_mode: bool | None = Field(
        default=None,
        validation_alias=AliasChoices("supports_field_sync_mode", "supports_per_field_mode"),
    )
    supports_target_filters: bool | None = None


TargetModes = Annotated[list[Annotated[TargetMode, BareId]] | None, NoNulls]


class TargetObject(ReplyObject):
    """An object that a sync can write to, such as NetSuite's `contact`."""

    id: str | None = None
    name: str | None = None
    modes: TargetModes = None


class PickValue(ReplyObject):
    """One of a closed set of values; it applies where the fields of `depends_on` have theirs."""

    value: Text = None
    label: str | None = None
    depends_on: dict[str, Text] | None = None


PickValues = Annotated[list[Annotated[PickValue, BareValue]] | None, NoNulls]


class TargetCreationProperty(ReplyObject):
    """What must be told to have Polytomic make a new target object (`target.create`)."""

    id: str | None = None
    title: str | None = None
    enum: bool | None = None
    values: PickValues = None


class TargetCreation(ReplyObject):
    """Whether Polytomic can make new target objects on a connection, and out of what."""

    supported: bool | None = None
    properties: Annotated[list[TargetCreationProperty] | None, NoNulls] = None


class TargetObjects(ReplyObject):
    """The objects that a connection offers, and how to make new ones."""

    objects: list[TargetObject]
    target_creation: TargetCreation | None = None


class IdentityFunction(ReplyObject):
    """A way to match records by a target field, such as `Equality`."""

    id: str | None = None
    label: str | None = None


class SupportedFilterFunction(ReplyObject):
    """A comparison that a target field takes in target filters."""

    id: str | None = None
    label: str | None = None
    requires_value: bool | None = None
    multi_value: bool | None = None
    values: PickValues = None


class TargetField(ReplyObject):
    """A field of a target object."""

    id: str | None = None
    name: str | None = None
    description: str | None = None
    type: str | None = None
    source_type: str | None = None
    required: bool | None = None
    createable: bool | None = None
    updateable: bool | None = None
    filterable: bool | None = None
    filter_functions: Annotated[
        list[Annotated[SupportedFilterFunction, BareId]] | None, NoNulls
    ] = None
    encryptable: bool | None = None
    association: bool | None = None
    multiple_associations: bool | None = None
    supports_identity: bool | None = None
    identity_functions: Annotated[list[Annotated[IdentityFunction, BareId]] | None, NoNulls] = None
    values: PickValues = None


class TargetProperties(ReplyObject):
    """What a target can do and what it needs."""

    does_not_report_operation_counts: bool | None = None
    mappings_not_required: bool | None = None
    new_target_label: str | None = None
    optional_target_mappings: bool | None = None
    primary_metadata_object: str | None = None
    requires_configuration: bool | None = None
    supports_field_creation: bool | None = None
    supports_field_encryption: bool | None = None
    supports_field_type_selection: bool | None = None
    supports_filter_value_fields: bool | None = None
    supports_identity_field_creation: bool | None = None
    supports_multiple_identities: bool | None = None
    supports_target_filters: bool | None = None
    target_creator: bool | None = None
    use_field_names_as_labels: bool | None = None


class TargetFields(ReplyObject):
    """The fields and modes of one target object; no fields where users define the columns."""

    id: str | None = None
    name: str | None = None
    refreshed_at: Moment = None
    fields: Annotated[list[TargetField] | None, NoNulls] = None
    modes: TargetModes = None
    properties: TargetProperties | None = None
