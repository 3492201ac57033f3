"""A scripted server, a clock that stands still, and clients that use both."""

import time
from collections.abc import Callable, Iterator

import pytest

from polytomic_provider.api import Polytomic, Transport, resolve_settings
from tests.unit.api.scripted_server import Clock, Server

KEY = "pk-0123456789-very-secret"


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def servers() -> Iterator[Callable[[], Server]]:
    started: list[Server] = []

    def start() -> Server:
        server = Server()
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def server(servers: Callable[[], Server]) -> Server:
    return servers()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def connect(clock: Clock) -> Iterator[Callable[..., Polytomic]]:
    """Make a client: `connect(url, workers="8")`; waits take no time unless `real_time=True`."""
    opened: list[Polytomic] = []

    def make(url: str, *, real_time: bool = False, **settings: str) -> Polytomic:
        config = {"polytomic:apiKey": KEY, "polytomic:url": url}
        config |= {f"polytomic:{name}": value for name, value in settings.items()}
        resolved = resolve_settings(config, {})
        now = time.monotonic if real_time else clock.now
        transport = Transport(resolved, sleep=clock.sleep, random=lambda: 1.0, now=now)
        opened.append(Polytomic(resolved, transport=transport))
        return opened[-1]

    yield make
    for polytomic in opened:
        polytomic.close()


@pytest.fixture
def polytomic(server: Server, connect: Callable[..., Polytomic]) -> Polytomic:
    return connect(server.url)


@pytest.fixture
def transport(polytomic: Polytomic) -> Transport:
    return polytomic.transport
