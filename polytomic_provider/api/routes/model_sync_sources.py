"""Discovers what a connection offers as a source of models."""

from polytomic_provider.api.http.query import bracketed
from polytomic_provider.api.http.replies import Reply, as_model, as_models
from polytomic_provider.api.http.transport import Params, Transport
from polytomic_provider.api.routes.pages import read_pages
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.source import ModelField, ModelSyncSource


class ModelSyncSources:
    """The routes `/api/connections/{id}/modelsync/source…`.

    `params` are choices made so far, such as `{"table": "Contact"}`; they refine what can be
    chosen next.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(
        self,
        connection_id: str,
        *,
        params: Params | None = None,
    ) -> Reply[ModelSyncSource]:
        """The keys of a model's configuration and their choices (`GET …/modelsync/source`)."""
        path = api_path("connections", connection_id, "modelsync", "source")
        query = bracketed("params", params)
        reply = self._transport.request("GET", path, params=query)
        return as_model(reply, ModelSyncSource)

    def fields(
        self,
        connection_id: str,
        *,
        params: Params | None = None,
    ) -> Reply[list[ModelField]]:
        """The fields of what `params` select (`GET …/modelsync/source/fields`)."""
        path = api_path("connections", connection_id, "modelsync", "source", "fields")
        query = bracketed("params", params)
        pages = read_pages(self._transport, path, params=query)
        return as_models(pages, ModelField)
