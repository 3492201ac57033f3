"""Limits how fast a process sends requests after a 429.

All threads share one pace: after a refusal nobody asks before the moment that the server named,
and from then on one after the other, at a distance that grows with each refusal and shrinks with
each reply.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

FIRST_DISTANCE: Final = 0.05
LONGEST_DISTANCE: Final = 2.0
SHORTEST_DISTANCE: Final = 0.01
GROWTH: Final = 2.0
# Ten replies make up for one refusal: a few that have nothing to do with the pace, such as those of
# a busy gateway, must not slow it down for good.
RECOVERY: Final = 0.93


@dataclass(frozen=True)
class Slot:
    """Permission to send one request.

    Attributes:
        at: From when on, by the pace's clock.
        epoch: How many times the pace had slowed down when it was given.
    """

    at: float
    epoch: int


class RateLimiter:
    """The rate limiter of one key; safe to use from many threads.

    Args:
        now: A clock in seconds that only goes forward.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._opens = 0.0
        self._next = 0.0
        self._distance = 0.0
        self._epoch = 0

    def take(self) -> Slot:
        """Wait for the next slot; there is no wait unless a 429 came lately."""
        with self._lock:
            now = self._now()
            if self._distance == 0:
                return Slot(max(now, self._opens), self._epoch)
            at = max(now, self._opens, self._next)
            self._next = at + self._distance
            return Slot(at, self._epoch)

    def holds(self, turn: Slot) -> bool:
        """Return whether a slot is still valid: no 429 came since it was given."""
        with self._lock:
            return turn.epoch == self._epoch

    def refused(self, turn: Slot, seconds: float) -> None:
        """Note a 429: no request is sent for some seconds.

        Requests that were on their way together count as one refusal.
        """
        with self._lock:
            self._opens = max(self._opens, self._now() + seconds)
            if turn.epoch != self._epoch:
                return
            self._epoch += 1
            self._next = self._opens
            self._distance = min(max(self._distance * GROWTH, FIRST_DISTANCE), LONGEST_DISTANCE)

    def answered(self) -> None:
        """Note a reply that was no 429."""
        with self._lock:
            self._distance *= RECOVERY
            if self._distance < SHORTEST_DISTANCE:
                self._distance = 0.0
