"""A permission policy: which roles may do what with the objects that name the policy."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.http.operation import say
from polytomic_provider.api.routes.policies import PolicyReply, PolicyRequest
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.kinds.plain_kind import PlainKind


class PolicyArguments(ObjectArguments):
    """The arguments of a policy. Source: `POST /api/permissions/policies`."""

    name: str | None = Field(
        default=None, min_length=1, description="Name in Polytomic; default: the resource's name."
    )
    actions: Annotated[
        dict[str, list[str]] | None,
        Facts(id_of="Role", managed_keys=True, unmanaged=True, unordered=True),
    ] = Field(
        default=None,
        description="For each action, such as `create`, the ids of the roles that may do it; "
        "actions left out: kept as they are.",
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )


class PolicyHandler(PlainKind):
    """The life of a policy in Polytomic."""

    kind = "Policy"
    arguments = PolicyArguments
    computed: ClassVar = {
        "all_actions": "Every action of the policy with its role ids, as last read.",
        "system": "True for a policy of Polytomic's own, which never changes.",
    }
    request = PolicyRequest

    def to_wire(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Actions as a list of bindings, in one fixed order."""
        actions: Mapping[str, list[str]] | None = arguments.get("actions")
        if actions is None:
            return dict(arguments)
        bindings = [{"action": one, "role_ids": actions[one]} for one in sorted(actions)]
        return {**arguments, "policy_actions": bindings}

    def from_wire(self, reply: Any) -> dict[str, Any]:
        """Actions by name; one that nobody may do has no roles."""
        actions = _actions(reply)
        return {**super().from_wire(reply), "actions": actions, "all_actions": actions}

    def written(
        self,
        scope: Scope,
        polytomic: Polytomic,
        reply: PolicyReply,
        arguments: Mapping[str, Any],
        comparison: Comparison | None,
    ) -> PolicyReply:
        """Warn of actions that have roles and that the program does not name."""
        del scope, polytomic, comparison
        _warn_of_others(_actions(reply), arguments)
        return reply

    def read(self, scope: Scope, state: State) -> State | None:
        """GET, with the same warning for a policy that the program manages."""
        found = super().read(scope, state)
        if found is not None and state.identity:
            _warn_of_others(found.computed["all_actions"], state.arguments)
        return found


def _actions(reply: PolicyReply) -> dict[str, list[str]]:
    bindings = reply.policy_actions or ()
    return {one.action: list(one.role_ids or ()) for one in bindings if one.action is not None}


def _warn_of_others(actions: Mapping[str, list[str]], arguments: Mapping[str, Any]) -> None:
    named = arguments.get("actions")
    if named is None:
        return
    others = sorted(one for one, roles in actions.items() if roles and one not in named)
    if others:
        listed = ", ".join(others)
        say(
            f"policy {arguments.get('name')!r} also lets roles do what the program does not name: "
            f"{listed}. Polytomic keeps that. To fix: name these actions in `actions`; an empty "
            "list takes the right from every role",
            warning=True,
        )
