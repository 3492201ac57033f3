"""The expression that combines conditions, such as `A and (B or C)`: labels, reading, relabelling.

Conditions are called A, B, C … by position. Operators are not case-sensitive, labels are; `and`
binds before `or`. Source: `filter_logic` of `POST /api/syncs`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

LABEL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
OPERATORS: Final = ("and", "or")
MAX_DEPTH: Final = 100
_WORD = re.compile(r"[A-Za-z0-9_]+|\S")

Operator = Literal["and", "or"]


@dataclass(frozen=True)
class Joined:
    """Two or more logics joined by one operator, in the order in which they were written."""

    operator: Operator
    parts: "tuple[Logic, ...]"


Logic: TypeAlias = str | Joined
"""A label, or what an operator joins."""


class LogicError(ValueError):
    """A text is no logic; the message goes on a sentence that begins with what the text is."""


def label_at(position: int) -> str:
    """The label of a condition by its position from 0: A, B … Z, AA, AB …"""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def labels_of(count: int) -> list[str]:
    """The labels of so many conditions."""
    return [label_at(position) for position in range(count)]


def parse(text: str | None) -> Logic | None:
    """What a text says; None for an empty one, which joins every condition with `and`.

    Raises LogicError.
    """
    words = _WORD.findall(text or "")
    if not words:
        return None
    reading = _Reading(words)
    logic = reading.joined("or", 0)
    if not reading.at_end:
        raise LogicError(f"cannot be read at {reading.word!r}")
    return logic


def named_in(logic: Logic) -> Iterator[str]:
    """The labels that a logic names, in their order, as often as it names them."""
    if isinstance(logic, str):
        yield logic
        return
    for part in logic.parts:
        yield from named_in(part)


def relabelled(text: str, labels: Mapping[str, str]) -> str:
    """The text with other labels, everything else as it was written."""
    return re.sub(LABEL, lambda found: labels.get(found[0], found[0]), text)


class _Reading:
    """A walk over the words of a logic."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._words)

    @property
    def word(self) -> str:
        return "" if self.at_end else self._words[self._at]

    def joined(self, operator: Operator, depth: int) -> Logic:
        """One part, or several with the operator between them."""
        parts = [self._part(operator, depth)]
        while self.word.lower() == operator:
            self._at += 1
            parts.append(self._part(operator, depth))
        return parts[0] if len(parts) == 1 else Joined(operator, tuple(parts))

    def _part(self, operator: Operator, depth: int) -> Logic:
        return self.joined("and", depth) if operator == "or" else self._one(depth)

    def _one(self, depth: int) -> Logic:
        word = self.word
        if self.at_end:
            raise LogicError("cannot be read: it ends too early")
        if word == "(":
            return self._bracket(depth)
        if word.lower() in OPERATORS or not LABEL.fullmatch(word):
            raise LogicError(f"cannot be read at {word!r}")
        self._at += 1
        return word

    def _bracket(self, depth: int) -> Logic:
        if depth == MAX_DEPTH:
            raise LogicError(f"has more than {MAX_DEPTH} brackets inside each other")
        self._at += 1
        inner = self.joined("or", depth + 1)
        if self.word != ")":
            raise LogicError("cannot be read: a bracket is not closed")
        self._at += 1
        return inner
