"""Reads which kinds of connections there are, and the JSON Schema of each."""

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply, as_models, as_object
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.pages import read_pages
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.connection_type import ConnectionTypeReply


class ConnectionTypes:
    """The routes `/api/connection_types…`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> Reply[list[ConnectionTypeReply]]:
        """All connection types (`GET /api/connection_types`)."""
        pages = read_pages(self._transport, api_path("connection_types"))
        return as_models(pages, ConnectionTypeReply)

    def schema(self, type_id: str) -> Reply[dict[str, JsonValue]]:
        """The bare JSON Schema of a type's configuration (`GET /api/connection_types/{id}`)."""
        path = api_path("connection_types", type_id)
        return as_object(self._transport.request("GET", path))
