"""How a control function becomes a route: JSON in, JSON out, refusals as JSON."""

import hmac
import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from polytomic_emulator.errors import ApiError, Forbidden
from polytomic_emulator.faults.in_force import Faults
from polytomic_emulator.http.messages import read_object
from polytomic_emulator.http.request_log import RequestLog
from polytomic_emulator.state.store import State


@dataclass(frozen=True)
class Control:
    """What the control API may reach."""

    state: State
    faults: Faults
    requests: RequestLog
    token: str = field(repr=False)


@dataclass(frozen=True)
class Command:
    """One control request: decoded path parameters, query, JSON body (`{}` where it is empty)."""

    params: Mapping[str, str]
    query: Mapping[str, str]
    body: dict[str, Any]
    base_url: str


CONTROL_HEADER: Final = "X-Emulator-Token"
"""Carries the token of the control API."""

Function = Callable[[Control, Command], Any]


def route(control: Control, method: str, path: str, function: Function) -> Route:
    """A route whose function runs in a thread and in one transaction.

    What is due before and after it is done: a clock that was moved has started what it passed.
    """

    async def endpoint(request: Request) -> Response:
        raw = await request.body()
        try:
            check_local(request)
            _check_token(request, control.token)
            body = read_object(raw) if raw else {}
            base_url = f"http://{request.headers.get('host', '')}"
            command = Command(decoded(request.path_params), request.query_params, body, base_url)
            result = await run_in_threadpool(_run, control, function, command)
        except ApiError as refusal:
            return JSONResponse(refusal.body(), refusal.status)
        return JSONResponse(result)

    return Route(path, endpoint, methods=[method])


def _run(control: Control, function: Function, command: Command) -> Any:
    control.state.settle()
    with control.state.database.transaction():
        result = function(control, command)
        control.state.settle()
        return result


def decoded(params: Mapping[str, str]) -> dict[str, str]:
    """Path parameters as they are meant: routes are found by the path as it was sent."""
    return {name: unquote(value) for name, value in params.items()}


def _check_token(request: Request, token: str) -> None:
    """Refuse other users of this machine: loopback is open to all of them."""
    given = request.headers.get(CONTROL_HEADER, "")
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise Forbidden(
            f"the control API asks for the header {CONTROL_HEADER} with the control token that the "
            "emulator printed when it started"
        )


def check_local(request: Request) -> None:
    """Refuse other machines, and pages of other sites in a browser on this one."""
    client = request.client.host if request.client else ""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    origin = request.headers.get("origin")
    same_origin = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not (_loopback(client) and _loopback(host) and same_origin):
        raise Forbidden("the control API answers only programs on the emulator's own machine")


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
