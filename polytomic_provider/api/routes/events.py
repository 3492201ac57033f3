"""Events (`/api/events`): what happened in a workspace."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply, as_models
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire import Moment, ReplyObject


class EventReply(ReplyObject):
    """One event; `event` holds what is particular to its type."""

    id: str | None = None
    type: str | None = None
    organization_id: str | None = None
    created_at: Moment = None
    event: dict[str, JsonValue] | None = None


class Events:
    """The route `/api/events`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, query: Mapping[str, str | None]) -> Reply[list[EventReply]]:
        """The first page of events that fit a query (`GET /api/events`)."""
        reply = self._transport.request("GET", api_path("events"), params=query)
        if not isinstance(reply.data, list):
            raise reply.unexpected("the reply is not a list")
        return as_models(replace(reply.having(reply.data), body=None), EventReply)
