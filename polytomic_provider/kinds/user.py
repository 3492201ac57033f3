"""A user: a person who may sign in to a workspace, known by an e-mail address."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api.routes.users import UserReply, UserRequest
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.kinds.plain_kind import PlainKind
from polytomic_provider.validation import Problem


class UserArguments(ObjectArguments):
    """The arguments of a user. Source: `POST /api/organization/users`."""

    email: Annotated[str, Facts(replaces=True, caseless=True)] = Field(
        min_length=1, description="E-mail address to sign in with; letter case means nothing."
    )
    role_ids: Annotated[list[str] | None, Facts(id_of="Role", unordered=True, unmanaged=True)] = (
        Field(
            default=None, min_length=1, description="Ids of the roles; left out: kept as they are."
        )
    )
    role: Annotated[str | None, Facts(unmanaged=True, caseless=True)] = Field(
        default=None,
        min_length=1,
        description="`user` or `admin`, in place of `role_ids`; deprecated by Polytomic.",
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )


class UserHandler(PlainKind):
    """The life of a user in Polytomic."""

    kind = "User"
    arguments = UserArguments
    computed: ClassVar = {"all_role_ids": "The ids of all roles of the user, as last read."}
    request = UserRequest

    def part_problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """Roles are named in one way, and an address has an `@`."""
        problems: list[Problem] = []
        email: Any = arguments.get("email")
        if isinstance(email, str) and "@" not in email.strip():
            problems.append(Problem("email", f"expected an e-mail address, got {email!r}"))
        if arguments.get("role") is not None and arguments.get("role_ids") is not None:
            problems.append(Problem("role", "give `role` or `role_ids`, not both"))
        return problems

    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """The address, whatever its letters."""
        return NaturalKey(arguments["email"].casefold(), "")

    def natural_key_of(self, reply: UserReply) -> NaturalKey:
        """The address."""
        return NaturalKey((reply.email or "").casefold(), "")

    def update_request(self, current: Any, comparison: Comparison) -> UserRequest:
        """The body of the PUT, with the roles named in one way: Polytomic refuses both."""
        body: Any = super().update_request(current, comparison).body()
        new = comparison.new
        by_name = new.get("role") is not None and new.get("role_ids") is None
        body.pop("role_ids" if by_name else "role", None)
        return UserRequest.model_validate(body)

    def from_wire(self, reply: Any) -> dict[str, Any]:
        """With all roles as an output, also of a user whose roles the program leaves alone."""
        return {**super().from_wire(reply), "all_role_ids": reply.role_ids}
