"""Decides from the facts of each argument what a change means for a resource."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from polytomic_provider.kinds.arguments import Arguments, Facts, facts_of
from polytomic_provider.spec.equality import same, same_set
from polytomic_provider.validation import is_unknown


@dataclass(frozen=True)
class Comparison:
    """The arguments that differ, those that replace the resource, and those that need a request.

    ended: dotted paths that the program no longer manages; Polytomic keeps their values.
    old, new: the arguments last deployed, and those of the program.
    """

    changed: tuple[str, ...]
    replaces: tuple[str, ...]
    sent: tuple[str, ...]
    ended: tuple[str, ...] = ()
    old: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)
    new: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)

    @property
    def differs(self) -> bool:
        """Return whether anything differs."""
        return bool(self.changed)

    def without(self, names: Collection[str]) -> "Comparison":
        """Return the comparison as if these arguments were equal."""
        return replace(
            self,
            changed=tuple(name for name in self.changed if name not in names),
            replaces=tuple(name for name in self.replaces if name not in names),
            sent=tuple(name for name in self.sent if name not in names),
        )


def compare(model: type[Arguments], old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Compare the arguments last deployed (or last read) with those of the program, exactly."""
    changed = [facts for facts in facts_of(model).values() if _differs(facts, old, new)]
    sent = [
        facts for facts in changed if not facts.provider_side and not _only_ends(facts, old, new)
    ]
    return Comparison(
        changed=tuple(facts.name for facts in changed),
        replaces=tuple(facts.name for facts in changed if facts.replaces),
        sent=tuple(facts.name for facts in sent),
        ended=tuple(path for one in changed for path in _ended(one, old, new)),
        old=old,
        new=new,
    )


def _differs(facts: Facts, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    before, after = old.get(facts.name), new.get(facts.name)
    if facts.provider_side and not facts.needed_by_delete:
        return False
    if after is None and (facts.trigger or (facts.replaces and facts.unmanaged)):
        return False
    return not _same(facts, before, after)


def _same(facts: Facts, before: Any, after: Any) -> bool:
    """Return whether two values of an argument are equal; without order where none is kept."""
    if facts.caseless and isinstance(before, str) and isinstance(after, str):
        return before.casefold() == after.casefold()
    if not facts.unordered:
        return same(before, after)
    if facts.managed_keys and isinstance(before, Mapping) and isinstance(after, Mapping):
        left, right = _keys(before), _keys(after)
        return all(same_set(left.get(key), right.get(key)) for key in {*left, *right})
    return same_set(before, after)


def _ended(facts: Facts, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return the paths of an argument that the program no longer manages."""
    before, after = old.get(facts.name), new.get(facts.name)
    if not facts.unmanaged or before is None:
        return []
    if after is None:
        return [facts.name]
    if not facts.managed_keys or is_unknown(after):
        return []
    return [f"{facts.name}.{key}" for key in _keys(before) if key not in _keys(after)]


def _only_ends(facts: Facts, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether an argument differs only in what the program no longer manages."""
    ended = _ended(facts, old, new)
    before, after = old.get(facts.name), new.get(facts.name)
    if not ended or after is None:
        return bool(ended)
    managed = {key: value for key, value in _keys(before).items() if key in _keys(after)}
    return _same(facts, managed, after)


def _keys(value: Any) -> dict[str, Any]:
    """Return the keys of a mapping that are set."""
    if not isinstance(value, Mapping):
        return {}
    items = cast("Mapping[str, Any]", value).items()
    return {key: item for key, item in items if item is not None}
