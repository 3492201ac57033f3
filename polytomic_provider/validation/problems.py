"""What is wrong with an argument, said to the person who wrote it."""

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
