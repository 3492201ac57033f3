"""Model syncs on the wire, as replies (`/api/syncs`)."""

from typing import Annotated

from pydantic import Field, JsonValue

from polytomic_provider.api.wire import Moment, ReplyObject
from polytomic_provider.api.wire.spellings import NoNulls, Text


class SyncSourceReply(ReplyObject):
    """A model's field; without a model or of the zero id for a value that stands alone."""

    model_id: str | None = None
    field: str | None = None


class SyncFieldReply(ReplyObject):
    """A mapping, or an override field: the server shows both in `fields`."""

    target: str | None = None
    source: SyncSourceReply | None = None
    new: bool | None = None
    override_value: Text = None
    sync_mode: str | None = None
    encryption_enabled: bool | None = None


class SyncTargetReply(ReplyObject):
    """Where a sync writes; the server derives `search_values` and does not repeat `create`."""

    connection_id: str | None = None
    object: str | None = None
    configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    create: dict[str, Text] | None = None
    new_name: str | None = None
    filter_logic: str | None = None
    search_values: dict[str, JsonValue] | None = None


class SyncIdentityReply(ReplyObject):
    """How records of both sides are matched, by one pair of fields."""

    source: SyncSourceReply | None = None
    target: str | None = None
    function: str | None = None
    new_field: bool | None = None
    remote_field_type_id: str | None = None


class SyncIdentitiesReply(ReplyObject):
    """Several ways to match, and how they work together."""

    mappings: Annotated[list[SyncIdentityReply] | None, NoNulls] = None
    strategy: str | None = None


class SyncFilterReply(ReplyObject):
    """The older form of a condition; the server gives `label`, and may give `field_id` alone."""

    function: str | None = None
    field: SyncSourceReply | None = None
    field_id: str | None = None
    field_type: str | None = None
    value: JsonValue = None
    value_field: SyncSourceReply | None = None
    label: str | None = None


class ModelFilterReply(ReplyObject):
    """A condition on a model's field."""

    source: SyncSourceReply | None = None
    function: str | None = None
    value: JsonValue = None
    label: str | None = None


class ModelFiltersReply(ReplyObject):
    """Conditions on the records that are read."""

    conditions: Annotated[list[ModelFilterReply] | None, NoNulls] = None
    logic: str | None = None


class TargetFilterReply(ReplyObject):
    """A condition on a field of the target."""

    field: str | None = None
    function: str | None = None
    value: JsonValue = None
    value_source: SyncSourceReply | None = None
    label: str | None = None


class TargetFiltersReply(ReplyObject):
    """Conditions on the matched records of the target."""

    conditions: Annotated[list[TargetFilterReply] | None, NoNulls] = None
    logic: str | None = None


class SyncOverrideReply(ReplyObject):
    """A value that replaces a model's field where the condition holds."""

    field: SyncSourceReply | None = None
    field_id: str | None = None
    function: str | None = None
    value: JsonValue = None
    override: JsonValue = None


class OverrideFieldReply(ReplyObject):
    """A target field that gets the same value in every record."""

    target: str | None = None
    override_value: Text = None
    new: bool | None = None
    sync_mode: str | None = None


class RunAfterReply(ReplyObject):
    """The syncs after which a sync runs."""

    sync_ids: list[str] | None = None
    bulk_sync_ids: list[str] | None = None


class SyncScheduleReply(ReplyObject):
    """When a sync runs, in UTC; parts that are not used may be null or empty."""

    frequency: str | None = None
    minute: Text = None
    hour: Text = None
    day_of_week: Text = None
    day_of_month: Text = None
    month: Text = None
    connection_id: str | None = None
    job_id: int | None = None
    run_after: RunAfterReply | None = None
    run_after_success_only: bool | None = None


class SyncProblem(ReplyObject):
    """A part of the stored sync that cannot be resolved any more; `path` says which."""

    code: str | None = None
    message: str | None = None
    path: str | None = None
    severity: str | None = None


class SyncReply(ReplyObject):
    """A sync as replies show it.

    Override fields are among the `fields`. The encryption passphrase is not read, even if the
    server shows it.
    """

    id: str
    name: str | None = None
    mode: str | None = None
    active: bool | None = None
    fields: Annotated[list[SyncFieldReply] | None, NoNulls] = None
    target: SyncTargetReply | None = None
    schedule: SyncScheduleReply | None = None
    identity: SyncIdentityReply | None = None
    identities: SyncIdentitiesReply | None = None
    filters: Annotated[list[SyncFilterReply] | None, NoNulls] = None
    filter_logic: str | None = None
    model_filters: ModelFiltersReply | None = None
    target_filters: TargetFiltersReply | None = None
    overrides: Annotated[list[SyncOverrideReply] | None, NoNulls] = None
    override_fields: Annotated[list[OverrideFieldReply] | None, NoNulls] = None
    sync_all_records: bool | None = None
    only_enrich_updates: bool | None = None
    skip_initial_backfill: bool | None = None
    organization_id: str | None = None
    policies: list[str] | None = None
    model_ids: list[str] | None = None
    problems: Annotated[list[SyncProblem] | None, NoNulls] = None
    created_at: Moment = None
    updated_at: Moment = None
