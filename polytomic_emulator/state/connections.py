"""Connections: create, read, change, delete, and the consent that OAuth types need."""

import json
import sqlite3
from dataclasses import asdict, replace
from typing import Any

from polytomic_emulator.errors import BadRequest, Conflict, NotFound, Unprocessable
from polytomic_emulator.state import configuration as rules
from polytomic_emulator.state.authorization import REFUSED_UPSTREAM, Authorization
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.configuration import Configuration
from polytomic_emulator.state.connection import (
    ERROR,
    HEALTHY,
    Connection,
    ConnectionRequest,
    Consent,
    known_type,
)
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.dependents import HARBORS, MANAGED_HARBOR
from polytomic_emulator.state.identifiers import Identifiers
from polytomic_emulator.state.records import Records
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_emulator.state.usage import Usage


class Connections:
    """Every connection of every workspace."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        identifiers: Identifiers,
        usage: Usage,
        schemas: SchemaCaches,
        records: Records,
    ) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers
        self._usage = usage
        self._schemas = schemas
        self._records = records
        self._authorization = Authorization(clock, identifiers)

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
        rules.check(kind, sent, conditions=behaviour.schema_conditions)
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
        return self._insert(self._authorization.settle(None, made, request))

    def share(
        self,
        parent: Connection,
        workspace_id: str,
        name: str,
        actor: dict[str, str],
        behaviour: Behaviour,
    ) -> Connection:
        """Make a copy of a connection in another workspace."""
        self._check_name(workspace_id, name, None, behaviour)
        now = self._clock.stamp()
        made = replace(
            parent,
            id=self._identifiers.uuid(),
            workspace_id=workspace_id,
            name=name,
            created_at=now,
            updated_at=now,
            created_by=actor,
            policies=[],
            consent=None,
            parent_connection_id=parent.id,
        )
        return self._insert(made)

    def shared(self, connection_id: str) -> list[Connection]:
        """The copies of a connection in other workspaces, oldest first."""
        parent = "json_extract(document, '$.parent_connection_id')"
        return self._many(f"WHERE {parent} = ? ORDER BY position", connection_id)

    def _insert(self, made: Connection) -> Connection:
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO connections (id, workspace_id, consent_token, document)"
                " VALUES (?, ?, ?, ?)",
                (made.id, made.workspace_id, _token(made), json.dumps(asdict(made))),
            )
        if made.status == HEALTHY:
            self._schemas.begin(made.id)
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
        users = self._usage.of_connection(connection_id)
        owned = [user.used_by() for user in users if user.type == MANAGED_HARBOR]
        if owned:
            raise Conflict("connection is owned by a managed harbor", used_by=owned)
        if request.type not in (None, before.type):
            raise Unprocessable("the type of a connection cannot change", field="type")
        sent = rules.without_nulls(request.configuration)
        stored = before.configuration
        keeps = behaviour.omitted_secrets == "keep"
        wanted = rules.with_omitted_secrets(kind, sent, stored) if keeps else sent
        own = rules.server_owned(kind, stored)
        judged = {key: value for key, value in wanted.items() if key not in own} | sent
        rules.check(kind, judged, conditions=behaviour.schema_conditions)
        self._check_name(workspace_id, request.name, connection_id, behaviour)
        changed = replace(
            before,
            name=request.name,
            configuration=own | wanted,
            policies=request.policies,
            healthcheck_interval=request.healthcheck_interval,
            updated_at=self._clock.stamp(),
        )
        return self.store(self._authorization.settle(before, changed, request))

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
        self,
        type_id: str,
        configuration: Configuration,
        workspace_id: str,
        stored_id: str | None,
        behaviour: Behaviour,
    ) -> None:
        """Pretend to connect; with `stored_id` over the stored configuration. Stores nothing.

        Raises NotFound, or BadRequest with what is wrong.
        """
        stored = self.get(stored_id, workspace_id) if stored_id else None
        if stored is not None and stored.type != type_id:
            raise BadRequest("the connection is of another type", field="type")
        try:
            kind = known_type(type_id)
            before = stored.configuration if stored else {}
            merged = rules.laid_over(kind, configuration, before)
            rules.check(kind, merged, conditions=behaviour.schema_conditions)
        except Unprocessable as refusal:
            # A test fails with 400 where creating would fail with 422.
            raise BadRequest(refusal.message, **refusal.metadata) from None
        if rules.rejected_upstream(merged):
            raise BadRequest(
                f"could not connect to {kind.name}: {REFUSED_UPSTREAM}", field="configuration"
            )

    def delete(self, connection_id: str, workspace_id: str, *, force: bool) -> None:
        """Delete a connection and its copies; with `force` what uses them goes first."""
        self.get(connection_id, workspace_id)
        ids = [connection_id, *(one.id for one in self.shared(connection_id))]
        users = [user for id_ in ids for user in self._usage.of_connection(id_)]
        used_by = [user.used_by() for user in users]
        if any(user.type in HARBORS for user in users):
            raise Conflict("connection is backed by a harbor", used_by=used_by)
        if users and not force:
            raise Unprocessable("connection in use", used_by=used_by)
        self.remove(connection_id)

    def authorize(self, connection_id: str) -> Connection:
        """A person said yes."""
        return self.store(self._authorization.give(self.get(connection_id)))

    def deny(self, connection_id: str) -> Connection:
        """A person said no."""
        return self.store(self._authorization.deny(self.get(connection_id)))

    def revoke(self, connection_id: str, reason: str | None = None) -> Connection:
        """The person's consent is withdrawn; `reason` is the status error that shows."""
        return self.store(self._authorization.revoke(self.get(connection_id), reason))

    def fail(self, connection_id: str, reason: str) -> Connection:
        """The service does not work any more."""
        found = self.get(connection_id)
        return self.store(replace(found, status=ERROR, status_error=reason))

    def heal(self, connection_id: str) -> Connection:
        """The service works again. Raises BadRequest while a person has to authorize it."""
        found = self.get(connection_id)
        if found.awaits_consent:
            raise BadRequest("this connection waits for a person: use authorize")
        return self.store(replace(found, status=HEALTHY, status_error=""))

    def store(self, connection: Connection) -> Connection:
        """Write a connection as it is; one that becomes healthy reads its schema again.

        Its copies work and fail with it.
        """
        before = self.get(connection.id)
        if connection.status == HEALTHY != before.status:
            self._schemas.begin(connection.id)
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE connections SET consent_token = ?, document = ? WHERE id = ?",
                (_token(connection), json.dumps(asdict(connection)), connection.id),
            )
        followed = ("configuration", "saved", "status", "status_error")
        changed = {name: getattr(connection, name) for name in followed}
        for copy in self.shared(connection.id):
            self.store(replace(copy, **changed))
        return connection

    def remove(self, connection_id: str) -> None:
        """Forget a connection, its copies, and what uses them, without any rule."""
        for copy in self.shared(connection_id):
            self.remove(copy.id)
        with self._database.transaction() as rows:
            self._usage.remove_users_of(connection_id)
            self._schemas.forget(connection_id)
            self._records.forget(connection_id)
            rows.execute("DELETE FROM connections WHERE id = ?", (connection_id,))


def _token(connection: Connection) -> str | None:
    return connection.consent.token if connection.consent else None


def _connection(row: sqlite3.Row) -> Connection:
    document: dict[str, Any] = json.loads(row["document"])
    consent: dict[str, Any] | None = document.pop("consent")
    return Connection(**document, consent=Consent(**consent) if consent else None)
