"""The requests that the emulator was asked, for tests to read. Credentials never enter it."""

import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, cast

from polytomic_emulator.http.messages import Incoming
from polytomic_emulator.plain.kinds import KINDS
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.secrets import MASK, is_secret

KEPT = 10_000
"""How many requests are remembered; older ones are dropped."""

_UNKEPT_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
_UNKEPT_QUERY = frozenset({"token"})

_SECRETS = {"encryption_passphrase", *(key for kind in KINDS for key in kind.secrets)}
"""Keys of a request body whose values are masked."""


@dataclass
class RecordedRequest:
    """One request; `status` and `finished` are None while it is open or when it was dropped."""

    id: str
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    started: str
    status: int | None = None
    finished: str | None = None
    dropped: bool = False


class RequestLog:
    """The latest requests under /api, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: deque[RecordedRequest] = deque(maxlen=KEPT)

    def start(self, incoming: Incoming, now: str) -> RecordedRequest:
        """Remember a request that has just arrived."""
        shown = {
            name: value for name, value in incoming.headers.items() if name not in _UNKEPT_HEADERS
        }
        entry = RecordedRequest(
            incoming.id,
            incoming.method,
            incoming.path,
            {
                name: MASK if name in _UNKEPT_QUERY else text
                for name, text in incoming.query.items()
            },
            shown,
            _readable(incoming.body),
            now,
        )
        with self._lock:
            self._kept.append(entry)
        return entry

    def all(self) -> list[dict[str, Any]]:
        """Every remembered request as JSON values."""
        with self._lock:
            return [asdict(entry) for entry in self._kept]

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._kept.clear()


def _readable(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        return _masked((), json.loads(raw))
    except (ValueError, RecursionError):
        return f"<{len(raw)} bytes that are not JSON>"


def _masked(path: tuple[str, ...], value: Any) -> Any:
    """Mask what could be secret in a connection of any type: a PUT does not name its type.

    So are a sync's passphrase and the secrets of plain kinds.
    """
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: _masked((*path, key), item) for key, item in pairs}
    if isinstance(value, list):
        return [_masked(path, item) for item in cast("list[Any]", value)]
    if len(path) == 1 and path[0] in _SECRETS and value is not None:
        return MASK
    if value is not None and path[:1] == ("configuration",) and len(path) > 1:
        inside = path[1:]
        if is_secret(None, inside) or (len(inside) == 1 and inside[0] in _secret_keys()):
            return MASK
    return value


@cache
def _secret_keys() -> frozenset[str]:
    return frozenset(
        key
        for kind in connection_types.all_types().values()
        for key, found in kind.properties.items()
        if found.sensitive
    )
