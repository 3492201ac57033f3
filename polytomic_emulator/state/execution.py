"""One execution, one run of a sync: what was asked of it, where it stands, what came of it."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from polytomic_emulator.state.sync import Source

CREATED = "created"
RUNNING = "running"
CANCELING = "canceling"
CANCELED = "canceled"
COMPLETED = "completed"
FAILED = "failed"
INTERRUPTED = "interrupted"
ENDED = (COMPLETED, CANCELED, FAILED, INTERRUPTED)

# How far an execution is, by the share of its time that has passed.
_STAGES = ((0.1, CREATED), (0.2, "queued"), (0.8, RUNNING))
_LAST_STAGE = "processing"
_STARTS_AT = 0.2

Trigger = Literal["manual", "scheduled"]
COUNTS = ("total", "insert", "update", "upserts", "delete", "error", "warnings")


@dataclass(frozen=True)
class Named:
    """One field of a record that is to be synced, and the value it has there."""

    source: Source
    value: str


@dataclass(frozen=True)
class StartRequest:
    """The body of `POST /api/syncs/{id}/executions`.

    chosen: the records to sync, each by what its fields hold; None: all. resync: also those that
    have not changed. test: a few records only.
    """

    chosen: list[list[Named]] | None = None
    resync: bool = False
    test: bool = False


@dataclass(frozen=True)
class Execution:
    """One run; times named `…_seconds` are seconds since 1970 on the emulator's clock.

    type: what started it. due_seconds: when it does its work; None: when it is told to.
    cancel_seconds: when its cancellation takes effect.
    """

    id: str
    sync_id: str
    status: str
    created_at: str
    completed_at: str | None = None
    errors: list[str] = field(default_factory=list[str])
    type: Trigger = "manual"
    begun_seconds: float = 0
    due_seconds: float | None = None
    cancel_seconds: float | None = None
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    request: StartRequest = field(default_factory=StartRequest)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.status in ENDED

    @property
    def held(self) -> bool:
        """Whether it goes on until it is told to end."""
        return not self.ended and self.status != CANCELING and self.due_seconds is None

    @property
    def next_seconds(self) -> float | None:
        """When something is to be done about it; None: when it is told to, or never."""
        if self.ended:
            return None
        return self.cancel_seconds if self.status == CANCELING else self.due_seconds

    @property
    def started_seconds(self) -> float:
        """When it went from waiting to running."""
        if self.due_seconds is None:
            return self.begun_seconds
        return self.begun_seconds + _STARTS_AT * (self.due_seconds - self.begun_seconds)

    def at(self, now: float) -> "Execution":
        """It as it is seen at a time: one that has not ended goes through its stages."""
        if self.status != CREATED or self.due_seconds is None:
            return self
        whole = max(self.due_seconds - self.begun_seconds, 1e-9)
        share = (now - self.begun_seconds) / whole
        stage = next((name for end, name in _STAGES if share < end), _LAST_STAGE)
        return replace(self, status=stage)


def execution_from(document: dict[str, Any]) -> Execution:
    """A stored execution; an older document lacks some keys, and could only be held."""
    stored: dict[str, Any] = document.get("request", {})
    chosen: list[list[dict[str, Any]]] | None = stored.get("chosen")
    request = StartRequest(
        chosen=None if chosen is None else [_entry(one) for one in chosen],
        resync=stored.get("resync", False),
        test=stored.get("test", False),
    )
    known: dict[str, Any] = {key: document[key] for key in document if key != "cancel_at"}
    known["request"] = request
    return Execution(**known)


def _entry(stored: list[dict[str, Any]]) -> list[Named]:
    return [Named(Source(**one["source"]), one["value"]) for one in stored]
