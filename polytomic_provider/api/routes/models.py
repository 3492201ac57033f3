"""Creates, reads, changes and deletes models."""

from polytomic_provider.api.http.replies import Reply, as_model
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.model import ModelReply, ModelRequest, ModelSample


class Models(Collection[ModelRequest, ModelReply, ModelReply]):
    """The routes `/api/models…`. A model that syncs use can be deleted; those syncs break."""

    noun = "model"
    path = ("models",)
    reply = item = ModelReply

    def sample(self, id_: str) -> Reply[ModelSample]:
        """Some of a model's rows (`GET /api/models/{id}/sample`), at most 10 s in the making."""
        path = api_path(*self.path, id_, "sample")
        with self._transport.operation():
            reply = self._transport.request("GET", path)
            return as_model(self._jobs.finish(reply), ModelSample)
