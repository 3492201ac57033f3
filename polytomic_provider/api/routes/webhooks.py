"""Webhooks (`/api/webhooks`): where Polytomic sends its events; one for each workspace."""

from pydantic import Field, JsonValue

from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire import Moment, ReplyObject, Request


class WebhookRequest(Request):
    """Body of `POST /api/webhooks` and `PUT /api/webhooks/{id}`."""

    endpoint: str
    secret: str = Field(repr=False)
    organization_id: str | None = None


class WebhookReply(ReplyObject):
    """A webhook as replies show it."""

    id: str
    organization_id: str | None = None
    endpoint: str | None = None
    disabled: bool | None = None
    disabled_at: Moment = None
    disabled_reason: str | None = None
    created_at: Moment = None

    @property
    def name(self) -> str | None:
        """What a person knows it by: its endpoint."""
        return self.endpoint


class Webhooks(Collection[WebhookRequest, WebhookReply, WebhookReply]):
    """The routes `/api/webhooks…`."""

    noun = "webhook"
    path = ("webhooks",)
    reply = item = WebhookReply

    def switch(self, id_: str, *, disabled: bool) -> Reply[JsonValue]:
        """Let events be sent, or not (`POST /api/webhooks/{id}/enable`, `…/disable`)."""
        path = api_path(*self.path, id_, "disable" if disabled else "enable")
        return self._transport.request("POST", path)
