"""Connections that fail by themselves, after some reads: broken health, withdrawn consent."""

from dataclasses import dataclass, field, fields
from typing import Literal

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.faults.reading import refuse_unknown_keys, whole_number, word
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.connection import HEALTHY, Connection
from polytomic_emulator.state.store import State

BROKEN = "broken by the emulator's control API"


@dataclass
class ConnectionFault:
    """Which connections fail, when and how.

    id, type, name: of the connection; what is left out does not narrow.
    after_reads: so many reads of a healthy connection still find it healthy.
    action: `break` ends its health, `revoke` withdraws the consent of an OAuth connection.
    status_error: the reason that it shows.
    times: how often for each connection (null: whenever it is healthy again).
    """

    id: str | None = None
    type: str | None = None
    name: str | None = None
    after_reads: int = 0
    action: Literal["break", "revoke"] = "break"
    status_error: str | None = None
    times: int | None = 1
    reads: dict[str, int] = field(default_factory=dict[str, int])
    played: dict[str, int] = field(default_factory=dict[str, int])

    def fires(self, connection: Connection) -> bool:
        """Whether this read of a connection finds it failing; counts by its id."""
        if not self.meets(connection) or connection.status != HEALTHY:
            return False
        played = self.played.get(connection.id, 0)
        if self.times is not None and played >= self.times:
            return False
        reads = self.reads[connection.id] = self.reads.get(connection.id, 0) + 1
        if reads <= self.after_reads:
            return False
        self.reads[connection.id] = 0
        self.played[connection.id] = played + 1
        return True

    def meets(self, connection: Connection) -> bool:
        """Whether a connection is one of these."""
        return (
            self.id in (None, connection.id)
            and self.type in (None, connection.type)
            and self.name in (None, connection.name)
        )

    def strike(self, state: State, connection: Connection) -> Connection:
        """Let a connection fail now. Raises Unprocessable where there is no consent to withdraw."""
        if self.action == "revoke":
            return state.connections.revoke(connection.id, self.status_error)
        return state.connections.fail(connection.id, self.status_error or BROKEN)


CONNECTION_FAULT_KEYS = tuple(
    one.name for one in fields(ConnectionFault) if one.name not in ("reads", "played")
)


def read_connection_fault(described: Reader) -> ConnectionFault:
    """A connection's fault from its description. Raises BadRequest for one without sense."""
    refuse_unknown_keys(described, CONNECTION_FAULT_KEYS)
    times = whole_number(described, "times")
    return ConnectionFault(
        id=described.text("id"),
        type=described.text("type"),
        name=described.text("name"),
        after_reads=whole_number(described, "after_reads") or 0,
        action=word(described, "action", ("break", "revoke"), "break"),
        status_error=described.text("status_error"),
        times=1 if times is None and "times" not in described.values else times,
    )


class ConnectionFaults:
    """The connection faults in force. Not thread-safe."""

    def __init__(self) -> None:
        self._faults: list[ConnectionFault] = []

    def add(self, fault: ConnectionFault) -> None:
        """Begin to watch."""
        self._faults.append(fault)

    def all(self) -> list[ConnectionFault]:
        """Every one of them, oldest first."""
        return list(self._faults)

    def clear(self) -> None:
        """None any more; connections that failed stay as they are."""
        self._faults.clear()

    def read(self, state: State, connection: Connection) -> None:
        """A client reads a connection: the first fault that fires strikes before it is answered."""
        for fault in self._faults:
            if fault.fires(connection):
                try:
                    fault.strike(state, connection)
                except Unprocessable:
                    continue  # nobody ever consented: not one of the connections that are meant
                return
