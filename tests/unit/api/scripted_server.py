"""A real HTTP server on loopback that plays a script: one step per request, in order."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Step = Callable[["Handler"], None]


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def _play(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.command, url.path, parse_qs(url.query), headers, body)
        step = self.server.next_step(received)
        step(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_CONNECT = _play  # noqa: N815

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.server.clock_ahead)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[Received] = []
        self.over = threading.Event()
        self.clock_ahead = 0.0
        self._steps: list[Step] = []
        self._always: Step = answer(500, {"message": "the script of this test has ended"})
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def play(self, *steps: Step) -> None:
        self._steps += steps

    def always(self, step: Step) -> None:
        self._always = step

    def next_step(self, received: Received) -> Step:
        with self._lock:
            self.requests.append(received)
            return self._steps.pop(0) if self._steps else self._always

    def speak_tls(self, certificate: str) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients that hang up are part of the tests

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()


@dataclass
class Clock:
    """Time that only passes when somebody sleeps."""

    time: float = 1000.0
    sleeps: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds


def answer(status: int = 200, body: Any = None, **headers: str) -> Step:
    """Answer with JSON; header names are written with underscores."""
    content = b"" if body is None else json.dumps(body).encode()
    return reply_with(status, content, "application/json", **headers)


def data(value: Any, **headers: str) -> Step:
    """Answer 200 with `{"data": value}`."""
    return answer(200, {"data": value}, **headers)


def text(status: int, words: str, content_type: str, **headers: str) -> Step:
    """Answer with a text that is not JSON."""
    return reply_with(status, words.encode(), content_type, **headers)


def reply_with(status: int, content: bytes, content_type: str, **headers: str) -> Step:
    def step(handler: Handler) -> None:
        handler.send_response(status)
        if content:
            handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return step


def hang_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def cut_short(handler: Handler) -> None:
    """Announce a long body and close in the middle of it."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"data": {"id":')
    handler.wfile.flush()
    hang_up(handler)


def stay_silent(handler: Handler) -> None:
    """Say nothing until the test is over."""
    handler.server.over.wait(30)
    handler.close_connection = True


def trickle(handler: Handler) -> None:
    """Send one byte after the other, quicker than any timeout between two bytes."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()
