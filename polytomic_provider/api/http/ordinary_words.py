"""A server's words without whatever may be a secret that this run does not know.

Pulumi deletes and refreshes without running the program, and hands over the secrets of one resource
at a time. So what a server then says about one of them may repeat a secret of another that nobody
has named yet.
"""

import re
from collections.abc import Collection
from typing import Final

from polytomic_provider.api.http.secret import MASK

_LONGEST: Final = 36
_PIECE: Final = re.compile(r"[^\s\"'`(){}\[\]<>,;]+")
_WORD: Final = r"(?:[A-Z]?[a-z]+|[A-Z]+s?)"
_ORDINARY: Final = re.compile(
    rf"{_WORD}(?:['._-]{_WORD})*"  # a word, a name of several
    r"|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"  # an id
    r"|#?[0-9]{1,5}(?:\.[0-9]{1,3})?%?"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|[^\w\s]{1,3}"
)
_NAMES_A_SECRET: Final = re.compile(
    r"(?i)(?:pass(?:word|wd|phrase)?|pwd|secrets?|tokens?|keys?|credentials?|auth|bearer)[:=]*$"
)
_ASSIGNED: Final = re.compile(r"[:=]")


def only_ordinary(text: str, known: Collection[str]) -> str:
    """`text` with a mask over each piece that is no plain word, id, date or short number.

    What follows a word such as `password` with a colon or an equals sign is masked too. A secret
    that is a plain word and stands anywhere else cannot be told from one.

    Args:
        text: What a server says.
        known: Texts that are shown as they are, such as the name of the object at hand.
    """
    names = sorted((one for one in known if one and one in text), key=len, reverse=True)
    if not names:
        return _masked(text)
    parts = re.split("(" + "|".join(map(re.escape, names)) + ")", text)
    return "".join(part if part in names else _masked(part) for part in parts)


def _is_ordinary(part: str) -> bool:
    return not part or (len(part) <= _LONGEST and bool(_ORDINARY.fullmatch(part)))


def _masked(text: str) -> str:
    shown: list[str] = []
    done = 0
    named = False
    for match in _PIECE.finditer(text):
        between, piece = text[done : match.start()], match[0]
        if named or not all(map(_is_ordinary, piece.rstrip(".:!?=").split("/"))):
            piece = MASK
        named = bool(_NAMES_A_SECRET.search(piece)) and bool(_ASSIGNED.search(piece[-1:]))
        shown += (between, piece)
        done = match.end()
    return "".join([*shown, text[done:]])
