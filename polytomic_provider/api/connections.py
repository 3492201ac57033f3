"""Creates, reads, changes, deletes and tests connections."""

from collections.abc import Callable

from pydantic import JsonValue

from polytomic_provider.api.pages import read_pages
from polytomic_provider.api.paths import api_path
from polytomic_provider.api.replies import Reply, as_model, as_models
from polytomic_provider.api.retries import Deadline
from polytomic_provider.api.transport import Transport
from polytomic_provider.api.wire_connection import (
    ConnectionReply,
    ConnectionRequest,
    ConnectionTestRequest,
)


class Connections:
    """The routes `/api/connections…`. Each call raises what `Transport.request` raises."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        request: ConnectionRequest,
        *,
        idempotency_key: str | None,
        deadline: Deadline | None = None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[ConnectionReply]:
        """Make a connection (`POST /api/connections`); without a key it is hardly ever retried."""
        reply = self._transport.request(
            "POST",
            api_path("connections"),
            json=request.body(),
            idempotency_key=idempotency_key,
            deadline=deadline,
            before_repeat=before_repeat,
        )
        return as_model(reply, ConnectionReply)

    def get(
        self, connection_id: str, *, deadline: Deadline | None = None
    ) -> Reply[ConnectionReply]:
        """Read a connection (`GET /api/connections/{id}`)."""
        path = api_path("connections", connection_id)
        return as_model(self._transport.request("GET", path, deadline=deadline), ConnectionReply)

    def update(
        self,
        connection_id: str,
        request: ConnectionRequest,
        *,
        deadline: Deadline | None = None,
    ) -> Reply[ConnectionReply]:
        """Replace a connection in full (`PUT /api/connections/{id}`)."""
        reply = self._transport.request(
            "PUT", api_path("connections", connection_id), json=request.body(), deadline=deadline
        )
        return as_model(reply, ConnectionReply)

    def delete(
        self, connection_id: str, *, force: bool, deadline: Deadline | None = None
    ) -> Reply[JsonValue]:
        """Delete a connection (`DELETE /api/connections/{id}`).

        Args:
            connection_id: Its id.
            force: Delete the models, syncs and schedules that use it, too.
            deadline: Budget of time.

        Raises:
            InUse: Something uses it and `force` is off.
        """
        path = api_path("connections", connection_id)
        return self._transport.request("DELETE", path, params={"force": force}, deadline=deadline)

    def list(self, *, deadline: Deadline | None = None) -> Reply[list[ConnectionReply]]:
        """All connections of the workspace (`GET /api/connections`), paged or not."""
        pages = read_pages(self._transport, api_path("connections"), deadline=deadline)
        return as_models(pages, ConnectionReply)

    def test(
        self, request: ConnectionTestRequest, *, deadline: Deadline | None = None
    ) -> Reply[JsonValue]:
        """Try a configuration without keeping it (`POST /api/connections/test`)."""
        return self._transport.request(
            "POST", api_path("connections", "test"), json=request.body(), deadline=deadline
        )
