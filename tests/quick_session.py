"""Sessions whose waits take no time: provider and emulator are both later instead."""

import time
from dataclasses import dataclass, field, replace

import httpx

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import Deadline, Polytomic, Workspace
from polytomic_provider.api.http.interruption import Interruption
from polytomic_provider.api.http.operation import Say, begin, present
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.host.session import Session
from polytomic_provider.kinds.lifecycle.scope import Scope
from tests.in_process import InProcessTransport


@dataclass
class Clock:
    """Time as provider and emulator live it."""

    emulator: RunningEmulator
    ahead: float = 0.0

    def now(self) -> float:
        """Seconds, only forward."""
        return time.monotonic() + self.ahead

    def sleep(self, seconds: float) -> None:
        """Be that much later, at once."""
        self.ahead += seconds
        self.emulator.advance_clock(seconds)

    def rest(self, seconds: float) -> None:
        """Be later, and find that a person has authorized what waited for it."""
        self.sleep(seconds)
        for connection in self.emulator.connections():
            consent = connection["consent"]
            if consent and not (consent["given"] or consent["denied"] or consent["revoked"]):
                self.emulator.authorize(connection["id"])


class _Quick(Interruption):
    """Waits of one operation that take no time."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)

    def rest(self, seconds: float) -> None:
        self._clock.rest(seconds)


@dataclass
class QuickSession(Session):
    """A session that never waits, for one thread."""

    clock: Clock | None = None
    quick: dict[Workspace, Polytomic] = field(default_factory=dict[Workspace, Polytomic])

    def polytomic(self, workspace: Workspace | None = None) -> Polytomic:
        workspace = workspace or Workspace()
        found = self.quick.get(workspace)
        if found is None:
            assert self.clock is not None
            settings = self.settings.of(workspace)
            transport = Transport(
                settings,
                http=httpx.Client(
                    transport=InProcessTransport(self.clock.emulator), trust_env=False
                ),
                sleep=self.clock.sleep,
                now=self.clock.now,
                random=lambda: 0.5,
                user_agent="tests",
                log=self.log,
            )
            found = self.quick[workspace] = Polytomic(settings, transport=transport)
        return found

    def scope(
        self,
        identity: str,
        seconds: float | None,
        say: Say,
        *,
        urn: str = "",
        interruption: Interruption | None = None,
    ) -> Scope:
        del interruption  # its waits would take their time
        assert self.clock is not None
        scope = super().scope(identity, seconds, say, urn=urn)
        operation = present()
        assert operation is not None
        deadline = Deadline.after(operation.deadline.seconds, now=self.clock.now)
        begin(replace(operation, deadline=deadline, interruption=_Quick(self.clock)))
        return scope
