"""What each sync has synced: a digest per source record, so that only changes are sent again."""

from collections.abc import Mapping

from polytomic_emulator.state.database import Database


class Synced:
    """The digests of every sync, by the source record's key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, sync_id: str) -> dict[str, str] | None:
        """What a sync knows; None before its first run."""
        with self._database.transaction() as rows:
            begun = rows.execute("SELECT 1 FROM synced_before WHERE sync_id = ?", (sync_id,))
            if begun.fetchone() is None:
                return None
            found = rows.execute(
                "SELECT record, digest FROM synced_records WHERE sync_id = ?", (sync_id,)
            ).fetchall()
        return {row["record"]: row["digest"] for row in found}

    def remember(self, sync_id: str, digests: Mapping[str, str]) -> None:
        """What a sync knows from now on, in place of what it knew."""
        with self._database.transaction() as rows:
            rows.execute("INSERT OR IGNORE INTO synced_before VALUES (?)", (sync_id,))
            rows.execute("DELETE FROM synced_records WHERE sync_id = ?", (sync_id,))
            rows.executemany(
                "INSERT INTO synced_records VALUES (?, ?, ?)",
                [(sync_id, record, digest) for record, digest in digests.items()],
            )
