"""The facts about an argument, written as markers beside its type in the argument model.

check, diff, read, the documentation and the tests read them here and nowhere else.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict


class Absent(Enum):
    """What it means when the program leaves an argument out."""

    NONE = "none"
    """There is none: a value that the server has is drift, and is shown."""
    UNMANAGED = "unmanaged"
    """It is not ours: what the server has is kept and never shown."""


@dataclass(frozen=True)
class Replaces:
    """A change of this argument replaces the resource."""


@dataclass(frozen=True)
class Reference:
    """This argument names another object; replaces when it changes or is not known yet."""


@dataclass(frozen=True)
class SecretKeys:
    """Some keys of this argument are secret; the argument `type_argument` decides which."""

    type_argument: str


@dataclass(frozen=True)
class SecretValue:
    """This argument is secret."""


@dataclass(frozen=True)
class ManagedKeys:
    """Only the keys that the program sets are ours; other keys of this argument are kept."""


@dataclass(frozen=True)
class Unordered:
    """The API does not keep the order of this list."""


@dataclass(frozen=True)
class AbsentMeans:
    """What leaving this argument out means."""

    meaning: Absent


@dataclass(frozen=True)
class WriteOnly:
    """No reply of the API to a GET shows this value, so reading keeps what was written."""


@dataclass(frozen=True)
class ProviderSide:
    """This argument steers the provider and never causes a request.

    `needed_by_delete`: delete sees the last outputs only, so a change of this argument counts as
    a difference, answered by an update that sends nothing and writes the new value down.
    """

    needed_by_delete: bool = False


@dataclass(frozen=True)
class Hidden:
    """No keyword of the constructor: it comes along with another argument."""


@dataclass(frozen=True)
class Trigger:
    """Only a change to another value means something; taking this argument out means nothing."""


class Arguments(BaseModel):
    """What a user may write about one resource: checked strictly, never shown in an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


@dataclass(frozen=True)
class ArgumentFacts:
    """Everything known about one argument of a kind."""

    name: str
    required: bool
    replaces: bool = False
    reference: bool = False
    secret: bool = False
    secret_keys_of: str | None = None
    managed_keys: bool = False
    unordered: bool = False
    absent: Absent = Absent.NONE
    write_only: bool = False
    provider_side: bool = False
    needed_by_delete: bool = False
    trigger: bool = False
    hidden: bool = False
    description: str = ""


@cache
def facts_of(arguments: type[Arguments]) -> dict[str, ArgumentFacts]:
    """The facts of every argument of a kind, by name, in the order of declaration."""
    return {
        name: _facts(name, field.is_required(), tuple(field.metadata), field.description or "")
        for name, field in (
            (field.alias or name, field) for name, field in arguments.model_fields.items()
        )
    }


def _facts(name: str, required: bool, markers: tuple[Any, ...], description: str) -> ArgumentFacts:
    by_type: dict[type, Any] = {type(marker): marker for marker in markers}
    keys: SecretKeys | None = by_type.get(SecretKeys)
    absent: AbsentMeans | None = by_type.get(AbsentMeans)
    provider_side: ProviderSide | None = by_type.get(ProviderSide)
    return ArgumentFacts(
        name=name,
        required=required,
        replaces=Replaces in by_type or Reference in by_type,
        reference=Reference in by_type,
        secret=SecretValue in by_type,
        secret_keys_of=keys.type_argument if keys else None,
        managed_keys=ManagedKeys in by_type,
        unordered=Unordered in by_type,
        absent=absent.meaning if absent else Absent.NONE,
        write_only=WriteOnly in by_type,
        provider_side=provider_side is not None,
        needed_by_delete=provider_side is not None and provider_side.needed_by_delete,
        trigger=Trigger in by_type,
        hidden=Hidden in by_type,
        description=description,
    )
