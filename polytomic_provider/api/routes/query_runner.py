"""Runs a query on a connection and reads its rows.

polytomic.queries.run("248d…", "select count(*) from public.orders", most=100).data
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import JsonValue

from polytomic_provider.api.http.durations import show_duration
from polytomic_provider.api.http.errors import PolytomicError, TimedOut
from polytomic_provider.api.http.exchange import Exchange
from polytomic_provider.api.http.pauses import Pauses
from polytomic_provider.api.http.replies import Reply, as_model
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.query import QueryReply


class QueryFailed(PolytomicError):
    """The connected service refused the query, or broke it off."""

    default_hint = "Correct the query; it runs in the words of the connected service."


class QueryRunner:
    """The routes `/api/connections/{id}/query` and `/api/queries/{id}`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def start(self, connection_id: str, query: str) -> Reply[QueryReply]:
        """Start a query (`POST /api/connections/{id}/query`)."""
        path = api_path("connections", connection_id, "query")
        return as_model(
            self._transport.request("POST", path, params={"query": query}, json={}), QueryReply
        )

    def get(self, query_id: str, *, page: str | None = None) -> Reply[QueryReply]:
        """How far a query is, with a page of its rows (`GET /api/queries/{id}`)."""
        params = {"page": page} if page else None
        path = api_path("queries", query_id)
        return as_model(self._transport.request("GET", path, params=params), QueryReply)

    def run(self, connection_id: str, query: str, *, most: int) -> list[dict[str, Any]]:
        """Run a query and return its first rows, `most` of them.

        Raises:
            QueryFailed: The service refused the query; its words are in the message.
            TimedOut: It was not done in the time of the operation.
        """
        with self._transport.operation() as deadline:
            begun = self.start(connection_id, query)
            found, pauses = begun, Pauses()
            query_id = begun.data.id or ""
            while found.data.status not in ("done", "failed"):
                left = deadline.remaining()
                if left <= 0:
                    waited = show_duration(deadline.seconds)
                    raise TimedOut(
                        f"the query is still {found.data.status!r} after {waited}",
                        hint="Ask for less, or run again later.",
                        arrived=True,
                    )
                self._transport.sleep(pauses.within(left))
                found = self.get(query_id)
            if found.data.status == "failed":
                exchange = Exchange("GET", api_path("queries", query_id), self._transport.settings)
                said = exchange.words(found.data.error or "") or "no message was given"
                raise QueryFailed(f"the query failed: {said}")
            rows = list(found.data.results or ())
            while len(rows) < most and (page := _next_page(found.body)):
                found = self.get(query_id, page=page)
                rows += found.data.results or ()
        return rows[:most]


def _next_page(body: JsonValue) -> str | None:
    links = body.get("links") if isinstance(body, dict) else None
    address = links.get("next") if isinstance(links, dict) else None
    if not isinstance(address, str):
        return None
    return next(iter(parse_qs(urlsplit(address).query).get("page", ())), None)
