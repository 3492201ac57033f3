"""Creates, reads, changes, deletes, activates and cancels model syncs."""

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply, as_model, as_models
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.pages import read_pages
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.sync import SyncRequest
from polytomic_provider.api.wire.sync_list import SyncActivation, SyncItem, SyncStatus
from polytomic_provider.api.wire.sync_reply import SyncReply


class Syncs(Collection[SyncRequest, SyncReply, SyncItem]):
    """The routes `/api/syncs…`.

    An update of `active`, `schedule` and `policies` counts at once, the rest from the next run on.
    To delete one whose run stands in the way raises Conflict; `cancel` it first.
    """

    noun = "sync"
    path = ("syncs",)
    reply = SyncReply
    item = SyncItem

    def list(
        self,
        *,
        active: bool | None = None,
        mode: str | None = None,
        target_connection_id: str | None = None,
    ) -> Reply[list[SyncItem]]:
        """The syncs of the workspace (`GET /api/syncs`), paged or not; all without a filter."""
        query = {"active": active, "mode": mode, "target_connection_id": target_connection_id}
        pages = read_pages(self._transport, api_path(*self.path), params=query)
        return as_models(pages, SyncItem)

    def activate(self, id_: str, *, active: bool) -> Reply[SyncActivation]:
        """Switch a sync on or off (`POST /api/syncs/{id}/activate`); a run that goes on stays."""
        path = api_path(*self.path, id_, "activate")
        reply = self._transport.request("POST", path, json={"active": active})
        return as_model(reply, SyncActivation)

    def cancel(self, id_: str) -> Reply[JsonValue]:
        """Begin to cancel the run that goes on (`POST /api/syncs/{id}/cancel`).

        The reply comes before the run has ended; `status` tells when it has.
        """
        path = api_path(*self.path, id_, "cancel")
        return self._transport.request("POST", path)

    def status(self, id_: str) -> Reply[SyncStatus]:
        """What runs, what ran last, and what comes next (`GET /api/syncs/{id}/status`)."""
        path = api_path(*self.path, id_, "status")
        return as_model(self._transport.request("GET", path), SyncStatus)
