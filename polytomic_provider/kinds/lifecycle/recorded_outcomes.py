"""Outcomes that Polytomic has recorded under an idempotency key, and keys that have none yet."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from polytomic_provider.api import (
    APIError,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    RateLimited,
    ServerError,
    Unauthorized,
    Unprocessable,
)
from polytomic_provider.api.http.operation import sleep
from polytomic_provider.kinds.lifecycle.idempotency_keys import BUCKET, Keys

T = TypeVar("T")

RECORDED: Final = (BadRequest, Forbidden, NotFound, Conflict, Unprocessable, ServerError)
"""Answers that may be replays of an earlier run's failure."""

CLOCKS_DIFFER: Final = timedelta(seconds=2)
TRIES_OF_500: Final = 4
PAUSE_SECONDS: Final = 0.3


def recorded_outcome(ask: Callable[[], T]) -> T | None:
    """Return the answer of a request that asks for a recorded outcome; None if it is a failure.

    A 500 is asked for again: a recorded one stays, a passing one must not read as a failure.
    Raises what does not come from the record: RateLimited, Unauthorized, other ServerErrors.
    """
    for number in range(1, TRIES_OF_500 + 1):
        try:
            return ask()
        except (RateLimited, Unauthorized):
            raise
        except ServerError as error:
            if error.status != 500:
                raise
            if number < TRIES_OF_500:
                sleep(PAUSE_SECONDS * number)
        except APIError:
            return None
    return None


def fresh_key(keys: Keys, now: datetime) -> str:
    """Wait until the next two seconds of the server's clock begin, and return their key.

    No earlier request can have used it. `now` is the server's time.
    """
    span = BUCKET.total_seconds()
    sleep(span - now.timestamp() % span)
    return keys.at(now + BUCKET)
