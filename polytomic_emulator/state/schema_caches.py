"""Schema caches: what the server has read of a connection's objects, and whether it is done."""

import sqlite3
from dataclasses import dataclass, replace

from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.schema_changes import SchemaChanges
from polytomic_emulator.state.service_changes import ServiceChanges


@dataclass(frozen=True)
class SchemaCache:
    """One connection's cache; times in seconds since 1970.

    polls: how often its status was asked since the refresh started. held: never gets ready.
    """

    connection_id: str
    started_at: float
    finished_at: float | None = None
    polls: int = 0
    held: bool = False

    @property
    def refreshing(self) -> bool:
        """Whether the last refresh has not finished yet."""
        return self.finished_at is None or self.finished_at < self.started_at

    @property
    def populated(self) -> bool:
        """Whether any refresh ever finished: a stale cache can be used."""
        return self.finished_at is not None


class SchemaCaches:
    """The schema cache of every connection that was ever healthy.

    changes: what users changed of the schemas in it; a refresh keeps them. service: what changed
    in the service itself; a refresh that ends notices what changed before it began.
    """

    def __init__(self, database: Database, clock: Clock, service: ServiceChanges) -> None:
        self._database = database
        self._clock = clock
        self.changes = SchemaChanges(database)
        self.service = service

    def begin(self, connection_id: str) -> SchemaCache:
        """Start a refresh; what an earlier one found stays usable."""
        known = self._find(connection_id) or SchemaCache(connection_id, 0)
        return self._store(replace(known, started_at=self._clock.seconds(), polls=0))

    def look(
        self, connection_id: str, behaviour: Behaviour, *, poll: bool = False
    ) -> SchemaCache | None:
        """The cache as it is now; None when the connection was never healthy.

        `poll`: the look counts as one request for the status.
        """
        found = self._find(connection_id)
        if found is None or not found.refreshing:
            return found
        ready_at = self._ready_at(found, behaviour)
        if ready_at is not None:
            self.service.notice(connection_id, found.started_at)
            self.changes.notice(connection_id, found.started_at)
            return self._store(replace(found, finished_at=ready_at))
        return self._store(replace(found, polls=found.polls + 1)) if poll else found

    def _ready_at(self, cache: SchemaCache, behaviour: Behaviour) -> float | None:
        if cache.held:
            return None
        now = self._clock.seconds()
        if behaviour.schema_polls:
            return max(now, cache.started_at) if cache.polls >= behaviour.schema_polls else None
        ready_at = cache.started_at + behaviour.schema_seconds
        return ready_at if now >= ready_at else None

    def hold(self, connection_id: str) -> SchemaCache:
        """Refresh for ever, until `finish`."""
        return self._store(replace(self.begin(connection_id), held=True))

    def finish(self, connection_id: str) -> SchemaCache:
        """Be ready at once."""
        known = self._find(connection_id) or self.begin(connection_id)
        finished_at = max(self._clock.seconds(), known.started_at)
        self.service.notice(connection_id, finished_at)
        self.changes.notice(connection_id, finished_at)
        return self._store(replace(known, finished_at=finished_at, held=False))

    def forget(self, connection_id: str) -> None:
        """The connection is gone."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM schema_caches WHERE connection_id = ?", (connection_id,))
            self.changes.forget(connection_id)
            self.service.forget(connection_id)

    def _find(self, connection_id: str) -> SchemaCache | None:
        with self._database.transaction() as rows:
            row: sqlite3.Row | None = rows.execute(
                "SELECT * FROM schema_caches WHERE connection_id = ?", (connection_id,)
            ).fetchone()
        if row is None:
            return None
        return SchemaCache(
            row["connection_id"],
            row["started_at"],
            row["finished_at"],
            row["polls"],
            bool(row["held"]),
        )

    def _store(self, cache: SchemaCache) -> SchemaCache:
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO schema_caches VALUES (?, ?, ?, ?, ?)",
                (cache.connection_id, cache.started_at, cache.finished_at, cache.polls, cache.held),
            )
        return cache
