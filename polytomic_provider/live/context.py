"""What arguments are held to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from polytomic_provider.live.schemas import Schemas


class DeclaredObject(Protocol):
    """Gives what the same program declares of the object that a reference leads to."""

    def __call__(self, value: Any, kind: str = "Model", /) -> Mapping[str, Any] | None:
        """Return its arguments; None where the program declares no such object."""


def _nothing_declared(value: Any, kind: str = "Model", /) -> None:
    del value, kind


@dataclass(frozen=True)
class LiveContext:
    """What the arguments of one resource are held to.

    Attributes:
        schemas: Those of its workspace.
        id: Of the object, if it exists.
        declared: Gives the arguments of an object of the same program, such as the model that a
            sync will find.
    """

    schemas: Schemas
    id: str | None = None
    declared: DeclaredObject = _nothing_declared
