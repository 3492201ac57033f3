"""What a change of arguments means for a resource, decided from the facts alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from polytomic_provider.handlers.arguments import Absent, ArgumentFacts, Arguments, facts_of
from polytomic_provider.handlers.equality import equal
from polytomic_provider.validation import is_unknown


@dataclass(frozen=True)
class Comparison:
    """Which arguments differ in meaning, which of them replace, and which need a request."""

    changed: tuple[str, ...]
    replaces: tuple[str, ...]
    sent: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether anything at all has to be done."""
        return bool(self.changed)


def compare(model: type[Arguments], old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Compare the arguments last deployed (or last read) with those of the program."""
    changed = [facts for facts in facts_of(model).values() if _differs(facts, old, new)]
    return Comparison(
        changed=tuple(facts.name for facts in changed),
        replaces=tuple(facts.name for facts in changed if facts.replaces),
        sent=tuple(facts.name for facts in changed if not facts.provider_side),
    )


def _differs(facts: ArgumentFacts, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    before, after = old.get(facts.name), new.get(facts.name)
    if facts.provider_side and not facts.needed_by_delete:
        return False
    if facts.trigger and after is None:
        return False
    if facts.replaces and facts.absent is Absent.UNMANAGED and after is None:
        return False
    if facts.absent is Absent.UNMANAGED and before is None and after is not None:
        return True
    if is_unknown(after):
        return True
    if facts.managed_keys and _keys(before) != _keys(after):
        return True
    return not equal(before, after, unordered=facts.unordered)


def _keys(value: Any) -> frozenset[str] | None:
    """The keys that are set: to begin or to end managing one is a change, whatever its value."""
    if not isinstance(value, Mapping):
        return None
    items = cast("Mapping[str, Any]", value).items()
    return frozenset(key for key, item in items if item is not None)
