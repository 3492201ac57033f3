"""How a person at the terminal ends waits: the first Ctrl-C gently, the second one for good."""

import threading

from polytomic_provider.api.errors import PolytomicError


class Interrupted(PolytomicError):
    """A person pressed Ctrl-C while something waited."""

    default_hint = "Run `pulumi up` again: it goes on from here, and nothing is made twice."

    def __init__(self, message: str = "interrupted by Ctrl-C while waiting") -> None:
        super().__init__(message)


class Interruption:
    """What a person did about one operation; safe to use from many threads.

    The first Ctrl-C asks to bring to an end what has begun, so it ends only waits that nothing
    depends on (`rest`), such as that for consent. The second one ends every wait.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._final = threading.Event()

    def ask(self) -> None:
        """The first Ctrl-C was pressed."""
        self._asked.set()

    def finish(self) -> None:
        """The second Ctrl-C was pressed: whatever comes out of the operation is lost."""
        self._final.set()
        self._asked.set()

    def check(self) -> None:
        """Raise Interrupted when nobody listens any more, so that nothing new is begun."""
        if self._final.is_set():
            raise Interrupted("interrupted by Ctrl-C")

    def sleep(self, seconds: float) -> None:
        """Wait in the middle of something; raises Interrupted at the second Ctrl-C."""
        if self._final.wait(seconds):
            raise Interrupted

    def rest(self, seconds: float) -> None:
        """Wait for something that nothing was done about yet; the first Ctrl-C ends it."""
        if self._asked.wait(seconds):
            raise Interrupted
