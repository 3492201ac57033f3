"""One connection as the server knows it, and the request that makes or changes it."""

from dataclasses import dataclass, field

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.state.configuration import Configuration
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import ConnectionType

HEALTHY = "healthy"
"""The one status that Polytomic documents."""
UNAUTHORIZED = "unauthorized"
ERROR = "error"


@dataclass(frozen=True)
class Consent:
    """A browser authorization: asked for, perhaps denied, given, then revoked."""

    token: str
    asked_at: float
    code: str | None = None
    denied: bool = False
    given: bool = False
    revoked: bool = False


@dataclass(frozen=True)
class Connection:
    """One connection as the server knows it, secrets in clear.

    `parent_connection_id` is of a shared connection: the one that it is a copy of.
    """

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
    parent_connection_id: str | None = None

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
