"""The emulator's time: real time plus an offset that the control API moves."""

import time
from datetime import UTC, datetime

from polytomic_emulator.state.database import Database

_OFFSET = "clock_offset_seconds"


def stamp_of(seconds: float) -> str:
    """Seconds since 1970 in RFC 3339 with microseconds and zone."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


class Clock:
    """Real time plus an offset. The offset is kept with the data."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._offset: float = database.setting(_OFFSET, 0.0)

    def seconds(self) -> float:
        """Seconds since 1970 on the emulator's clock."""
        return time.time() + self._offset

    def now(self) -> datetime:
        """The emulator's time, in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def stamp(self) -> str:
        """The emulator's time in RFC 3339 with microseconds and zone."""
        return stamp_of(self.seconds())

    def advance(self, seconds: float) -> None:
        """Move the clock; it goes on running from there."""
        self._offset += seconds
        self._database.remember(_OFFSET, self._offset)

    def reset(self) -> None:
        """Back to real time."""
        self._offset = 0.0
