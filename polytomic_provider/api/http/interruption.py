"""How a person at the terminal ends waits: the first Ctrl-C gently, the second one for good."""

import threading
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from contextlib import suppress
from typing import Any

from polytomic_provider.api.http.errors import PolytomicError


class Interrupted(PolytomicError):
    """A person pressed Ctrl-C while something waited."""

    default_hint = "Run `pulumi up` again: it goes on from here, and nothing is made twice."

    def __init__(self, message: str = "interrupted by Ctrl-C while waiting") -> None:
        super().__init__(message)


class Interruption:
    """What a person did about one operation; safe to use from many threads.

    The first Ctrl-C asks to bring to an end what has begun, so it ends only waits that nothing
    depends on (`rest`), such as that for consent. The second one ends every wait. `told` says
    whether the person knows that.
    """

    def __init__(self) -> None:
        self.told = False
        self._asked = threading.Event()
        self._final: Future[None] = Future()

    def ask(self) -> None:
        """Note that Ctrl-C was pressed once."""
        self._asked.set()

    def finish(self) -> None:
        """The second Ctrl-C was pressed: whatever comes out of the operation is lost."""
        with suppress(InvalidStateError):
            self._final.set_result(None)
        self._asked.set()

    def check(self) -> None:
        """Raise Interrupted when nobody listens any more, so that nothing new is begun."""
        if self._final.done():
            raise Interrupted("interrupted by Ctrl-C")

    def sleep(self, seconds: float) -> None:
        """Wait in the middle of something; raises Interrupted at the second Ctrl-C."""
        self.wait_for(self._final, seconds)
        if self._final.done():
            raise Interrupted

    def wait_for(self, answer: Future[Any], seconds: float) -> None:
        """Wait for what another thread brings; raises Interrupted at the second Ctrl-C."""
        wait((answer, self._final), timeout=seconds, return_when=FIRST_COMPLETED)
        if self._final.done() and not answer.done():
            raise Interrupted

    def rest(self, seconds: float) -> None:
        """Wait for something that nothing was done about yet; the first Ctrl-C ends it."""
        if self._asked.wait(seconds):
            raise Interrupted
