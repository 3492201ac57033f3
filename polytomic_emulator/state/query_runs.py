"""The query runner: queries that a client sends to a connection and whose rows it fetches later."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.discovery import QUERY, check_healthy
from polytomic_emulator.state.identifiers import Identifiers
from polytomic_emulator.state.model_rows import ModelRows
from polytomic_emulator.state.queries import QueryError, run

KEPT_SECONDS = 24 * 3600.0
"""How long rows can be fetched; the API promises no time, but says in `expires` when it ends."""


@dataclass(frozen=True)
class QueryRun:
    """One query that was sent. Its work is done at once; what came of it is told after some polls.

    Source: `RunQueryResult` of the official Python package.
    """

    id: str
    workspace_id: str
    expires_at: float
    fields: list[str] = field(default_factory=list[str])
    rows: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    error: str | None = None
    polls: int = 0
    status: str = "created"


class QueryRuns:
    """Every query that was sent in every workspace."""

    def __init__(
        self, database: Database, clock: Clock, identifiers: Identifiers, rows: ModelRows
    ) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers
        self._model_rows = rows

    def start(self, connection: Connection, query: str) -> QueryRun:
        """Run a query. Raises BadRequest for a connection that cannot run any."""
        check_healthy(connection)
        catalog = self._model_rows.schemas.service.service(connection)
        if QUERY not in catalog.selectors:
            raise BadRequest(f'connection "{connection.name}" cannot run queries', field="query")
        made = QueryRun(
            self._identifiers.uuid(), connection.workspace_id, self._clock.seconds() + KEPT_SECONDS
        )
        try:
            tables = self._model_rows.tables(connection, catalog, query)
            selected = run(query, catalog, tables)
        except QueryError as error:
            return self._store(replace(made, error=str(error)))
        return self._store(replace(made, fields=selected.names, rows=selected.rows))

    def poll(self, run_id: str, workspace_id: str, behaviour: Behaviour) -> QueryRun:
        """The query as it is now. Raises NotFound."""
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT document FROM query_runs WHERE id = ? AND workspace_id = ?",
                (run_id, workspace_id),
            ).fetchone()
        if row is None:
            raise NotFound("query not found")
        found = QueryRun(**json.loads(row["document"]))
        status = self._status(found, behaviour)
        return self._store(replace(found, status=status, polls=found.polls + 1))

    def _status(self, found: QueryRun, behaviour: Behaviour) -> str:
        if found.polls < behaviour.job_polls:
            return "running"
        if found.error is not None:
            return "failed"
        return "unknown" if self._clock.seconds() >= found.expires_at else "done"

    def _store(self, made: QueryRun) -> QueryRun:
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO query_runs VALUES (?, ?, ?)",
                (made.id, made.workspace_id, json.dumps(asdict(made))),
            )
        return made
