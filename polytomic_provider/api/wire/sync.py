"""Model syncs on the wire, as requests (`/api/syncs`)."""

from pydantic import Field, JsonValue

from polytomic_provider.api.wire import Request


class SyncSource(Request):
    """A model's field, by its name."""

    model_id: str
    field: str


class SyncField(Request):
    """A mapping: what is written to the target field."""

    target: str
    source: SyncSource | None = None
    new: bool | None = None
    override_value: str | None = None
    sync_mode: str | None = None
    encryption_enabled: bool | None = None


class SyncTarget(Request):
    """Where a sync writes: an existing `object`, or one to `create` out of these properties."""

    connection_id: str
    object: str | None = None
    configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    create: dict[str, str] | None = None
    new_name: str | None = None
    filter_logic: str | None = None
    search_values: dict[str, JsonValue] | None = None


class SyncIdentity(Request):
    """How records of both sides are matched, by one pair of fields."""

    source: SyncSource
    target: str
    function: str
    new_field: bool | None = None
    remote_field_type_id: str | None = None


class SyncIdentities(Request):
    """Several ways to match, and how they work together."""

    mappings: list[SyncIdentity]
    strategy: str | None = None


class SyncFilter(Request):
    """The older form of a condition, on a field of a model or of the target (`field_type`).

    Either `field` or `field_id` is sent, since the documents disagree which of both counts.
    """

    function: str
    field: SyncSource | None = None
    field_id: str | None = None
    field_type: str | None = None
    value: JsonValue = None
    value_field: SyncSource | None = None
    label: str | None = None


class ModelFilter(Request):
    """A condition on a model's field."""

    source: SyncSource
    function: str
    value: JsonValue = None
    label: str | None = None


class ModelFilters(Request):
    """Conditions on the records that are read; `logic` combines them by their labels."""

    conditions: list[ModelFilter] | None = None
    logic: str | None = None


class TargetFilter(Request):
    """A condition on a field of the target, against a value or a model's field."""

    field: str
    function: str
    value: JsonValue = None
    value_source: SyncSource | None = None
    label: str | None = None


class TargetFilters(Request):
    """Conditions on the matched records of the target; `logic` combines them by their labels."""

    conditions: list[TargetFilter] | None = None
    logic: str | None = None


class SyncOverride(Request):
    """A value that replaces a model's field where the condition holds."""

    field: SyncSource | None = None
    field_id: str | None = None
    function: str | None = None
    value: JsonValue = None
    override: JsonValue = None


class OverrideField(Request):
    """A target field that gets the same value in every record."""

    target: str
    override_value: str
    new: bool | None = None
    sync_mode: str | None = None


class RunAfter(Request):
    """The syncs after which a sync runs."""

    sync_ids: list[str] | None = None
    bulk_sync_ids: list[str] | None = None


class SyncSchedule(Request):
    """When a sync runs, in UTC; which parts count depends on `frequency`."""

    frequency: str
    minute: str | None = None
    hour: str | None = None
    day_of_week: str | None = None
    day_of_month: str | None = None
    month: str | None = None
    connection_id: str | None = None
    job_id: int | None = None
    run_after: RunAfter | None = None
    run_after_success_only: bool | None = None


class SyncRequest(Request):
    """Body of `POST /api/syncs` and `PUT /api/syncs/{id}`.

    Only the arguments that are given are sent. PUT replaces the sync in full. `identity` and
    `identities`, and `filters` and the two newer forms, say the same: one of them is sent.
    """

    name: str
    mode: str
    fields: list[SyncField]
    target: SyncTarget
    schedule: SyncSchedule
    active: bool | None = None
    identity: SyncIdentity | None = None
    identities: SyncIdentities | None = None
    filters: list[SyncFilter] | None = None
    filter_logic: str | None = None
    model_filters: ModelFilters | None = None
    target_filters: TargetFilters | None = None
    overrides: list[SyncOverride] | None = None
    override_fields: list[OverrideField] | None = None
    sync_all_records: bool | None = None
    only_enrich_updates: bool | None = None
    skip_initial_backfill: bool | None = None
    encryption_passphrase: str | None = Field(default=None, repr=False)
    organization_id: str | None = None
    policies: list[str] | None = None
