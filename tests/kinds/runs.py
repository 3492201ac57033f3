"""What a run is of: a sync or a bulk sync of the emulator, under the same few names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from polytomic_provider.kinds.lifecycle.state import State
from tests.kinds.conftest import Workbench
from tests.quick_session import Clock

WAREHOUSE = {"hostname": "db", "username": "u", "password": "p", "database": "d", "port": 5432}


class EventfulClock(Clock):
    """Time that stands still but for waits; `meanwhile` happens during the next of them."""

    meanwhile: Callable[[], object] | None = None

    def rest(self, seconds: float) -> None:
        super().rest(seconds)
        if self.meanwhile is not None:
            happening, self.meanwhile = self.meanwhile, None
            happening()


def meanwhile(workbench: Workbench, happening: Callable[[], object]) -> None:
    """Let something happen during the next wait."""
    assert isinstance(workbench.clock, EventfulClock)
    workbench.clock.meanwhile = happening


@dataclass(frozen=True)
class Runnable:
    """Something that runs, of which `failing` records fail whenever it does.

    kind: of its runs; argument: of these, which names it; start: pattern of the path that starts.
    """

    workbench: Workbench
    kind: str
    argument: str
    noun: str
    id: str
    start: str
    failing: int

    def create(self, **arguments: Any) -> State:
        """Make a run of it."""
        return self.workbench.create(self.kind, **{self.argument: self.id}, **arguments)

    def update(self, state: State, **arguments: Any) -> State:
        """Update a run of it."""
        return self.workbench.update(self.kind, state, **arguments)

    @property
    def executions(self) -> list[dict[str, Any]]:
        """Those that there are, the newest first."""
        emulator = self.workbench.emulator
        if self.kind == "SyncRun":
            return emulator.executions(self.id)
        return emulator.bulk_executions(self.id)

    def begin(self) -> str:
        """Let it run by itself until it is finished."""
        emulator = self.workbench.emulator
        if self.kind == "SyncRun":
            return emulator.start_execution(self.id)
        return emulator.start_bulk_execution(self.id)

    def finish(self, status: str = "completed") -> None:
        """End what runs."""
        emulator = self.workbench.emulator
        if self.kind == "SyncRun":
            emulator.finish_execution(self.id, status=status)
        else:
            emulator.finish_bulk_execution(self.id, status=status)

    def run(self) -> None:
        """Let it run from start to end, by a person."""
        emulator = self.workbench.emulator
        if self.kind == "SyncRun":
            emulator.run_sync(self.id)
        else:
            emulator.run_bulk_sync(self.id)

    def failures(self) -> list[dict[str, Any]]:
        """The records that failed in its newest execution, as the emulator knows them."""
        id_ = self.executions[0]["id"]
        return self.workbench.emulator.results(id_, status="failed")


def a_sync(workbench: Workbench, make_sync: Callable[..., State]) -> Runnable:
    """A sync of contacts, of which those without an e-mail address cannot be matched."""
    sync = make_sync(
        override_fields={"Company": "Acme"},
        filters=[{"field": "LastName", "function": "IsNotNull"}],
    )
    start = r"^/api/syncs/[^/]+/executions$"
    return Runnable(workbench, "SyncRun", "sync", "sync", sync.id, start, 18)


def a_bulk_sync(workbench: Workbench, salesforce: State) -> Runnable:
    """A bulk sync of contacts by their e-mail address, which some do not have, and of leads."""
    workbench.create(
        "SchemaPrimaryKeys", connection_id=salesforce.id, schema_id="Contact", fields=["Email"]
    )
    warehouse = workbench.create("Connection", "db", type="postgresql", configuration=WAREHOUSE)
    copies = workbench.create(
        "BulkSync",
        "copies",
        source_connection_id=salesforce.id,
        destination_connection_id=warehouse.id,
        destination_configuration={"schema": "crm"},
        schemas=["Contact", "Lead"],
    )
    rows = workbench.emulator.records(salesforce.id, "Contact")
    failing = sum(not row["Email"] for row in rows)
    start = r"^/api/bulk/syncs/[^/]+/executions$"
    return Runnable(workbench, "BulkSyncRun", "bulk_sync", "bulk sync", copies.id, start, failing)
