"""Permission policies (`/api/permissions/policies`): which roles may do what with an object."""

from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.wire import ReplyObject, Request


class PolicyAction(Request):
    """One action, and the roles that may do it."""

    action: str
    role_ids: list[str]


class PolicyActionReply(ReplyObject):
    """One action as replies show it."""

    action: str | None = None
    role_ids: list[str] | None = None


class PolicyRequest(Request):
    """Body of `POST /api/permissions/policies` and `PUT /api/permissions/policies/{id}`."""

    name: str
    organization_id: str | None = None
    policy_actions: list[PolicyAction] | None = None


class PolicyReply(ReplyObject):
    """A policy as replies show it, with every action that there is."""

    id: str
    name: str | None = None
    organization_id: str | None = None
    policy_actions: list[PolicyActionReply] | None = None
    system: bool | None = None


class Policies(Collection[PolicyRequest, PolicyReply, PolicyReply]):
    """The routes `/api/permissions/policies…`."""

    noun = "policy"
    path = ("permissions", "policies")
    reply = item = PolicyReply
