"""Names the connection that is not authorized where a request failed because of it.

Polytomic shows a consent address in replies to POST and PUT only, so the addresses that pass
through this process are remembered.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from polytomic_provider.api import (
    APIError,
    BadRequest,
    Conflict,
    Polytomic,
    PolytomicError,
    Unprocessable,
)
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.kinds.consent import HIDDEN_ADDRESS

if TYPE_CHECKING:
    from polytomic_provider.api.wire.connection import ConnectionReply

PATIENCE_SECONDS = 10.0
GATE = (
    "let a ConnectionReadiness stand between the connection and this resource: it waits for the "
    "consent"
)


@dataclass
class ConsentAddresses:
    """The last consent address of each connection; safe to use from many threads."""

    _known: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, connection_id: str, address: object) -> None:
        """Remember the consent address of a connection; ignore anything but text."""
        if isinstance(address, str) and address:
            with self._lock:
                self._known[connection_id] = address

    def of(self, connection_id: str) -> str | None:
        """Return the last address of a connection."""
        with self._lock:
            return self._known.get(connection_id)


def missing_consent(
    error: BaseException,
    arguments: Mapping[str, Any],
    polytomic: Polytomic,
    addresses: ConsentAddresses,
) -> str:
    """Return what to do where `error` came of a connection that is not healthy; else nothing.

    Asks Polytomic for the health of the connections that the arguments use. It does not read the
    words of the error, which may change.
    """
    refusal = _refusal(error)
    if refusal is None:
        return ""
    advice: list[str] = []
    with suppress(PolytomicError), allowing(PATIENCE_SECONDS):
        for id_ in _connections(refusal, arguments, polytomic):
            reply = polytomic.connections.get(id_).data
            if not reply.healthy:
                secret = polytomic.settings.secret_auth_url
                advice.append(_advice(reply, HIDDEN_ADDRESS if secret else addresses.of(id_)))
    return "\n".join(advice)


def _refusal(error: BaseException | None) -> APIError | None:
    """Return the refusal by Polytomic that caused an error, if any."""
    while error is not None:
        if isinstance(error, BadRequest | Conflict | Unprocessable):
            return error if error.method in ("POST", "PUT") else None
        error = error.__cause__
    return None


def _connections(
    refusal: APIError, arguments: Mapping[str, Any], polytomic: Polytomic
) -> Iterator[str]:
    """Return the ids of the connections that a refusal may be about, each once."""
    named = refusal.metadata.get("connection_id")
    if isinstance(named, str):
        yield named
        return
    found = list(_ids(arguments, "connection_id"))
    model: Any = arguments.get("model")
    models = [model] if isinstance(model, str) else list(_ids(arguments, "model_id"))
    for id_ in dict.fromkeys(models):
        source = polytomic.models.get(id_).data.connection_id
        found += [source] if source else []
    yield from dict.fromkeys(found)


def _ids(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, item in cast("Mapping[str, Any]", value).items():
            if name == key and isinstance(item, str):
                yield item
            else:
                yield from _ids(item, key)
    elif isinstance(value, list):
        for item in cast("list[Any]", value):
            yield from _ids(item, key)


def _advice(reply: ConnectionReply, address: str | None) -> str:
    connection = f"Connection {reply.name!r} ({reply.id})"
    if reply.saved is not False:
        reason = reply.status_error or f"its status is {reply.status!r}"
        return (
            f"{connection} is not healthy: {reason}.\n"
            "To fix: mend it in Polytomic, or give `reconnect` on it another value; then run "
            "`pulumi up` again."
        )
    if address is None:
        return (
            f"{connection} waits for consent.\n"
            "To fix: give `reconnect` on it another value for a new consent address; and "
            f"{GATE}."
        )
    if address == HIDDEN_ADDRESS:
        return (
            f"{connection} waits for consent.\n"
            f"To fix: open {address}, and run `pulumi up` again; or {GATE}."
        )
    return (
        f"{connection} waits for consent.\n"
        f"To fix: open the address below and run `pulumi up` again; or {GATE}.\n"
        f"open {address}"
    )
