"""Roles (`/api/permissions/roles`): names that permission policies give rights to."""

from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.wire import ReplyObject, Request


class RoleRequest(Request):
    """Body of `POST /api/permissions/roles` and `PUT /api/permissions/roles/{id}`."""

    name: str
    organization_id: str | None = None


class RoleReply(ReplyObject):
    """A role as replies show it; `system` ones are Polytomic's own and never change."""

    id: str
    name: str | None = None
    organization_id: str | None = None
    system: bool | None = None


class Roles(Collection[RoleRequest, RoleReply, RoleReply]):
    """The routes `/api/permissions/roles…`."""

    noun = "role"
    path = ("permissions", "roles")
    reply = item = RoleReply
