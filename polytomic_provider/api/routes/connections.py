"""Creates, reads, changes, deletes and tests connections."""

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply, as_object
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.connection import (
    ConnectionReply,
    ConnectionRequest,
    ConnectionTestRequest,
)


class Connections(Collection[ConnectionRequest, ConnectionReply, ConnectionReply]):
    """The routes `/api/connections…`."""

    noun = "connection"
    path = ("connections",)
    reply = item = ConnectionReply

    def delete(self, id_: str, *, force: bool = False) -> Reply[JsonValue]:
        """Delete a connection (`DELETE /api/connections/{id}`).

        Args:
            id_: Its id.
            force: Delete the models, syncs and schedules that use it, too.

        Raises:
            InUse: Something uses it and `force` is off.
        """
        path = api_path(*self.path, id_)
        return self._transport.request("DELETE", path, params={"force": force})

    def parameter_values(self, id_: str) -> Reply[dict[str, JsonValue]]:
        """The choices that a connection offers (`GET /api/connections/{id}/parameter_values`)."""
        path = api_path(*self.path, id_, "parameter_values")
        return as_object(self._transport.request("GET", path))

    def test(self, request: ConnectionTestRequest) -> Reply[JsonValue]:
        """Try a configuration without keeping it (`POST /api/connections/test`)."""
        return self._transport.request("POST", api_path(*self.path, "test"), json=request.body())
