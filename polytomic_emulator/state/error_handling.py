"""What happens when a sync or its records fail, as told per sync.

Source: `GET /api/syncs/{id}/error-handling`. The defaults are not documented.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from polytomic_emulator.state.database import Database


@dataclass(frozen=True)
class ErrorHandling:
    """One sync's settings. subscribers: e-mail addresses."""

    subscribers: list[str] = field(default_factory=list[str])
    auto_retry_record_errors: bool = True
    notify_on_record_errors: bool = False
    warning_notifications: bool = False


class ErrorHandlings:
    """The settings of every sync; those of a deleted one go with it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, sync_id: str) -> ErrorHandling:
        """A sync's settings."""
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT document FROM error_handling WHERE sync_id = ?", (sync_id,)
            ).fetchone()
        return ErrorHandling() if row is None else ErrorHandling(**json.loads(row["document"]))

    def change(self, sync_id: str, changes: dict[str, Any]) -> ErrorHandling:
        """Set some of a sync's settings; the others stay."""
        changed = replace(self.of(sync_id), **changes)
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO error_handling VALUES (?, ?)",
                (sync_id, json.dumps(asdict(changed))),
            )
        return changed
