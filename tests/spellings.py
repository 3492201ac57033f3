"""Secrets as servers, gateways and logs may repeat them, spelled one character at a time.

It shares no code with what takes secrets out of messages: of each echo it is known which piece
stands for which character.
"""

import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from hypothesis import strategies as st

HIDDEN_FROM = 8
"""So many characters of a secret in a row must not be shown; quotes do not count."""
QUOTES = "\\\"'`"


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda letter: letter,
    "upper case": str.upper,
    "lower case": str.lower,
    "JSON": lambda letter: json.dumps(letter)[1:-1],
    "JSON in UTF-8": lambda letter: json.dumps(letter, ensure_ascii=False)[1:-1],
    "JSON in JSON": lambda letter: json.dumps(json.dumps(letter)[1:-1])[1:-1],
    "Go's JSON": lambda letter: (
        f"\\u{ord(letter):04x}" if letter in "<>&" else json.dumps(letter)[1:-1]
    ),
    "Python": lambda letter: repr(letter)[1:-1],
    "a page": html.escape,
    "decimal entities": lambda letter: f"&#{ord(letter)};",
    "hexadecimal entities": lambda letter: f"&#x{ord(letter):x};",
    "an address": lambda letter: quote(letter, safe=""),
    "every byte percent-encoded": _percent,
    "in lower case": lambda letter: _percent(letter).lower(),
    "percent-encoded twice": lambda letter: quote(_percent(letter), safe=""),
    "SQL": lambda letter: letter * 2 if letter in "'\"" else letter,
    "broken over lines": lambda letter: f"{letter}\n",
    "spaced": lambda letter: f"{letter} ",
    "hexadecimal": lambda letter: letter.encode().hex(),
}


@dataclass(frozen=True)
class Echo:
    """What a server repeats of a secret: a piece for each of the characters."""

    spelling: str
    characters: str

    @property
    def pieces(self) -> list[str]:
        """How each character is spelled."""
        return list(map(SPELLINGS[self.spelling], self.characters))

    @property
    def text(self) -> str:
        """The whole of it."""
        return "".join(self.pieces)

    def visible_in(self, shown: str) -> list[str]:
        """What of it can be read in a message, that should not be there."""
        needed = 2 * HIDDEN_FROM if self.spelling == "hexadecimal" else HIDDEN_FROM
        found: list[str] = []
        for first in range(len(self.characters)):
            counted = 0
            for last in range(first, len(self.characters)):
                counted += self.characters[last] not in QUOTES
                if counted == needed:
                    found.append("".join(self.pieces[first : last + 1]).strip())
                    break
        return [part for part in found if part in shown]


@st.composite
def echoes(draw: st.DrawFn, secret: str) -> Echo:
    """A secret in one spelling, whole or cut at either end."""
    name = draw(st.sampled_from(sorted(SPELLINGS)))
    first = draw(st.integers(0, len(secret) // 2))
    last = draw(st.integers(len(secret) // 2, len(secret)))
    return Echo(name, secret[first:last])
