"""Finds, in a preview, two resources of a program that would be one thing in Polytomic."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from polytomic_provider.handlers import HANDLERS
from polytomic_provider.handlers.duplicates import DeclaredTwice
from polytomic_provider.handlers.known_objects import Resource
from polytomic_provider.handlers.object_handler import ObjectHandler
from polytomic_provider.handlers.thing import Thing
from polytomic_provider.resources.live_checks import Declared
from polytomic_provider.validation import Problem


@dataclass(frozen=True, eq=False)
class Registered:
    """A resource of the program with its declaration, and what it is, once that is known."""

    declared: Declared
    resource: pulumi.Resource
    marks: "asyncio.Future[Marks | None]"

    @classmethod
    def of(cls, declared: Declared, resource: pulumi.Resource) -> "Registered":
        """Begin to find out what the resource is."""
        return cls(declared, resource, asyncio.ensure_future(_marks(declared)))


async def same_thing(mine: Registered, everything: Sequence[Registered]) -> list[Problem]:
    """The problem that a resource to be made would be what an earlier or existing one is."""
    marks = await mine.marks
    if marks is None or await _exists(mine.resource):
        return []
    earlier = True
    for other in everything:
        if other is mine:
            earlier = False
            continue
        theirs = await other.marks
        if theirs is None or not theirs.is_same(marks):
            continue
        if earlier or await _exists(other.resource):
            owners = await _owner(other.resource), await _owner(mine.resource)
            return [Problem("", str(DeclaredTwice(marks.noun, marks.thing.name, *owners)))]
    return []


@dataclass(frozen=True)
class Marks:
    """What an object is, of which kind, and in which workspace."""

    noun: str
    thing: Thing
    organization_id: str | None

    def is_same(self, other: "Marks") -> bool:
        """Whether both are one thing."""
        place = self.noun, self.organization_id
        return place == (other.noun, other.organization_id) and self.thing.is_same(other.thing)


async def _marks(declared: Declared) -> Marks | None:
    """None where a preview cannot know what it is, or where an id says which one is adopted."""
    handler = HANDLERS[declared.kind]
    if not isinstance(handler, ObjectHandler):
        return None
    try:
        arguments = await declared.arguments
    except Exception:
        return None  # something that the arguments come from has failed, and says so
    thing = handler.known_thing(arguments)
    if thing is None or arguments.get("adopt_id") is not None:
        return None
    return Marks(handler.noun, thing, arguments.get("organization_id"))


async def _exists(resource: pulumi.Resource) -> bool:
    """Whether the stack has the resource already: its id is known while previewing."""
    id_: Any = getattr(resource, "id", None)
    return isinstance(id_, pulumi.Output) and await id_.is_known()  # pyright: ignore[reportUnknownMemberType]


async def _owner(resource: pulumi.Resource) -> Resource:
    urn = await resource.urn.future() or ""
    return Resource(urn, urn)
