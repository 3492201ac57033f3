"""Reads a list whole, whether the server sends it at once or in pages."""

from dataclasses import replace

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.transport import Params, Transport


def read_pages(
    transport: Transport,
    path: str,
    *,
    params: Params | None = None,
) -> Reply[list[JsonValue]]:
    """All elements of a list, following `pagination.next_page_token`; in the time of one operation.

    Args:
        transport: The transport.
        path: Path of the list.
        params: Query of the first page; later pages add `page_token`.

    Returns:
        The first page's reply, with the elements of all pages.

    Raises:
        UnexpectedReply: The data is no list, or the pages go round in a circle.
    """
    first: Reply[JsonValue] | None = None
    elements: list[JsonValue] = []
    seen: set[str] = set()
    token: str | None = None
    with transport.operation():
        while True:
            query = {**(params or {}), **({"page_token": token} if token else {})}
            page = transport.request("GET", path, params=query)
            first = first or page
            if not isinstance(page.data, list | None):
                raise page.unexpected("the reply is not a list")
            if page.body is None:
                raise page.unexpected("the reply is empty where a list was expected")
            elements += page.data or []
            token = _next_token(page.body)
            if token is None:
                return replace(first.having(elements), body=None)
            if token in seen:
                raise page.unexpected("the list has no end: the same page was announced twice")
            seen.add(token)


def _next_token(body: JsonValue) -> str | None:
    pagination = body.get("pagination") if isinstance(body, dict) else None
    token = pagination.get("next_page_token") if isinstance(pagination, dict) else None
    return token if isinstance(token, str) and token else None
