"""Idempotency keys: the first outcome under a key is what every later request gets.

Source: Polytomic's page on idempotent requests. The scope is the workspace, not the route or the
body: whatever is asked under a used key, the recorded outcome comes back.
"""

import json
import re
import threading
from dataclasses import dataclass, field

from polytomic_emulator.errors import BadRequest, Conflict
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.database import Database

LIFE_SECONDS = 24 * 3600
_FORM = re.compile(r"[A-Za-z0-9_-]{8,255}")


@dataclass(frozen=True)
class Outcome:
    """A finished request: status, the headers that belong to it, the body's text."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict[str, str])


def check_form(key: str) -> None:
    """Raise BadRequest for a key that is not 8 to 255 of letters, digits, `_` and `-`."""
    if not _FORM.fullmatch(key):
        raise BadRequest(
            "Idempotency-Key must be 8 to 255 characters of letters, digits, '_' and '-'",
            field="Idempotency-Key",
        )


class IdempotencyKeys:
    """Outcomes kept for 24 hours, and the keys that are being worked on."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._in_flight: set[tuple[str, str]] = set()

    def claim(self, workspace_id: str, key: str) -> None:
        """Begin work under a key. Raises Conflict while another request works under it."""
        with self._lock:
            if (workspace_id, key) in self._in_flight:
                raise Conflict("a request with this Idempotency-Key is still in progress")
            self._in_flight.add((workspace_id, key))

    def release(self, workspace_id: str, key: str) -> None:
        """End work under a key, whatever came of it."""
        with self._lock:
            self._in_flight.discard((workspace_id, key))

    def find(self, workspace_id: str, key: str) -> Outcome | None:
        """The outcome recorded under a key, if its 24 hours are not over."""
        with self._database.transaction() as rows:
            rows.execute(
                "DELETE FROM outcomes WHERE recorded_at <= ?",
                (self._clock.seconds() - LIFE_SECONDS,),
            )
            row = rows.execute(
                "SELECT * FROM outcomes WHERE workspace_id = ? AND idempotency_key = ?",
                (workspace_id, key),
            ).fetchone()
        if row is None:
            return None
        return Outcome(row["status"], row["body"], json.loads(row["headers"]))

    def record(self, workspace_id: str, key: str, outcome: Outcome) -> None:
        """Keep the first outcome; call inside the transaction that made the change."""
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?)",
                (
                    workspace_id,
                    key,
                    self._clock.seconds(),
                    outcome.status,
                    json.dumps(outcome.headers),
                    outcome.body,
                ),
            )

    def expire(self) -> int:
        """Forget every outcome; returns how many there were."""
        with self._database.transaction() as rows:
            return rows.execute("DELETE FROM outcomes").rowcount
