"""What the server has, in the words that the user chose for it."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from polytomic_provider.facts.secrets import MASK
from polytomic_provider.handlers.arguments import Absent, ArgumentFacts
from polytomic_provider.handlers.equality import equal


def project(facts: ArgumentFacts, server: Any, like: Any) -> Any:
    """The server's value of one argument, spelled like the user's where they mean the same.

    `like` is what the user wrote (None: left out). Gives None where nothing is to be shown.
    """
    if facts.write_only or facts.provider_side or facts.trigger:
        return like
    if like is None and facts.absent is Absent.UNMANAGED:
        return None
    if equal(server, like, unordered=facts.unordered):
        return like
    return server


def project_keys(
    server: Mapping[str, Any],
    like: Mapping[str, Any],
    is_secret: Callable[[tuple[str, ...]], bool],
    path: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The keys that the user manages, with the server's values where they differ in meaning.

    A secret is kept as the user wrote it: no reply shows it.
    """
    shown: dict[str, Any] = {}
    for key, wanted in like.items():
        here = (*path, key)
        found = server.get(key)
        if is_secret(here) or equal(found, wanted):
            shown[key] = wanted
        elif isinstance(found, dict) and isinstance(wanted, dict):
            nested = cast("dict[str, Any]", found), cast("dict[str, Any]", wanted)
            shown[key] = project_nested(*nested, is_secret, here)
        elif found is not None:
            shown[key] = _without_masks(found, wanted)
    return shown


def project_nested(
    server: Mapping[str, Any],
    like: Mapping[str, Any],
    is_secret: Callable[[tuple[str, ...]], bool],
    path: tuple[str, ...],
) -> dict[str, Any]:
    """As `project_keys`, and keys that only the server has: a nested object is managed whole."""
    shown = project_keys(server, like, is_secret, path)
    for key, found in server.items():
        if key not in like and found not in (None, MASK, "", [], {}):
            shown[key] = found
    return shown


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
