"""Settings that a workspace has one of: who is told of errors, where records are logged."""

import json
from typing import Any

from polytomic_emulator.state.database import Database


class WorkspaceSettings:
    """The documents of every workspace, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, workspace_id: str, name: str) -> dict[str, Any]:
        """A workspace's document; empty where nobody set anything."""
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT document FROM workspace_settings WHERE workspace_id = ? AND name = ?",
                (workspace_id, name),
            ).fetchone()
        return {} if row is None else json.loads(row["document"])

    def replace(self, workspace_id: str, name: str, document: dict[str, Any]) -> None:
        """Set a workspace's document."""
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO workspace_settings VALUES (?, ?, ?)",
                (workspace_id, name, json.dumps(document)),
            )
