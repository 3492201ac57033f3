"""Copies of a connection in another organization of the partner.

polytomic.shared_connections("248d…", "9f1c…").list().data
"""

from collections.abc import Callable
from typing import TypeVar

from pydantic import JsonValue

from polytomic_provider.api.http.errors import Forbidden, NotFound, Unauthorized
from polytomic_provider.api.http.replies import Reply, as_model, as_models
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.connections import Connections
from polytomic_provider.api.routes.pages import read_pages
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire import ReplyObject, Request
from polytomic_provider.api.wire.connection import ConnectionReply

T = TypeVar("T")


class SharedConnectionRequest(Request):
    """Body of `POST /api/organizations/{org}/connections/{id}/shared`."""

    child_organization_id: str
    name: str | None = None


class SharedConnectionReply(ConnectionReply):
    """A copy. `organization_id` is that of the connection that is shared."""

    child_organization_id: str | None = None


class _Made(ReplyObject):
    """All that the POST answers."""

    id: str


class SharedConnections(
    Collection[SharedConnectionRequest, SharedConnectionReply, SharedConnectionReply]
):
    """The copies of one connection in one organization.

    The list, `GET /api/organizations/{org}/connections/{id}/shared`, has those in every
    organization. A copy is read and deleted as a connection of the child organization: no document
    says so, and there is no other request for it. None changes one.
    """

    noun = "shared connection"
    reply = item = SharedConnectionReply

    def __init__(self, transport: Transport, connection_id: str, child_id: str) -> None:
        super().__init__(transport)
        self._owner = transport.settings.organization_id or ""
        self.path = ("organizations", self._owner, "connections", connection_id, "shared")
        self._parent_id = connection_id
        self._child_id = child_id

    def create(
        self,
        request: SharedConnectionRequest,
        *,
        idempotency_key: str | None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[SharedConnectionReply]:
        """Make a copy, and read it."""
        with self._transport.operation():
            posted = self._transport.request(
                "POST",
                api_path(*self.path),
                json=request.body(),
                idempotency_key=idempotency_key,
                before_repeat=before_repeat,
            )
            return self.get(as_model(posted, _Made).data.id)

    def list(self) -> Reply[list[SharedConnectionReply]]:
        """The copies in the child organization."""
        found = as_models(read_pages(self._transport, api_path(*self.path)), ConnectionReply)
        inside = [one for one in found.data if one.organization_id == self._child_id]
        return found.having([self._copy(one) for one in inside])

    def get(self, id_: str) -> Reply[SharedConnectionReply]:
        """Read a copy (`GET /api/connections/{id}` in the child organization).

        Raises NotFound also where that organization is gone.
        """
        found = self._ask(id_, lambda inside: inside.get(id_))
        return found.having(self._copy(found.data))

    def update(self, id_: str, request: SharedConnectionRequest) -> Reply[SharedConnectionReply]:
        """Read a copy: there is nothing of it to change."""
        del request
        return self.get(id_)

    def delete(self, id_: str, *, force: bool = False) -> Reply[JsonValue]:
        """Delete a copy (`DELETE /api/connections/{id}` in the child organization)."""
        return self._ask(id_, lambda inside: inside.delete(id_, force=force))

    def _ask(self, id_: str, question: Callable[[Connections], Reply[T]]) -> Reply[T]:
        """Ask the child organization; where it lets nobody in, a copy is there if it is listed."""
        try:
            return question(Connections(self._transport.in_organization(self._child_id)))
        except (Forbidden, Unauthorized):
            if any(one.id == id_ for one in self.list().data):
                raise
            path = api_path("connections", id_)
            raise NotFound(404, None, "no such copy is listed", {}, None, "GET", path) from None

    def _copy(self, reply: ConnectionReply) -> SharedConnectionReply:
        about = {
            "organization_id": self._owner,
            "child_organization_id": reply.organization_id or self._child_id,
            "parent_connection_id": self._parent_id,
        }
        return SharedConnectionReply.model_validate(reply.model_dump() | about)
