"""Polytomic Connect sessions: a link with which a person creates or reconnects one connection.

Source: `POST /api/connections/connect/`.
"""

import json
import uuid
from dataclasses import asdict, dataclass, field, replace

from polytomic_emulator.errors import NotFound, Unprocessable
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import known_type
from polytomic_emulator.state.connections import Connections
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.identifiers import Identifiers

DEFAULT_LIFE_SECONDS = 300
LONGEST_LIFE_SECONDS = 604800


@dataclass(frozen=True)
class CardRequest:
    """The body of a connect card, read but not judged. connection: the one to reconnect."""

    name: str
    redirect_url: str
    connection_id: str | None = None
    type: str | None = None
    whitelist: list[str] = field(default_factory=list[str])
    ttl: int | None = None
    dark: bool = False


@dataclass(frozen=True)
class ConnectSession:
    """One session.

    types: which may be created, all when empty. type: the only one, where the card fixed it.
    connection_id: what it made, or reconnects.
    """

    token: str
    workspace_id: str
    name: str
    redirect_url: str
    expires_at: float
    actor: dict[str, str]
    types: list[str] = field(default_factory=list[str])
    dark: bool = False
    reconnects: bool = False
    connection_id: str | None = None
    type: str | None = None

    @property
    def id(self) -> str:
        """A name for the session that opens nothing."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, self.token))


class ConnectSessions:
    """Every session of every workspace."""

    def __init__(
        self, database: Database, clock: Clock, identifiers: Identifiers, connections: Connections
    ) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers
        self._connections = connections

    def create(
        self, workspace_id: str, request: CardRequest, actor: dict[str, str]
    ) -> ConnectSession:
        """Open a session. Raises Unprocessable or NotFound."""
        if not request.name.strip():
            raise Unprocessable("name must not be empty", field="name")
        ttl = DEFAULT_LIFE_SECONDS if request.ttl is None else request.ttl
        if not 0 < ttl <= LONGEST_LIFE_SECONDS:
            raise Unprocessable(
                f"ttl must be from 1 to {LONGEST_LIFE_SECONDS} seconds", field="ttl"
            )
        fixed = request.type or None
        types = [fixed] if fixed else request.whitelist
        for type_id in types:
            known_type(type_id)
        if request.connection_id is not None:
            fixed = self._connections.get(request.connection_id, workspace_id).type
            types = [fixed]
        elif any(one.name == request.name for one in self._connections.of(workspace_id)):
            raise Unprocessable("a connection with this name already exists", field="name")
        made = ConnectSession(
            token=self._identifiers.token(),
            workspace_id=workspace_id,
            name=request.name,
            redirect_url=request.redirect_url,
            expires_at=self._clock.seconds() + ttl,
            actor=actor,
            types=types,
            dark=request.dark,
            reconnects=request.connection_id is not None,
            connection_id=request.connection_id,
            type=fixed,
        )
        return self._store(made)

    def get(self, token: str) -> ConnectSession:
        """An open session. Raises NotFound for one that is over."""
        with self._database.transaction() as rows:
            row = rows.execute(
                "SELECT document FROM connect_sessions WHERE token = ?", (token,)
            ).fetchone()
        found = ConnectSession(**json.loads(row["document"])) if row else None
        if found is None or self._clock.seconds() >= found.expires_at:
            raise NotFound("this session is not valid any more")
        return found

    def settle(self, session: ConnectSession, connection_id: str) -> None:
        """The session has made its one connection."""
        self._store(replace(session, connection_id=connection_id))

    def _store(self, session: ConnectSession) -> ConnectSession:
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO connect_sessions VALUES (?, ?, ?)",
                (session.token, session.workspace_id, json.dumps(asdict(session))),
            )
        return session
