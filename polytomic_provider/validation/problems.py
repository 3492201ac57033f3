"""What is wrong with an argument, said to the person who wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Any, Final


class Unknown:
    """The one sentinel for a value that is not known before the deployment runs."""

    def __repr__(self) -> str:
        return "<not known yet>"

    def __deepcopy__(self, memo: Any) -> "Unknown":
        return self


UNKNOWN: Final = Unknown()


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


def one_of(found: object, known: Iterable[str], noun: str) -> str:
    """The known values for a message, the nearest first.

    `found` decides the order only and is not shown.
    """
    names = list(known)
    near = nearest(found, names) if isinstance(found, str) else None
    listed = ", ".join(sorted(names)) if len(names) <= 40 else f"{len(names)} {noun}s"
    suggestion = f"did you mean {near!r}? " if near is not None else ""
    return f"{suggestion}known {noun}s: {listed}"


def nearest(found: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant; capital letters count for little."""
    by_folded = {name.casefold(): name for name in names}
    near = get_close_matches(found.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def join_path(parent: str, key: str | int) -> str:
    """A dotted path one step deeper; positions in lists are written in brackets."""
    if isinstance(key, int):
        return f"{parent}[{key}]"
    return f"{parent}.{key}" if parent else key
