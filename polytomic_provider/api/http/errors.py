"""Everything that can go wrong between this package and Polytomic, each by its name.

    PolytomicError
     ├ SettingsError
     │  ├ MissingSetting      a setting was found in none of its places
     │  ├ InvalidSetting      a setting has a value that cannot be used
     │  ├ UnknownAccount      there is no account of that name in the configuration
     │  ├ UntrustedURL        a file would send the environment's key elsewhere
     │  └ InsecureURL         the key would travel over plain http
     ├ TransportError
     │  ├ Unreachable         no connection: unknown host, refused, no route
     │  ├ TLSFailure          the server's certificate or TLS was not accepted
     │  ├ ProxyFailure        a proxy on the way refused
     │  ├ TimedOut            no connection or no whole reply in time
     │  ├ ConnectionDropped   the connection ended before the whole reply was there
     │  ├ NotPolytomic        something else than Polytomic answered: a web page, a gateway
     │  ├ UnexpectedReply     JSON came, but not of the documented shape
     │  └ RedirectRefused     a redirect that would carry the key elsewhere
     ├ APIError               Polytomic answered with an error status
     │  ├ BadRequest          400
     │  ├ Unauthorized        401
     │  ├ Forbidden           403
     │  ├ NotFound            404
     │  ├ Conflict            409
     │  ├ Unprocessable       422
     │  │  └ InUse            422 to a delete: models or syncs still use the connection
     │  ├ RateLimited         429
     │  └ ServerError         500 and above
     └ WorkspaceMismatch      the key belongs to another workspace than the object

`str()` of an error is its message and, on a line of its own, its hint. No text holds a key or
anything of a request's body.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from pydantic import JsonValue


def with_request(text: str, request_id: str | None) -> str:
    """Append the id of a request in the server's logs, if there is one."""
    return f"{text} (request {request_id})" if request_id else text


class PolytomicError(Exception):
    """Anything this package raises on purpose.

    Args:
        message: What happened, to which thing; ends with the request id where there is one.
        hint: What to do next.

    Attributes:
        retryable: Whether the same call can succeed later with nothing changed.
    """

    retryable: bool = False
    default_hint: ClassVar[str | None] = None

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or self.default_hint

    def add(self, remark: str) -> None:
        """Append something to the message, such as how often the request was tried."""
        self.message = f"{self.message} ({remark})"

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class SettingsError(PolytomicError):
    """The settings do not allow any request."""


class MissingSetting(SettingsError):
    """A setting was found in none of the places where it may stand.

    Args:
        what: The setting in words.
        looked_in: Every place that was looked up, in order.
    """

    def __init__(self, what: str, looked_in: Sequence[str], *, hint: str | None = None) -> None:
        places = "".join(f"\n  {number}. {place}" for number, place in enumerate(looked_in, 1))
        super().__init__(f"{what} was not found. Looked in this order:{places}", hint=hint)
        self.looked_in = tuple(looked_in)


class InvalidSetting(SettingsError):
    """A setting has a value that cannot be used.

    Args:
        place: Where the value stands, such as "stack configuration polytomic:workers".
        accepted: What is accepted there.
        value: The value received; None where it is secret.
    """

    def __init__(
        self, place: str, accepted: str, *, value: str | None, hint: str | None = None
    ) -> None:
        received = "the value there (not shown)" if value is None else f"{value!r}"
        super().__init__(f"{place}: {received} cannot be used; accepted: {accepted}", hint=hint)
        self.place = place


class UnknownAccount(SettingsError):
    """There is no account of a name that a resource, a function or a setting asks for.

    Args:
        account: The name.
        known: The names that there are.
        variable: The environment variable that would name its key.
        place: Where the name stands, if not in the program.
    """

    def __init__(
        self, account: str, known: Sequence[str], variable: str, *, place: str = ""
    ) -> None:
        listed = ", ".join(map(repr, known)) or "none"
        asked = f"{place}: there is" if place else "There is"
        super().__init__(
            f"{asked} no account {account!r} in the configuration; known: {listed}",
            hint="Run `pulumi config set --path --secret "
            f"'polytomic:accounts.{account}.apiKey'`, or set {variable}.",
        )
        self.account = account


class UntrustedURL(SettingsError):
    """The key comes from the environment, the address from a file that anybody may have changed."""


class InsecureURL(SettingsError):
    """The URL is plain http and not on this machine, so the key would be readable on the way."""


class TransportError(PolytomicError):
    """No usable reply came from Polytomic.

    Args:
        arrived: Whether the request may have reached the server and taken effect.
        retryable: Overrides the class where one case differs.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        arrived: bool = False,
        retryable: bool | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.arrived = arrived
        if retryable is not None:
            self.retryable = retryable


class Unreachable(TransportError):
    """There was no connection: the host is unknown, refuses, or cannot be routed to."""

    retryable = True


class TLSFailure(TransportError):
    """The server's certificate was not accepted, or the two sides could not agree on TLS."""

    default_hint = (
        "Check the URL and this machine's clock. Where a company proxy signs certificates itself, "
        "set SSL_CERT_FILE to a file that holds its certificate."
    )


class ProxyFailure(TransportError):
    """A proxy between this machine and Polytomic refused the request."""

    default_hint = (
        "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, user and password included; "
        "add the host to NO_PROXY if it is reachable without a proxy."
    )


class TimedOut(TransportError):
    """No connection, or no whole reply, within the time that was set."""

    retryable = True


class ConnectionDropped(TransportError):
    """The connection ended before the whole reply was there."""

    retryable = True
    default_hint = (
        "The server or something on the way closed the connection. Run again; nothing is made "
        "twice, since creating requests carry an idempotency key."
    )


class NotPolytomic(TransportError):
    """Something else answered: a web page, other text, or a 404 that is not Polytomic's."""

    default_hint = (
        "Check polytomic:url (or POLYTOMIC_DEPLOYMENT_URL): it must be the address of the "
        "Polytomic deployment, without a path. A login page or a proxy also answers like this."
    )


class UnexpectedReply(TransportError):
    """JSON came, but not of the documented shape."""

    default_hint = (
        "The server may speak another version of the API than polytomic:apiVersion asks for."
    )


class RedirectRefused(TransportError):
    """The server redirects to a place that must not get the key, or a change would be resent."""


class APIError(PolytomicError):
    """Polytomic answered with an error status.

    Args:
        status: HTTP status.
        key: The error's short name, if the body gave one.
        message: The server's own words, if any.
        metadata: Details of the body; empty if there were none.
        request_id: The id of the request in the server's logs, if a header gave one.
        method: HTTP method of the request.
        path: Path of the request, without its query.
        hint: What to do next.
        retryable: Overrides the class where one case differs.
    """

    def __init__(
        self,
        status: int,
        key: str | None,
        message: str | None,
        metadata: Mapping[str, JsonValue],
        request_id: str | None,
        method: str,
        path: str,
        *,
        hint: str | None = None,
        retryable: bool | None = None,
    ) -> None:
        self.status = status
        self.key = key
        self.server_message = message
        self.metadata = dict(metadata)
        self.request_id = request_id
        self.method = method
        self.path = path
        if retryable is not None:
            self.retryable = retryable
        said = message or key or "no message was given"
        super().__init__(
            with_request(f"{method} {path}: {_named(status)}: {said}", request_id), hint=hint
        )


class BadRequest(APIError):
    """400: the request was not understood, or its values are not accepted."""


class Unauthorized(APIError):
    """401: the key is unknown, incomplete or revoked."""


class Forbidden(APIError):
    """403: the key is known but may not do this."""


class NotFound(APIError):
    """404: no such object in the workspace of this key."""


class Conflict(APIError):
    """409: the state of the object does not allow it now."""


class Unprocessable(APIError):
    """422: the values are well formed but refused, for example by the connected system."""


@dataclass(frozen=True)
class UsedBy:
    """One thing that uses a connection (`metadata.used_by` of a 422 to DELETE)."""

    type: str
    name: str
    id: str

    def __str__(self) -> str:
        return f"{self.type} {self.name!r} ({self.id})"


class InUse(Unprocessable):
    """422: a connection cannot be deleted while models, syncs or schedules use it.

    Args:
        users: What uses the connection.
    """

    default_hint = (
        "Delete what uses it first, or set force_destroy on the connection: that deletes them too. "
        "Models and syncs of this program that name it by its id as text may go after it: run "
        "again, or give them the Connection itself."
    )

    def __init__(
        self,
        key: str | None,
        message: str,
        metadata: Mapping[str, JsonValue],
        request_id: str | None,
        method: str,
        path: str,
        *,
        users: Sequence[UsedBy],
    ) -> None:
        super().__init__(422, key, message, metadata, request_id, method, path)
        self.users = list(users)
        if self.users:
            used = f"{_named(422)}: {message}; used by {', '.join(map(str, self.users))}"
            self.message = with_request(f"{method} {path}: {used}", request_id)


class RateLimited(APIError):
    """429: too many requests."""

    retryable = True
    default_hint = "Run again later, or lower polytomic:workers."


class ServerError(APIError):
    """500 and above: Polytomic, or something in front of it, failed."""

    retryable = True
    default_hint = "Run again later; if it stays, give Polytomic's support the id of the request."


class WorkspaceMismatch(PolytomicError):
    """The key belongs to another workspace than the object in the state.

    Args:
        expected: Organization id that the state remembers, or that the settings name.
        actual: Organization id that the key belongs to; None where Polytomic names none.
        message: What was compared, with both ids.
    """

    def __init__(
        self, expected: str, actual: str | None, message: str, *, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.expected = expected
        self.actual = actual


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status}"
