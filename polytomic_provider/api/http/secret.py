"""A text that must never be shown, such as an API key."""

import hmac
import json
import re
from typing import Final, NoReturn

MASK: Final = "[secret]"

# A shorter text is part of ordinary words; masking it would hide nothing and garble every message.
SHORTEST_MASKED: Final = 8


class Secret:
    """Holds a text that neither `repr`, `str`, `format`, pickle nor copy gives away.

    Args:
        value: The text to hold.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself, for the header that carries it or for a signature under it."""
        return self._value

    def redact(self, text: str) -> str:
        """`text` with every occurrence of the secret masked (secrets of 8 characters and more).

        Upper and lower case count as equal: a key pasted into a URL becomes a lower-case host.
        """
        if len(self._value) < SHORTEST_MASKED:
            return text
        # As it is, and as Python and JSON spell it with their quotes and backslashes escaped.
        spellings = {self._value, repr(self._value)[1:-1], json.dumps(self._value)[1:-1]}
        longest_first = sorted(spellings, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), MASK, text, flags=re.IGNORECASE)

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Secret is never pickled or copied")
