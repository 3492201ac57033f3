"""The request log: what clients asked the emulated API, newest first; one request in full."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from polytomic_emulator.console.rendering import Page
from polytomic_emulator.console.routing import Console, Visit
from polytomic_emulator.errors import NotFound
from polytomic_provider.facts.secrets import MASK, replace_secrets

_PER_PAGE = 100


@dataclass(frozen=True)
class RequestRow:
    """One request. outcome: its status, or a word for why it has none; milliseconds: how long."""

    id: str
    method: str
    path: str
    query: dict[str, str]
    started: str
    outcome: str
    tone: str
    key: str | None
    milliseconds: int | None
    headers: dict[str, str]
    body: str | None


def latest(console: Console, limit: int, method: str = "", path: str = "") -> list[RequestRow]:
    """The latest requests, newest first; `path` is a part of theirs."""
    chosen: list[RequestRow] = []
    for entry in reversed(console.requests.all()):
        if method in ("", entry["method"]) and path in entry["path"]:
            chosen.append(_row(entry))
        if len(chosen) == limit:
            break
    return chosen


def show(console: Console, visit: Visit) -> Page:
    """`/requests`: the latest ones; `?method=` and `?path=` choose."""
    method, path = visit.query.get("method", ""), visit.query.get("path", "").strip()
    rows = latest(console, _PER_PAGE, method, path)
    values: dict[str, Any] = {
        "requests": rows,
        "method": method,
        "path": path,
        "methods": ("GET", "POST", "PUT", "DELETE"),
        "chosen": bool(method or path),
        "limit": _PER_PAGE,
    }
    return Page("requests.html", values)


def show_one(console: Console, visit: Visit) -> Page:
    """One request with its headers and body."""
    for entry in console.requests.all():
        if entry["id"] == visit.params["id"]:
            return Page("request.html", {"request": _row(entry)})
    raise NotFound("this request is not in the log; it keeps the latest ones, until it is cleared")


def _row(entry: dict[str, Any]) -> RequestRow:
    status, key = entry["status"], entry["headers"].get("idempotency-key")
    outcome = "dropped" if entry["dropped"] else "open" if status is None else str(status)
    tone = {"2": "good", "3": "good", "4": "warn", "5": "bad", "d": "bad"}.get(outcome[0], "busy")
    body = entry["body"]
    return RequestRow(
        id=entry["id"],
        method=entry["method"],
        path=entry["path"],
        query=dict(entry["query"]),
        started=entry["started"],
        outcome=outcome,
        tone=tone,
        key=key,
        milliseconds=_milliseconds(entry),
        headers=dict(entry["headers"]),
        body=None if body is None else _readable(body),
    )


def _milliseconds(entry: dict[str, Any]) -> int | None:
    if entry["finished"] is None:
        return None
    began, ended = (datetime.fromisoformat(entry[key]) for key in ("started", "finished"))
    return round((ended - began).total_seconds() * 1000)


def _readable(body: Any) -> str:
    """A body as indented JSON. The log has masked what it knows; here every likely secret is."""
    if isinstance(body, str):
        return body
    return json.dumps(replace_secrets(None, body, lambda _: MASK), indent=2, ensure_ascii=False)
