"""Polytomic Connect on the wire (`/api/connections/connect/`)."""

from pydantic import Field

from polytomic_provider.api.wire import ReplyObject, Request


class ConnectCardRequest(Request):
    """Body of `POST /api/connections/connect/`.

    `connection` is the id of one to reconnect; `whitelist` holds the connection types to choose
    from; `ttl` is in seconds (300 if left out, at most 604800).
    """

    name: str
    redirect_url: str
    connection: str | None = None
    type: str | None = None
    whitelist: list[str] | None = None
    dark: bool | None = None
    organization_id: str | None = None
    ttl: int | None = None
    use_organization_name: bool | None = None


class ConnectCardReply(ReplyObject):
    """Where the end user connects; both are as good as a key until they expire."""

    redirect_url: str = Field(repr=False)
    token: str | None = Field(default=None, repr=False)
