"""The operations of Polytomic's official client, read from the client itself.

Each method is called once against a transport that only writes down what it is asked: that gives
its HTTP method and the template of its path, whatever the generated code looks like.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import httpx
from polytomic import Polytomic
from polytomic.core.api_error import ApiError

GROUPS = (
    *("connections", "identity", "jobs", "model_sync", "models", "schemas"),
    *("permissions", "query_runner", "webhooks", "bulk_sync", "organization", "users", "events"),
    "notifications",
)
"""The parts of the client that the emulator serves something of."""
GREEDY = ("schema_id", "property", "filename")
"""Arguments that may hold slashes: the client does not escape them."""
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Operation:
    """One method of the client, such as `model_sync.targets.list`, and its request."""

    name: str
    method: str
    template: str
    pattern: re.Pattern[str]

    @property
    def group(self) -> str:
        """The part of the client that it belongs to."""
        return self.name.partition(".")[0]

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is one of this operation's."""
        return self.method == method and self.pattern.fullmatch(path) is not None

    def read(self, status: int, body: str) -> Any:
        """What the client makes of a reply: the method itself is called and given it."""
        kind = "application/json" if body else "text/plain"

        def answer(_: httpx.Request) -> httpx.Response:
            return httpx.Response(status, content=body.encode(), headers={"content-type": kind})

        with httpx.Client(transport=httpx.MockTransport(answer)) as transport:
            return _ask(_client(transport), self.name)


def _client(transport: httpx.Client) -> Polytomic:
    return Polytomic(base_url="http://judge", token="t", httpx_client=transport, max_retries=0)


def _ask(client: Polytomic, name: str) -> Any:
    found: Any = client
    for part in name.split("."):
        found = getattr(found, part)
    return found(**_arguments(found))


def _arguments(method: Callable[..., Any]) -> dict[str, Any]:
    """A value for every argument that must be given; a text names its argument."""
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(method).parameters.items():
        if parameter.default is inspect.Parameter.empty:
            given[name] = _value(name, str(parameter.annotation))
    return given


def _value(name: str, annotation: str) -> Any:
    if "Sequence" in annotation or "List" in annotation:
        return []
    for word, value in (("bool", True), ("int", 1), ("float", 1.0), ("datetime", _MOMENT)):
        if re.search(rf"\b{word}\b", annotation):
            return value
    plain = annotation in ("str", "<class 'str'>") or "Literal" in annotation
    return f"{{{name}}}" if plain or "Id" in annotation else {}


def groups() -> list[str]:
    """Every part of the client."""
    return [
        name
        for name, found in inspect.getmembers_static(Polytomic)
        if isinstance(found, property) and name != "with_raw_response"
    ]


def _names(client: Any, prefix: str = "") -> Iterator[str]:
    """Every public method, the parts of the client included."""
    for name, found in inspect.getmembers_static(type(client)):
        if name.startswith("_") or name == "with_raw_response":
            continue
        if isinstance(found, property):
            yield from _names(getattr(client, name), f"{prefix}{name}.")
        elif callable(found):
            yield f"{prefix}{name}"


@cache
def operations() -> tuple[Operation, ...]:
    """The operations of `GROUPS`, those whose path says most first."""
    return tuple(sorted(_operations(GROUPS), key=rank))


@cache
def every_operation() -> tuple[Operation, ...]:
    """The operations of the whole client."""
    return tuple(_operations(groups()))


def _operations(parts: Iterable[str]) -> list[Operation]:
    asked: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(418, json={})

    found: list[Operation] = []
    with httpx.Client(transport=httpx.MockTransport(note)) as transport:
        client = _client(transport)
        for name in (f"{part}.{name}" for part in parts for name in _names(getattr(client, part))):
            try:
                _ask(client, name)
            except ApiError:
                path = asked[-1].url.path
                found.append(Operation(name, asked[-1].method, path, _pattern(path)))
    return found


def rank(operation: Operation) -> tuple[int, int]:
    """The operation whose path says most comes first."""
    return operation.template.count("{"), -len(operation.template)


def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", template)
    wide = (".+" if piece in GREEDY else "[^/]+" for piece in pieces[1::2])
    inside = zip((re.escape(piece) for piece in pieces[::2]), [*wide, ""], strict=True)
    return re.compile("".join(text + hole for text, hole in inside))


@cache
def operation_of(method: str, path: str) -> Operation | None:
    """The operation that makes this request; None where the client has none."""
    return next((one for one in operations() if one.matches(method, path)), None)
