"""Executions: one run of a sync each, kept; `running_syncs` is what lets them run."""

import json
from dataclasses import asdict, replace

from polytomic_emulator.errors import Conflict, NotFound
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.execution import (
    CANCELING,
    CREATED,
    RUNNING,
    Execution,
    StartRequest,
    Trigger,
    execution_from,
)
from polytomic_emulator.state.identifiers import Identifiers


class Executions:
    """Every execution of every sync.

    What is not over has a row in `pending_executions` with the time at which it needs attention.
    """

    def __init__(self, database: Database, clock: Clock, identifiers: Identifiers) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers

    def of(self, sync_id: str) -> list[Execution]:
        """A sync's executions, newest first."""
        return self._many("WHERE sync_id = ? ORDER BY position DESC", sync_id)

    def get(self, execution_id: str, sync_id: str | None = None) -> Execution:
        """One execution. Raises NotFound, also for one of another sync."""
        found = self._many("WHERE id = ?", execution_id)
        if not found or sync_id not in (None, found[0].sync_id):
            raise NotFound("execution not found")
        return found[0]

    def current(self, sync_id: str) -> Execution | None:
        """The execution that is not over yet."""
        found = self._many(
            "JOIN pending_executions ON execution_id = id WHERE sync_id = ?", sync_id
        )
        return found[0] if found else None

    def last_ended(self, sync_id: str) -> Execution | None:
        """The newest execution that is over."""
        found = self._many(
            "LEFT JOIN pending_executions ON execution_id = id WHERE sync_id = ?"
            " AND execution_id IS NULL ORDER BY position DESC LIMIT 1",
            sync_id,
        )
        return found[0] if found else None

    def due(self, now: float) -> list[Execution]:
        """Those that need attention, the longest due first."""
        with self._database.transaction() as rows:
            found = rows.execute(
                "SELECT document FROM pending_executions JOIN executions ON execution_id = id"
                " WHERE next_seconds <= ? ORDER BY next_seconds, position",
                (now,),
            ).fetchall()
        return [execution_from(json.loads(row["document"])) for row in found]

    def next_seconds(self) -> float | None:
        """When the next one needs attention."""
        with self._database.transaction() as rows:
            row = rows.execute("SELECT min(next_seconds) AS due FROM pending_executions").fetchone()
        return row["due"]

    def _many(self, where: str, *values: str) -> list[Execution]:
        with self._database.transaction() as rows:
            query = f"SELECT document FROM executions {where}"  # noqa: S608
            found = rows.execute(query, values).fetchall()
        now = self._clock.seconds()
        return [execution_from(json.loads(row["document"])).at(now) for row in found]

    def start(
        self,
        sync_id: str,
        *,
        seconds: float | None,
        request: StartRequest | None = None,
        trigger: Trigger = "manual",
    ) -> Execution:
        """Begin one that does its work after some seconds; None: when it is told to.

        Raises Conflict while another is not over.
        """
        running = self.current(sync_id)
        if running is not None:
            raise Conflict("the sync is running already", execution_id=running.id)
        now = self._clock.seconds()
        made = Execution(
            id=self._identifiers.uuid(),
            sync_id=sync_id,
            status=RUNNING if seconds is None else CREATED,
            created_at=self._clock.stamp(),
            type=trigger,
            begun_seconds=now,
            due_seconds=None if seconds is None else now + seconds,
            request=request or StartRequest(),
        )
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO executions (id, sync_id, document) VALUES (?, ?, ?)",
                (made.id, sync_id, json.dumps(asdict(made))),
            )
            rows.execute(
                "INSERT INTO pending_executions VALUES (?, ?)", (made.id, made.next_seconds)
            )
        return made

    def cancel(self, execution: Execution, after: float) -> Execution:
        """Ask for an end; it comes after some seconds. One that is ending or over stays so."""
        if execution.ended or execution.status == CANCELING:
            return execution
        return self.store(
            replace(execution, status=CANCELING, cancel_seconds=self._clock.seconds() + after)
        )

    def end(self, execution: Execution, status: str, *errors: str) -> Execution:
        """It is over now."""
        return self.store(
            replace(
                execution,
                status=status,
                completed_at=self._clock.stamp(),
                errors=[*execution.errors, *errors],
            )
        )

    def store(self, execution: Execution) -> Execution:
        """Write an execution as it is."""
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE executions SET document = ? WHERE id = ?",
                (json.dumps(asdict(execution)), execution.id),
            )
            if execution.ended:
                rows.execute(
                    "DELETE FROM pending_executions WHERE execution_id = ?", (execution.id,)
                )
            else:
                rows.execute(
                    "UPDATE pending_executions SET next_seconds = ? WHERE execution_id = ?",
                    (execution.next_seconds, execution.id),
                )
        return execution
