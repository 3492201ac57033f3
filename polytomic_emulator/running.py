"""The emulator inside a Python program: `with RunningEmulator() as emulator: ...`."""

import http.client
import json as json_text
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from polytomic_emulator.commands import Commands
from polytomic_emulator.control.routing import CONTROL_HEADER
from polytomic_emulator.faults.plan import load_plan, read_plan
from polytomic_emulator.server import EmulatorServer, ServerOptions
from polytomic_emulator.state.store import StateOptions


class ControlError(Exception):
    """The control API refused a command; the message is its reason."""


class RunningEmulator(Commands):
    """An emulator in a thread of this process, on a free loopback port, with its own state.

    port: a fixed one instead; after `stop`, `start` listens on the same port again.
    data: folder that keeps the state over a stop; None: each start begins empty.
    seed, api_key, organization_id, consent_after: as for `polytomic emulator`.
    faults: what goes wrong from the start, as in the file of `--faults`, or such a file.

    Raises PlanError for faults that make no sense.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        data: Path | None = None,
        seed: int | None = None,
        api_key: str | None = None,
        organization_id: str | None = None,
        consent_after: float | None = None,
        faults: Mapping[str, Any] | Path | None = None,
    ) -> None:
        self._port = port
        self._state = StateOptions(data, seed, api_key, organization_id)
        self._consent_after = consent_after
        self._plan = load_plan(faults) if isinstance(faults, Path) else read_plan(faults or {})
        self._server: EmulatorServer | None = None
        self._thread: threading.Thread | None = None
        self.url = ""

    def start(self) -> Self:
        """Listen and serve; returns when requests are answered."""
        if self._server is not None:
            raise RuntimeError("this emulator is running already")
        options = ServerOptions(
            self._state, port=self._port, consent_after=self._consent_after, plan=self._plan
        )
        server = EmulatorServer(options, announce=lambda line: None)
        self._server = server
        self.url = server.url
        self._port = urlsplit(server.url).port or 0
        # The socket listens already: a request made now waits until the thread accepts it.
        self._thread = threading.Thread(target=server.run, name="polytomic-emulator", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving and let go of the port; safe to call twice."""
        if self._server is not None and self._thread is not None:
            self._server.stop()
            self._thread.join(timeout=10)
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def api_key(self) -> str:
        """The API key of the first workspace, as it is now."""
        return self._running().state.workspaces.first().api_key

    @property
    def organization_id(self) -> str:
        """The id of the first workspace; `reset` gives it a new one."""
        return self._running().state.workspaces.first().id

    @property
    def partner_key(self) -> str:
        """The key for `Authorization: Basic organization:key` with any workspace."""
        return self._running().state.workspaces.shared_keys().partner_key

    @property
    def deployment_key(self) -> str:
        """The deployment's key, used like the partner's."""
        return self._running().state.workspaces.shared_keys().deployment_key

    @property
    def control_token(self) -> str:
        """What the control API asks for, in the header `X-Emulator-Token`; new at each start."""
        return self._running().control_token

    def _running(self) -> EmulatorServer:
        if self._server is None:
            raise RuntimeError("this emulator is not running")
        return self._server

    def control(self, method: str, path: str, json: Any = None) -> Any:
        """Ask the control API, such as `control("POST", "clock", {"advance_seconds": 60})`.

        Raises ControlError with the reason for a refusal.
        """
        self._running()
        client = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            body = None if json is None else json_text.dumps(json)
            token = {CONTROL_HEADER: self.control_token}
            client.request(method, f"/emulator/{path.lstrip('/')}", body, token)
            response = client.getresponse()
            answer = response.read().decode()
        finally:
            client.close()
        if response.status >= 300:
            raise ControlError(f"{method} {path}: {response.status} {answer}")
        return json_text.loads(answer)
