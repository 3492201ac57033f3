"""Finds, in a preview, two resources of a program that would be one thing in Polytomic."""

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class Registered:
    """A resource of the program with its declaration."""

    declared: Declared
    resource: pulumi.Resource


async def same_thing(mine: Registered, everything: Sequence[Registered]) -> list[Problem]:
    """The problem that a resource to be made would be what an earlier or existing one is."""
    handler = HANDLERS[mine.declared.kind]
    if not isinstance(handler, ObjectHandler) or await _exists(mine.resource):
        return []
    marks = _marks(handler, await mine.declared.arguments)
    if marks is None:
        return []
    earlier = True
    for other in everything:
        if other is mine:
            earlier = False
        elif other.declared.kind == mine.declared.kind and (
            earlier or await _exists(other.resource)
        ):
            theirs = _marks(handler, await other.declared.arguments)
            if theirs is not None and theirs[1] == marks[1] and theirs[0].is_same(marks[0]):
                owners = await _owner(other.resource), await _owner(mine.resource)
                return [Problem("", str(DeclaredTwice(handler.noun, marks[0].name, *owners)))]
    return []


def _marks(handler: ObjectHandler, arguments: Mapping[str, Any]) -> tuple[Thing, Any] | None:
    """What the object is and where; None where that is not known, or an id says which it is."""
    thing = handler.known_thing(arguments)
    if thing is None or arguments.get("adopt_id") is not None:
        return None
    return thing, arguments.get("organization_id")


async def _exists(resource: pulumi.Resource) -> bool:
    """Whether the stack has the resource already: its id is known while previewing."""
    id_: Any = getattr(resource, "id", None)
    return isinstance(id_, pulumi.Output) and await id_.is_known()  # pyright: ignore[reportUnknownMemberType]


async def _owner(resource: pulumi.Resource) -> Resource:
    urn = await resource.urn.future() or ""
    return Resource(urn, urn)
