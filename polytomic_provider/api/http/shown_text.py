"""Foreign words as a terminal and a CI may see them.

Whoever names an object in Polytomic, or answers in its place, writes into the terminal of whoever
deploys, and into the log of a CI, which obeys some lines: `::set-output`, `##vso[`, `##teamcity[`.
"""

import re
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_COMMAND: Final = re.compile(r"(?m)^(\s*:):|(#)#(?=[A-Za-z-]*\[)")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def one_line(text: str) -> str:
    """`text` in one line, without control characters, invisible ones and halves of characters."""
    line = re.sub(r"\s+", " ", text).strip()
    return "".join(letter if letter.isprintable() else REPLACEMENT for letter in line)


def for_terminal(text: str) -> str:
    """`text` with its line breaks, without control characters, and without a line that a CI obeys.

    Commands of GitHub (`::`), Azure (`##vso[`, `##[`) and TeamCity (`##teamcity[`) get a space.
    """
    lines = text.replace("\r\n", "\n").replace("\t", " ").split("\n")
    cleaned = (
        "".join(letter if letter.isprintable() else REPLACEMENT for letter in line)
        for line in lines
    )
    return _COMMAND.sub(lambda found: f"{found[1] or found[2]} {found[0][-1]}", "\n".join(cleaned))


def whole_characters(text: str) -> str:
    """`text` in which no half of a surrogate pair stands alone, as no protocol can carry that."""
    return _SURROGATE.sub(REPLACEMENT, text)
