"""What all resources of this package are to Pulumi."""

from typing import Any

import pulumi

from polytomic_provider.dynamic import DynamicProvider
from polytomic_provider.resources.registration import register


class PolytomicResource(pulumi.dynamic.Resource):
    """The base of all kinds; a user's subclass keeps the type token of the kind it extends.

    Without that, Pulumi would take a subclass for another type and replace the object.
    """

    def __init_subclass__(cls, *, kind: str = "", **kwargs: Any) -> None:
        inherited = getattr(cls, "_resource_type_name", None)
        if kind:
            kwargs |= {"module": "polytomic", "name": kind}
        super().__init_subclass__(**kwargs)  # pyright: ignore[reportUnknownMemberType]
        if inherited is not None and not kwargs:
            cls._resource_type_name = inherited

    def __init__(
        self,
        provider: DynamicProvider,
        name: str,
        props: dict[str, Any],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        register(self, provider.kind, name, props, opts)
