"""The emulator asked without a socket: the same application, in a tenth of the time.

For proofs that make hundreds of thousands of requests. What sockets do is proven elsewhere.
"""

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, cast

import httpx
from starlette.concurrency import run_in_threadpool
from starlette.types import Message

from polytomic_emulator import RunningEmulator
from polytomic_emulator.control import routing
from polytomic_emulator.control.routing import CONTROL_HEADER
from polytomic_emulator.http import exchange
from polytomic_emulator.http.exchange import HANG_UP
from polytomic_emulator.running import ControlError

_loops = threading.local()
_here: ContextVar[bool] = ContextVar("here", default=False)


async def _here_or_in_a_thread(function: Callable[..., Any], *args: Any) -> Any:
    """Work on this thread where the one who asks is on it and waits anyway."""
    return function(*args) if _here.get() else await run_in_threadpool(function, *args)


for _module in (exchange, routing):
    _module.run_in_threadpool = _here_or_in_a_thread


class InProcessEmulator(RunningEmulator):
    """An emulator whose control commands need no socket either."""

    def control(self, method: str, path: str, json: Any = None) -> Any:
        """As `RunningEmulator.control`."""
        url, token = f"{self.url}/emulator/{path.lstrip('/')}", {CONTROL_HEADER: self.control_token}
        request = httpx.Request(method, url, json=json, headers=token)
        response = InProcessTransport(self).handle_request(request)
        response.read()
        if response.status_code >= 300:
            raise ControlError(f"{method} {path}: {response.status_code} {response.text}")
        return response.json()


class InProcessTransport(httpx.BaseTransport):
    """Asks an emulator on this thread."""

    def __init__(self, emulator: RunningEmulator) -> None:
        self._emulator = emulator

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or fail as a socket would."""
        asked = _Exchange(request)
        application = self._emulator._running().application  # pyright: ignore[reportPrivateUsage]
        loop: asyncio.AbstractEventLoop | None = getattr(_loops, "loop", None)
        if loop is None:
            loop = _loops.loop = asyncio.new_event_loop()
        token = _here.set(True)
        # A browser test of the same process leaves its loop as the running one of this thread.
        other = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            loop.run_until_complete(application(asked.scope(), asked.receive, asked.send))
        finally:
            asyncio._set_running_loop(other)
            _here.reset(token)
        return asked.response()


class _Exchange:
    """One request of an ASGI application, and what it has answered."""

    def __init__(self, request: httpx.Request) -> None:
        self._request = request
        self._asked = False
        self._hung_up = False
        self._begun: Mapping[str, Any] | None = None
        self._pieces: list[bytes] = []

    def scope(self) -> dict[str, Any]:
        url = self._request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self._request.method,
            "scheme": "http",
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in self._request.headers.raw],
            "client": ("127.0.0.1", 1),
            "server": (url.host, url.port),
            "extensions": {HANG_UP: self._hang_up},
        }

    async def receive(self) -> Message:
        """The request; after that, the client is gone."""
        if self._asked:
            return {"type": "http.disconnect"}
        self._asked = True
        return {"type": "http.request", "body": self._request.read(), "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begun = message
        else:
            self._pieces.append(message.get("body", b""))

    def _hang_up(self) -> None:
        self._hung_up = True

    def response(self) -> httpx.Response:
        if self._begun is None and self._hung_up:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        if self._begun is None:
            raise httpx.ReadTimeout("timed out")
        body = b"".join(self._pieces)
        headers = cast("list[tuple[bytes, bytes]]", self._begun["headers"])
        length = dict(headers).get(b"content-length")
        if length is not None and int(length) != len(body):
            raise httpx.RemoteProtocolError("peer closed connection without sending complete body")
        return httpx.Response(
            self._begun["status"], headers=headers, content=body, request=self._request
        )
