"""The facts about an argument, written beside its type in the argument model.

    name: Annotated[str | None, Facts(replaces=True)] = None

check, diff, read, the documentation and the tests read them here and nowhere else.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from polytomic_provider.api.http.durations import parse_duration


@dataclass(frozen=True)
class Facts:
    """Everything known about one argument of a kind.

    Attributes:
        name: Its name in the program; the model gives it, with `required` and `description`.
        replaces: A change of it replaces the resource.
        id_of: It is the id of an object of this kind, or holds such ids in lists or mappings.
        secret: It is secret.
        keyed_by: Some keys of it are secret; the argument of this name, a type, decides which.
        managed_keys: Only the keys that the program sets are ours; other keys are kept.
        unordered: The API does not keep the order of this list.
        unmanaged: Left out, it is not ours: what the server has is kept and never shown. Else
            there is none, and a value that the server has is drift.
        caseless: Letter case means nothing in it, as in an e-mail address.
        write_only: No reply of the API to a GET shows it, so reading keeps what was written.
        provider_side: It steers the provider and never causes a request.
        needed_by_delete: Delete sees the last outputs only, so a change of this provider-side
            argument counts as a difference, answered by an update that only writes it down.
        trigger: Only a change to another value means something; taking it out means nothing.
        hidden: It is no keyword of the constructor: it comes along with another argument.
    """

    name: str = ""
    required: bool = False
    replaces: bool = False
    id_of: str | None = None
    secret: bool = False
    keyed_by: str | None = None
    managed_keys: bool = False
    unordered: bool = False
    unmanaged: bool = False
    caseless: bool = False
    write_only: bool = False
    provider_side: bool = False
    needed_by_delete: bool = False
    trigger: bool = False
    hidden: bool = False
    description: str = ""


def _a_duration(value: str) -> str:
    try:
        parse_duration(value)
    except ValueError as error:
        raise ValueError(f"expected {error}") from None
    return value


Duration = Annotated[str, AfterValidator(_a_duration)]
"""A length of time as people write it, such as `30s` or `10m`."""


class Arguments(BaseModel):
    """What a user may write about one resource: checked strictly, never shown in an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class ResourceArguments(Arguments):
    """What may be said about a resource of any kind."""

    account: Annotated[str | None, Facts(provider_side=True, needed_by_delete=True)] = Field(
        default=None,
        min_length=1,
        description="Name of an account of the configuration, whose key is used. It is no Output.",
    )


@cache
def facts_of(arguments: type[Arguments]) -> dict[str, Facts]:
    """The facts of every argument of a kind, by name, in the order of declaration."""
    found: dict[str, Facts] = {}
    for attribute, field in arguments.model_fields.items():
        name = field.alias or attribute
        told = next((one for one in field.metadata if isinstance(one, Facts)), Facts())
        found[name] = replace(
            told,
            name=name,
            required=field.is_required(),
            description=field.description or "",
        )
    return found
