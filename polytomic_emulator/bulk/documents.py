"""One bulk sync and one of its executions, as they are stored."""

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from polytomic_emulator.state.execution import CANCELING, COMPLETED, CREATED, ENDED, RUNNING
from polytomic_emulator.state.sync import Schedule

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DISCOVER = ("all", "onlyIncremental", "onlyNonIncremental", "none")
NORMALIZE = ("enabled", "disabled", "legacy")
SELECTIVE = ("none", "incrementalFields", "nonincrementalFields")
SCHEDULED_RESYNC = ("normal", "refetch", "resync", "rebuild")
RESYNC = ("refetch", "resync", "rebuild")
FETCH = ("none", "incremental", "full")

Trigger = Literal["manual", "scheduled"]


@dataclass(frozen=True)
class BulkField:
    """A field of a source object, and whether and how it is copied."""

    id: str
    enabled: bool = True
    obfuscated: bool = False
    user_output_name: str | None = None


@dataclass(frozen=True)
class BulkFilter:
    """A condition on the rows that are read."""

    function: str
    field_id: str | None = None
    value: Any = None


@dataclass(frozen=True)
class BulkSchema:
    """A source object, and whether and how it is copied.

    fields: those that were known when they were last written; one that the source has gained
    since follows `automatically_add_new_fields`.
    """

    id: str
    enabled: bool = False
    fields: list[BulkField] = field(default_factory=list[BulkField])
    filters: list[BulkFilter] = field(default_factory=list[BulkFilter])
    partition_key: str | None = None
    tracking_field: str | None = None
    data_cutoff_timestamp: str | None = None
    disable_data_cutoff: bool = False
    history_enabled: bool = False
    user_output_name: str | None = None


@dataclass(frozen=True)
class BulkSchedule:
    """When a bulk sync runs. schemas: of which objects; none: of all. Only the default has none."""

    id: str
    frequency: str
    created_at: str
    updated_at: str
    minute: str | None = None
    hour: str | None = None
    day_of_week: str | None = None
    day_of_month: str | None = None
    month: str | None = None
    schemas: list[str] = field(default_factory=list[str])
    selective_mode: str | None = None
    resync_mode: str | None = None

    def times(self) -> Schedule:
        """The parts that say when."""
        return Schedule(
            frequency=self.frequency,
            minute=self.minute,
            hour=self.hour,
            day_of_week=self.day_of_week,
            day_of_month=self.day_of_month,
            month=self.month,
        )


@dataclass(frozen=True)
class BulkErrorHandling:
    """What happens when a bulk sync fails. Source: `GET /api/bulk/syncs/{id}/error-handling`."""

    subscribers: list[str] = field(default_factory=list[str])
    ingestion_failure_threshold: int | None = None


@dataclass(frozen=True)
class BulkSync:
    """A bulk sync. marks: the last value of the tracking field that was read, by schema."""

    id: str
    workspace_id: str
    name: str
    source_connection_id: str
    destination_connection_id: str
    mode: str
    default_schedule: BulkSchedule
    created_at: str
    created_by: dict[str, str]
    updated_at: str
    source_configuration: dict[str, Any] = field(default_factory=dict[str, Any])
    destination_configuration: dict[str, Any] = field(default_factory=dict[str, Any])
    additional_schedules: list[BulkSchedule] = field(default_factory=list[BulkSchedule])
    schemas: list[BulkSchema] = field(default_factory=list[BulkSchema])
    active: bool = False
    disable_record_timestamps: bool = False
    automatically_add_new_fields: str = "all"
    automatically_add_new_objects: str = "none"
    normalize_names: str = "enabled"
    concurrency_limit: int | None = None
    resync_concurrency_limit: int | None = None
    data_cutoff_timestamp: str | None = None
    policies: list[str] = field(default_factory=list[str])
    error_handling: BulkErrorHandling = field(default_factory=BulkErrorHandling)
    marks: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def schedules(self) -> list[BulkSchedule]:
        """Every schedule, the default one first."""
        return [self.default_schedule, *self.additional_schedules]


@dataclass(frozen=True)
class SchemaRun:
    """What an execution did with one schema."""

    schema: str
    output_name: str
    status: str = CREATED
    status_message: str | None = None
    record_count: int = 0
    error_count: int = 0


@dataclass(frozen=True)
class BulkStart:
    """What an execution was asked for: the body of `POST /api/bulk/syncs/{id}/executions`.

    schemas: those to copy; none: all that are enabled.
    """

    schemas: list[str] = field(default_factory=list[str])
    resync_mode: str | None = None
    fetch_mode: str | None = None
    test: bool = False


@dataclass(frozen=True)
class BulkExecution:
    """One run of a bulk sync; times named `…_seconds` as in `state.execution`."""

    id: str
    sync_id: str
    status: str
    created_at: str
    updated_at: str
    begun_seconds: float
    type: Trigger = "manual"
    due_seconds: float | None = None
    cancel_seconds: float | None = None
    completed_at: str | None = None
    status_message: str | None = None
    request: BulkStart = field(default_factory=BulkStart)
    schemas: list[SchemaRun] = field(default_factory=list[SchemaRun])

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.status in ENDED

    @property
    def next_seconds(self) -> float | None:
        """When something is to be done about it; None: when it is told to, or never."""
        if self.ended:
            return None
        return self.cancel_seconds if self.status == CANCELING else self.due_seconds

    def status_at(self, now: float) -> str:
        """Its status at a time: one that was begun goes through stages until it is due."""
        if self.status != CREATED or self.due_seconds is None:
            return self.status
        whole = max(self.due_seconds - self.begun_seconds, 1e-9)
        share = (now - self.begun_seconds) / whole
        stages = ((0.1, CREATED), (0.2, "scheduled"), (0.8, RUNNING))
        return next((name for end, name in stages if share < end), "exporting")

    @property
    def completed(self) -> bool:
        """Whether it did its work."""
        return self.status == COMPLETED


T = TypeVar("T")


@cache
def _reader(kind: type[T]) -> "TypeAdapter[T]":
    """Import pydantic when the first document is read: an emulator starts without it."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def sync_from(document: str) -> BulkSync:
    """A stored bulk sync. Raises NotWritable for what is none."""
    from pydantic import ValidationError

    try:
        return _reader(BulkSync).validate_json(document, strict=True)
    except ValidationError as error:
        raise NotWritable(".".join(map(str, error.errors()[0]["loc"]))) from None


class NotWritable(Exception):
    """A document is no bulk sync; the message is the path of what does not fit."""


def execution_from(document: str) -> BulkExecution:
    """A stored execution."""
    return _reader(BulkExecution).validate_json(document)
