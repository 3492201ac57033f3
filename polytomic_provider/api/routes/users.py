"""Users (`/api/organization/users`): who may sign in to a workspace, and with which roles."""

from typing import Any

from pydantic import Field, JsonValue

from polytomic_provider.api.http.errors import NotFound
from polytomic_provider.api.http.replies import Reply, as_model
from polytomic_provider.api.http.settings import KeyKind
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire import ReplyObject, Request


class UserRequest(Request):
    """Body of `POST` and `PUT /api/organizations/{org}/users…`; the latter changes roles alone."""

    email: str | None = None
    role: str | None = None
    role_ids: list[str] | None = None


class UserReply(ReplyObject):
    """A user as replies show it."""

    id: str
    email: str | None = None
    organization_id: str | None = None
    role: str | None = None
    role_ids: list[str] | None = None

    @property
    def name(self) -> str | None:
        """What a person knows a user by: the e-mail address."""
        return self.email


class ApiKeyReply(ReplyObject):
    """A new API key, which no other reply shows."""

    value: str = Field(repr=False)


class Users(Collection[UserRequest, UserReply, UserReply]):
    """The routes `/api/organization/users…` of the key's own workspace.

    Partner and deployment keys find them at `/api/organizations/{org}/users…`.
    """

    noun = "user"
    reply = item = UserReply

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport)
        settings = transport.settings
        self._own = settings.key_kind is KeyKind.API or settings.organization_id is None
        of = ("organization",) if self._own else ("organizations", settings.organization_id or "")
        self.path = (*of, "users")

    def get(self, id_: str) -> Reply[UserReply]:
        """Read a user; Polytomic may answer with an empty object where there is none.

        Raises NotFound then, too, if the list has no such user either.
        """
        path = api_path(*self.path, id_)
        reply = self._transport.request("GET", path)
        if reply.data == {} and all(one.id != id_ for one in self.list().data):
            raise NotFound(404, None, "the reply names no user", {}, None, "GET", path)
        return as_model(reply, self.reply)

    def update(self, id_: str, request: UserRequest) -> Reply[UserReply]:
        """Change the roles; the route of the own workspace takes no address."""
        if self._own:
            body: Any = {key: value for key, value in request.body().items() if key != "email"}
            request = UserRequest.model_validate(body)
        return super().update(id_, request)

    def issue_key(
        self, organization_id: str, id_: str, *, force: bool, idempotency_key: str
    ) -> Reply[ApiKeyReply]:
        """Make an API key (`POST /api/organizations/{org}/users/{id}/keys`).

        `force` revokes the user's other key first.
        """
        reply: Reply[JsonValue] = self._transport.request(
            "POST",
            api_path("organizations", organization_id, "users", id_, "keys"),
            params={"force": "true"} if force else None,
            idempotency_key=idempotency_key,
        )
        return as_model(reply, ApiKeyReply)
