"""The expression that combines filters: `A and (B or C)`, read, checked, rewritten.

Operators are not case-sensitive, labels are; every condition must be named.
"""

import re
from collections.abc import Mapping, Sequence

from polytomic_provider.emulator.errors import Unprocessable

LABEL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORD = re.compile(r"\s*([A-Za-z0-9_]+|[()]|\S)")
_OPERATORS = ("and", "or")


def label_at(position: int) -> str:
    """The label of a condition by its position: A, B … Z, AA, AB …"""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def check(logic: str, labels: Sequence[str], path: str) -> None:
    """Raise Unprocessable for an expression that cannot be read, names another or misses one."""
    words = _WORD.findall(logic)
    if not words:
        return
    _check_grammar(words, path)
    named = [word for word in words if _is_label(word)]
    unknown = [label for label in named if label not in labels]
    if unknown:
        raise Unprocessable(
            f"{path}: no filter has the label {unknown[0]!r}",
            field=path,
            known_values=list(labels),
        )
    missing = [label for label in labels if label not in named]
    if missing:
        raise Unprocessable(
            f"{path} must name every filter; {', '.join(missing)} is missing",
            field=path,
            missing=missing,
        )


def relabelled(logic: str, labels: Mapping[str, str]) -> str:
    """The expression with other labels, the operators as they were written."""
    return re.sub(LABEL, lambda found: labels.get(found[0], found[0]), logic)


def _is_label(word: str) -> bool:
    return word not in "()" and word.lower() not in _OPERATORS


def _check_grammar(words: list[str], path: str) -> None:
    """Labels and operators in turn, parentheses in pairs."""
    depth, wants_label = 0, True
    for word in words:
        fits = wants_label if word == "(" or _is_label(word) else not wants_label
        if not fits or (_is_label(word) and not LABEL.fullmatch(word)):
            raise _unreadable(path, word)
        depth += (word == "(") - (word == ")")
        if depth < 0:
            raise _unreadable(path, word)
        if word != ")":
            wants_label = word == "(" or not _is_label(word)
    if depth or wants_label:
        raise _unreadable(path, words[-1])


def _unreadable(path: str, word: str) -> Unprocessable:
    return Unprocessable(f"{path} cannot be read at {word!r}", field=path)
