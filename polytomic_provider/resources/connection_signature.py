"""What type checkers see of the constructor of `Connection`; nothing imports it at run time."""

from collections.abc import Awaitable, Sequence
from typing import Any, TypedDict, Unpack

import pulumi

from polytomic_provider.configurations import Configuration, TypeName, Unchecked
from polytomic_provider.resources.object_resource import ObjectResource


class ConnectionOptions(TypedDict, total=False):
    """The keywords of `Connection` that are the same for all connection types."""

    name: pulumi.Input[str] | None
    redirect_url: pulumi.Input[str] | None
    policies: pulumi.Input[Sequence[pulumi.Input[str]]] | None
    healthcheck_interval: pulumi.Input[str] | None
    organization_id: pulumi.Input[str] | None
    account: str | None
    validate: pulumi.Input[bool] | None
    reconnect: pulumi.Input[Any] | None
    force_destroy: pulumi.Input[bool]
    adopt: pulumi.Input[bool]
    adopt_id: pulumi.Input[str] | None
    opts: pulumi.ResourceOptions | None


class TypedConnection(ObjectResource):
    """One signature for all connection types, for mypy.

    A configuration has to be one of a known type, whichever: mypy answers one slip by printing
    every overload, so the signature for each type is for Pyright alone.
    """

    def __init__(
        self,
        resource_name: str,
        *,
        type: TypeName | Unchecked | pulumi.Output[str] | Awaitable[str],
        configuration: Configuration | Awaitable[Any],
        **options: Unpack[ConnectionOptions],
    ) -> None: ...
