"""One wall clock over a whole exchange, from the first byte sent to the last byte of the reply.

The timeouts of httpx start anew with every byte. A server that sends its headers one by one, a
hundred replies `100 Continue`, or blocks of gzip with nothing in them would hold a deployment up
for ever. So each read and write on a connection gets what is left of the exchange's time.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import httpx

_PIECE: Final = 16 * 1024
"""Bytes that are written at once: a server may also take them one by one."""

_ends: ContextVar[float | None] = ContextVar("ends", default=None)


@contextmanager
def ending_after(seconds: float) -> Generator[None]:
    """Let reads and writes of this thread raise httpx's timeouts once so much time is over."""
    token = _ends.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends.reset(token)


def keep_time(client: httpx.Client) -> httpx.Client:
    """Let all connections that `client` is going to open keep to `ending_after`.

    httpx has no public way to its network backend; `tests/unit/api/test_hostile_replies.py` fails
    where it can no longer be reached in this way.
    """
    mounted: list[Any] = [client._transport, *client._mounts.values()]  # pyright: ignore[reportPrivateUsage]
    for transport in mounted:
        if transport is not None:  # None: an address that NO_PROXY names
            pool = transport._pool
            pool._network_backend = _Backend(pool._network_backend)
    return client


class _Backend:
    """A network backend of httpcore whose connections keep time."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def connect_tcp(self, *args: Any, **kwargs: Any) -> Any:
        """Open a connection."""
        return _Stream(self._backend.connect_tcp(*args, **kwargs))


class _Stream:
    """A connection that keeps time."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what comes."""
        return self._stream.read(max_bytes, _left(timeout, httpx.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of `buffer`."""
        for at in range(0, len(buffer), _PIECE):
            piece = buffer[at : at + _PIECE]
            self._stream.write(piece, _left(timeout, httpx.WriteTimeout))

    def start_tls(self, *args: Any, **kwargs: Any) -> Any:
        """Go on in TLS."""
        return _Stream(self._stream.start_tls(*args, **kwargs))


def _left(timeout: float | None, over: type[httpx.TimeoutException]) -> float | None:
    """`timeout`, or what is left of the exchange's time if that is less; raises `over` if none."""
    ends = _ends.get()
    if ends is None:
        return timeout
    left = ends - time.monotonic()
    if left <= 0:
        raise over("the time of the exchange is over")
    return left if timeout is None else min(left, timeout)
