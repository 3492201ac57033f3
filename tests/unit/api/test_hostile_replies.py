"""A server that never ends, or answers with what nobody expects: each request ends plainly."""

import gzip
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import pytest

from polytomic_provider.api import (
    ConnectionDropped,
    NotPolytomic,
    Polytomic,
    PolytomicError,
    TimedOut,
)
from tests.unit.api.scripted_server import Server, reply_with, text

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ZIPPED = OK + b"Content-Encoding: gzip\r\n\r\n"
EMPTY_GZIP = gzip.compress(b"")


class RawServer:
    """Reads each request's head, then writes pieces until the client has gone."""

    def __init__(self, pieces: Callable[[], Iterable[bytes]], *, reads: bool = True) -> None:
        self._pieces = pieces
        self._reads = reads
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with client:
            if not self._reads:
                self.over.wait(20)
                return
            received = b""
            while b"\r\n\r\n" not in received:
                received += client.recv(65536)
            try:
                for piece in self._pieces():
                    client.sendall(piece)
                    if self.over.wait(0.005):
                        return
            except OSError:
                return

    def close(self) -> None:
        self.over.set()
        self._listening.close()


def _letters(text: bytes) -> Iterator[bytes]:
    return (text[at : at + 1] for at in range(len(text)))


def _headers() -> Iterator[bytes]:
    yield OK
    yield from (b"X-%d: y\r\n" % number for number in itertools.count())


def _one_header() -> Iterator[bytes]:
    yield OK
    yield b"X-Long: "
    yield from itertools.repeat(b"y")


def _chunk_extensions() -> Iterator[bytes]:
    yield CHUNKED
    yield from itertools.repeat(b"1;" + b"x=y;" * 50 + b"\r\n \r\n")


def _one_chunk_extension() -> Iterator[bytes]:
    yield CHUNKED
    yield b"1;"
    yield from itertools.repeat(b"x")


def _trailers() -> Iterator[bytes]:
    yield CHUNKED + b"0\r\n"
    yield from itertools.repeat(b"X-Y: z\r\n")


def _after(head: bytes, piece: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: itertools.chain((head,), itertools.repeat(piece))


ENDLESS: dict[str, Callable[[], Iterable[bytes]]] = {
    "status line in letters": lambda: itertools.chain(_letters(b"HTTP/1.1 2"), _after(b"", b"0")()),
    "headers": _headers,
    "one header": _one_header,
    "100 Continue": _after(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "103 Early Hints": _after(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
    "chunk extensions": _chunk_extensions,
    "one chunk extension": _one_chunk_extension,
    "trailers": _trailers,
    "empty gzip members": _after(ZIPPED, EMPTY_GZIP),
    "empty deflate blocks": _after(ZIPPED + EMPTY_GZIP[:10], b"\x00\x00\x00\xff\xff"),
    "letters": _after(OK + b"\r\n", b" "),
    "nothing": _after(OK, b""),
}


def _asked(url: str, connect: Callable[..., Polytomic], **body: str) -> tuple[Exception, float]:
    client = connect(url, real_time=True, requestTimeout="300ms", operationTimeout="1s")
    began = time.monotonic()
    with pytest.raises(PolytomicError) as caught:
        client.transport.request("POST", "/api/x", json=body, retry=False)
    return caught.value, time.monotonic() - began


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_reply_that_never_ends_is_given_up_in_time(
    connect: Callable[..., Polytomic], kind: str
) -> None:
    server = RawServer(ENDLESS[kind])
    try:
        error, took = _asked(server.url, connect)
    finally:
        server.close()
    assert isinstance(error, TimedOut | ConnectionDropped)
    assert error.arrived
    assert took < 6


def test_a_server_that_takes_no_request_is_given_up_in_time(
    connect: Callable[..., Polytomic],
) -> None:
    server = RawServer(tuple, reads=False)
    try:
        error, took = _asked(server.url, connect, large="x" * 30_000_000)
    finally:
        server.close()
    assert isinstance(error, TimedOut)
    assert took < 6


CHARSETS = ["base64", "hex", "rot13", "punycode", "idna", "unicode_escape", "undefined", "utf-7",
            "utf-16", "zlib", "\N{SNOWMAN}".encode().decode("latin-1"), "a" * 5000]  # fmt: skip


@pytest.mark.parametrize("status", [200, 400, 404, 503])
@pytest.mark.parametrize("charset", CHARSETS)
def test_a_charset_that_is_none_ends_in_a_plain_error(
    server: Server, connect: Callable[..., Polytomic], charset: str, status: int
) -> None:
    server.always(text(status, "\xff not JSON \x00", f"text/plain; charset={charset}"))
    with pytest.raises(PolytomicError) as caught:
        connect(server.url).transport.request("GET", "/api/x", retry=False)
    assert "\x00" not in str(caught.value)


def _nested(depth: int) -> bytes:
    return b'{"data":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize("depth", [101, 500, 980, 5_000, 1_000_000])
@pytest.mark.parametrize("status", [200, 422])
def test_json_that_is_nested_too_deeply_ends_in_a_plain_error(
    server: Server, connect: Callable[..., Polytomic], depth: int, status: int
) -> None:
    for body in (_nested(depth), b"[" * depth + b"]" * depth, b'{"metadata":' + _nested(depth)):
        server.always(reply_with(status, body, "application/json"))
        with pytest.raises(PolytomicError):
            connect(server.url).transport.request("GET", "/api/x", retry=False)


def test_json_as_deep_as_any_reply_is_read(
    server: Server, connect: Callable[..., Polytomic]
) -> None:
    rows = json.dumps({"data": [{"n": [{}]} for _ in range(1000)]}).encode()
    for body in (_nested(90), rows):
        server.always(reply_with(200, body, "application/json"))
        assert (
            connect(server.url).transport.request("GET", "/api/x").data == json.loads(body)["data"]
        )


ODD: dict[str, bytes] = {
    "NaN": b'{"data": NaN}',
    "infinity": b'{"data": -Infinity}',
    "too large a number": b'{"data": 1e999}',
    "too many digits": b'{"data": ' + b"9" * 5000 + b"}",
    "no UTF-8": b'{"data": "\xff\xfe"}',
    "half of UTF-16": '{"data": 1}'.encode("utf-16")[:-1],
    "two values": b"{}{}",
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_json_ends_in_a_plain_error(
    server: Server, connect: Callable[..., Polytomic], kind: str
) -> None:
    for content_type in ("application/json", "text/plain"):
        server.always(reply_with(200, ODD[kind], content_type))
        with pytest.raises((ConnectionDropped, NotPolytomic)):
            connect(server.url).transport.request("GET", "/api/x", retry=False)


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked, x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/9.9 1000 \xff\r\n\r\n",
        b"HTTP/1.1 301 x\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 301 x\r\nLocation: //x:99999999\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 301 x\r\nLocation: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 x\r\nRetry-After: 1e999\r\nDate: \xff\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 429 x\r\nRetry-After: nan\r\nDate: 9\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 204 x\r\nContent-Length: 5\r\n\r\nhello",
        b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03",
        b"",
    ],
)
def test_no_reply_of_any_form_raises_anything_but_our_errors(
    connect: Callable[..., Polytomic], head: bytes
) -> None:
    server = RawServer(lambda: [head])
    client = connect(server.url, real_time=True, requestTimeout="300ms", operationTimeout="1s")
    try:
        with suppress(PolytomicError):
            assert client.transport.request("GET", "/api/x", retry=False).status == 204
    finally:
        server.close()
