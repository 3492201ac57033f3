"""The query runner: `/api/connections/{id}/query` starts a query, `/api/queries/{id}` has its rows.

Source: the client `query_runner` of the official Python package. A query that the service refuses
is a run that failed, with the words of the service in `error`.
"""

from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import without_absent
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.query_runs import QueryRun
from polytomic_emulator.state.store import State

PAGE_SIZE = 100
"""Rows of a page; the API promises no number."""


def start(state: State, call: Call) -> Reply:
    """`POST /api/connections/{id}/query`: the query stands in the URL, or in the body."""
    connection = state.connections.get(call.params["id"], call.workspace.id)
    body = Reader(call.json() if call.incoming.body.strip() else {})
    query = call.incoming.query.get("query") or body.text("query") or ""
    if not query.strip():
        raise BadRequest("query is required", field="query")
    made = state.query_runs.start(connection, query)
    return Reply(body={"data": _present(made, [], state.behaviour)})


def read(state: State, call: Call) -> Reply:
    """`GET /api/queries/{id}?page=`: the rows in pages, once the query is done."""
    found = state.query_runs.poll(call.params["id"], call.workspace.id, state.behaviour)
    page = call.incoming.query.get("page") or "0"
    if not page.isdigit() or int(page) * PAGE_SIZE > len(found.rows):
        raise BadRequest(f"page {page!r} is not one of this query", field="page")
    number = int(page)
    rows = found.rows[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    shown = {"data": _present(found, rows, state.behaviour), "links": {}}
    if found.status == "done":
        more = (number + 1) * PAGE_SIZE < len(found.rows)
        links = {
            "next": _page(found, number + 1) if more else None,
            "previous": _page(found, number - 1) if number else None,
        }
        shown["links"] = without_absent(links, state.behaviour)
    return Reply(body=shown)


def _page(found: QueryRun, number: int) -> str:
    return f"/api/queries/{found.id}?page={number}"


def _present(found: QueryRun, rows: list[dict[str, Any]], behaviour: Behaviour) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": found.id, "status": found.status}
    done = found.status == "done"
    shown |= {
        "error": found.error if found.status == "failed" else None,
        "count": len(found.rows) if done else None,
        "fields": found.fields if done else None,
        "results": rows if done else None,
        "expires": stamp_of(found.expires_at) if done else None,
    }
    return without_absent(shown, behaviour)
