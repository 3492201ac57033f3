"""What the server has, in the words that the program chose for it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from polytomic_provider.facts.secrets import MASK
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.spec.equality import matches, matches_set, without_zeros

_ADDRESS = re.compile(r"host|domain|url|uri|endpoint|server|instance|site", re.IGNORECASE)
_EMAIL = re.compile(r"e?mail|user", re.IGNORECASE)


def project(facts: Facts, server: Any, like: Any) -> Any:
    """The server's value of one argument, spelled like the user's where they mean the same.

    `like` is what the user wrote (None: left out). Gives None where nothing is to be shown.
    """
    if facts.write_only or facts.provider_side or facts.trigger:
        return like
    if like is None and facts.unmanaged:
        return None
    if facts.managed_keys and isinstance(like, Mapping):
        there = cast("Mapping[str, Any]", server if isinstance(server, Mapping) else {})
        value = replace(facts, managed_keys=False, unmanaged=False)
        keys = cast("Mapping[str, Any]", like)
        return {key: project(value, there.get(key), wanted) for key, wanted in keys.items()}
    if facts.caseless and isinstance(server, str) and isinstance(like, str):
        return like if matches(server.casefold(), like.casefold()) else server
    if matches_set(server, like) if facts.unordered else matches(server, like):
        return like
    return without_zeros(server)


def project_configuration(
    server: Mapping[str, Any],
    like: Mapping[str, Any],
    is_secret: Callable[[tuple[str, ...]], bool],
    path: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return the keys that the program wrote, with the server's values where they differ.

    A secret is kept as the program wrote it: no reply shows it. Servers rewrite addresses and
    e-mail addresses; keys that a server has beside those of the program are its own.
    """
    shown: dict[str, Any] = {}
    for key, wanted in like.items():
        if wanted is None:
            continue
        here = (*path, key)
        found = server.get(key)
        if is_secret(here) or matches(found, wanted) or _rewritten(key, found, wanted):
            shown[key] = wanted
        elif isinstance(found, dict) and isinstance(wanted, dict):
            nested = cast("dict[str, Any]", found), cast("dict[str, Any]", wanted)
            shown[key] = project_configuration(*nested, is_secret, here)
        elif found is not None:
            shown[key] = without_zeros(_without_masks(found, wanted))
    return shown


def _rewritten(key: str, found: Any, wanted: Any) -> bool:
    """Return whether a text differs as servers rewrite addresses and e-mail addresses."""
    if not isinstance(found, str) or not isinstance(wanted, str):
        return False
    if _ADDRESS.search(key):
        return _bare(found) == _bare(wanted)
    return _EMAIL.search(key) is not None and "@" in wanted and found == wanted.lower()


def _bare(address: str) -> str:
    return address.removeprefix("https://").rstrip("/")


def _without_masks(found: Any, wanted: Any) -> Any:
    """Put the user's value back wherever the reply has a mask at the same place."""
    if found == MASK:
        return wanted
    if isinstance(found, dict):
        left = cast("dict[str, Any]", found)
        right = cast("dict[str, Any]", wanted if isinstance(wanted, dict) else {})
        return {key: _without_masks(item, right.get(key)) for key, item in left.items()}
    if isinstance(found, list):
        items = cast("list[Any]", found)
        others = cast("list[Any]", wanted if isinstance(wanted, list) else [])
        padded = others + [None] * (len(items) - len(others))
        return [_without_masks(item, padded[index]) for index, item in enumerate(items)]
    return found
