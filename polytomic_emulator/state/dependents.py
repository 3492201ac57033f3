"""Things that use a connection and so keep it from being deleted."""

import sqlite3
from dataclasses import dataclass

from polytomic_emulator.state.database import Database

HARBOR = "harbor"
"""A harbor over a connection of the customer's own."""
MANAGED_HARBOR = "managed_harbor"
"""A harbor that owns its connection, which so cannot be changed either."""
HARBORS = (HARBOR, MANAGED_HARBOR)
"""What even a forced delete does not remove (409). Source: DELETE and PUT of connections."""


@dataclass(frozen=True)
class Dependent:
    """One thing that uses a connection: `type` as in `metadata.used_by`, such as `bulk_sync`."""

    id: str
    connection_id: str
    type: str
    name: str

    def used_by(self) -> dict[str, str]:
        """The entry of `metadata.used_by`."""
        return {"type": self.type, "name": self.name, "id": self.id}


class Dependents:
    """Every known use of a connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, dependent: Dependent) -> None:
        """Remember that something uses a connection."""
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO dependents (id, connection_id, type, name) VALUES (?, ?, ?, ?)",
                (dependent.id, dependent.connection_id, dependent.type, dependent.name),
            )

    def all(self) -> list[Dependent]:
        """Every dependent, oldest first."""
        with self._database.transaction() as rows:
            found = rows.execute("SELECT * FROM dependents ORDER BY position").fetchall()
        return [_dependent(row) for row in found]

    def of(self, connection_id: str) -> list[Dependent]:
        """What uses one connection, oldest first."""
        with self._database.transaction() as rows:
            found = rows.execute(
                "SELECT * FROM dependents WHERE connection_id = ? ORDER BY position",
                (connection_id,),
            ).fetchall()
        return [_dependent(row) for row in found]

    def remove(self, dependent_id: str) -> bool:
        """Forget one dependent; False when there was none."""
        with self._database.transaction() as rows:
            done = rows.execute("DELETE FROM dependents WHERE id = ?", (dependent_id,))
        return done.rowcount > 0

    def remove_of(self, connection_id: str) -> None:
        """Forget everything that uses one connection."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM dependents WHERE connection_id = ?", (connection_id,))


def _dependent(row: sqlite3.Row) -> Dependent:
    return Dependent(row["id"], row["connection_id"], row["type"], row["name"])
