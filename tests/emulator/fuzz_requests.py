"""Requests to throw at the emulator: from valid ones to nonsense, most of them nearly valid.

A body starts as one that its route accepts and is then damaged in a few places, so that it gets
past the first checks and deep into the rules.
"""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

from polytomic_emulator.http.routes import ROUTES, Route

_WRITING = tuple(route for route in ROUTES if route.method in ("POST", "PUT", "PATCH"))
VERSIONS = ("2025-09-18", "2024-02-08", "2022-12-12", "1999-01-01", "")
LONG = "a" * 3000


Bodies = Mapping[tuple[str, str], list[dict[str, Any]]]


@dataclass(frozen=True)
class Request:
    """One request, ready to be sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def __str__(self) -> str:
        return f"{self.method} {self.path}\n{self.headers}\n{self.body[:2000]!r}"


@dataclass(frozen=True)
class Known:
    """What a request can name. ids: of everything there is, by kind. bodies: by route and path."""

    api_key: str
    partner_key: str
    organization_id: str
    ids: dict[str, list[str]] = field(repr=False)
    bodies: Bodies = field(repr=False)

    @property
    def words(self) -> list[str]:
        """Texts that mean something somewhere."""
        return [
            *(one for found in self.ids.values() for one in found),
            *("Contact", "contact", "Email", "email", "public.contacts", "score", "Model"),
            *("Equality", "IsNotNull", "Between", "InTheLast", "updateOrCreate", "remove"),
            *("manual", "weekly", "runafter", "custom", "A and B", "A or (", "priority"),
            *("select * from contacts", "SELECT id, (a, b) c FROM public.contacts"),
            *("salesforce", "netsuite", "postgresql", "__pt_new_target", "********"),
            *("2026-02-30T25:00:00Z", "1 week", "*/5", "60", "monday", "-1"),
        ]


NONSENSE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 5.0, 0.1, 2**63, 2**200, 1e308, -1e-300),
    *("", " ", "\x00", "\u202e", "💥", "é", "\\ud800", "null", "..", "'; --", "{0}", "%s", LONG),
    *([], {}, [[]], [None], {"": None}, {"a": {"b": [1, {"c": None}]}}, [1, "a", None] * 20),
)


def _texts(known: Known) -> st.SearchStrategy[str]:
    return st.sampled_from(known.words) | st.text(max_size=12)


def _rarely(draw: st.DrawFn, one_in: int) -> bool:
    """Now and then. The ends of a range would come far more often than its middle."""
    return draw(st.integers(0, one_in)) == one_in // 2


def values(known: Known) -> st.SearchStrategy[Any]:
    """Any JSON value, often one that means something."""
    leaves = st.sampled_from(NONSENSE) | _texts(known) | st.integers() | st.floats()
    found = leaves | st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(_texts(known), inner, max_size=3)
        ),
        max_leaves=6,
    )
    # What is drawn is changed later: each draw needs lists and objects of its own.
    return found.map(copy.deepcopy)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    pairs = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    for key, item in pairs:
        found += _places(item, (*path, key))
    return found


@st.composite
def damaged(draw: st.DrawFn, body: dict[str, Any], known: Known) -> Any:
    """A body with up to three of its parts changed, doubled, moved or taken away."""
    body = copy.deepcopy(body)
    for _ in range(draw(st.integers(0, 3))):
        places = _places(body)
        if not places:
            break
        *way, key = draw(st.sampled_from(places))
        outer: Any = body
        for step in way:
            outer = outer[step]
        match draw(st.sampled_from(("put", "take", "double", "wrap", "move", "add"))):
            case "put":
                outer[key] = draw(values(known))
            case "take":
                del outer[key]
            case "double" if isinstance(outer, list):
                outer.append(copy.deepcopy(outer[key]))
            case "wrap":
                outer[key] = [outer[key]]
            case "move":
                outer[key] = _at(body, draw(st.sampled_from(places)))
            case _ if isinstance(outer, dict):
                outer[draw(_texts(known))] = draw(values(known))
            case _:
                outer[key] = None
    return body


def _at(body: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        body = body[step]
    return copy.deepcopy(body)


@st.composite
def encoded(draw: st.DrawFn, body: Any) -> bytes:
    """The body's bytes: mostly as they should be."""
    text = json.dumps(body)
    if not _rarely(draw, 6):
        return text.encode()
    match draw(st.integers(0, 6)):
        case 0:
            return text.encode("utf-16")
        case 1:
            return b"\xef\xbb\xbf" + text.encode()
        case 2:
            return text.encode()[: draw(st.integers(0, len(text)))]
        case 3:
            return draw(st.binary(max_size=40))
        case 4:
            depth = draw(st.sampled_from((50, 99, 101, 900, 5000)))
            return b'{"configuration":' * depth + b"1" + b"}" * depth
        case 5:
            return json.dumps(body, ensure_ascii=False).encode("latin-1", "replace")
        case _:
            return text.replace('"name"', '"name": 1, "name"').encode()


@st.composite
def _path(draw: st.DrawFn, route: Route, known: Known) -> str:
    """The route's path with its holes filled, mostly by what exists."""
    filled: list[str] = []
    for piece in route.path.split("/"):
        if not piece.startswith("{"):
            filled.append(piece)
            continue
        name = piece.strip("{}").removesuffix(":path")
        kind = _kind(route.path, name)
        right = known.ids.get(kind) or known.words
        text = draw(_texts(known) if _rarely(draw, 9) else st.sampled_from(right))
        filled.append(quote(text, safe="" if draw(st.booleans()) else "/"))
    return "/".join(filled)


_OF_BULK_SYNCS = {
    "id": "bulk",
    "execution_id": "bulk execution",
    "schema_id": "schema of bulk",
}


def _kind(path: str, name: str) -> str:
    """Which ids fit a placeholder."""
    if name == "type":
        return f"type of {path.split('/')[2]}"
    if path.startswith("/api/bulk") and name in _OF_BULK_SYNCS:
        return _OF_BULK_SYNCS[name]
    if name != "id":
        return name
    if path.startswith("/api/syncs/{sync_id}"):
        return "execution"
    special = ("properties", "{schema_id", "enrichment-source", "modelsync", "users")
    return next((word for word in special if word in path), path.split("/")[2])


_QUERY = (
    *("async", "force", "page_token", "limit", "active", "mode", "target_connection_id"),
    *("ascending", "only_completed", "target", "refresh", "include_target_creation_values"),
    *("params[table]", "params[query]", "params[]", "params", "properties[name]"),
    *("properties[table]", "after", "token", "query", "params[object]", "params[include_deleted]"),
)


_GOOD_QUERIES = {
    "modelsync/source": ("params[table]=Contact", "params[stream_id]=Lead"),
    "modelsync/source/fields": ("params[table]=Contact", "params[query]=SELECT+Id+FROM+Contact"),
    "modelsync/target/fields": ("target=Contact", "target=Lead&refresh=true"),
    "modelsync/enrichment-source": ("params[object]=people",),
}
"""What the discovery routes need to be told, by the end of their path."""


@st.composite
def _query(draw: st.DrawFn, route: Route, known: Known) -> str:
    names = st.sampled_from(_QUERY) | st.text(max_size=5)
    texts = _texts(known) | st.sampled_from(("true", "false", "1", "-1", "9" * 5000, "50", "W10="))
    pairs = draw(st.lists(st.tuples(names, texts), max_size=3))
    if route.own_credential and not _rarely(draw, 5):
        pairs.append(("token", known.ids["token"][0]))
    plain = urlencode(pairs, errors="surrogatepass")
    good = _GOOD_QUERIES.get(route.path.partition("{id}/")[2])
    if good and not _rarely(draw, 2):
        plain = "&".join((draw(st.sampled_from(good)), *([plain] if _rarely(draw, 2) else [])))
    return f"{plain}&%zz=%ff&=&&;" if _rarely(draw, 19) else plain


@st.composite
def _headers(draw: st.DrawFn, known: Known) -> dict[str, str]:
    headers = {"authorization": f"Bearer {known.api_key}", "content-type": "application/json"}
    if _rarely(draw, 19):
        headers["authorization"] = draw(
            st.sampled_from(
                (
                    *("", "Bearer", "Basic !!!", "Basic YTpi", "Bearer \xff", known.partner_key),
                    f"Bearer {known.partner_key}",
                )
            )
        )
    if _rarely(draw, 9):
        headers["x-polytomic-version"] = draw(st.sampled_from(VERSIONS))
    if _rarely(draw, 9):
        keys = st.sampled_from(("a-good-key-1", "a-good-key-2", "short", "b" * 256, "sp ace key"))
        headers["idempotency-key"] = draw(keys)
    if _rarely(draw, 9):
        headers["content-type"] = draw(
            st.sampled_from(("text/xml", "", "application/json; x=\xe9"))
        )
        headers["content-encoding"] = "gzip"
    return headers


@st.composite
def requests(draw: st.DrawFn, known: Known) -> Request:
    """One request."""
    route = draw(st.sampled_from((*ROUTES, *_WRITING, *_WRITING)))
    method, path = route.method, draw(_path(route, known))
    if _rarely(draw, 24):
        method = draw(st.sampled_from(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")))
    if _rarely(draw, 24):
        path += draw(st.sampled_from(("/", "//", "/%2e%2e/x", "%00", "/" + LONG, ";x=1", "%ff%fe")))
    bodies: list[Any] = known.bodies.get((route.method, route.path), [])
    base: Any = draw(st.sampled_from(bodies)) if bodies else {}
    body = draw(values(known) if _rarely(draw, 14) else damaged(base, known))
    raw = b"" if not bodies and draw(st.booleans()) else draw(encoded(body))
    query = draw(_query(route, known))
    return Request(method, f"{path}?{query}" if query else path, draw(_headers(known)), raw)
