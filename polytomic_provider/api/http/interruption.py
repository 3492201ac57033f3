"""Ctrl-C: the first press ends waits that nothing depends on, the second ends all."""

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
    """Whether Ctrl-C was pressed during one operation; safe to use from many threads.

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
        """Note the second Ctrl-C: Pulumi discards the outcome of the operation."""
        with suppress(InvalidStateError):
            self._final.set_result(None)
        self._asked.set()

    def check(self) -> None:
        """Raise Interrupted after the second Ctrl-C, so that no request is begun."""
        if self._final.done():
            raise Interrupted("interrupted by Ctrl-C")

    def sleep(self, seconds: float) -> None:
        """Wait in the middle of a change; raises Interrupted at the second Ctrl-C."""
        self.wait_for(self._final, seconds)
        if self._final.done():
            raise Interrupted

    def wait_for(self, answer: Future[Any], seconds: float) -> None:
        """Wait for another thread's answer; raises Interrupted at the second Ctrl-C."""
        wait((answer, self._final), timeout=seconds, return_when=FIRST_COMPLETED)
        if self._final.done() and not answer.done():
            raise Interrupted

    def rest(self, seconds: float) -> None:
        """Wait before anything was changed; the first Ctrl-C ends the wait."""
        if self._asked.wait(seconds):
            raise Interrupted
