"""Decides whether a failed attempt is tried again, and after how long: pure functions.

Time and randomness are arguments, so a test needs neither a clock nor a patch.
"""

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Final

BASE_SECONDS: Final = 0.5
CAP_SECONDS: Final = 20.0

RETRIED_STATUSES: Final = frozenset({408, 425, 429, 500, 502, 503, 504})

# A 409 that means "not now": another request holds the object for a moment.
BUSY_WORDS: Final = (
    "in progress",
    "in flight",
    "in-flight",
    "being processed",
    "still processing",
    "busy",
    "locked",
    "try again",
    "concurrent",
)

# A 409 that stays: the caller must decide. These win over the words above, and a keyed POST that
# is answered with one of them has its recorded outcome.
CONFLICT_WORDS: Final = (
    "already running",
    "running already",
    "already exists",
    "already active",
    "unique",
    "duplicate",
    "harbor",
    "cache refresh",
    "execution",
)


class Cause(Enum):
    """Why an attempt failed."""

    UNKNOWN_HOST = "unknown host"
    REFUSED = "refused"
    CONNECT_TIMEOUT = "no connection in time"
    PROXY = "proxy"
    DROPPED = "dropped"
    SILENT = "no reply in time"
    STATUS = "status"
    FINAL = "final"

    @property
    def arrived(self) -> bool:
        """Whether the request may have reached the server and taken effect."""
        return self in (Cause.DROPPED, Cause.SILENT, Cause.STATUS)


# How many tries may fail of each; whatever is not here only ends with the budget of time. Nobody
# should wait ten minutes to learn that the address is wrong.
TRIES: Final = {
    Cause.UNKNOWN_HOST: 3,
    Cause.REFUSED: 6,
    Cause.CONNECT_TIMEOUT: 3,
    Cause.PROXY: 3,
    Cause.DROPPED: 8,
    Cause.FINAL: 1,
}

# A 500 rarely heals by itself, unlike a 429 or the 503 of a deployment.
TRIES_OF_500: Final = 5


@dataclass(frozen=True)
class Attempt:
    """One failed attempt, as far as the decision to try again needs it.

    Attributes:
        method: HTTP method.
        keyed_post: It was a POST with an `Idempotency-Key`.
        number: 1 for the first attempt of the request that failed of this cause and status.
        cause: What it failed of.
        status: HTTP status of the reply, if there was one.
        message: The server's words, for telling a busy 409 from a conflict.
    """

    method: str
    keyed_post: bool
    number: int
    cause: Cause
    status: int | None = None
    message: str = field(default="", repr=False)

    @property
    def may_have_taken_effect(self) -> bool:
        """Whether the server may have done what was asked, although it did not say so."""
        if self.cause is Cause.STATUS:
            return self.status is not None and self.status >= 500
        return self.cause.arrived


def should_retry(attempt: Attempt) -> bool:
    """Whether to send the request again, if the budget of time allows."""
    cause = attempt.cause
    if attempt.number >= TRIES.get(cause, math.inf):
        return False
    if attempt.method == "POST" and not attempt.keyed_post and cause.arrived:
        return False
    if cause is not Cause.STATUS:
        return True
    if attempt.status == 409:
        return is_busy(attempt.message, keyed_post=attempt.keyed_post)
    if attempt.status == 500:
        # The outcome of a keyed POST is recorded: the same key would only get it again.
        return attempt.method != "POST" and attempt.number < TRIES_OF_500
    return attempt.status in RETRIED_STATUSES


def is_busy(message: str, *, keyed_post: bool) -> bool:
    """Whether a 409 passes by itself.

    Args:
        message: The server's words.
        keyed_post: It was a POST with an `Idempotency-Key`: there a 409 means that the first
            request under this key is still in flight, unless the words say a conflict.
    """
    words = message.lower()
    if any(word in words for word in CONFLICT_WORDS):
        return False
    return keyed_post or any(word in words for word in BUSY_WORDS)


def backoff(number: int, *, jitter: float, retry_after: float | None = None) -> float:
    """Seconds to wait after attempt `number`.

    Args:
        number: 1 for the first attempt.
        jitter: A number from 0 to 1, freshly drawn.
        retry_after: Seconds that the server asked for. Never less than that is waited, and up to
            a tenth (at most a second) more, so that callers told the same do not return together.
    """
    ceiling = min(CAP_SECONDS, BASE_SECONDS * 2.0 ** min(max(number, 1) - 1, 32))
    wait = full_jitter(ceiling, jitter)
    if retry_after is None:
        return wait
    return max(wait, retry_after + full_jitter(min(1.0, retry_after / 10), jitter))


def full_jitter(ceiling: float, jitter: float) -> float:
    """A wait anywhere between nothing and `ceiling`."""
    return ceiling * min(max(jitter, 0.0), 1.0)


def parse_retry_after(value: str | None, *, at: datetime) -> float | None:
    """Seconds that a `Retry-After` header asks to wait; None if it says nothing usable.

    Args:
        value: The header: a number of seconds or an HTTP date.
        at: The time now, best by the server's own clock (its `Date` header).
    """
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        return float(text)
    date = parse_http_date(text)
    return None if date is None else max(0.0, (date - at).total_seconds())


def parse_http_date(value: str | None) -> datetime | None:
    """An HTTP date with its zone; None if it is not one."""
    try:
        date = parsedate_to_datetime(value or "")
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


@dataclass(frozen=True)
class Deadline:
    """The budget of time of one operation: all its requests and the waits between them.

    Attributes:
        seconds: The whole budget.
        ends: When it is used up, by `now`.
        now: A clock that only goes forward.
    """

    seconds: float
    ends: float
    now: Callable[[], float] = time.monotonic

    @classmethod
    def after(cls, seconds: float, *, now: Callable[[], float] = time.monotonic) -> "Deadline":
        """A budget that starts to run now."""
        return cls(seconds, now() + seconds, now)

    def remaining(self) -> float:
        """Seconds that are left; never negative."""
        return max(0.0, self.ends - self.now())
