"""The errors that are raised instead of creating a duplicate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds.lifecycle.known_objects import Resource


@dataclass(frozen=True)
class Found:
    """An object as a reply shows it; `type` describes it further, such as a connection type.

    `trouble` is what went wrong with it after it was made.
    """

    id: str
    name: str | None
    created_at: datetime | None
    reply: Any
    type: str | None = None
    trouble: PolytomicError | None = None

    def __str__(self) -> str:
        return f"{self.name!r} ({self.id}{f', {self.type}' if self.type else ''})"


class AlreadyExists(PolytomicError):
    """The workspace has a duplicate, and nothing shows that this resource created it."""

    def __init__(
        self,
        noun: str,
        duplicates: Sequence[Found],
        *,
        named: bool,
        outcome: str = "and nothing shows that this resource made it; nothing was created",
    ) -> None:
        way_out = (
            "give this one another name"
            if named
            else f"take this one out of the program, as a workspace has one {noun} at most"
        )
        several = "" if len(duplicates) == 1 else f", and {len(duplicates) - 1} more like it"
        others = "".join(f"\n  - {noun} {duplicate}" for duplicate in duplicates) if several else ""
        super().__init__(
            f"{called(noun, duplicates[0].name)} exists already in this workspace with the id "
            f"{duplicates[0].id}{several}, {outcome}.{others}",
            hint=(
                "If the resource was renamed in the program, say so with "
                '`opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="<its old name>")])`; if '
                "it was moved, with `pulumi.Alias(parent=<its old parent>)`, or "
                "`pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)` where it had none. "
                f'To take that one over, write `adopt_id="{duplicates[0].id}"`. Else {way_out}, '
                "or delete that one in Polytomic."
            ),
        )


class DoubledMeanwhile(AlreadyExists):
    """Another deployment made the same thing at the same moment.

    `made` is what this one made: it was removed, unless `kept` says why that failed.
    """

    def __init__(
        self,
        noun: str,
        duplicates: Sequence[Found],
        made: Found,
        *,
        named: bool,
        kept: PolytomicError | None = None,
    ) -> None:
        removed = "was removed" if kept is None else f"could not be removed: {kept.message}"
        super().__init__(
            noun,
            duplicates,
            named=named,
            outcome="made by another deployment at the same moment as this one; what this one made "
            f"({made.id}) {removed}",
        )


class DeclaredTwice(PolytomicError):
    """Two resources of the program would share one object, or create duplicates."""

    def __init__(self, noun: str, name: str | None, other: Resource, mine: Resource) -> None:
        super().__init__(
            f"{called(noun, name)} belongs to the resource {name_of(other.urn)!r} of this program "
            f"({other.urn}); nothing was created or taken over.",
            hint=(
                f"If {name_of(other.urn)!r} was renamed or moved to {name_of(mine.urn)!r}, say so "
                f"on {name_of(mine.urn)!r}: `{alias_of(other.urn, mine.urn)}`. "
                + (
                    "If both are to be there, give one of them another name in Polytomic with "
                    "`name=`."
                    if name is not None
                    else f"Else remove one of the two: they would manage the same {noun}."
                )
            ),
        )


class StillNeeded(PolytomicError):
    """The object must not be deleted: another resource of the program owns or adopts it."""

    def __init__(
        self, noun: str, name: str | None, id_: str, other: Resource, mine: Resource
    ) -> None:
        old, new = name_of(mine.urn), name_of(other.urn)
        super().__init__(
            f"{called(noun, name)} ({id_}) was not deleted with {old!r}: the resource {new!r} "
            f"({other.urn}) has it, or adopts it in this run",
            hint=(
                f"If {old!r} was renamed or moved to {new!r}, an alias was meant in place of "
                f"`adopt`: `{alias_of(mine.urn, other.urn)}` on {new!r}. Where {new!r} has adopted "
                f"it already, let Pulumi forget {old!r}: `pulumi state delete '{mine.urn}'`."
            ),
        )


class RetainedInTheWay(PolytomicError):
    """A replacement would create a duplicate, because the old object is retained."""

    def __init__(self, noun: str, name: str | None, id_: str) -> None:
        super().__init__(
            f"{called(noun, name)} ({id_}) cannot be replaced: `retain_on_delete` keeps it, and "
            "the new one would be the same thing",
            hint="To fix: give the new one another name with `name=`, or take `retain_on_delete` "
            "out of the program, run `pulumi up`, and then make this change.",
        )


def called(noun: str, name: str | None) -> str:
    """Name an object in a message: its noun, and its name where the kind has names."""
    return noun if name is None else f"{noun} {name!r}"


def name_of(urn: str) -> str:
    """The name of a resource in the program."""
    return urn.rsplit("::", 1)[-1]


def alias_of(old_urn: str, new_urn: str) -> str:
    """Return the `aliases` option by which Pulumi takes a resource for the one of another URN."""
    if old_urn.rsplit("::", 1)[0] == new_urn.rsplit("::", 1)[0]:
        alias = f'pulumi.Alias(name="{name_of(old_urn)}")'
    else:
        alias = f'"{old_urn}"'
    return f"opts=pulumi.ResourceOptions(aliases=[{alias}])"
