"""When each sync is due next by its own schedule. The times are kept with the data."""

from collections.abc import Iterable
from datetime import UTC, datetime

from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.schedule_times import next_time
from polytomic_emulator.state.sync import Sync

CONTINUOUS = "continuous"


class Timetable:
    """One time per sync that is active and whose schedule says when, in seconds since 1970.

    A time that has passed, be it that the clock jumped or that the emulator was not running, stays
    due, once: what is due next is counted from the run that catches up.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def adopt(self, syncs: Iterable[Sync]) -> None:
        """Take over the syncs of a data folder that was written before there was a timetable."""
        with self._database.transaction() as rows:
            found = rows.execute("SELECT sync_id FROM timetable").fetchall()
            known = {row["sync_id"] for row in found}
            for sync in syncs:
                if sync.id not in known:
                    self.note(sync)

    def note(self, sync: Sync) -> None:
        """Take over a sync's schedule as it is now. A continuous one is due at once."""
        if not sync.active:
            self.set(sync.id, None)
        elif sync.schedule.frequency == CONTINUOUS:
            self.set(sync.id, self._clock.seconds())
        else:
            self.set(sync.id, self._after_now(sync))

    def ran(self, sync: Sync) -> None:
        """Its time has come: on to the next one; a continuous sync waits for the end of its run."""
        continuous = sync.schedule.frequency == CONTINUOUS
        self.set(sync.id, None if continuous else self._after_now(sync))

    def _after_now(self, sync: Sync) -> float | None:
        found = next_time(sync.schedule, datetime.fromtimestamp(self._clock.seconds(), UTC))
        return None if found is None else found.timestamp()

    def set(self, sync_id: str, due_seconds: float | None) -> None:
        """Set when a sync is due; None: never."""
        with self._database.transaction() as rows:
            rows.execute("INSERT OR REPLACE INTO timetable VALUES (?, ?)", (sync_id, due_seconds))

    def next_of(self, sync_id: str) -> float | None:
        """When a sync is due."""
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT due_seconds FROM timetable WHERE sync_id = ?", (sync_id,)
            ).fetchone()
        return None if row is None else row["due_seconds"]

    def due(self, now: float) -> list[str]:
        """The syncs whose time has come, the longest due first."""
        with self._database.transaction() as rows:
            found = rows.execute(
                "SELECT sync_id FROM timetable WHERE due_seconds <= ?"
                " ORDER BY due_seconds, sync_id",
                (now,),
            ).fetchall()
        return [row["sync_id"] for row in found]

    def next_seconds(self) -> float | None:
        """When the next sync is due."""
        with self._database.transaction() as rows:
            row = rows.execute("SELECT min(due_seconds) AS due FROM timetable").fetchone()
        return row["due"]
