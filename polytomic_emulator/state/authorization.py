"""What a connection's credentials are worth: its status, and the consent of OAuth types."""

from dataclasses import replace

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.state import configuration as rules
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import (
    ERROR,
    HEALTHY,
    UNAUTHORIZED,
    Connection,
    ConnectionRequest,
    Consent,
)
from polytomic_emulator.state.identifiers import Identifiers

REFUSED_UPSTREAM = "The service refused these credentials."
_NOT_YET = "Authorization has not been completed."
_DENIED = "Authorization was denied."
_REVOKED = "Authorization was revoked; somebody has to authorize this connection again."


class Authorization:
    """Gives connections the status that they deserve. Stores nothing."""

    def __init__(self, clock: Clock, identifiers: Identifiers) -> None:
        self._clock = clock
        self._identifiers = identifiers

    def settle(
        self, before: Connection | None, connection: Connection, request: ConnectionRequest
    ) -> Connection:
        """The connection after create (`before` is None) or update.

        Raises Unprocessable when it is to be validated and its service refuses.
        """
        anew = request.reconnect and connection.kind.use_oauth
        if anew or not _authorized(before, connection):
            return self._asking(connection, anew=anew)
        # Credentials that were sent make an open question to a person pointless.
        consent = None if connection.awaits_consent else connection.consent
        settled = replace(connection, saved=True, consent=consent)
        if before and before.configuration == connection.configuration and not request.validate:
            return settled
        if rules.rejected_upstream(connection.configuration):
            if request.validate:
                raise Unprocessable(
                    f"could not connect to {connection.kind.name}: {REFUSED_UPSTREAM}",
                    field="configuration",
                )
            return replace(settled, status=ERROR, status_error=REFUSED_UPSTREAM)
        return self._working(settled)

    def give(self, connection: Connection) -> Connection:
        """Consent was given: tokens arrive, the connection is saved and healthy."""
        consent = replace(_asked(connection), given=True, denied=False, revoked=False)
        return self._working(replace(connection, consent=consent))

    def deny(self, connection: Connection) -> Connection:
        """Consent was denied: the connection stays unauthorized and says why."""
        consent = replace(_asked(connection), given=False, denied=True)
        return replace(connection, consent=consent, status=UNAUTHORIZED, status_error=_DENIED)

    def revoke(self, connection: Connection, reason: str | None) -> Connection:
        """Consent was withdrawn at the service: the token is gone until somebody consents anew.

        Raises Unprocessable for a connection that does not live from a person's consent.
        """
        kind = connection.kind
        if connection.awaits_consent or rules.brings_authorization(
            kind, rules.without_token(kind, connection.configuration)
        ):
            raise Unprocessable("nobody's authorization carries this connection")
        asking = self._asking(connection, anew=True)
        return replace(
            asking,
            consent=replace(_asked(asking), revoked=True),
            status_error=reason or _REVOKED,
        )

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
        return replace(
            connection,
            configuration=rules.without_token(connection.kind, connection.configuration),
            consent=consent,
            status=UNAUTHORIZED,
            status_error=_reason(consent, connection),
        )


def _authorized(before: Connection | None, connection: Connection) -> bool:
    if rules.brings_authorization(connection.kind, connection.configuration):
        return True
    # Types that keep no token in their configuration remember the consent itself.
    consented = before is not None and not before.awaits_consent
    return consented and rules.token_key(connection.kind) is None


def _reason(consent: Consent, connection: Connection) -> str:
    if consent.revoked:
        return connection.status_error
    return _DENIED if consent.denied else _NOT_YET


def _asked(connection: Connection) -> Consent:
    if connection.consent is None:
        raise Unprocessable("nobody was asked to authorize this connection")
    return connection.consent
