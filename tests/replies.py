"""Holds every reply of the emulator, in whatever test it is given, to the official client.

The client is the judge: it is handed each recorded reply and must make of it what it declares, a
typed object or, for a refusal, an error that its method knows.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

UNREADABLE_BY_DESIGN = (
    # The documents show an object; a bare id is a reading to survive.
    ("type_shape", "string", r"/api/connections"),
    # The guides say `true`, which no official client can read.
    ("cache_status", True, r"/schemas/status"),
    # The client speaks 2025-09-18, this is the body of 2024-02-08.
    ("unauthorized_body", "v24", r" 401$"),
    # Parts of schedules and constants are texts for every official client.
    ("scalars", "swapped", r"/api/syncs"),
    # No status is declared for a model in use.
    ("used_model_delete", "refuse", r"^DELETE /api/models/"),
)
"""Switches that stand against the client's types, the value, and for which replies they do."""
UNTYPED = {
    ("models.list", ".pagination"): "the method's text promises it, its type has forgotten it",
    ("bulk_sync.list", ".pagination"): "the method's text promises it, its type has forgotten it",
    **{
        (f"bulk_sync.schedules.{name}", key): "the type has no id, which every other call asks for"
        for name, key in (
            *(("create", ".data.id"), ("get", ".data.id"), ("update", ".data.id")),
            ("list", ".data[].id"),
        )
    },
    **{
        (f"{name}.list", ".pagination"): "pages that only the switch `lists` makes, to be survived"
        for name in (
            "connections",
            "permissions.policies",
            "permissions.roles",
            "users",
            "webhooks",
        )
    },
    ("users.list_current_org_users", ".pagination"): "as above",
    ("events.list", ".pagination"): "the method's text promises it, its type has forgotten it",
}
"""What the documents say that replies have and the client's types do not, with the source."""
ANYWHERE = {
    400: "a request that cannot be read, an unknown API version, a malformed idempotency key",
    401: "no credential, or a wrong one",
    403: "a credential of the wrong kind",
    405: "a path with another method",
    413: "an oversized body",
}
"""Statuses that any request can be answered with, declared for its operation or not."""
UNDECLARED = {
    ("bulk_sync.start", 404): "declared for GET, PUT, DELETE and activate of the same bulk sync",
    ("webhooks.update", 404): "declared for GET, DELETE, enable and disable of the same webhook",
}
"""Refusals that a method has forgotten to declare, with the reason. It raises a plain ApiError."""
REDIRECTS = {("model_sync.executions.get_logs", 302)}
"""Operations that are documented to lead elsewhere, where the client follows before it reads."""


@dataclass(frozen=True)
class Reply:
    """One recorded reply. `played`: made by a fault or a rate limit."""

    method: str
    path: str
    version: str
    status: int
    body: str
    played: bool
    switches: dict[str, Any]

    @property
    def judged(self) -> bool:
        """Whether it claims to be what the client reads."""
        shown = f"{self.method} {self.path} {self.status}"
        against = any(
            self.switches.get(name) == value and re.search(where, shown)
            for name, value, where in UNREADABLE_BY_DESIGN
        )
        return not (self.played or against or self.version != "2025-09-18")


def problem_of(reply: Reply) -> str | None:
    """What the official client cannot make of a reply."""
    from polytomic.core.api_error import ApiError
    from polytomic.core.parse_error import ParsingError

    from tests.official import operation_of

    operation = operation_of(reply.method, reply.path)
    if operation is None:
        known = reply.status >= 400
        return None if known else "the official client has no operation for this route"
    if (operation.name, reply.status) in REDIRECTS:
        return None
    try:
        read = operation.read(reply.status, reply.body)
    except ParsingError as error:
        return f"{operation.name} cannot read it: {error}"
    except ApiError as error:
        return _problem_of_refusal(reply, operation.name, declared=type(error) is not ApiError)
    unknown = sorted(key for key in set(_unknown(read)) if (operation.name, key) not in UNTYPED)
    return f"{operation.name} knows no {', '.join(unknown)}" if unknown else None


def _unknown(read: Any, path: str = "") -> Iterator[str]:
    """The keys of a reply that the client's types do not have: it would silently ignore them."""
    if isinstance(read, BaseModel):
        yield from (f"{path}.{key}" for key in read.model_extra or ())
        read = {name: getattr(read, name) for name in read.model_fields_set}
    if isinstance(read, dict):
        for key, value in read.items():
            yield from _unknown(value, f"{path}.{key}")
    if isinstance(read, list):
        for value in read:
            yield from _unknown(value, f"{path}[]")


def _problem_of_refusal(reply: Reply, name: str, *, declared: bool) -> str | None:
    if "internal_error" in reply.body:
        return f"the emulator failed: {reply.body}"
    in_flight = reply.status == 409 and "Idempotency-Key" in reply.body
    # Above 500 stands only the recorded outcome of a fault.
    known = reply.status in ANYWHERE or (name, reply.status) in UNDECLARED
    if declared or in_flight or known or reply.status >= 500:
        return None
    return f"{name} declares no status {reply.status}: {reply.body}"


class Judge:
    """Reads what the emulators of this process and its children have recorded since it last did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: set[int] = set()

    def problems(self) -> list[str]:
        """What is wrong with the new replies: route, status and reason."""
        found: list[str] = []
        for reply in self._fresh():
            problem = problem_of(reply)
            if problem is not None:
                found.append(f"{reply.method} {reply.path} {reply.status}: {problem}")
        return found

    def _fresh(self) -> Iterator[Reply]:
        """New replies, those that are to be judged, each different one once."""
        for file in list(self.folder.glob("*.jsonl")):
            # Taken away, so that what hundreds of emulators left is not looked through each time.
            taken = file.replace(file.with_suffix(".taken"))
            lines = taken.read_text(encoding="utf-8").split("\n")[:-1]
            taken.unlink()
            for line in lines:
                reply = Reply(**json.loads(line))
                same = hash((reply.method, reply.path, reply.status, reply.body))
                if reply.judged and same not in self._known:
                    self._known.add(same)
                    yield reply
