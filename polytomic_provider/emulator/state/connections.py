"""Connections: create, read, change, delete, and the consent that OAuth types need."""

import json
import sqlite3
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from polytomic_provider.emulator.errors import Conflict, NotFound, Unprocessable
from polytomic_provider.emulator.state import configuration as rules
from polytomic_provider.emulator.state.behaviour import Behaviour
from polytomic_provider.emulator.state.clock import Clock
from polytomic_provider.emulator.state.configuration import Configuration
from polytomic_provider.emulator.state.database import Database
from polytomic_provider.emulator.state.dependents import HARBOR, Dependents
from polytomic_provider.emulator.state.identifiers import Identifiers
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import ConnectionType

HEALTHY = "healthy"
UNAUTHORIZED = "unauthorized"
ERROR = "error"
_NOT_YET = "Authorization has not been completed."
_DENIED = "Authorization was denied."
_REFUSED_UPSTREAM = "The service refused these credentials."


@dataclass(frozen=True)
class Consent:
    """A browser authorization: asked for, perhaps denied, perhaps given."""

    token: str
    asked_at: float
    code: str | None = None
    denied: bool = False
    given: bool = False


@dataclass(frozen=True)
class Connection:
    """One connection as the server knows it, secrets in clear."""

    id: str
    workspace_id: str
    name: str
    type: str
    configuration: Configuration
    created_at: str
    updated_at: str
    created_by: dict[str, str]
    policies: list[str] = field(default_factory=list[str])
    healthcheck_interval: str | None = None
    redirect_url: str | None = None
    saved: bool = False
    status: str = HEALTHY
    status_error: str = ""
    consent: Consent | None = None

    @property
    def awaits_consent(self) -> bool:
        """Whether a person still has to authorize it."""
        return self.consent is not None and not self.consent.given

    @property
    def kind(self) -> ConnectionType:
        """The facts about its type."""
        return known_type(self.type)


@dataclass(frozen=True)
class ConnectionRequest:
    """The body of create and update, read but not judged."""

    name: str
    configuration: Configuration
    type: str | None = None
    policies: list[str] = field(default_factory=list[str])
    healthcheck_interval: str | None = None
    redirect_url: str | None = None
    validate: bool = True
    reconnect: bool = False


def known_type(type_id: str) -> ConnectionType:
    """The facts about a type. Raises Unprocessable for one that nobody knows."""
    kind = connection_types.get(type_id)
    if kind is None:
        known = list(connection_types.all_types())
        raise Unprocessable(
            f"connection type {type_id!r} is not known", field="type", known_values=known
        )
    return kind


class Connections:
    """Every connection of every workspace."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        identifiers: Identifiers,
        dependents: Dependents,
    ) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers
        self._dependents = dependents

    def of(self, workspace_id: str) -> list[Connection]:
        """A workspace's connections, oldest first."""
        return self._many("WHERE workspace_id = ? ORDER BY position", workspace_id)

    def all(self) -> list[Connection]:
        """Every connection, oldest first."""
        return self._many("ORDER BY position")

    def get(self, connection_id: str, workspace_id: str | None = None) -> Connection:
        """One connection. Raises NotFound also when another workspace owns it."""
        found = self._many("WHERE id = ?", connection_id)
        if not found or workspace_id not in (None, found[0].workspace_id):
            raise NotFound("connection not found")
        return found[0]

    def by_consent(self, token: str) -> Connection | None:
        """The connection whose current `auth_url` carries this token."""
        return next(iter(self._many("WHERE consent_token = ?", token)), None)

    def awaiting(self) -> list[Connection]:
        """Connections that a person still has to authorize."""
        return [one for one in self.all() if one.awaits_consent]

    def _many(self, where: str, *values: str) -> list[Connection]:
        with self._database.transaction() as rows:
            query = f"SELECT document FROM connections {where}"  # noqa: S608
            found = rows.execute(query, values).fetchall()
        return [_connection(row) for row in found]

    def create(
        self,
        workspace_id: str,
        request: ConnectionRequest,
        actor: dict[str, str],
        behaviour: Behaviour,
    ) -> Connection:
        """Make a connection; an OAuth type without credentials starts its consent."""
        kind = known_type(request.type or "")
        sent = rules.without_nulls(request.configuration)
        rules.check(kind, sent)
        self._check_name(workspace_id, request.name, None, behaviour)
        now = self._clock.stamp()
        made = Connection(
            id=self._identifiers.uuid(),
            workspace_id=workspace_id,
            name=request.name,
            type=kind.id,
            configuration=sent,
            created_at=now,
            updated_at=now,
            created_by=actor,
            policies=request.policies,
            healthcheck_interval=request.healthcheck_interval,
            redirect_url=request.redirect_url,
        )
        made = self._settled(made, request, authorized=rules.brings_authorization(kind, sent))
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO connections (id, workspace_id, consent_token, document)"
                " VALUES (?, ?, ?, ?)",
                (made.id, workspace_id, _token(made), json.dumps(asdict(made))),
            )
        return made

    def update(
        self,
        connection_id: str,
        workspace_id: str,
        request: ConnectionRequest,
        behaviour: Behaviour,
    ) -> Connection:
        """Replace a connection in full; what only the server writes stays."""
        before = self.get(connection_id, workspace_id)
        kind = before.kind
        if request.type not in (None, before.type):
            raise Unprocessable("the type of a connection cannot change", field="type")
        sent = rules.without_nulls(request.configuration)
        stored = before.configuration
        keeps = behaviour.omitted_secrets == "keep"
        wanted = rules.with_omitted_secrets(kind, sent, stored) if keeps else sent
        own = rules.server_owned(kind, stored)
        rules.check(kind, {key: value for key, value in wanted.items() if key not in own} | sent)
        self._check_name(workspace_id, request.name, connection_id, behaviour)
        changed = replace(
            before,
            name=request.name,
            configuration=own | wanted,
            policies=request.policies,
            healthcheck_interval=request.healthcheck_interval,
            updated_at=self._clock.stamp(),
        )
        authorized = self._still_authorized(before, changed) and not (
            request.reconnect and kind.use_oauth
        )
        changed = self._settled(changed, request, authorized=authorized)
        self.store(changed)
        return changed

    def _still_authorized(self, before: Connection, changed: Connection) -> bool:
        kind = changed.kind
        if rules.brings_authorization(kind, changed.configuration):
            return True
        # Types that keep no token in their configuration remember the consent itself.
        return rules.token_key(kind) is None and not before.awaits_consent

    def _settled(
        self, connection: Connection, request: ConnectionRequest, *, authorized: bool
    ) -> Connection:
        """The connection with the status that its credentials deserve."""
        if not authorized:
            return self._asking(connection, anew=request.reconnect)
        settled = replace(connection, consent=None, saved=True)
        if rules.rejected_upstream(connection.configuration):
            if request.validate:
                raise Unprocessable(
                    f"could not connect to {connection.kind.name}: {_REFUSED_UPSTREAM}",
                    field="configuration",
                )
            return replace(settled, status=ERROR, status_error=_REFUSED_UPSTREAM)
        return self._working(settled)

    def _working(self, connection: Connection) -> Connection:
        given = rules.server_values(connection.kind, connection.configuration, self._identifiers)
        return replace(
            connection,
            configuration=connection.configuration | given,
            saved=True,
            status=HEALTHY,
            status_error="",
        )

    def _asking(self, connection: Connection, *, anew: bool) -> Connection:
        consent = connection.consent
        if consent is None or consent.given or anew:
            by_code = connection.configuration.get("connect_mode") == "code"
            consent = Consent(
                token=self._identifiers.token(),
                asked_at=self._clock.seconds(),
                code=self._identifiers.code() if by_code else None,
            )
        token = rules.token_key(connection.kind)
        kept = {key: value for key, value in connection.configuration.items() if key != token}
        return replace(
            connection,
            configuration=kept,
            consent=consent,
            status=UNAUTHORIZED,
            status_error=_NOT_YET,
        )

    def _check_name(
        self, workspace_id: str, name: str, own_id: str | None, behaviour: Behaviour
    ) -> None:
        if not name.strip():
            raise Unprocessable("name must not be empty", field="name")
        if behaviour.duplicate_names == "allow":
            return
        if any(one.name == name and one.id != own_id for one in self.of(workspace_id)):
            raise Unprocessable("a connection with this name already exists", field="name")

    def test(
        self, type_id: str, configuration: Configuration, workspace_id: str, stored_id: str | None
    ) -> None:
        """Pretend to connect; with `stored_id` over the stored configuration. Stores nothing."""
        kind = known_type(type_id)
        sent = rules.without_nulls(configuration)
        stored = self.get(stored_id, workspace_id).configuration if stored_id else {}
        own = rules.server_owned(kind, stored)
        merged = {key: value for key, value in stored.items() if key not in own} | sent
        rules.check(kind, merged)
        if rules.rejected_upstream(merged):
            raise Unprocessable(
                f"could not connect to {kind.name}: {_REFUSED_UPSTREAM}", field="configuration"
            )

    def delete(self, connection_id: str, workspace_id: str, *, force: bool) -> None:
        """Delete a connection; with `force` what uses it goes first."""
        self.get(connection_id, workspace_id)
        users = self._dependents.of(connection_id)
        used_by = [user.used_by() for user in users]
        if any(user.type == HARBOR for user in users):
            raise Conflict("connection is backed by a harbor", used_by=used_by)
        if users and not force:
            raise Unprocessable("connection in use", used_by=used_by)
        self.remove(connection_id)

    def authorize(self, connection_id: str) -> Connection:
        """A person said yes: tokens arrive, the connection is saved and healthy."""
        before, consent = self._asked(connection_id)
        consent = replace(consent, given=True, denied=False)
        return self.store(self._working(replace(before, consent=consent)))

    def deny(self, connection_id: str) -> Connection:
        """A person said no: the connection stays unauthorized and says why."""
        before, consent = self._asked(connection_id)
        consent = replace(consent, denied=True, given=False)
        return self.store(
            replace(before, consent=consent, status=UNAUTHORIZED, status_error=_DENIED)
        )

    def _asked(self, connection_id: str) -> tuple[Connection, Consent]:
        found = self.get(connection_id)
        if found.consent is None:
            raise Unprocessable("nobody was asked to authorize this connection")
        return found, found.consent

    def store(self, connection: Connection) -> Connection:
        """Write a connection as it is, without any rule."""
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE connections SET consent_token = ?, document = ? WHERE id = ?",
                (_token(connection), json.dumps(asdict(connection)), connection.id),
            )
        return connection

    def remove(self, connection_id: str) -> None:
        """Forget a connection and what uses it, without any rule."""
        with self._database.transaction() as rows:
            self._dependents.remove_of(connection_id)
            rows.execute("DELETE FROM connections WHERE id = ?", (connection_id,))


def _token(connection: Connection) -> str | None:
    return connection.consent.token if connection.consent else None


def _connection(row: sqlite3.Row) -> Connection:
    document: dict[str, Any] = json.loads(row["document"])
    consent: dict[str, Any] | None = document.pop("consent")
    return Connection(**document, consent=Consent(**consent) if consent else None)
