"""Everything the emulator knows, in one object."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from polytomic_emulator.bulk import runs as bulk_runs
from polytomic_emulator.bulk.bulk_syncs import BulkSyncs
from polytomic_emulator.running_syncs.engine import Engine, Stores
from polytomic_emulator.running_syncs.runs import Parts, Runs
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connect_sessions import ConnectSessions
from polytomic_emulator.state.connection_schemas import ConnectionSchemas
from polytomic_emulator.state.connections import Connections
from polytomic_emulator.state.database import TABLES, Database
from polytomic_emulator.state.dependents import Dependents
from polytomic_emulator.state.error_handling import ErrorHandlings
from polytomic_emulator.state.executions import Executions
from polytomic_emulator.state.idempotency import IdempotencyKeys
from polytomic_emulator.state.identifiers import Identifiers
from polytomic_emulator.state.jobs import Jobs
from polytomic_emulator.state.model_rows import ModelRows
from polytomic_emulator.state.models import Models
from polytomic_emulator.state.plain_objects import PlainObjects
from polytomic_emulator.state.query_runs import QueryRuns
from polytomic_emulator.state.records import Records
from polytomic_emulator.state.results import Results
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_emulator.state.service_changes import ServiceChanges
from polytomic_emulator.state.synced import Synced
from polytomic_emulator.state.syncs import Syncs
from polytomic_emulator.state.timetable import Timetable
from polytomic_emulator.state.usage import Usage
from polytomic_emulator.state.workspace_settings import WorkspaceSettings
from polytomic_emulator.state.workspaces import Workspace, Workspaces

_BEHAVIOUR = "behaviour"
_NAME = "Emulated workspace"


@dataclass(frozen=True)
class StateOptions:
    """How the emulator's state begins.

    data: folder that keeps it; None keeps it in memory.
    seed: makes ids, keys and tokens repeatable.
    api_key, organization_id: of the first workspace, when it is made.
    """

    data: Path | None = None
    seed: int | None = None
    api_key: str | None = None
    organization_id: str | None = None


class State:
    """The emulator's objects over one database.

    switches: of its behaviour; they stand over the remembered ones for as long as it runs.
    """

    def __init__(
        self, options: StateOptions, switches: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        self._switches = dict(switches)
        self.database = Database(options.data)
        self.clock = Clock(self.database)
        self.identifiers = Identifiers(self.database, options.seed)
        self.workspaces = Workspaces(self.database, self.clock, self.identifiers)
        self.dependents = Dependents(self.database)
        self.service_changes = ServiceChanges(self.database, self.clock)
        self.schemas = SchemaCaches(self.database, self.clock, self.service_changes)
        self.connection_schemas = ConnectionSchemas(self.schemas)
        self.records = Records(self.database, self.clock, self.service_changes)
        base = (self.database, self.clock, self.identifiers)
        self.usage = Usage(self.database, self.dependents)
        self.connections = Connections(*base, self.usage, self.schemas, self.records)
        self.models = Models(*base, self.connections, self.schemas, self.usage)
        self.model_rows = ModelRows(self.records, self.connections, self.schemas)
        self.query_runs = QueryRuns(*base, self.model_rows)
        self.executions = Executions(*base)
        self.timetable = Timetable(self.database, self.clock)
        self.syncs = Syncs(
            *base,
            self.connections,
            self.models,
            self.schemas,
            self.executions,
            self.timetable,
        )
        self.timetable.adopt(self.syncs.all())
        self.results = Results(self.database, self.clock)
        self.synced = Synced(self.database)
        self.error_handling = ErrorHandlings(self.database)
        self.workspace_settings = WorkspaceSettings(self.database)
        self.runs = self._runs()
        self.bulk_syncs = BulkSyncs(*base, self.connections, self.schemas)
        bulk = (self.connections, self.schemas, self.records, self.bulk_syncs, self.results)
        self.bulk_runs = bulk_runs.BulkRuns(bulk_runs.Stores(*base, *bulk), lambda: self.behaviour)
        self.connect_sessions = ConnectSessions(*base, self.connections)
        self.jobs = Jobs(self.database, self.identifiers)
        self.plain_objects = PlainObjects(*base)
        self.idempotency = IdempotencyKeys(self.database, self.clock)
        self._behaviour = Behaviour().changed(
            self.database.setting(_BEHAVIOUR, {}) | self._switches
        )
        if not self.workspaces.all():
            self.workspaces.create(
                _NAME, api_key=options.api_key, organization_id=options.organization_id
            )

    def _runs(self) -> Runs:
        stores = Stores(
            self.clock,
            self.connections,
            self.schemas,
            self.models,
            self.model_rows,
            self.syncs,
            self.records,
            self.results,
            self.synced,
            self.error_handling,
        )
        parts = Parts(
            self.database,
            self.clock,
            self.syncs,
            self.executions,
            self.timetable,
            self.results,
            Engine(stores, lambda: self.behaviour),
        )
        return Runs(parts, lambda: self.behaviour)

    def settle(self) -> float | None:
        """Let run what is due. Returns when more is due, in seconds since 1970."""
        due = (self.runs.settle(), self.bulk_runs.settle())
        return min((one for one in due if one is not None), default=None)

    @property
    def behaviour(self) -> Behaviour:
        """The switches as they stand."""
        return self._behaviour

    def behave(self, behaviour: Behaviour) -> None:
        """Set the switches, for good."""
        self.database.remember(_BEHAVIOUR, behaviour.as_dict())
        self._behaviour = behaviour

    def reset(self, *, new_keys: bool = False) -> Workspace:
        """Forget everything but the switches.

        One empty workspace with a new id remains, under the same keys.
        """
        with self.database.transaction() as rows:
            old = self.workspaces.first()
            shared = self.database.setting("shared_keys")
            drawn = self.database.setting("identifiers_drawn")
            for table in TABLES:
                rows.execute(f"DELETE FROM {table}")  # noqa: S608
            if drawn is not None:
                self.database.remember("identifiers_drawn", drawn)
            if shared is not None and not new_keys:
                self.database.remember("shared_keys", shared)
            self.clock.reset()
            self.database.remember(_BEHAVIOUR, self._behaviour.as_dict())
            return self.workspaces.create(_NAME, api_key=None if new_keys else old.api_key)

    def close(self) -> None:
        """Let go of the files."""
        self.database.close()
