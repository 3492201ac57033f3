"""Finds the object that a person names by its id or by its exact name."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from polytomic_provider.api.http.errors import PolytomicError

T = TypeVar("T", bound=Any)

MOST_NAMED: Final = 10
"""So many candidates are named in an error; of more, those whose names are nearest."""


def find_one(
    noun: str, everything: Iterable[T], wanted: str, name_of: Callable[[T], str | None]
) -> T:
    """Return the one object of that id, else the one of exactly that name.

    Raises PolytomicError, which lists candidates, where none or several have it.
    """
    there = list(everything)
    found = [one for one in there if one.id.casefold() == wanted.casefold()] or [
        one for one in there if name_of(one) == wanted
    ]
    if len(found) == 1:
        return found[0]
    named = [(name_of(one), one.id) for one in found or there]
    count = f"{len(found)} {plural(noun)} have" if found else f"no {noun} has"
    raise PolytomicError(
        f"{count} the id or name {wanted!r}; there are: {_listed(named, wanted)}",
        hint=f"To fix: give the id or the exact name of one {noun}." if named else None,
    )


def plural(noun: str) -> str:
    """Return the plural of what messages call an object."""
    return f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"


def _listed(named: list[tuple[str | None, str]], wanted: str) -> str:
    shown = named
    if len(named) > MOST_NAMED:
        names = [name or "" for name, _ in named]
        near = get_close_matches(wanted, names, n=MOST_NAMED, cutoff=0.5)
        shown = [one for one in named if one[0] in near][:MOST_NAMED] or named[:MOST_NAMED]
    listed = ", ".join(sorted(f"{name!r} ({id_})" for name, id_ in shown))
    more = len(named) - len(shown)
    return f"{listed} and {more} more" if more else listed or "none"
