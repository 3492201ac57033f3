"""The arguments that every kind of object in Polytomic has."""

from typing import Annotated

from pydantic import Field

from polytomic_provider.kinds.arguments import Facts, ResourceArguments


class ObjectArguments(ResourceArguments):
    """What may be said about any object that Polytomic keeps under an id."""

    adopt: Annotated[bool | None, Facts(provider_side=True)] = Field(
        default=None,
        description="True: take over the one that is there already and is the same thing.",
    )
    adopt_id: Annotated[str | None, Facts(provider_side=True)] = Field(
        default=None, min_length=1, description="Take over the one of this id."
    )
