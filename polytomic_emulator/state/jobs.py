"""Jobs: work whose outcome is asked for later, at `GET /api/jobs/{type}/{id}`."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.identifiers import Identifiers

TYPES = (
    "createmodel",
    "updatemodel",
    "previewmodel",
    "samplemodel",
    "exportlogs",
    "connectionproxy",
)


@dataclass(frozen=True)
class Job:
    """One job. Its work is done at once; what came of it is told after some polls."""

    id: str
    workspace_id: str
    type: str
    result: Any = None
    error: str | None = None
    polls: int = 0
    status: str = "created"


class Jobs:
    """Every job of every workspace."""

    def __init__(self, database: Database, identifiers: Identifiers) -> None:
        self._database = database
        self._identifiers = identifiers

    def add(
        self, workspace_id: str, kind: str, *, result: Any = None, error: str | None = None
    ) -> Job:
        """Remember what came of some work; the job says so later."""
        return self._store(Job(self._identifiers.uuid(), workspace_id, kind, result, error))

    def poll(self, kind: str, job_id: str, workspace_id: str, behaviour: Behaviour) -> Job:
        """The job as it is now. Raises BadRequest for a type that nobody knows, or NotFound."""
        if kind not in TYPES:
            raise BadRequest(f"unknown job type {kind!r}", field="type", known_values=list(TYPES))
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT document FROM jobs WHERE id = ? AND workspace_id = ?",
                (job_id, workspace_id),
            ).fetchone()
        job = Job(**json.loads(row["document"])) if row else None
        if job is None or job.type != kind:
            raise NotFound("job not found")
        over = job.polls >= behaviour.job_polls
        status = ("failed" if job.error is not None else "done") if over else "running"
        return self._store(replace(job, status=status, polls=job.polls + 1))

    def _store(self, job: Job) -> Job:
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO jobs VALUES (?, ?, ?)",
                (job.id, job.workspace_id, json.dumps(asdict(job))),
            )
        return job
