"""Organizations (`/api/organizations`): the workspaces of a partner account."""

from typing import ClassVar

from pydantic import Field

from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.wire import ReplyObject, Request


class OrganizationRequest(Request):
    """Body of `POST /api/organizations` and `PUT /api/organizations/{id}`."""

    name: str
    sso_domain: str | None = None
    sso_org_id: str | None = None
    issuer: str | None = None
    client_id: str | None = None
    client_secret: str | None = Field(default=None, repr=False)


class OrganizationReply(ReplyObject):
    """An organization as replies show it: without the client's id and secret."""

    organization_id: ClassVar[None] = None
    """It is in no other organization."""

    id: str
    name: str | None = None
    sso_domain: str | None = None
    sso_org_id: str | None = None
    issuer: str | None = None


class Organizations(Collection[OrganizationRequest, OrganizationReply, OrganizationReply]):
    """The routes `/api/organizations…`, for partner keys."""

    noun = "organization"
    path = ("organizations",)
    reply = item = OrganizationReply
