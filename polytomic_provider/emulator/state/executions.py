"""Executions: one run of a sync each. They are pretended; no data moves."""

import json
from dataclasses import asdict, dataclass, field, replace

from polytomic_provider.emulator.errors import Conflict, NotFound, Unprocessable
from polytomic_provider.emulator.state.behaviour import Behaviour
from polytomic_provider.emulator.state.clock import Clock
from polytomic_provider.emulator.state.database import Database
from polytomic_provider.emulator.state.identifiers import Identifiers

RUNNING = "running"
CANCELING = "canceling"
CANCELED = "canceled"
ENDED = ("completed", CANCELED, "failed", "interrupted")


@dataclass(frozen=True)
class Execution:
    """One run. `cancel_at`: seconds since 1970 at which its cancellation was asked for."""

    id: str
    sync_id: str
    status: str
    created_at: str
    completed_at: str | None = None
    errors: list[str] = field(default_factory=list[str])
    cancel_at: float | None = None

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.status in ENDED


class Executions:
    """Every execution of every sync."""

    def __init__(self, database: Database, clock: Clock, identifiers: Identifiers) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers

    def of(self, sync_id: str, behaviour: Behaviour) -> list[Execution]:
        """A sync's executions, newest first."""
        with self._database.transaction() as rows:
            found = rows.execute(
                "SELECT document FROM executions WHERE sync_id = ? ORDER BY position DESC",
                (sync_id,),
            ).fetchall()
        executions = [Execution(**json.loads(row["document"])) for row in found]
        return [self._ripened(one, behaviour) for one in executions]

    def get(self, execution_id: str, sync_id: str, behaviour: Behaviour) -> Execution:
        """One execution. Raises NotFound."""
        for one in self.of(sync_id, behaviour):
            if one.id == execution_id:
                return one
        raise NotFound("execution not found")

    def current(self, sync_id: str, behaviour: Behaviour) -> Execution | None:
        """The execution that is not over yet."""
        return next((one for one in self.of(sync_id, behaviour) if not one.ended), None)

    def start(self, sync_id: str, behaviour: Behaviour) -> Execution:
        """Begin one. Raises Conflict while another is not over."""
        if self.current(sync_id, behaviour) is not None:
            raise Conflict("the sync is running already")
        made = Execution(self._identifiers.uuid(), sync_id, RUNNING, self._clock.stamp())
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO executions (id, sync_id, document) VALUES (?, ?, ?)",
                (made.id, sync_id, json.dumps(asdict(made))),
            )
        return made

    def finish(self, sync_id: str, behaviour: Behaviour, status: str) -> Execution:
        """End the current one. Raises Unprocessable when there is none."""
        found = self.current(sync_id, behaviour)
        if found is None:
            raise Unprocessable("the sync is not running")
        return self._store(replace(found, status=status, completed_at=self._clock.stamp()))

    def cancel(self, execution: Execution) -> Execution:
        """Ask for an end; it comes after a while."""
        if execution.ended or execution.status == CANCELING:
            return execution
        return self._store(replace(execution, status=CANCELING, cancel_at=self._clock.seconds()))

    def remove_of(self, sync_id: str) -> None:
        """Forget the executions of a sync."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM executions WHERE sync_id = ?", (sync_id,))

    def _ripened(self, execution: Execution, behaviour: Behaviour) -> Execution:
        if execution.status != CANCELING or execution.cancel_at is None:
            return execution
        if self._clock.seconds() < execution.cancel_at + behaviour.cancel_seconds:
            return execution
        return self._store(replace(execution, status=CANCELED, completed_at=self._clock.stamp()))

    def _store(self, execution: Execution) -> Execution:
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE executions SET document = ? WHERE id = ?",
                (json.dumps(asdict(execution)), execution.id),
            )
        return execution
