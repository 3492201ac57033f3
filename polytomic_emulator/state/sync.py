"""One sync as the server knows it, and the request that makes or changes it."""

from dataclasses import dataclass, field
from typing import Any, Literal

FilterKind = Literal["Model", "Target"]


@dataclass(frozen=True)
class Source:
    """A model's field, by name."""

    model_id: str
    field: str


@dataclass(frozen=True)
class Mapping:
    """One target field and what is written to it: a model's field, or a fixed value."""

    target: str
    source: Source | None = None
    override_value: str | None = None
    new: bool | None = None
    sync_mode: str | None = None
    encryption_enabled: bool | None = None


@dataclass(frozen=True)
class Identity:
    """How records of both ends are matched."""

    source: Source
    target: str
    function: str
    new_field: bool | None = None
    remote_field_type_id: str | None = None


@dataclass(frozen=True)
class Condition:
    """One filter. On a model: `source`; on a target: `target`, perhaps with `value_source`."""

    kind: FilterKind
    function: str
    source: Source | None = None
    target: str | None = None
    value: Any = None
    value_source: Source | None = None
    label: str | None = None

    def meaning(self) -> tuple[Any, ...]:
        """What two equal conditions have in common, whatever their labels."""
        return self.kind, self.source, self.target, self.function, self.value, self.value_source


@dataclass(frozen=True)
class Override:
    """A field's value is replaced where a condition holds."""

    source: Source
    function: str | None = None
    value: Any = None
    override: Any = None


@dataclass(frozen=True)
class Target:
    """Where a sync writes. `create`: properties of a target that it makes; never shown."""

    connection_id: str
    object: str | None = None
    configuration: dict[str, Any] = field(default_factory=dict[str, Any])
    create: dict[str, str] = field(default_factory=dict[str, str])
    new_name: str | None = None


@dataclass(frozen=True)
class Schedule:
    """When a sync runs; times in UTC, as texts."""

    frequency: str
    minute: str | None = None
    hour: str | None = None
    day_of_week: str | None = None
    day_of_month: str | None = None
    month: str | None = None
    connection_id: str | None = None
    job_id: int | None = None
    run_after_syncs: list[str] | None = None
    run_after_bulk_syncs: list[str] | None = None
    run_after_success_only: bool | None = None


@dataclass(frozen=True)
class FieldRef:
    """How a request names the field of a filter or override: by model and name, or by an id."""

    source: Source | None = None
    id: str | None = None
    kind: FilterKind | None = None


@dataclass(frozen=True)
class ConditionRequest:
    """A filter or override as the request has it."""

    path: str
    ref: FieldRef
    function: str | None
    value: Any = None
    value_source: Source | None = None
    label: str | None = None
    override: Any = None


@dataclass(frozen=True)
class FilterRequest:
    """Filters of one shape and kind: conditions and the logic that combines them."""

    conditions: list[ConditionRequest]
    logic: str
    path: str


@dataclass(frozen=True)
class SyncRequest:
    """The body of create and update, read but not judged.

    filters: of the older shape, both kinds in one list. model_filters, target_filters: of the newer
    shape, None when left out. identities: None when left out; `identity` is the older key.
    """

    name: str
    mode: str
    fields: list[Mapping]
    target: Target
    schedule: Schedule
    override_fields: list[Mapping]
    filters: FilterRequest
    target_logic: str
    model_filters: FilterRequest | None
    target_filters: FilterRequest | None
    overrides: list[ConditionRequest]
    identity: Identity | None
    identities: list[Identity] | None
    strategy: str | None
    active: bool = False
    sync_all_records: bool = False
    only_enrich_updates: bool = False
    skip_initial_backfill: bool = False
    encryption_passphrase: str | None = None
    policies: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Sync:
    """One sync. Mappings without a source are its override fields."""

    id: str
    workspace_id: str
    name: str
    mode: str
    fields: list[Mapping]
    target: Target
    schedule: Schedule
    created_at: str
    updated_at: str
    created_by: dict[str, str]
    identities: list[Identity] = field(default_factory=list[Identity])
    strategy: str | None = None
    conditions: list[Condition] = field(default_factory=list[Condition])
    model_logic: str = ""
    target_logic: str = ""
    overrides: list[Override] = field(default_factory=list[Override])
    active: bool = False
    sync_all_records: bool = False
    only_enrich_updates: bool = False
    skip_initial_backfill: bool = False
    encryption_passphrase: str | None = None
    policies: list[str] = field(default_factory=list[str])

    def conditions_of(self, kind: FilterKind) -> list[Condition]:
        """The filters on models, or those on the target."""
        return [one for one in self.conditions if one.kind == kind]

    def sources(self) -> list[tuple[str, Source]]:
        """Every field of a model that the sync names, with the path where it does."""
        found: list[tuple[str, Source | None]] = []
        for key in ("fields", "identities", "conditions", "overrides"):
            for position, one in enumerate(getattr(self, key)):
                found.append((f"{key}[{position}].source", one.source))
        return [(path, source) for path, source in found if source is not None]

    def model_ids(self) -> list[str]:
        """The models whose fields it uses, each once."""
        return list(dict.fromkeys(source.model_id for _, source in self.sources()))


def sync_from(document: dict[str, Any]) -> Sync:
    """A stored sync."""
    parts: dict[str, Any] = {
        "fields": [Mapping(**_sourced(one)) for one in document["fields"]],
        "target": Target(**document["target"]),
        "schedule": Schedule(**document["schedule"]),
        "identities": [Identity(**_sourced(one)) for one in document["identities"]],
        "conditions": [Condition(**_sourced(one)) for one in document["conditions"]],
        "overrides": [Override(**_sourced(one)) for one in document["overrides"]],
    }
    return Sync(**document | parts)


def _sourced(document: dict[str, Any]) -> dict[str, Any]:
    keys = ("source", "value_source")
    return {
        key: Source(**value) if key in keys and value is not None else value
        for key, value in document.items()
    }
