"""A door between a client and the emulator that can be held at an exact point of a request."""

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, Self
from urllib.parse import urlsplit

Wanted = Callable[[str, str], bool]
Where = Literal["request", "reply"]
_HOP_BY_HOP = ("connection", "transfer-encoding", "content-length", "keep-alive", "date", "server")


def _nothing(method: str, path: str) -> bool:
    del method, path
    return False


class Gate:
    """Forwards requests; those of `hold` wait, before they are sent on or before their reply is.

    Nothing here waits for a length of time: tests wait until something is so.
    """

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target).netloc
        self._changed = threading.Condition()
        self._wanted: Wanted = _nothing
        self._where: Where = "request"
        self._drop = False
        self.held = self.answered = self.open = 0
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.gate = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._server.shutdown()
        self._server.server_close()

    def hold(self, wanted: Wanted, where: Where) -> None:
        """From now on hold the requests (method, path) that are wanted."""
        with self._changed:
            self._wanted, self._where, self._drop = wanted, where, False
            self.held = self.answered = 0

    def release(self, *, drop: bool = False) -> None:
        """Let everything go on, or (`drop`) let what was not sent on yet never be sent."""
        with self._changed:
            self._wanted, self._drop = _nothing, drop
            self._changed.notify_all()

    def until(self, true: Callable[[], bool], seconds: float = 60) -> bool:
        """Wait until something about the gate is true; False if it does not become so."""
        with self._changed:
            return self._changed.wait_for(true, seconds)

    def pass_through(self, method: str, path: str, where: Where) -> bool:
        """Called by a request that arrives at a point; returns whether it may go on."""
        with self._changed:
            if where != self._where or not self._wanted(method, path):
                return True
            self.held += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._wanted is _nothing)
            return not self._drop

    def count(self, *, begun: int = 0, answered: int = 0) -> None:
        """Note that a request has begun or ended, or that its reply was handed over."""
        with self._changed:
            self.open += begun
            self.answered += answered
            self._changed.notify_all()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    gate: Gate

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server  # pyright: ignore[reportIncompatibleVariableOverride]

    def _forward(self) -> None:
        gate = self.server.gate
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        gate.count(begun=1)
        try:
            if not gate.pass_through(self.command, self.path, "request"):
                self.close_connection = True
                return
            onward = http.client.HTTPConnection(gate.target, timeout=60)
            onward.request(self.command, self.path, body or None, dict(self.headers.items()))
            reply = onward.getresponse()
            content = reply.read()
            onward.close()
            gate.pass_through(self.command, self.path, "reply")
            self.send_response_only(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in _HOP_BY_HOP or name.lower() == "date":
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()
        finally:
            gate.count(begun=-1, answered=1)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _forward  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
