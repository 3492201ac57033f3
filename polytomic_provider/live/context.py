"""What arguments are held to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from polytomic_provider.live.schemas import Schemas

DeclaredModel = Callable[[Any], Mapping[str, Any] | None]
"""Gives what the same program declares of the model that a reference leads to; None: nothing."""


def _nothing_declared(reference: object) -> None:
    del reference


@dataclass(frozen=True)
class LiveContext:
    """What the arguments of one resource are held to.

    Attributes:
        schemas: Those of its workspace.
        id: Of the object, if it exists.
        declared: Gives the arguments of a model of the same program: what a sync will find.
    """

    schemas: Schemas
    id: str | None = None
    declared: DeclaredModel = _nothing_declared
