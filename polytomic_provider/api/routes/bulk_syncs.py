"""Creates, reads, changes, deletes and cancels bulk syncs, and looks at what they can copy."""

from typing import TypeVar

from pydantic import BaseModel, JsonValue

from polytomic_provider.api.http.replies import Reply, as_model, as_models
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.pages import read_pages
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.bulk_sync import (
    BulkDestination,
    BulkSchemaReply,
    BulkSource,
    BulkSyncReply,
    BulkSyncRequest,
    BulkSyncStatus,
    SchemaUpdate,
)

T = TypeVar("T", bound=BaseModel)


class BulkSyncs(Collection[BulkSyncRequest, BulkSyncReply, BulkSyncReply]):
    """The routes `/api/bulk/syncs…`, and `/api/connections/{id}/bulksync…`.

    A reply about a bulk sync is without its schemas, and a reply about all of its schemas is
    without their fields and filters.
    """

    noun = "bulk sync"
    path = ("bulk", "syncs")
    reply = item = BulkSyncReply

    def schemas(self, id_: str) -> Reply[list[BulkSchemaReply]]:
        """All its schemas, without fields and filters (`GET /api/bulk/syncs/{id}/schemas`)."""
        pages = read_pages(self._transport, api_path(*self.path, id_, "schemas"))
        return as_models(pages, BulkSchemaReply)

    def schema(self, id_: str, schema_id: str) -> Reply[BulkSchemaReply]:
        """One schema in full (`GET /api/bulk/syncs/{id}/schemas/{schema_id}`)."""
        path = api_path(*self.path, id_, "schemas", schema_id)
        return as_model(self._transport.request("GET", path), BulkSchemaReply)

    def replace_schema(
        self, id_: str, schema_id: str, request: SchemaUpdate
    ) -> Reply[BulkSchemaReply]:
        """Replace one schema in full (`PUT /api/bulk/syncs/{id}/schemas/{schema_id}`)."""
        path = api_path(*self.path, id_, "schemas", schema_id)
        reply = self._transport.request("PUT", path, json=request.body())
        return as_model(reply, BulkSchemaReply)

    def cancel(self, id_: str) -> Reply[JsonValue]:
        """Begin to cancel the run that goes on (`POST /api/bulk/syncs/{id}/cancel`).

        The reply comes before the run has ended; `status` tells when it has.
        """
        return self._transport.request("POST", api_path(*self.path, id_, "cancel"))

    def status(self, id_: str) -> Reply[BulkSyncStatus]:
        """What runs, what ran last, and what comes next (`GET /api/bulk/syncs/{id}/status`)."""
        return self._read(BulkSyncStatus, *self.path, id_, "status")

    def source(self, connection_id: str, *, include_fields: bool = True) -> Reply[BulkSource]:
        """What can be copied out of a connection (`GET /api/connections/{id}/bulksync/source`)."""
        path = api_path("connections", connection_id, "bulksync", "source")
        params = {"include_fields": include_fields or None}
        reply = self._transport.request("GET", path, params=params)
        return as_model(reply, BulkSource)

    def destination(self, connection_id: str) -> Reply[BulkDestination]:
        """What a connection takes as destination (`GET /api/connections/{id}/bulksync/target`)."""
        return self._read(BulkDestination, "connections", connection_id, "bulksync", "target")

    def _read(self, model: type[T], *path: str) -> Reply[T]:
        return as_model(self._transport.request("GET", api_path(*path)), model)
