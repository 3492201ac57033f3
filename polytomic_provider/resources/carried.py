"""Converts what a program writes into values that Pulumi can carry."""

from collections.abc import Awaitable, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum
from pathlib import PurePath
from typing import Any, cast
from uuid import UUID

import pulumi

from polytomic_provider.resources.resource import PolytomicResource
from polytomic_provider.validation import Problem
from polytomic_provider.validation.problems import join_path

EXPECTED = "expected text, a number, a boolean, a list or a mapping"


@dataclass
class Carrier:
    """Converts the arguments of one resource.

    A resource of this package becomes the id of its object, wherever it stands. An enum becomes
    its value, a date its ISO text, a path or UUID its text; tuples, views and iterators become
    lists, and a set, which has no order, a sorted list. What cannot be carried is left out.

    Attributes:
        refused: A problem for each value that was left out.
        gates: The resources among the values that stand for another object than their own.
    """

    refused: list[Problem] = field(default_factory=list[Problem])
    gates: list[pulumi.Resource] = field(default_factory=list[pulumi.Resource])

    def carry(self, value: Any, path: str = "") -> Any:
        """Return `value`, which stands at the dotted `path`, in a form that Pulumi can carry."""
        if isinstance(value, Enum):
            return self.carry(value.value, path)
        if value is None or isinstance(value, str | bool | int | float | pulumi.output.Unknown):
            return value
        if isinstance(value, PolytomicResource):
            stands_for = value._stands_for()  # pyright: ignore[reportPrivateUsage]
            if stands_for is not value.id:
                self.gates.append(value)
            return stands_for
        if isinstance(value, pulumi.Output | Awaitable):
            given = pulumi.Output.from_input(cast("pulumi.Input[Any]", value))
            return given.apply(lambda known: _carry_later(known, path), run_with_unknowns=True)
        if isinstance(value, date | time):
            return value.isoformat()
        if isinstance(value, PurePath | UUID):
            return str(value)
        if isinstance(value, Mapping):
            return self._mapping(cast("Mapping[Any, Any]", value), path)
        items = _items(value)
        if items is None:
            self.refused.append(Problem(path, f"{EXPECTED}, got {type(value).__name__}"))
            return None
        return [self.carry(item, join_path(path, index)) for index, item in enumerate(items)]

    def _mapping(self, given: Mapping[Any, Any], path: str) -> dict[str, Any]:
        carried: dict[str, Any] = {}
        for key, item in given.items():
            name: Any = key.value if isinstance(key, Enum) else key
            if isinstance(name, int) and not isinstance(name, bool):
                name = str(name)
            if isinstance(name, str):
                carried[name] = self.carry(item, join_path(path, name))
            else:
                text = f"expected text as a key, got {type(name).__name__}"
                self.refused.append(Problem(path, text))
        return carried


def _carry_later(value: Any, path: str) -> Any:
    """Convert a value that an Output brought; the resource waits for the gates in it."""
    carrier = Carrier()
    carried = carrier.carry(value, path)
    if carrier.refused:
        raise pulumi.RunError("; ".join(map(str, carrier.refused)))
    if not isinstance(value, Mapping | Sequence | PolytomicResource) or isinstance(value, str):
        return carried
    whole = pulumi.Output.from_input(carried)
    if not carrier.gates:
        return whole
    # The URN of a gate is known in a preview, unlike its id.
    return pulumi.Output.all(whole, *(gate.urn for gate in carrier.gates)).apply(
        lambda known: known[0], run_with_unknowns=True
    )


def _items(value: Any) -> list[Any] | None:
    """The items of what is meant as a list; None for anything else."""
    if isinstance(value, AbstractSet) and not isinstance(value, KeysView | ItemsView):
        return sorted(cast("AbstractSet[Any]", value), key=_order)
    if isinstance(value, list | tuple | range | KeysView | ItemsView | ValuesView | Iterator):
        return list(cast("Iterator[Any]", value))
    return None


def _order(item: Any) -> tuple[str, Any]:
    plain: Any = item.value if isinstance(item, Enum) else item
    is_number = isinstance(plain, int | float)
    return ("number" if is_number else type(plain).__name__, plain if is_number else str(plain))
