"""Creates, reads, changes, deletes, activates and cancels model syncs."""

from collections.abc import Callable

from pydantic import JsonValue

from polytomic_provider.api.pages import read_pages
from polytomic_provider.api.paths import api_path
from polytomic_provider.api.replies import Reply, as_model, as_models
from polytomic_provider.api.retries import Deadline
from polytomic_provider.api.transport import Transport
from polytomic_provider.api.wire_sync import SyncRequest
from polytomic_provider.api.wire_sync_list import SyncActivation, SyncItem, SyncStatus
from polytomic_provider.api.wire_sync_reply import SyncReply


class Syncs:
    """The routes `/api/syncs…`. Each call raises what `Transport.request` raises."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        request: SyncRequest,
        *,
        idempotency_key: str | None,
        deadline: Deadline | None = None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[SyncReply]:
        """Make a sync (`POST /api/syncs`); without a key it is hardly ever retried."""
        reply = self._transport.request(
            "POST",
            api_path("syncs"),
            json=request.body(),
            idempotency_key=idempotency_key,
            deadline=deadline,
            before_repeat=before_repeat,
        )
        return as_model(reply, SyncReply)

    def get(self, sync_id: str, *, deadline: Deadline | None = None) -> Reply[SyncReply]:
        """Read a sync (`GET /api/syncs/{id}`)."""
        path = api_path("syncs", sync_id)
        return as_model(self._transport.request("GET", path, deadline=deadline), SyncReply)

    def update(
        self, sync_id: str, request: SyncRequest, *, deadline: Deadline | None = None
    ) -> Reply[SyncReply]:
        """Replace a sync in full (`PUT /api/syncs/{id}`).

        `active`, `schedule` and `policies` count at once, the rest from the next run on.
        """
        path = api_path("syncs", sync_id)
        reply = self._transport.request("PUT", path, json=request.body(), deadline=deadline)
        return as_model(reply, SyncReply)

    def delete(self, sync_id: str, *, deadline: Deadline | None = None) -> Reply[JsonValue]:
        """Delete a sync (`DELETE /api/syncs/{id}`).

        Raises:
            Conflict: A run stands in the way; `cancel` it first.
        """
        return self._transport.request("DELETE", api_path("syncs", sync_id), deadline=deadline)

    def list(
        self,
        *,
        active: bool | None = None,
        mode: str | None = None,
        target_connection_id: str | None = None,
        deadline: Deadline | None = None,
    ) -> Reply[list[SyncItem]]:
        """The syncs of the workspace (`GET /api/syncs`), paged or not; all without a filter."""
        query = {"active": active, "mode": mode, "target_connection_id": target_connection_id}
        pages = read_pages(self._transport, api_path("syncs"), params=query, deadline=deadline)
        return as_models(pages, SyncItem)

    def activate(
        self, sync_id: str, *, active: bool, deadline: Deadline | None = None
    ) -> Reply[SyncActivation]:
        """Switch a sync on or off (`POST /api/syncs/{id}/activate`); a run that goes on stays."""
        path = api_path("syncs", sync_id, "activate")
        reply = self._transport.request("POST", path, json={"active": active}, deadline=deadline)
        return as_model(reply, SyncActivation)

    def cancel(self, sync_id: str, *, deadline: Deadline | None = None) -> Reply[JsonValue]:
        """Begin to cancel the run that goes on (`POST /api/syncs/{id}/cancel`).

        The reply comes before the run has ended; `status` tells when it has.
        """
        path = api_path("syncs", sync_id, "cancel")
        return self._transport.request("POST", path, deadline=deadline)

    def status(self, sync_id: str, *, deadline: Deadline | None = None) -> Reply[SyncStatus]:
        """What runs, what ran last, and what comes next (`GET /api/syncs/{id}/status`)."""
        path = api_path("syncs", sync_id, "status")
        return as_model(self._transport.request("GET", path, deadline=deadline), SyncStatus)
