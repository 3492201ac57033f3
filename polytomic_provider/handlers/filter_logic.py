"""Whether two filter logics mean the same: `A or (B and C)` is `(c AND b) OR a` after relettering.

The API letters conditions by position, so a server that keeps them in another order shows another
text for the same logic.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TOKEN = re.compile(r"[()]|[A-Za-z0-9_]+")

Meaning: TypeAlias = "str | tuple[str, frozenset[Meaning]]"
"""A letter, or an operator with the set of what it joins."""


def meaning_of(logic: str | None, letters: Mapping[str, str], count: int) -> Meaning:
    """The logic without order, spelling and needless brackets; no logic joins all with `and`.

    `letters` renames each label. Raises ValueError for a text that is no logic.
    """
    if not logic or not logic.strip():
        names = [letters.get(letter, letter) for letter in LETTERS[:count]]
        return _join("and", names)
    tokens = _TOKEN.findall(logic)
    meaning, rest = _either(tokens, letters)
    if rest:
        raise ValueError("something follows the end of the logic")
    return meaning


def _either(tokens: Sequence[str], letters: Mapping[str, str]) -> tuple[Meaning, Sequence[str]]:
    return _chain("or", tokens, letters)


def _chain(
    operator: str, tokens: Sequence[str], letters: Mapping[str, str]
) -> tuple[Meaning, Sequence[str]]:
    parts: list[Meaning] = []
    while True:
        part, tokens = _chain("and", tokens, letters) if operator == "or" else _one(tokens, letters)
        parts.append(part)
        if not tokens or tokens[0].lower() != operator:
            return _join(operator, parts), tokens
        tokens = tokens[1:]


def _one(tokens: Sequence[str], letters: Mapping[str, str]) -> tuple[Meaning, Sequence[str]]:
    if not tokens:
        raise ValueError("the logic ends too early")
    if tokens[0] != "(":
        return letters.get(tokens[0], tokens[0]), tokens[1:]
    meaning, rest = _either(tokens[1:], letters)
    if not rest or rest[0] != ")":
        raise ValueError("a bracket is not closed")
    return meaning, rest[1:]


def _join(operator: str, parts: Sequence[Meaning]) -> Meaning:
    """Join, taking in what is joined by the same operator already."""
    flat: set[Meaning] = set()
    for part in parts:
        if isinstance(part, str) or part[0] != operator:
            flat.add(part)
        else:
            flat |= part[1]
    return next(iter(flat)) if len(flat) == 1 else (operator, frozenset(flat))
