"""Requests and replies of the emulated API, as plain data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.state.idempotency import Outcome
from polytomic_emulator.state.workspaces import Workspace

JSON_TYPE = "application/json"
DEEPEST = 100
"""How deep a request body may be nested."""


@dataclass(frozen=True)
class Incoming:
    """A request as it arrived; header names in lower case. `pairs`: the query with repetitions.

    path: decoded, for people to read. raw_path: as it was sent: `%2F` in an id does not part it.
    """

    id: str
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    base_url: str
    pairs: tuple[tuple[str, str], ...] = ()
    raw_path: str = ""


@dataclass(frozen=True)
class Caller:
    """Who asks: `kind` is user, organization, partner or deployment."""

    kind: str
    workspace: Workspace | None


@dataclass(frozen=True)
class Call:
    """A request of a known caller to a known route."""

    incoming: Incoming
    caller: Caller
    params: Mapping[str, str]

    @property
    def workspace(self) -> Workspace:
        """The caller's workspace; the route table admits nobody without one where it is asked."""
        if self.caller.workspace is None:
            raise LookupError("this caller has no workspace")
        return self.caller.workspace

    @property
    def scope(self) -> str:
        """Whose idempotency keys count: the workspace's, or the partner's."""
        return self.caller.workspace.id if self.caller.workspace else self.caller.kind

    def json(self) -> dict[str, Any]:
        """The body as an object. Raises BadRequest when it is none."""
        return read_object(self.incoming.body)

    def flag(self, name: str) -> bool:
        """A query parameter that is `true` or `false`."""
        return self.incoming.query.get(name, "").lower() in ("true", "1")

    def grouped(self, name: str) -> dict[str, list[str]]:
        """A map in the query: `params[table]=a&params[table]=b` as `{"table": ["a", "b"]}`."""
        found: dict[str, list[str]] = {}
        for key, value in self.incoming.pairs:
            if key.startswith(f"{name}[") and key.endswith("]"):
                found.setdefault(key[len(name) + 1 : -1], []).append(value)
        return found


@dataclass(frozen=True)
class Reply:
    """What goes back; `body` is any JSON value, or None for an empty body."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def outcome(self) -> Outcome:
        """The reply as it is recorded and sent."""
        text = "" if self.body is None else json.dumps(self.body)
        kind = {"content-type": JSON_TYPE} if text else {}
        return Outcome(self.status, text, {**kind, **self.headers})


def read_object(raw: bytes) -> dict[str, Any]:
    """A JSON object. Raises BadRequest for anything else, and for text that is not Unicode."""
    try:
        value = json.loads(raw)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise BadRequest("the request body is not valid JSON") from None
    if not isinstance(value, dict):
        raise BadRequest("the request body must be a JSON object")
    _check_depth(value)
    return cast("dict[str, Any]", value)


def _check_depth(value: Any) -> None:
    """Copying, storing and masking all recurse: what lies deeper than anyone means is refused."""
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        level = [item for outer in level for item in _inside(outer)]
        if not level:
            return
    raise BadRequest(f"the request body is nested more than {DEEPEST} levels deep")


def _inside(outer: Any) -> list[Any]:
    """The objects and lists that an object or a list holds."""
    pairs = cast("dict[str, Any]", outer).values() if isinstance(outer, dict) else outer
    return [item for item in pairs if isinstance(item, dict | list)]
