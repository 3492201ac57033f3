"""The base class of all resources of this package."""

from typing import TYPE_CHECKING, Any

import pulumi

if TYPE_CHECKING:
    from polytomic_provider.resources.preview.declared import Declared


class PolytomicResource(pulumi.dynamic.Resource):
    """The base of all kinds; a user's subclass keeps the type token of the kind it extends.

    Without that, Pulumi would take a subclass for another type and replace the object.

    `pulumi.export` writes every public attribute down, so plain values are in private ones:
    `_declared` is the declaration, in a preview only; `_deletes_what_uses_it` says whether
    Polytomic deletes what uses the object together with it.
    """

    _kind: str = ""
    _declared: "Declared | None" = None
    _deletes_what_uses_it: bool = False

    def __init_subclass__(cls, *, kind: str = "", **kwargs: Any) -> None:
        inherited = getattr(cls, "_resource_type_name", None)
        if kind:
            cls._kind = kind
            kwargs |= {"module": "polytomic", "name": kind}
        super().__init_subclass__(**kwargs)  # pyright: ignore[reportUnknownMemberType]
        if inherited is not None and not kwargs:
            cls._resource_type_name = inherited

    def _stands_for(self) -> Any:
        """Return the id of the object that the resource stands for as an argument."""
        return self.id
