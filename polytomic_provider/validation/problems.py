"""What is wrong with an argument, said to the person who wrote it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Any, Final, cast


class Unknown:
    """A value that is not known before the deployment runs. Two unknowns are never equal.

    Args:
        of: The resource that the value is an output of, as the caller names resources; None where
            nobody can say.
    """

    def __init__(self, of: Hashable | None = None) -> None:
        self.of = of

    def __repr__(self) -> str:
        return "<not known yet>"

    def __deepcopy__(self, memo: Any) -> "Unknown":
        return self


UNKNOWN: Final = Unknown()
"""An unknown of no particular resource."""


def is_unknown(value: Any) -> bool:
    """Return whether a value is not known before the deployment runs."""
    return isinstance(value, Unknown)


def holds_unknown(value: Any) -> bool:
    """Return whether a value, or anything in it, is not known before the deployment runs."""
    if isinstance(value, Mapping):
        return any(map(holds_unknown, cast("Mapping[Any, Any]", value).values()))
    if isinstance(value, list | tuple):
        return any(map(holds_unknown, cast("Sequence[Any]", value)))
    return isinstance(value, Unknown)


class Severity(Enum):
    """Whether a problem stops the deployment; INFO is no problem, but worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Problem:
    """One problem: a dotted `path` into the arguments (empty for the whole) and a sentence.

    The sentence names what is accepted and never the value that was found: it may be secret.
    """

    path: str
    text: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.path}: {self.text}" if self.path else self.text


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether one of the problems stops the deployment."""
    return any(problem.severity is Severity.ERROR for problem in problems)


MOST_LISTED: Final = 40
NEARBY: Final = 3
MOST_EDITS: Final = 3
LONGEST_SHOWN: Final = 60

LISTED_BY: Final = {
    "connection type": "`GET /api/connection_types`",
    "field": "`get_source_fields` or `get_target_fields`",
    "object": "`get_target_objects`",
}
"""Where all names of a noun are listed, where they are too many for a message."""


def one_of(found: object, known: Iterable[str], noun: str, *, show: bool = False) -> str:
    """Return the known values for a message, with the one that was probably meant.

    `show` begins with the value found; leave it out where the value may be secret.
    """
    names = list(known)
    parts: list[str] = []
    if show:
        article = "an" if noun[:1] in "aeiou" else "a"
        parts.append(f"{_short(repr(found))} is not {article} {noun}; ")
    if isinstance(found, str):
        same = _looks_the_same(found, names)
        near = nearest(found, names) if same is None else None
        if same is not None:
            parts.append(
                f"a known {noun} looks the same but is written with other Unicode characters; "
                f"copy it from here: {same!r}; "
            )
        elif near is not None:
            parts.append(f"did you mean {near!r}? ")
    return "".join([*parts, _listed(found, names, noun)])


def nearest(found: str, names: Iterable[str]) -> str | None:
    """Return the name that was probably meant: one that a typing error makes of it.

    Capital letters and separators count for nothing. A name that is another one with more words
    (`host`, `ssh_host`) means something else and is no typing error.
    """
    distances = ((_distance(found, name), name) for name in names)
    near = [(distance, name) for distance, name in distances if distance is not None]
    return min(near)[1] if near else None


def _listed(found: object, names: list[str], noun: str) -> str:
    if len(names) <= MOST_LISTED:
        return f"known {noun}s: {', '.join(sorted(names))}"
    folded = {name.casefold(): name for name in names}
    close = get_close_matches(found.casefold(), folded, NEARBY) if isinstance(found, str) else []
    nearby = f", nearest in spelling: {', '.join(folded[one] for one in close)}" if close else ""
    where = f" (all: {LISTED_BY[noun]})" if noun in LISTED_BY else ""
    return f"there are {len(names)} {noun}s{nearby}{where}"


def _looks_the_same(found: str, names: Iterable[str]) -> str | None:
    """The name that a screen shows like `found`, though its characters are others."""
    visible = _visible(found)
    return next(
        (
            name
            for name in names
            if name.casefold() != found.casefold() and _visible(name) == visible
        ),
        None,
    )


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    return "".join(one for one in composed if unicodedata.category(one) != "Cf").casefold()


def _distance(found: str, name: str) -> int | None:
    """The number of typing errors between two names; None where they are other names."""
    mine, theirs = _words(found), _words(name)
    one, other = "".join(mine), "".join(theirs)
    if not one or not other:
        return None
    if one == other:
        return 0
    if _has_more_words(mine, theirs) or _has_more_words(theirs, mine):
        return None
    if (
        len(mine) == 1
        and theirs[0].startswith(one)
        and len(one) >= 4
        and len(other) <= 2 * len(one)
    ):
        return len(other) - len(one)  # an abbreviation
    edits = _edits(one, other)
    if edits > min(MOST_EDITS, _tolerated(one, other)):
        return None
    if len(mine) == len(theirs) > 1:
        pairs = zip(mine, theirs, strict=True)
        if any(_edits(a, b) > max(1, _tolerated(a, b)) for a, b in pairs):
            return None
    return edits


def _tolerated(one: str, other: str) -> int:
    return 2 * max(len(one), len(other)) // 5


def _words(name: str) -> list[str]:
    """The words of `snake_case`, `camelCase` and the like, in small letters."""
    return [
        word.casefold()
        for word in re.findall(r"[A-Z]+(?![^\W\d_A-Z])|[^\W_A-Z]+|[A-Z][^\W_A-Z]*", name)
    ]


def _has_more_words(more: Sequence[str], words: Sequence[str]) -> bool:
    """Whether `more` are all of `words` and further ones of more than a letter."""
    further = Counter(more) - Counter(words)
    missing = Counter(words) - Counter(more)
    return not missing and len("".join(further.elements())) > 1


def _edits(one: str, other: str) -> int:
    """The least number of letters to add, drop, change or swap with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(row[j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def join_path(parent: str, key: str | int) -> str:
    """A dotted path one step deeper; positions in lists are written in brackets."""
    if isinstance(key, int):
        return f"{parent}[{key}]"
    return f"{parent}.{key}" if parent else key
