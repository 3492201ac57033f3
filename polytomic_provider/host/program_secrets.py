"""What the program made secret: its dotted paths, and where such values reappear.

Only paths travel, never values. A path says nothing of positions in lists: `filters.value` is the
value of every filter.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, cast

from pulumi.runtime.rpc import is_rpc_secret

from polytomic_provider.api import Redactor, Secret
from polytomic_provider.kinds.lifecycle.handler import texts_of
from polytomic_provider.kinds.lifecycle.state import SECRETS

_TOGETHER = (
    frozenset(("fields", "override_fields")),
    frozenset(("filters", "model_filters", "target_filters")),
)
"""Arguments that a value may move between when a person changes an object."""


def paths_of(*properties: Mapping[str, Any]) -> frozenset[str]:
    """Return the paths that inputs or outputs name; older states name none."""
    found: set[str] = set()
    for one in properties:
        listed: Any = one.get(SECRETS)
        if isinstance(listed, list):
            found.update(map(str, cast("list[Any]", listed)))
    return frozenset(found)


def values_at(value: Any, path: str) -> list[Any]:
    """Return what stands at `path`; a key may hold dots itself."""
    if isinstance(value, list):
        return [one for item in cast("list[Any]", value) for one in values_at(item, path)]
    if not isinstance(value, Mapping):
        return []
    found: list[Any] = []
    for key, item in cast("Mapping[str, Any]", value).items():
        if path == key:
            found.append(item)
        elif path.startswith(f"{key}."):
            found += values_at(item, path.removeprefix(f"{key}."))
    return [one for one in found if one is not None]


def texts_at(arguments: Mapping[str, Any], paths: Iterable[str]) -> list[str]:
    """Return the texts that the arguments have at these paths."""
    return [text for path in paths for one in values_at(arguments, path) for text in texts_of(one)]


def reappeared(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    paths: Collection[str],
    secrets: Collection[str | Secret],
) -> frozenset[str]:
    """Return the arguments that changed outside the program and may show a secret now.

    These are what held one before, what a person may have moved one to, and what has one of the
    texts `secrets`.
    """
    held = {name for name in {*old, *new} if _below(name, paths)}
    for group in _TOGETHER:
        held |= group if group & held else frozenset()
    changed = {name: value for name, value in new.items() if value != old.get(name)}
    return frozenset(
        name for name, value in changed.items() if name in held or shows(value, secrets)
    )


def shows(value: Any, secrets: Collection[str | Secret]) -> bool:
    """Return whether a text in `value`, a key included, is or holds one of `secrets`."""
    known = set(secrets) - {""}
    redactor = Redactor(known)
    return any(
        text in known or redactor.redact(text) != text
        for text in (*texts_of(value), *_keys_of(value))
    )


def seal_paths(value: Any, paths: Collection[str], seal: Callable[[Any], Any]) -> Any:
    """Return `value` with `seal` applied to what stands at the paths and is not sealed yet.

    A value that ends before its path does is not what the program wrote, and is sealed too.
    """
    if value is None or not paths or is_rpc_secret(value):
        return value
    if isinstance(value, list):
        return [seal_paths(item, paths, seal) for item in cast("list[Any]", value)]
    if not isinstance(value, Mapping):
        return seal(value)
    sealed: dict[str, Any] = {}
    for key, item in cast("Mapping[str, Any]", value).items():
        below = _below(key, paths)
        whole = "" in below and item is not None and not is_rpc_secret(item)
        sealed[key] = seal(item) if whole else seal_paths(item, below, seal)
    return sealed


def _below(key: str, paths: Iterable[str]) -> set[str]:
    """Return what is left of the paths below `key`; "" is `key` itself."""
    at = {"" for path in paths if path == key}
    return at | {path.removeprefix(f"{key}.") for path in paths if path.startswith(f"{key}.")}


def _keys_of(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return [text for key, item in items for text in (str(key), *_keys_of(item))]
    if isinstance(value, list):
        return [text for item in cast("list[Any]", value) for text in _keys_of(item)]
    return []
