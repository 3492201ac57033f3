"""Connections on the wire (`/api/connections`)."""

from pydantic import Field, JsonValue

from polytomic_provider.api.wire import IdOf, Moment, ReplyObject, Request, Words


class ConnectionRequest(Request):
    """Body of `POST /api/connections` and `PUT /api/connections/{id}`.

    Only the arguments that are given are sent. PUT replaces the connection in full. `redirect_url`
    belongs to POST, `reconnect` to PUT.
    """

    name: str
    type: str | None = None
    configuration: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue], repr=False)
    organization_id: str | None = None
    policies: list[str] | None = None
    healthcheck_interval: str | None = None
    redirect_url: str | None = None
    reconnect: bool | None = None
    validate_: bool | None = Field(default=None, alias="validate")


class ConnectionTestRequest(Request):
    """Body of `POST /api/connections/test`; with an id, the stored configuration is the base."""

    type: str
    configuration: dict[str, JsonValue] = Field(repr=False)
    connection_id: str | None = None


class ConnectionReply(ReplyObject):
    """A connection as replies show it; secrets in `configuration` are masked by the server.

    `auth_url`, `auth_code` and `healthcheck_interval` are in replies to POST and PUT only,
    `parent_connection_id`, `created_at` and `updated_at` in replies to GET only.
    """

    id: str
    name: str | None = None
    type: IdOf = None
    organization_id: str | None = None
    configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    policies: list[str] | None = None
    saved: bool | None = None
    status: Words = None
    status_error: Words = None
    auth_url: str | None = Field(default=None, repr=False)
    auth_code: str | None = Field(default=None, repr=False)
    healthcheck_interval: str | None = None
    parent_connection_id: str | None = None
    created_at: Moment = None
    updated_at: Moment = None

    @property
    def healthy(self) -> bool:
        """Whether it is authorised and works, in every reading.

        Only `healthy` is a documented status; other words count by what stands beside them.
        """
        return self.status == "healthy" or (
            self.saved is True and bool(self.status) and not self.status_error
        )
