"""Which requests something applies to: by method, by route, by a regular expression."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from polytomic_emulator.errors import NotAllowed, NotFound
from polytomic_emulator.faults.reading import unknown
from polytomic_emulator.http import routes
from polytomic_emulator.http.reading import Reader

TARGET_KEYS = ("method", "path", "route")


@dataclass(frozen=True)
class Request:
    """What targets look at. `route` is its template without names, such as `/api/models/{}`."""

    method: str
    path: str
    route: str | None


@dataclass
class Target:
    """Requests under /api; what is left out does not narrow them.

    method: such as `GET`. path: a regular expression, searched for in the path.
    route: a template as the API's reference writes it, such as `/api/models/{id}`.
    """

    method: str | None = None
    path: str | None = None
    route: str | None = None

    def meets(self, request: Request) -> bool:
        """Whether a request is one of these."""
        if self.method not in (None, request.method):
            return False
        if self.route is not None and _nameless(self.route) != request.route:
            return False
        return not self.path or re.search(self.path, request.path) is not None


def request_of(method: str, path: str) -> Request:
    """A request with the route that answers it, if any. `path`: still encoded."""
    try:
        route, _ = routes.find(method, path)
    except (NotFound, NotAllowed):
        return Request(method, unquote(path), None)
    return Request(method, unquote(path), _nameless(route.path))


def read_target(described: Reader) -> dict[str, Any]:
    """The target's keys of a description. Raises BadRequest for what no request can meet."""
    method, path, route = (described.text(key) for key in TARGET_KEYS)
    methods = sorted({known.method for known in routes.ROUTES})
    if method is not None and method not in methods:
        raise unknown(described, "method", methods)
    try:
        re.compile(path or "")
    except re.error as error:
        raise described.wrong("path", f"must be a regular expression: {error}") from None
    if route is not None:
        meant = [known for known in routes.ROUTES if _nameless(known.path) == _nameless(route)]
        if not meant:
            raise unknown(described, "route", sorted({known.path for known in routes.ROUTES}))
        if method is not None and method not in {known.method for known in meant}:
            raise unknown(described, "method", sorted({known.method for known in meant}))
    return {"method": method, "path": path, "route": route}


@cache
def _nameless(template: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", template).rstrip("/")
