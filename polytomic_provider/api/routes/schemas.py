"""Asks how far the schema cache of a connection is, and has it read anew."""

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply, as_model, as_objects
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.pages import read_pages
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.schemas import ConnectionSchema, SchemaStatus


class Schemas:
    """The routes `/api/connections/{id}/schemas…`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def status(self, connection_id: str) -> Reply[SchemaStatus]:
        """How far the cache is (`GET /api/connections/{id}/schemas/status`)."""
        path = api_path("connections", connection_id, "schemas", "status")
        return as_model(self._transport.request("GET", path), SchemaStatus)

    def get(self, connection_id: str, schema_id: str) -> Reply[ConnectionSchema]:
        """An object with its fields (`GET /api/connections/{id}/schemas/{schema_id}`)."""
        path = api_path("connections", connection_id, "schemas", schema_id)
        return as_model(self._transport.request("GET", path), ConnectionSchema)

    def refresh(self, connection_id: str) -> Reply[JsonValue]:
        """Start to read the schema anew (`POST /api/connections/{id}/schemas/refresh`).

        The reply (202) comes at once; `status` tells when it is done.

        Raises:
            BadRequest: The connection is not healthy.
        """
        path = api_path("connections", connection_id, "schemas", "refresh")
        return self._transport.request("POST", path)

    def records(self, connection_id: str, schema_id: str) -> Reply[list[dict[str, JsonValue]]]:
        """Some rows of an object, which need not be typical of the rest.

        Source: `GET /api/connections/{id}/schemas/{schema_id}/records`.
        """
        path = api_path("connections", connection_id, "schemas", schema_id, "records")
        pages = read_pages(self._transport, path)
        return as_objects(pages)
