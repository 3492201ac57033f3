"""The pauses between looks at what Polytomic has not done yet."""

import math
from dataclasses import dataclass
from typing import Final

FIRST_SECONDS: Final = 0.5
LONGEST_SECONDS: Final = 5.0
GROWTH: Final = 1.5


@dataclass
class Pauses:
    """Pauses that grow: what is done soon is seen soon, and what takes long is not asked often."""

    _next: float = FIRST_SECONDS

    def within(self, left: float = math.inf) -> float:
        """Return the seconds to wait before the next look, `left` at most."""
        pause, self._next = self._next, min(self._next * GROWTH, LONGEST_SECONDS)
        return min(pause, left)
