"""The idempotency keys of one resource, which every run of a program can compute again."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from polytomic_provider.api import Secret

BUCKET = timedelta(seconds=2)
KEY_LIFE = timedelta(hours=24)
SLOWEST_REPLY = timedelta(seconds=10)


class Keys:
    """The idempotency keys that one resource may use for one body.

    They are signed with the API key: keys reach the server's logs, and a plain digest of a body
    that holds a weak secret could be guessed. After a change of the API key they are others.
    """

    def __init__(
        self, secret: Secret, identity: str, namespace: str | None, body: Mapping[str, Any]
    ) -> None:
        self._secret = secret
        text = json.dumps([identity, namespace, body], sort_keys=True, separators=(",", ":"))
        self._message = text.encode()

    def timeless(self) -> str:
        """Return the key that every run of this program uses first."""
        return self._sign(b"timeless")

    def at(self, moment: datetime) -> str:
        """Return the key of the two seconds around `moment` (the server's clock)."""
        return self._sign(str(int(moment.timestamp() // BUCKET.total_seconds())).encode())

    def that_may_have_made(
        self, created_at: datetime | None, now: datetime | None
    ) -> Iterator[str]:
        """Return every key under which an earlier run may have created an object of that age.

        `now` is the server's time; that of this machine, which may be wrong, where it is None.
        """
        if created_at is None:
            yield self.timeless()
            return
        if (now or datetime.now(UTC)) - created_at > KEY_LIFE + BUCKET:
            return
        yield self.timeless()
        moment = created_at - SLOWEST_REPLY
        while moment <= created_at + BUCKET:
            yield self.at(moment)
            moment += BUCKET

    def _sign(self, use: bytes) -> str:
        digest = hmac.new(
            self._secret.reveal().encode(), use + b"\0" + self._message, hashlib.sha256
        )
        return digest.hexdigest()
