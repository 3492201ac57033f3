"""The emulator as a server: the ASGI application, its socket, starting and stopping.

Only this module, and those it starts from, import the web server: the command line stays quick.
"""

import asyncio
import contextlib
import ipaddress
import logging
import secrets
import socket
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from polytomic_emulator.console.pages import routes as console_routes
from polytomic_emulator.console.routing import Console
from polytomic_emulator.control.routes import routes as control_routes
from polytomic_emulator.control.routing import Control
from polytomic_emulator.faults.in_force import Faults
from polytomic_emulator.faults.plan import EMPTY, Plan
from polytomic_emulator.http.exchange import HANG_UP, Api
from polytomic_emulator.http.log_files import routes as log_routes
from polytomic_emulator.http.request_log import RequestLog
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.store import State, StateOptions

# Between two looks at what is due; a sync may be started, or the clock moved, at any time.
_SHORTEST_REST, _LONGEST_REST = 0.02, 0.25

log = logging.getLogger("polytomic.emulator")

Announce = Callable[[str], None]


@dataclass(frozen=True)
class ServerOptions:
    """Where the emulator listens and how it behaves.

    port: 0 takes a free one. consent_after: seconds after which OAuth connections are authorized
    without a person; None waits for one. plan: what goes wrong from the start. control_token: what
    the control API asks for; None makes one up.
    """

    state: StateOptions
    host: str = "127.0.0.1"
    port: int = 0
    consent_after: float | None = None
    plan: Plan = EMPTY
    control_token: str | None = field(default=None, repr=False)


class EmulatorServer:
    """One emulator: listening from the moment it is made, answering while it runs."""

    def __init__(self, options: ServerOptions, announce: Announce = print) -> None:
        self._options = options
        self._announce = announce
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop_asked = False
        self.control_token = options.control_token or secrets.token_urlsafe(24)
        self.socket = _listen(options.host, options.port)
        try:
            self.state = State(options.state, options.plan.switches)
        except BaseException:
            self.socket.close()
            raise
        faults = Faults(options.state.seed or 0, options.plan)
        requests = RequestLog()
        self._api = Api(self.state, faults, requests)
        own = Starlette(
            routes=[
                *control_routes(Control(self.state, faults, requests, self.control_token)),
                *log_routes(self.state),
                *console_routes(Console(self.state, requests)),
            ]
        )
        self.application: ASGIApp = _Application(self._api, own)
        config = uvicorn.Config(
            self.application,
            http=HangingUp,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            backlog=512,
            timeout_graceful_shutdown=1,
        )
        self._server = _Quiet(config, self._api.close)

    @property
    def url(self) -> str:
        """The address that clients use."""
        host, port = self.socket.getsockname()[:2]
        host = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return ipaddress.ip_address(self.socket.getsockname()[0]).is_loopback

    def run(self) -> None:
        """Serve until `stop` is called from anywhere."""
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._serve())
        self.state.close()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        if self._stop_asked:
            self._server.stopping.set()
        by_itself = [asyncio.create_task(self._consent()), asyncio.create_task(self._run_syncs())]
        try:
            await self._server.serve(sockets=[self.socket])
        finally:
            for task in by_itself:
                task.cancel()

    def stop(self) -> None:
        """End serving; requests under way are given a second."""
        self._stop_asked = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self._server.stopping.set)

    async def _run_syncs(self) -> None:
        """Run what is due, also while nobody asks; requests do so as well before they answer."""
        while True:
            due = None
            try:
                due = await asyncio.to_thread(self.state.settle)
            except Exception:
                # One execution that cannot be ended must not keep all others from running.
                log.exception("the emulator failed at running what is due")
            rest = _LONGEST_REST if due is None else due - self.state.clock.seconds()
            await asyncio.sleep(min(max(rest, _SHORTEST_REST), _LONGEST_REST))

    async def _consent(self) -> None:
        """Authorize what has waited longer than `consent_after`."""
        after = self._options.consent_after
        while after is not None:
            await asyncio.sleep(min(0.1, after or 0.1))
            for connection in await asyncio.to_thread(self._authorize_due, after):
                self._announce(
                    f'Authorized connection "{connection.name}" ({connection.id}) by itself,'
                    f" {after:g} s after it asked."
                )

    def _authorize_due(self, after: float) -> list[Connection]:
        state = self.state
        with state.database.transaction():
            now = state.clock.seconds()
            return [
                state.connections.authorize(one.id)
                for one in state.connections.awaiting()
                if one.consent
                and not (one.consent.denied or one.consent.revoked)
                and now - one.consent.asked_at >= after
            ]


class _Application:
    """The emulated API beside the emulator's own routes."""

    def __init__(self, api: Api, own: ASGIApp) -> None:
        self._api = api
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # As it was sent: a `%2F` is part of a name, and leads to no other route.
        path = scope["raw_path"].decode("latin-1")
        if path == "/api" or path.startswith("/api/"):
            await self._api(scope, receive, send)
        else:
            await self._own({**scope, "path": path}, receive, send)


class _Quiet(uvicorn.Server):
    """uvicorn without its own signal handlers, which would end the process by the signal."""

    def __init__(self, config: uvicorn.Config, on_exit: Callable[[], None]) -> None:
        super().__init__(config)
        self.stopping = asyncio.Event()
        self._on_exit = on_exit

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def main_loop(self) -> None:
        await self.stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_exit()
        await super().shutdown(sockets)


class HangingUp(H11Protocol):
    """uvicorn's protocol, letting the application close a connection without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        inner = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[HANG_UP] = transport.close
            await inner(scope, receive, send)

        self.app = app


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns off Nagle's delay only on sockets that say they are TCP.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            # There it would let two emulators share a port; elsewhere it only skips a wait.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(512)
    except BaseException:
        listening.close()
        raise
    return listening
