"""Stored objects of the plain kinds, such as webhooks and roles: one table for all of them.

What a kind's values mean, and its rules, stand in the package `plain`.
"""

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from polytomic_emulator.errors import NotFound
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.identifiers import Identifiers

Values = dict[str, Any]


@dataclass(frozen=True)
class PlainObject:
    """One object of a plain kind. `system`: every workspace has it and nobody can change it."""

    id: str
    kind: str
    workspace_id: str
    values: Values
    created_at: str
    updated_at: str
    system: bool = False


class PlainObjects:
    """Every stored object of every plain kind."""

    def __init__(self, database: Database, clock: Clock, identifiers: Identifiers) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers

    def of(self, kind: str, workspace_id: str) -> list[PlainObject]:
        """A workspace's objects of one kind, oldest first."""
        return self._many(
            "WHERE kind = ? AND workspace_id = ? ORDER BY position", kind, workspace_id
        )

    def get(self, kind: str, object_id: str, workspace_id: str | None = None) -> PlainObject:
        """One object. Raises NotFound also when another workspace owns it."""
        found = self._many("WHERE kind = ? AND id = ?", kind, object_id)
        if not found or workspace_id not in (None, found[0].workspace_id):
            raise NotFound(f"{kind} not found")
        return found[0]

    def _many(self, where: str, *values: str) -> list[PlainObject]:
        with self._database.transaction() as rows:
            query = f"SELECT document FROM plain_objects {where}"  # noqa: S608
            found = rows.execute(query, values).fetchall()
        return [_object(row) for row in found]

    def create(self, kind: str, workspace_id: str, values: Values) -> PlainObject:
        """Store a new object, without any rule."""
        now = self._clock.stamp()
        made = PlainObject(self._identifiers.uuid(), kind, workspace_id, values, now, now)
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO plain_objects (id, kind, workspace_id, document) VALUES (?, ?, ?, ?)",
                (made.id, kind, workspace_id, json.dumps(asdict(made))),
            )
        return made

    def store(self, changed: PlainObject) -> PlainObject:
        """Write an object as it is, without any rule."""
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE plain_objects SET document = ? WHERE id = ?",
                (json.dumps(asdict(changed)), changed.id),
            )
        return changed

    def remove(self, object_id: str) -> None:
        """Forget an object, without any rule."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM plain_objects WHERE id = ?", (object_id,))

    def remove_of(self, workspace_id: str) -> None:
        """Forget every object of a workspace."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM plain_objects WHERE workspace_id = ?", (workspace_id,))


def _object(row: sqlite3.Row) -> PlainObject:
    return PlainObject(**json.loads(row["document"]))
