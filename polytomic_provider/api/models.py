"""Creates, reads, changes and deletes models."""

from collections.abc import Callable

from pydantic import JsonValue

from polytomic_provider.api.jobs import Jobs
from polytomic_provider.api.pages import read_pages
from polytomic_provider.api.paths import api_path
from polytomic_provider.api.replies import Reply, as_model, as_models
from polytomic_provider.api.retries import Deadline
from polytomic_provider.api.transport import Transport
from polytomic_provider.api.wire_model import ModelReply, ModelRequest, ModelSample


class Models:
    """The routes `/api/models…`. Each call raises what `Transport.request` raises.

    A reply that only names a job is followed until the job is done, which raises `JobFailed` if
    it fails.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._jobs = Jobs(transport)

    def create(
        self,
        request: ModelRequest,
        *,
        idempotency_key: str | None,
        deadline: Deadline | None = None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[ModelReply]:
        """Make a model (`POST /api/models`); without a key it is hardly ever retried."""
        return self._send(
            "POST", api_path("models"), request, deadline, idempotency_key, before_repeat
        )

    def get(self, model_id: str, *, deadline: Deadline | None = None) -> Reply[ModelReply]:
        """Read a model (`GET /api/models/{id}`)."""
        return self._send("GET", api_path("models", model_id), None, deadline)

    def update(
        self, model_id: str, request: ModelRequest, *, deadline: Deadline | None = None
    ) -> Reply[ModelReply]:
        """Replace a model in full (`PUT /api/models/{id}`)."""
        return self._send("PUT", api_path("models", model_id), request, deadline)

    def delete(self, model_id: str, *, deadline: Deadline | None = None) -> Reply[JsonValue]:
        """Delete a model (`DELETE /api/models/{id}`), even one that syncs use; those break."""
        path = api_path("models", model_id)
        return self._transport.request("DELETE", path, deadline=deadline)

    def sample(self, model_id: str, *, deadline: Deadline | None = None) -> Reply[ModelSample]:
        """Some of a model's rows (`GET /api/models/{id}/sample`), at most 10 s in the making."""
        deadline = deadline or self._transport.deadline()
        path = api_path("models", model_id, "sample")
        reply = self._transport.request("GET", path, deadline=deadline)
        return as_model(self._jobs.finish(reply, deadline=deadline), ModelSample)

    def list(self, *, deadline: Deadline | None = None) -> Reply[list[ModelReply]]:
        """All models of the workspace (`GET /api/models`), paged or not."""
        pages = read_pages(self._transport, api_path("models"), deadline=deadline)
        return as_models(pages, ModelReply)

    def _send(
        self,
        method: str,
        path: str,
        request: ModelRequest | None,
        deadline: Deadline | None,
        idempotency_key: str | None = None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[ModelReply]:
        deadline = deadline or self._transport.deadline()
        reply = self._transport.request(
            method,
            path,
            json=None if request is None else request.body(),
            idempotency_key=idempotency_key,
            deadline=deadline,
            before_repeat=before_repeat,
        )
        return as_model(self._jobs.finish(reply, deadline=deadline), ModelReply)
