"""A query of a connection on the wire (`/api/queries/{id}`)."""

from typing import Any

from polytomic_provider.api.wire import Moment, ReplyObject, Words


class QueryReply(ReplyObject):
    """A query that was started: how far it is and, once it is done, a page of its rows."""

    id: str | None = None
    status: str | None = None
    count: int | None = None
    error: Words = None
    expires: Moment = None
    fields: list[str] | None = None
    results: list[dict[str, Any]] | None = None
