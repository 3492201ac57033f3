"""Runs of syncs and bulk syncs on the wire, and what they leave to read (`…/executions/{id}…`)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, cast

from pydantic import AliasChoices, Field, model_validator

from polytomic_provider.api.wire import Moment, ReplyObject
from polytomic_provider.api.wire.spellings import NoNulls, Text

COMPLETED = "completed"
WITH_ERRORS = "errors"
CANCELING = "canceling"
ENDED = frozenset((COMPLETED, "canceled", "failed", "interrupted"))
"""The states of an execution that is over."""

GOING_ON = frozenset(
    "created scheduled queued waiting running processing exporting canceling".split()
)
"""The states of an execution that is not over."""


def has_ended(status: str | None, *, completed: bool) -> bool:
    """Return whether an execution is over.

    A status that is not known counts once there is a time of its end (`completed`).
    """
    word = (status or "").lower()
    return word in ENDED or (completed and word not in GOING_ON)


def went_well(
    status: str | None, errors: int | None, failed_schemas: Sequence[str], tolerate: int = 0
) -> bool:
    """Return whether an execution did its work.

    Args:
        status: Its state. `errors` is one that came to its end with at least one error.
        errors: How many records failed.
        failed_schemas: The schemas of a bulk sync that failed, of which none is tolerated.
        tolerate: How many records may fail.
    """
    least = {COMPLETED: 0, WITH_ERRORS: 1}.get(status or "")
    return least is not None and max(errors or 0, least) <= tolerate and not failed_schemas


class ExecutionCounts(ReplyObject):
    """How many records an execution handled, and how."""

    total: int | None = None
    insert: int | None = None
    update: int | None = None
    upserts: int | None = None
    delete: int | None = None
    error: int | None = None
    warnings: int | None = None

    def in_words(self) -> str:
        """Such as `20 records: 12 inserts, 8 errors`; nothing that is 0, save the total."""
        counts = {name: value for name, value in self if value}
        total = counts.pop("total", 0)
        parts = [counted(value, name.removesuffix("s")) for name, value in counts.items()]
        return counted(total, "record") + (f": {', '.join(parts)}" if parts else "")


def counted(count: int, noun: str) -> str:
    """Such as `1 record` and `2 records`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


class Execution(ReplyObject):
    """One run of a sync; `status` is `running`, `completed`, `failed` …"""

    id: str | None = None
    type: str | None = None
    status: str | None = None
    created_at: Moment = None
    started_at: Moment = None
    completed_at: Moment = None
    counts: ExecutionCounts | None = None
    errors: Annotated[list[Text] | None, NoNulls] = Field(default=None, repr=False)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return has_ended(self.status, completed=self.completed_at is not None)

    @property
    def failed(self) -> int:
        """How many records failed."""
        return (self.counts or ExecutionCounts()).error or 0

    @property
    def failed_schemas(self) -> list[str]:
        """The schemas that failed; a sync has none."""
        return []

    @property
    def reasons(self) -> list[str]:
        """Why it failed, where it says so."""
        return [one for one in self.errors or () if one]

    def went_well(self) -> bool:
        """Whether it did all that it had to do."""
        return went_well((self.status or "").lower(), self.failed, self.failed_schemas)

    def in_words(self) -> str:
        """How many records it handled, in words."""
        return (self.counts or ExecutionCounts()).in_words()


class SchemaExecution(ReplyObject):
    """What a run of a bulk sync did with one schema."""

    schema_id: str | None = Field(default=None, alias="schema")
    status: str | None = None
    status_message: Text = Field(default=None, repr=False)
    record_count: int | None = None
    error_count: int | None = None

    @property
    def failed(self) -> bool:
        """Whether it was not copied."""
        return (self.status or "").lower() in ENDED - {COMPLETED}

    @property
    def reason(self) -> str | None:
        """What went wrong with it; None: nothing."""
        said = f": {self.status_message}" if self.status_message else ""
        if self.failed:
            return f"{self.schema_id} {(self.status or '').lower()}{said}"
        if self.error_count:
            return f"{self.schema_id}: {counted(self.error_count, 'record')} failed{said}"
        return None


class BulkExecution(Execution):
    """One run of a bulk sync, whose counts and message replies have in keys of their own."""

    schemas: Annotated[list[SchemaExecution] | None, NoNulls] = None

    @model_validator(mode="before")
    @classmethod
    def _as_execution(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) or "counts" in value:
            return cast("Any", value)
        reply = cast("Mapping[str, Any]", value)
        counts = {
            "total": reply.get("record_count"),
            "error": reply.get("error_count"),
            "warnings": reply.get("warning_count"),
        }
        return {**reply, "counts": counts, "errors": [reply.get("status_message")]}

    @property
    def failed_schemas(self) -> list[str]:
        """The schemas that were not copied."""
        return [one.schema_id or "" for one in self.schemas or () if one.failed]

    @property
    def reasons(self) -> list[str]:
        """Why it failed, as a whole and schema by schema."""
        of_schemas = [one.reason for one in self.schemas or ()]
        return super().reasons + [one for one in of_schemas if one]


class LogFiles(ReplyObject):
    """Where the files of records of an execution are."""

    urls: list[str] | None = Field(default=None, validation_alias=AliasChoices("urls", "URLs"))


class ConsoleEntry(ReplyObject):
    """A line that a run logged."""

    id: str | None = None
    level: str | None = None
    message: Text = Field(default=None, repr=False)
    timestamp: Moment = None


class ConsoleLog(ReplyObject):
    """The latest lines that a run logged, the oldest of them first."""

    entries: Annotated[list[ConsoleEntry] | None, NoNulls] = None
