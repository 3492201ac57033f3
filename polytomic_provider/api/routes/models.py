"""Creates, reads, changes and deletes models."""

from polytomic_provider.api.http.replies import Reply, as_model
from polytomic_provider.api.http.retries import Deadline
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.model import ModelReply, ModelRequest, ModelSample


class Models(Collection[ModelRequest, ModelReply, ModelReply]):
    """The routes `/api/models…`. A model that syncs use can be deleted; those syncs break."""

    path = ("models",)
    reply = item = ModelReply

    def sample(self, id_: str, *, deadline: Deadline | None = None) -> Reply[ModelSample]:
        """Some of a model's rows (`GET /api/models/{id}/sample`), at most 10 s in the making."""
        deadline = deadline or self._transport.deadline()
        path = api_path(*self.path, id_, "sample")
        reply = self._transport.request("GET", path, deadline=deadline)
        return as_model(self._jobs.finish(reply, deadline=deadline), ModelSample)
