"""The nested arguments of a bulk sync, for type checkers and readers."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

import pulumi

from polytomic_provider.resources.sync_types import FilterArgs, Frequency

BulkMode: TypeAlias = Literal["replicate", "snapshot", "append"]
Discover: TypeAlias = Literal["all", "onlyIncremental", "onlyNonIncremental", "none"]


class BulkFieldOptions(TypedDict, total=False):
    """How a field is copied: not at all, beyond reading, under another name."""

    enabled: pulumi.Input[bool]
    obfuscate: pulumi.Input[bool]
    user_output_name: pulumi.Input[str]


class _BulkFieldRequired(TypedDict):
    id: pulumi.Input[str]


class BulkFieldArgs(_BulkFieldRequired, BulkFieldOptions, total=False):
    """A field in a list of those that are copied."""


BulkFields: TypeAlias = (
    Sequence[str | BulkFieldArgs] | Mapping[str, pulumi.Input[bool] | BulkFieldOptions]
)
"""A list names every field that is copied; a mapping names exceptions from copying all."""


class _BulkSchemaRequired(TypedDict):
    id: pulumi.Input[str]


class BulkSchemaArgs(_BulkSchemaRequired, total=False):
    """An object to copy, and how."""

    enabled: pulumi.Input[bool]
    fields: BulkFields | pulumi.Output[Any]
    filters: Sequence[FilterArgs] | pulumi.Output[Any]
    partition_key: pulumi.Input[str]
    tracking_field: pulumi.Input[str]
    data_cutoff_timestamp: pulumi.Input[str]
    disable_data_cutoff: pulumi.Input[bool]
    history_enabled: pulumi.Input[bool]
    user_output_name: pulumi.Input[str]


class _BulkScheduleRequired(TypedDict):
    frequency: pulumi.Input[Frequency]


class BulkScheduleArgs(_BulkScheduleRequired, total=False):
    """When a bulk sync runs, in UTC."""

    minute: pulumi.Input[int] | pulumi.Input[str]
    hour: pulumi.Input[int] | pulumi.Input[str]
    day_of_week: pulumi.Input[int] | pulumi.Input[str]
    day_of_month: pulumi.Input[int] | pulumi.Input[str]
    month: pulumi.Input[int] | pulumi.Input[str]


class AdditionalScheduleArgs(BulkScheduleArgs, total=False):
    """A further schedule of a bulk sync, for some objects or with a mode of its own."""

    schemas: Sequence[pulumi.Input[str]]
    selective_mode: pulumi.Input[Literal["none", "incrementalFields", "nonincrementalFields"]]
    resync_mode: pulumi.Input[Literal["normal", "refetch", "resync", "rebuild"]]
