"""A resource of the program, and what the engine is going to deploy of it, in a preview."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import pulumi

from polytomic_provider.host.plain_values import plain
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.state import IDENTITY, REPLACED, VERSION
from polytomic_provider.kinds.references import Reference
from polytomic_provider.resources.resource import PolytomicResource
from polytomic_provider.validation import Problem, Unknown, holds_unknown, is_unknown
from polytomic_provider.validation.untyped import as_list, as_mapping


@dataclass(frozen=True)
class Deployed:
    """What a deployment does with a resource: create, update, replace or nothing.

    Args:
        kind: Name of the kind in `kinds.HANDLERS`.
        arguments: As they come back from registration: after transforms and `ignore_changes`.
            An unknown value says of which `Declared` it is an output.
        urn: Of the resource.
        id_: Of the object, where it exists and is not replaced.
        left_alone: Whether the deployment neither makes nor changes the object.
        replaced: The id of the object that is replaced; None with `--replace`, which compares
            nothing.
        secret: The arguments that a transform made secret.
    """

    kind: str
    arguments: Mapping[str, Any] = field(repr=False)
    urn: str
    id_: str | None
    left_alone: bool
    replaced: str | None = None
    secret: frozenset[str] = frozenset()

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference among the arguments."""
        return tuple(HANDLERS[self.kind].references(self.arguments))

    @property
    def owner(self) -> Resource:
        """The resource as messages name it."""
        return Resource(self.urn, self.urn)


@dataclass(frozen=True, eq=False)
class Declared:
    """A resource as the program declares it.

    Args:
        kind: Name of the kind in `kinds.HANDLERS`.
        name: Of the resource in the program.
        given: The arguments, with Outputs, which show what the program made secret.
        refused: The values that Pulumi cannot carry.
        wanted: The arguments as the program says them, as far as known.
        deployed: What the engine makes of them; None where the deployment leaves it out, as
            `--target` does.
    """

    kind: str
    name: str
    given: Mapping[str, Any] = field(repr=False)
    refused: tuple[Problem, ...]
    wanted: "asyncio.Future[Mapping[str, Any]]" = field(repr=False)
    deployed: "asyncio.Future[Deployed | None]" = field(repr=False)


def declared(
    resource: PolytomicResource,
    kind: str,
    name: str,
    given: Mapping[str, Any],
    refused: tuple[Problem, ...],
) -> Declared:
    """Follow a resource that was just handed to the SDK with the arguments `given`."""
    names = (*HANDLERS[kind].argument_names(), "id", "urn", IDENTITY, VERSION, REPLACED)
    # A subclass may give its attributes other values later.
    outputs = {one: resource.__dict__[one] for one in names if one in resource.__dict__}
    others: set[Declared] = set()
    wanted = asyncio.ensure_future(_wanted(given, others))
    deployed = asyncio.ensure_future(_deployed(kind, outputs, wanted, others))
    return Declared(kind, name, given, refused, wanted, deployed)


async def _wanted(given: Mapping[str, Any], others: set[Declared]) -> Mapping[str, Any]:
    return {name: await _resolved(value, others) for name, value in given.items()}


async def _resolved(value: Any, others: set[Declared]) -> Any:
    """A value as far as a preview knows it; adds to `others` the resources that it comes from."""
    if isinstance(value, pulumi.Output):
        output = cast("pulumi.Output[Any]", value)
        sources = {
            one
            for resource in await output.resources()
            if (one := getattr(resource, "_declared", None)) is not None
        }
        others |= sources
        objects = [one for one in sources if one.kind != "ConnectionReadiness"]
        of = objects[0] if len(objects) == 1 else None
        found = await _value(output)
        return Unknown(of) if is_unknown(found) else _of(found, of)
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return {key: await _resolved(item, others) for key, item in items if item is not None}
    if isinstance(value, list):
        return [await _resolved(item, others) for item in cast("list[Any]", value)]
    return plain({"": value})[""]


async def _value(output: "pulumi.Output[Any]") -> Any:
    found: Any = plain({"": await output.future(with_unknowns=True)})[""]
    return found if await output.is_known() or holds_unknown(found) else Unknown()


def _of(value: Any, of: Declared | None) -> Any:
    """Return `value` with each unknown marked as an output of the resource `of`."""
    if is_unknown(value):
        return Unknown(of)
    if isinstance(value, dict):
        return {key: _of(item, of) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_of(item, of) for item in cast("list[Any]", value)]
    return value


async def _deployed(
    kind: str,
    outputs: Mapping[str, "pulumi.Output[Any]"],
    wanted: "asyncio.Future[Mapping[str, Any]]",
    others: set[Declared],
) -> Deployed | None:
    """What comes back from registration.

    The identity is an input that is always known, so where it is not, nothing is deployed.
    """
    asked = await wanted
    urn = await outputs["urn"].future() or ""
    for other in others:
        with suppress(Exception):  # it failed, and says so itself
            await other.deployed
    if not await outputs[IDENTITY].is_known():
        return None
    arguments: dict[str, Any] = {}
    secret: set[str] = set()
    for name in HANDLERS[kind].argument_names():
        output = outputs.get(name)
        if output is None:
            continue
        found = _settled(await _value(output), asked.get(name))
        if found is not None:
            arguments[name] = found
        if name not in asked and await output.is_secret():
            secret.add(name)
    return Deployed(
        kind=kind,
        arguments=arguments,
        urn=urn,
        id_=await _known_text(outputs.get("id")),
        left_alone=await outputs[VERSION].is_known(),
        replaced=await _known_text(outputs.get(REPLACED)),
        secret=frozenset(secret),
    )


async def _known_text(output: "pulumi.Output[Any] | None") -> str | None:
    found = await _value(output) if output is not None else None
    return found if isinstance(found, str) and found else None


def _settled(found: Any, asked: Any) -> Any:
    """Return the registered value, with maps in the order of the program.

    A preview takes an argument that is not there for an unknown one.
    """
    if is_unknown(found):
        return asked if holds_unknown(asked) else None
    return _ordered(found, asked)


def _ordered(found: Any, asked: Any) -> Any:
    if is_unknown(found):
        return asked if is_unknown(asked) else found
    if isinstance(found, dict) and isinstance(asked, dict):
        values, wanted = as_mapping(found), as_mapping(asked)
        keys = [*(key for key in wanted if key in values), *(k for k in values if k not in wanted)]
        return {key: _ordered(values[key], wanted.get(key)) for key in keys}
    if isinstance(found, list) and isinstance(asked, list):
        items, others = as_list(found), as_list(asked)
        if len(items) == len(others):
            return [_ordered(*pair) for pair in zip(items, others, strict=True)]
        return items
    return cast("Any", found)
