"""Make an object once, however often the deployment is killed or repeated.

A POST carries an `Idempotency-Key`: Polytomic keeps the first outcome for a day and replays it,
failures included, without saying that it does. So the first key is timeless: it finds what an
earlier, killed run has made. Where that key holds a failure or an object that is gone, a key of
the current moment follows, which nothing can have used before.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from polytomic_provider.api import (
    APIError,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    PolytomicError,
    Secret,
    ServerError,
    Unprocessable,
)
from polytomic_provider.handlers.scope import Scope

BUCKET = timedelta(seconds=2)
KEY_LIFE = timedelta(hours=24)
SLOWEST_REPLY = timedelta(seconds=10)
RECORDED = (BadRequest, Forbidden, NotFound, Conflict, Unprocessable, ServerError)
"""Answers that may be replays of an earlier run's failure."""


@dataclass(frozen=True)
class Found:
    """An object of the kind at hand, as a list or a reply shows it."""

    id: str
    label: str
    created_at: datetime | None
    reply: Any


class Creatable(Protocol):
    """How one kind is posted, listed and found again."""

    @property
    def kind(self) -> str:
        """The name of the kind."""
        ...

    @property
    def workspace(self) -> str | None:
        """The workspace that it is to be in."""
        ...

    def post(self, key: str) -> Found:
        """Send the body under an idempotency key."""
        ...

    def replay(self, key: str) -> Found | None:
        """What a POST under `key` has made before, asked with a body that nobody can accept."""
        ...

    def same_things(self) -> list[Found]:
        """What is there already under the name that this object would have."""
        ...

    def exists(self, id_: str) -> bool:
        """Whether the object of that id is there."""
        ...

    def server_time(self) -> datetime | None:
        """The server's clock."""
        ...


class AlreadyExists(PolytomicError):
    """The same thing is in the workspace, and this program has not made it."""

    def __init__(self, kind: str, twin: Found) -> None:
        super().__init__(
            f"{kind} {twin.label} exists already in this workspace with the id {twin.id}, "
            "and nothing shows that this resource made it; nothing was created.",
            hint=(
                "If the resource was renamed or moved in the program, say so with "
                "`opts=ResourceOptions(aliases=[...])`. If another program or a person made it, "
                "give this one another name, or delete that one in Polytomic."
            ),
        )


class Keys:
    """The idempotency keys that one resource may use for one body.

    They are signed with the API key: keys reach the server's logs, and a plain digest of a body
    that holds a weak secret could be guessed.
    """

    def __init__(
        self, secret: Secret, identity: str, namespace: str | None, body: Mapping[str, Any]
    ) -> None:
        self._secret = secret.reveal().encode()
        text = json.dumps([identity, namespace, body], sort_keys=True, separators=(",", ":"))
        self._message = text.encode()

    def timeless(self) -> str:
        """The key that every run of this program would use."""
        return self._sign(b"timeless")

    def at(self, moment: datetime) -> str:
        """The key of the two seconds around `moment` (the server's clock)."""
        return self._sign(str(int(moment.timestamp() // BUCKET.total_seconds())).encode())

    def that_may_have_made(self, found: Found) -> Iterator[str]:
        """Every key under which an earlier run may have made `found`."""
        if found.created_at is None:
            yield self.timeless()
            return
        if datetime.now(UTC) - found.created_at > KEY_LIFE + BUCKET:
            return
        yield self.timeless()
        moment = found.created_at - SLOWEST_REPLY
        while moment <= found.created_at + BUCKET:
            yield self.at(moment)
            moment += BUCKET

    def _sign(self, use: bytes) -> str:
        digest = hmac.new(self._secret, use + b"\0" + self._message, hashlib.sha256)
        return digest.hexdigest()


def create_once(scope: Scope, thing: Creatable, keys: Keys) -> Found:
    """Make the object, or find the one that an earlier run of this program has made.

    Raises AlreadyExists when the same thing is there and is not ours, else what the last POST
    raised.
    """
    before = [twin for twin in thing.same_things() if not _made_here(scope, thing, twin)]
    for twin in before:
        ours = _replayed(thing, keys, twin)
        if ours is not None:
            return _remember(scope, thing, ours)
    if before:
        raise AlreadyExists(thing.kind, before[0])
    try:
        posted = thing.post(keys.timeless())
        made = posted if thing.exists(posted.id) else None
    except RECORDED as failure:
        made = _made_by_a_failure(scope, thing, failure)
    if made is None:
        made = _create_afresh(scope, thing, keys)
    return _remember(scope, thing, made)


def _create_afresh(scope: Scope, thing: Creatable, keys: Keys) -> Found:
    """Post under a key that nothing can have used: its two seconds begin after now."""
    now = thing.server_time() or datetime.now(UTC)
    begun = now.timestamp() % BUCKET.total_seconds()
    scope.sleep(BUCKET.total_seconds() - begun)
    try:
        return thing.post(keys.at(now + BUCKET))
    except ServerError as failure:
        made = _made_by_a_failure(scope, thing, failure)
        if made is None:
            raise
        return made


def _made_by_a_failure(scope: Scope, thing: Creatable, failure: APIError) -> Found | None:
    """What a POST that answered with a 500 has made all the same, if anything."""
    if not isinstance(failure, ServerError):
        return None
    appeared = [twin for twin in thing.same_things() if not _made_here(scope, thing, twin)]
    return appeared[0] if len(appeared) == 1 else None


def _replayed(thing: Creatable, keys: Keys, twin: Found) -> Found | None:
    """The reply that an earlier run got when it made `twin`; None if no run of ours made it."""
    for key in keys.that_may_have_made(twin):
        replayed = thing.replay(key)
        if replayed is not None and replayed.id == twin.id:
            return replayed
    return None


def _made_here(scope: Scope, thing: Creatable, found: Found) -> bool:
    return scope.process.has_made(f"{thing.kind} {thing.workspace}", found.id)


def _remember(scope: Scope, thing: Creatable, found: Found) -> Found:
    scope.process.remember(f"{thing.kind} {thing.workspace}", found.id)
    return found
