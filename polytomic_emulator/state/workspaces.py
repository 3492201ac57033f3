"""Workspaces (Polytomic also calls them organizations) and the keys that open them."""

import json
import sqlite3
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.identifiers import Identifiers

USER_EMAIL = "emulator@example.com"
"""Of the user whose API key opens a workspace from its beginning."""


@dataclass(frozen=True)
class Workspace:
    """One workspace and the user whose API key opens it; `sign_on` is how its people sign in."""

    id: str
    name: str
    api_key: str
    user_id: str
    user_email: str
    created_at: str
    sign_on: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class SharedKeys:
    """Keys that open every workspace, with `Authorization: Basic organization:key`."""

    partner_key: str
    deployment_key: str


class Workspaces:
    """Every workspace of this emulator; the first one is the user's."""

    def __init__(self, database: Database, clock: Clock, identifiers: Identifiers) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers

    def create(
        self, name: str, *, api_key: str | None = None, organization_id: str | None = None
    ) -> Workspace:
        """Add a workspace with a user and an API key of its own."""
        workspace_id = organization_id or self._identifiers.uuid()
        workspace = Workspace(
            id=workspace_id,
            name=name,
            api_key=api_key or self._identifiers.token("emu_key_"),
            user_id=self._identifiers.uuid(),
            user_email=USER_EMAIL,
            created_at=self._clock.stamp(),
        )
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO workspaces"
                " VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM workspaces), ?, ?)",
                (workspace.id, workspace.api_key, json.dumps(asdict(workspace))),
            )
        return workspace

    def store(self, changed: Workspace) -> Workspace:
        """Write a workspace as it is, under the key that it had."""
        with self._database.transaction() as rows:
            document = json.dumps(asdict(changed))
            rows.execute("UPDATE workspaces SET document = ? WHERE id = ?", (document, changed.id))
        return changed

    def remove(self, workspace_id: str) -> None:
        """Forget a workspace with the keys that open it; what is in it is left to others."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM workspaces WHERE id = ?", (workspace_id,))
            rows.execute("DELETE FROM user_keys WHERE workspace_id = ?", (workspace_id,))

    def all(self) -> list[Workspace]:
        """Every workspace, oldest first."""
        with self._database.transaction() as rows:
            found = rows.execute("SELECT document FROM workspaces ORDER BY position").fetchall()
        return [_workspace(row) for row in found]

    def first(self) -> Workspace:
        """The workspace that the emulator made for its user."""
        return self.all()[0]

    def rotate_key(self, workspace_id: str) -> Workspace:
        """Give a workspace a new API key; the old one opens nothing any more."""
        with self._database.transaction() as rows:
            found = self.by_id(workspace_id)
            if found is None:
                raise LookupError(workspace_id)
            rotated = replace(found, api_key=self._identifiers.token("emu_key_"))
            rows.execute(
                "UPDATE workspaces SET api_key = ?, document = ? WHERE id = ?",
                (rotated.api_key, json.dumps(asdict(rotated)), rotated.id),
            )
        return rotated

    def by_id(self, workspace_id: str) -> Workspace | None:
        """The workspace with this id."""
        return self._one("SELECT document FROM workspaces WHERE id = ?", workspace_id)

    def by_key(self, api_key: str) -> Workspace | None:
        """The workspace that this API key opens, with the user that the key is of."""
        found = self._one("SELECT document FROM workspaces WHERE api_key = ?", api_key)
        if found is not None:
            return found
        with self._database.transaction() as rows:
            row = rows.execute("SELECT * FROM user_keys WHERE api_key = ?", (api_key,)).fetchone()
        if row is None:
            return None
        workspace = self.by_id(row["workspace_id"])
        if workspace is None:
            return None
        user_id, email = str(row["user_id"]), str(row["email"])
        return replace(workspace, api_key=api_key, user_id=user_id, user_email=email)

    def issue_key(self, workspace_id: str, user_id: str, email: str) -> str:
        """Give a user of a workspace an API key, beside any that the user has."""
        api_key = self._identifiers.token("emu_key_")
        with self._database.transaction() as rows:
            values = (api_key, workspace_id, user_id, email)
            rows.execute("INSERT INTO user_keys VALUES (?, ?, ?, ?)", values)
        return api_key

    def has_key(self, user_id: str) -> bool:
        """Whether a user has an issued API key that opens something."""
        with self._database.transaction() as rows:
            query = "SELECT 1 FROM user_keys WHERE user_id = ?"
            return rows.execute(query, (user_id,)).fetchone() is not None

    def revoke_keys(self, user_id: str) -> None:
        """Let the issued API keys of a user open nothing any more."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM user_keys WHERE user_id = ?", (user_id,))

    def _one(self, query: str, value: str) -> Workspace | None:
        with self._database.transaction() as rows:
            row = rows.execute(query, (value,)).fetchone()
        return None if row is None else _workspace(row)

    def shared_keys(self) -> SharedKeys:
        """The partner's and the deployment's key, made at first use."""
        with self._database.transaction():
            known = self._database.setting("shared_keys")
            if known is None:
                known = {
                    "partner_key": self._identifiers.token("emu_part_"),
                    "deployment_key": self._identifiers.token("emu_depl_"),
                }
                self._database.remember("shared_keys", known)
        return SharedKeys(**known)


def _workspace(row: sqlite3.Row) -> Workspace:
    return Workspace(**json.loads(row["document"]))
