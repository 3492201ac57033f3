"""The base class of all resources of this package."""

from typing import TYPE_CHECKING, Any

import pulumi

if TYPE_CHECKING:
    from polytomic_provider.resources.preview.declared import Declared


class PolytomicResource(pulumi.dynamic.Resource):
    """The base of all kinds; a user's subclass keeps the type token of the kind it extends.

    Without that, Pulumi would take a subclass for another type and replace the object.

    `pulumi.export` writes every public attribute down, so plain values are in private ones:
    `_declared` is the declaration, in a preview only; `_given_organization_id` and `_given_account`
    are those of the program; `_deletes_what_uses_it` says whether
    Polytomic deletes what uses the object together with it.
    """

    _kind: str = ""
    _declared: "Declared | None" = None
    _deletes_what_uses_it: bool = False
    _given_organization_id: "pulumi.Input[str] | None" = None
    _given_account: str | None = None

    def __init_subclass__(cls, *, kind: str = "", **kwargs: Any) -> None:
        inherited = getattr(cls, "_resource_type_name", None)
        if kind:
            cls._kind = kind
            kwargs |= {"module": "polytomic", "name": kind}
        super().__init_subclass__(**kwargs)  # pyright: ignore[reportUnknownMemberType]
        if inherited is not None and not kwargs:
            cls._resource_type_name = inherited

    def given_organization_id(self) -> "pulumi.Input[str] | None":
        """Return the workspace that the program gives this resource.

        The output of the same name is unknown in a preview where the program gives none.
        """
        return self._given_organization_id

    def given_account(self) -> str | None:
        """Return the account that the program gives this resource."""
        return self._given_account

    def _stands_for(self) -> Any:
        """Return the id of the object that the resource stands for as an argument."""
        return self.id


def placed_like(
    owner: Any, organization_id: "pulumi.Input[str] | None", account: str | None
) -> dict[str, Any]:
    """Return `organization_id` and `account` of what belongs to `owner`.

    They are the given ones; each that is None is that of `owner`, where it is a resource.
    """
    if isinstance(owner, PolytomicResource):
        if organization_id is None:
            organization_id = owner.given_organization_id()
        if account is None:
            account = owner.given_account()
    return {"organization_id": organization_id, "account": account}
