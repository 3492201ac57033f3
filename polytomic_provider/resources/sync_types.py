"""The nested arguments of a sync, for type checkers and readers."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

import pulumi

from polytomic_provider.resources.model import ModelLike
from polytomic_provider.resources.readiness import ConnectionLike
from polytomic_provider.resources.resource import PolytomicResource

Mode: TypeAlias = Literal[
    "create", "update", "updateOrCreate", "replace", "append", "remove", "snapshot"
]
FilterFunction: TypeAlias = Literal[
    "Equality",
    "Inequality",
    "IsNull",
    "IsNotNull",
    "True",
    "False",
    "OnOrAfter",
    "OnOrBefore",
    "GreaterThan",
    "GreaterThanEqual",
    "LessThan",
    "LessThanEqual",
    "StringContains",
    "StringStartsWith",
    "StringEndsWith",
    "StringDoesNotContain",
    "StringDoesNotStartWith",
    "StringDoesNotEndWith",
    "StringOneOf",
    "StringNotOneOf",
    "Between",
    "ArrayContains",
    "ArrayDoesNotContain",
    "InTheLast",
    "RelativeOnOrBefore",
    "RelativeOnOrAfter",
    "StringLike",
    "StringNotLike",
    "StringMatchesTrimmed",
]
Frequency: TypeAlias = Literal[
    "manual",
    "continuous",
    "hourly",
    "daily",
    "weekly",
    "custom",
    "builder",
    "runafter",
    "dbtcloud",
    "multi",
]


class SourceArgs(TypedDict):
    """A field of a model other than the sync's own."""

    model_id: ModelLike
    field: pulumi.Input[str]


class _FieldMappingRequired(TypedDict):
    target: pulumi.Input[str]


class FieldMappingArgs(_FieldMappingRequired, total=False):
    """One mapping; `source` is a field name or a field of another model."""

    source: pulumi.Input[str] | SourceArgs
    new: pulumi.Input[bool]
    override_value: pulumi.Input[Any]
    sync_mode: pulumi.Input[Mode]
    encryption_enabled: pulumi.Input[bool]


class FilterArgs(TypedDict, total=False):
    """One condition on a field of the model (by its name), or of the target (by `field_id`)."""

    field: pulumi.Input[str] | SourceArgs
    field_id: pulumi.Input[str]
    field_type: pulumi.Input[Literal["Model", "Target"]]
    function: pulumi.Input[FilterFunction]
    value: pulumi.Input[Any]
    value_field: pulumi.Input[str] | SourceArgs
    label: pulumi.Input[str]


class OverrideArgs(TypedDict, total=False):
    """Replace a field's value by `override` where the condition holds."""

    field: pulumi.Input[str] | SourceArgs
    field_id: pulumi.Input[str]
    function: pulumi.Input[FilterFunction]
    value: pulumi.Input[Any]
    override: pulumi.Input[Any]


class _OverrideFieldRequired(TypedDict):
    target: pulumi.Input[str]
    override_value: pulumi.Input[Any]


class OverrideFieldArgs(_OverrideFieldRequired, total=False):
    """A constant for a target field."""

    new: pulumi.Input[bool]
    sync_mode: pulumi.Input[Mode]


class _IdentityRequired(TypedDict):
    source: pulumi.Input[str] | SourceArgs
    target: pulumi.Input[str]


class IdentityArgs(_IdentityRequired, total=False):
    """How a record of the source is matched with one of the target."""

    function: pulumi.Input[
        Literal["Equality", "ISubstring", "OneOf", "DomainMatch", "HostnameMatch"]
    ]
    new_field: pulumi.Input[bool]
    remote_field_type_id: pulumi.Input[str]


class _IdentitiesRequired(TypedDict):
    mappings: Sequence["tuple[str, str] | IdentityArgs"]


class IdentitiesArgs(_IdentitiesRequired, total=False):
    """Several identities; `strategy` says how they work together."""

    strategy: pulumi.Input[Literal["priority", "and"]]


class _ConditionsRequired(TypedDict):
    conditions: Sequence[Mapping[str, Any]]


class ConditionsArgs(_ConditionsRequired, total=False):
    """The newer form of filters."""

    logic: pulumi.Input[str]


class _TargetRequired(TypedDict):
    connection_id: ConnectionLike


class TargetArgs(_TargetRequired, total=False):
    """Where a sync writes: an existing `object`, or one that `create` describes."""

    object: pulumi.Input[str]
    configuration: Mapping[str, Any]
    create: Mapping[str, pulumi.Input[str]]
    new_name: pulumi.Input[str]
    filter_logic: pulumi.Input[str]
    search_values: Mapping[str, Any]


class RunAfterArgs(TypedDict, total=False):
    """The syncs whose runs a sync follows."""

    sync_ids: Sequence[PolytomicResource | pulumi.Input[str]]
    bulk_sync_ids: Sequence[pulumi.Input[str]]


class _ScheduleRequired(TypedDict):
    frequency: pulumi.Input[Frequency]


class ScheduleArgs(_ScheduleRequired, total=False):
    """When a sync runs, in UTC."""

    minute: pulumi.Input[int] | pulumi.Input[str]
    hour: pulumi.Input[int] | pulumi.Input[str]
    day_of_week: pulumi.Input[int] | pulumi.Input[str]
    day_of_month: pulumi.Input[int] | pulumi.Input[str]
    month: pulumi.Input[int] | pulumi.Input[str]
    connection_id: pulumi.Input[str]
    job_id: pulumi.Input[int]
    run_after: RunAfterArgs
    run_after_success_only: pulumi.Input[bool]


Fields: TypeAlias = (
    Mapping[str, str | FieldMappingArgs | Sequence[str | FieldMappingArgs]]
    | Sequence[FieldMappingArgs]
)
