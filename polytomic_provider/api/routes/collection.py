"""The routes that every kind of object has: create, list, get, replace and delete."""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply, as_model, as_models
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.jobs import Jobs
from polytomic_provider.api.routes.pages import read_pages
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire import ReplyObject, Request

RequestT = TypeVar("RequestT", bound=Request)
ReplyT = TypeVar("ReplyT", bound=ReplyObject)
ItemT = TypeVar("ItemT", bound=ReplyObject)


class Collection(Generic[RequestT, ReplyT, ItemT]):
    """The objects of one kind, under `/api/<path>`.

    Each call raises what `Transport.request` raises. A reply that only names a job is followed
    until the job is done, which raises `JobFailed` if it fails. `noun` names one object in
    messages, `reply` is the type of an object, `item` of an element of the list.
    """

    noun: ClassVar[str]
    path: tuple[str, ...]
    reply: ClassVar[type[Any]]
    item: ClassVar[type[Any]]

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._jobs = Jobs(transport)

    def create(
        self,
        request: RequestT,
        *,
        idempotency_key: str | None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[ReplyT]:
        """Make an object (`POST /api/<path>`); without a key it is hardly ever retried."""
        return self._send("POST", api_path(*self.path), request, idempotency_key, before_repeat)

    def list(self) -> Reply[list[ItemT]]:
        """All objects of the workspace (`GET /api/<path>`), paged or not."""
        pages = read_pages(self._transport, api_path(*self.path))
        return as_models(pages, self.item)

    def get(self, id_: str) -> Reply[ReplyT]:
        """Read an object (`GET /api/<path>/{id}`)."""
        return self._send("GET", api_path(*self.path, id_), None)

    def update(self, id_: str, request: RequestT) -> Reply[ReplyT]:
        """Replace an object in full (`PUT /api/<path>/{id}`)."""
        return self._send("PUT", api_path(*self.path, id_), request)

    def delete(self, id_: str) -> Reply[JsonValue]:
        """Delete an object (`DELETE /api/<path>/{id}`)."""
        return self._transport.request("DELETE", api_path(*self.path, id_))

    def _send(
        self,
        method: str,
        path: str,
        request: RequestT | None,
        idempotency_key: str | None = None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[ReplyT]:
        with self._transport.operation():
            reply = self._transport.request(
                method,
                path,
                json=None if request is None else request.body(),
                idempotency_key=idempotency_key,
                before_repeat=before_repeat,
            )
            return as_model(self._jobs.finish(reply), self.reply)
