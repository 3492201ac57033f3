"""What executions did, record by record, and what they said on the way.

    for outcome in state.results.of(execution_id): ...

Written in the transaction that applies the execution, so what it did is never without a record.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.database import Database

Status = Literal[
    "inserted", "updated", "upserted", "deleted", "failed", "unchanged", "filtered", "skipped"
]
STATUSES: tuple[str, ...] = get_args(Status)
KEPT = 50
"""Of how many executions of a sync the records are kept; older ones keep their counts."""
ENTRIES = 50
"""How many lines a console log holds. Source: `…/executions/{id}/consolelog`."""


@dataclass(frozen=True)
class Outcome:
    """What became of one record.

    record: key of the source's record, empty for a target's record that no source record named.
    source: the values that the sync read, by the field's name; those of a joined model as
    `Model.field`; masked where the sync encrypts them.
    target_id, target: the target's record and the values written to it; before: the values that
    these fields had.
    reason: why it was not written. filter: label of the filter that dropped it, such as `A`.
    warnings: what was written differently from what was read, or deserves a look.
    """

    record: str
    status: Status
    source: dict[str, Any] = field(default_factory=dict[str, Any])
    target_id: str | None = None
    target: dict[str, Any] = field(default_factory=dict[str, Any])
    before: dict[str, Any] = field(default_factory=dict[str, Any])
    reason: str = ""
    filter: str | None = None
    warnings: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Entry:
    """One line of an execution's console log. level: `info`, `warn` or `error`."""

    id: str
    level: str
    message: str
    timestamp: str
    payload: dict[str, Any] = field(default_factory=dict[str, Any])


class Results:
    """The outcomes and console logs of every execution."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(self, execution_id: str) -> list[Outcome]:
        """The outcome of every record that an execution looked at, in the order of the source.

        Empty before the execution has ended, where it failed as a whole, and once KEPT later
        executions of its sync have ended.
        """
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT document FROM results WHERE execution_id = ?", (execution_id,)
            ).fetchone()
        return [] if row is None else [Outcome(**one) for one in json.loads(row["document"])]

    def keep(self, execution_id: str, sync_id: str, outcomes: list[Outcome]) -> None:
        """Remember what an execution did, and forget what its sync did long ago."""
        document = json.dumps([asdict(one) for one in outcomes])
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO results (execution_id, sync_id, document) VALUES (?, ?, ?)",
                (execution_id, sync_id, document),
            )
            rows.execute(
                "DELETE FROM results WHERE sync_id = ? AND position NOT IN"
                " (SELECT position FROM results WHERE sync_id = ? ORDER BY position DESC LIMIT ?)",
                (sync_id, sync_id, KEPT),
            )

    def log(self, execution_id: str) -> list[Entry]:
        """The console log of an execution, oldest line first."""
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT document FROM console_logs WHERE execution_id = ?", (execution_id,)
            ).fetchone()
        return [] if row is None else [Entry(**one) for one in json.loads(row["document"])]

    def say(
        self,
        execution_id: str,
        message: str,
        level: str = "info",
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a line to an execution's console log; the oldest makes room."""
        lines = self.log(execution_id)
        milliseconds = int(self._clock.seconds() * 1000)
        earlier = [tuple(map(int, one.id.split("-"))) for one in lines[-1:]]
        order = (milliseconds, 0)
        if earlier and earlier[0] >= order:
            order = (earlier[0][0], earlier[0][1] + 1)
        lines.append(
            Entry(
                f"{order[0]}-{order[1]}", level, message, self._clock.stamp(), dict(payload or {})
            )
        )
        document = json.dumps([asdict(one) for one in lines[-ENTRIES:]])
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO console_logs VALUES (?, ?)", (execution_id, document)
            )
