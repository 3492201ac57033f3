"""Adopts an object that exists in Polytomic instead of creating one."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.duplicates import DeclaredTwice, Found, alias_of, name_of
from polytomic_provider.kinds.lifecycle.inventory import Inventory
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.ownership import Deleted
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.spec.equality import same
from polytomic_provider.validation import holds_unknown

MOST_CANDIDATES = 20
MOST_NAMED = 3
HIDDEN = "[secret]"
LONGEST_SHOWN = 100


class NothingToAdopt(PolytomicError):
    """No object matches the resource that asks to adopt one."""

    def __init__(self, noun: str, wanted: str, candidates: Collection[str], argument: str) -> None:
        more = len(candidates) - MOST_CANDIDATES
        shown = [*list(candidates)[:MOST_CANDIDATES], *([f"and {more} more"] if more > 0 else [])]
        there = "".join(f"\n  - {one}" for one in shown) or " none"
        super().__init__(
            f"there is no {noun}{wanted} to adopt; there are:{there}",
            hint=f'Name one of them with `adopt_id="<its id>"`, or remove `{argument}` to make a '
            "new one.",
        )


class SeveralToAdopt(PolytomicError):
    """Several objects match the resource that asks to adopt one."""

    def __init__(self, noun: str, duplicates: Collection[Found]) -> None:
        listed = "".join(f"\n  - {duplicate}" for duplicate in duplicates)
        super().__init__(
            f"{len(duplicates)} {noun}s are the same thing, so `adopt=True` cannot choose:{listed}",
            hint=f'Write `adopt_id="{next(iter(duplicates)).id}"`, or the id of another one, in '
            "place of `adopt`.",
        )


class CannotAdopt(PolytomicError):
    """The object exists, and no update can make it what the program declares."""


class AdoptsAnother(PolytomicError):
    """The resource has an object, and the program now asks to adopt another one."""

    def __init__(self, noun: str, wanted: str, id_: str, resource: Resource) -> None:
        name = name_of(resource.urn)
        super().__init__(
            f"`adopt_id` of {name!r} is {wanted}, but {name!r} is {noun} {id_} already",
            hint=(
                "Remove `adopt_id` to keep that one. To have the other one in its place, run "
                f"`pulumi state delete '{resource.urn}'` first: {noun} {id_} then stays in "
                "Polytomic, and belongs to no program."
            ),
        )


@dataclass(frozen=True)
class Adoption:
    """An object to adopt: its present arguments, and how they differ from the program's.

    `there` are its values in the user's words, `unreadable` the arguments that no reply shows,
    which are therefore written whatever is there.
    """

    found: Found
    there: Mapping[str, Any]
    comparison: Comparison
    unreadable: tuple[str, ...]

    @property
    def writes(self) -> bool:
        """Return whether adopting needs an update request."""
        return bool(self.comparison.sent or self.unreadable)


@dataclass(frozen=True)
class AdoptionPreview:
    """What a preview says about an adoption, with the id of the object where it is known."""

    text: str
    id: str | None = None


def wants_adoption(arguments: Mapping[str, Any]) -> bool:
    """Return whether the arguments ask to adopt an object."""
    return arguments.get("adopt") is True or arguments.get("adopt_id") is not None


def find_to_adopt(
    scope: Scope, inventory: Inventory, arguments: Mapping[str, Any], place: str
) -> Found | None:
    """Find the object to adopt and record the resource as its owner.

    None where the stack has the resource already, so that this is a replacement, and nothing is
    there but what is replaced: a new one is made then.

    Raises NothingToAdopt, SeveralToAdopt, CannotAdopt, DeclaredTwice.
    """
    id_: str | None = arguments.get("adopt_id")
    owners = scope.process.owners(inventory.kind)
    replaced = owners.deleted_by(scope.resource)
    if id_ is None:
        found = _the_same_thing(scope, inventory, replaced)
    else:
        found = inventory.look_at(id_) if id_ not in replaced else None
    if found is None:
        if replaced or owners.object_of(scope.resource) is not None:
            return None
        deleted = owners.deleted_by_another(id_, inventory.natural_key, scope.resource)
        if deleted is not None:
            raise _was_deleted(inventory.noun, deleted, scope.resource)
        near = candidates(inventory, inventory.known.natural_keys(inventory.listing()))
        if id_ is not None:
            raise NothingToAdopt(inventory.noun, f" of the id {id_}", near, "adopt_id")
        name = inventory.natural_key.name
        wanted = "" if name is None else f" named {name!r} with the same {place}"
        raise NothingToAdopt(inventory.noun, wanted, near, "adopt")
    natural_key = inventory.natural_key_of(found)
    _refuse_another_place(inventory, found, natural_key, place)
    other = owners.take(found.id, scope.resource, natural_key)
    if other is not None:
        name = found.name if inventory.natural_key.name is not None else None
        raise DeclaredTwice(inventory.noun, name, other, scope.resource)
    return found


def _the_same_thing(scope: Scope, inventory: Inventory, replaced: Collection[str]) -> Found | None:
    everything = inventory.duplicates(inventory.listing())
    duplicates = [duplicate for duplicate in everything if duplicate.id not in replaced]
    if len(duplicates) > 1:
        raise SeveralToAdopt(inventory.noun, duplicates)
    return duplicates[0] if duplicates else None


def existing(
    scope: Scope, inventory: Inventory, is_ours: Callable[[str], bool]
) -> list[tuple[str, NaturalKey]]:
    """Return the existing duplicates of what is to be created, with their ids.

    Asks the one list of the run; an object is looked at only where the list says too little of it.
    Leaves out those of `is_ours`.
    """
    found: list[tuple[str, NaturalKey]] = []
    named = inventory.known.named(inventory.listing(), inventory.natural_key.name)
    for id_, key in sorted(named.items(), key=lambda one: one[0]):
        if is_ours(id_) or not key.may_be(inventory.natural_key):
            continue
        if not key.is_same(inventory.natural_key):
            looked_at = inventory.look_at(id_)
            if looked_at is None:
                continue
            key = inventory.natural_key_of(looked_at)
        if key.is_same(inventory.natural_key):
            found.append((id_, key))
    return found


def describe_existing(noun: str, found: Sequence[tuple[str, NaturalKey]]) -> str:
    """Describe for a preview the duplicates `found` of a resource to be created."""
    listed = ", ".join(f"{noun} {key.described(id_)}" for id_, key in found[:MOST_NAMED])
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return (
        f"exists already: {listed}{more}. Unless this run deletes it first, as `--replace` does, "
        "`pulumi up` takes it up only if a run of this program made it within the last day, such "
        "as one that was killed, and fails otherwise. "
        f'To fix: write `adopt_id="{found[0][0]}"` to take it over, or give this one another name'
    )


def candidates(inventory: Inventory, natural_keys: Mapping[str, NaturalKey]) -> list[str]:
    """Return the objects of the kind as candidates for an error, the best match first."""

    def distance(item: tuple[str, NaturalKey]) -> tuple[bool, bool, str]:
        natural_key = item[1]
        return (
            natural_key.name != inventory.natural_key.name,
            natural_key.place != inventory.natural_key.place,
            str(natural_key.name),
        )

    return [key.described(id_) for id_, key in sorted(natural_keys.items(), key=distance)]


def describe_changes(
    adoption: Adoption,
    arguments: Mapping[str, Any],
    sealed: tuple[Mapping[str, Any], Mapping[str, Any]],
    hidden: Collection[str],
) -> list[str]:
    """Return one line for each value that an adoption would change, as far as it is known.

    `sealed` are the values there and in the program with each secret replaced, `hidden` dotted
    paths whose values are not shown either.
    """
    lines: list[str] = []
    for name in adoption.comparison.sent:
        raw = adoption.there.get(name), arguments.get(name)
        shown = sealed[0].get(name), sealed[1].get(name)
        for path, before, after in _differences(name, raw, shown):
            if holds_unknown(after):
                continue
            secret = any(_covers(one, path) or _covers(path, one) for one in hidden)
            lines.append(
                f"{path}: {HIDDEN}" if secret else f"{path}: {_show(before)} -> {_show(after)}"
            )
    lines += [
        f"{path}: written anew, since Polytomic does not show it" for path in adoption.unreadable
    ]
    return lines


def _differences(
    path: str, raw: tuple[Any, Any], shown: tuple[Any, Any]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the paths at which two values differ, with both values as they may be shown."""
    if not (isinstance(raw[0], Mapping) and isinstance(raw[1], Mapping)):
        yield (path, *shown)
        return
    before, after = cast("Mapping[str, Any]", raw[0]), cast("Mapping[str, Any]", raw[1])
    for key in sorted({*before, *after}):
        pair = before.get(key), after.get(key)
        if not same(*pair):
            yield from _differences(f"{path}.{key}", pair, (_at(shown[0], key), _at(shown[1], key)))


def _at(value: Any, key: str) -> Any:
    return cast("Mapping[str, Any]", value).get(key) if isinstance(value, Mapping) else value


def _covers(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}.")


def _show(value: Any) -> str:
    if value is None:
        return "none"
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _was_deleted(noun: str, deleted: Deleted, resource: Resource) -> CannotAdopt:
    old, new = name_of(deleted.resource.urn), name_of(resource.urn)
    return CannotAdopt(
        f"{noun} {deleted.id} was deleted in this run, as the object of the resource {old!r} "
        f"({deleted.resource.urn})",
        hint=f"If {old!r} was renamed or moved to {new!r}, an alias was meant in place of `adopt`: "
        f"`{alias_of(deleted.resource.urn, resource.urn)}` on {new!r}. To make a new {noun}, "
        "remove `adopt` or `adopt_id`.",
    )


def _refuse_another_place(inventory: Inventory, found: Found, key: NaturalKey, place: str) -> None:
    wanted = inventory.natural_key.place
    if wanted is None or key.place is None or key.place == wanted:
        return
    raise CannotAdopt(
        f"{inventory.noun} {found} cannot be adopted: its {place} is {key.place!r}, the program "
        f"says {wanted!r}, and that cannot be changed on an object that is there",
        hint=f"Correct `{place}`, adopt another {inventory.noun}, or remove `adopt_id` to make a "
        "new one.",
    )
