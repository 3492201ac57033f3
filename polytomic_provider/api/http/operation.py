"""The present operation: its deadline, its interruption, and where its messages go.

    with allowing(30):
        polytomic.connections.list()

All requests and waits of a thread belong to its operation. Outside of one, each request has a
budget of time of its own, nobody ends it, and nothing is told.
"""

import math
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Protocol

from polytomic_provider.api.http.interruption import Interruption
from polytomic_provider.api.http.retries import Deadline


class Say(Protocol):
    """Shows a message on the row of the present resource."""

    def __call__(self, message: str, *, warning: bool = False, passing: bool = False) -> None:
        """Show `message`; `passing` ones vanish when the operation ends."""
        ...


def _say_nothing(message: str, *, warning: bool = False, passing: bool = False) -> None:
    del message, warning, passing


@dataclass
class Operation:
    """One call of the engine, or one question of a program.

    Attributes:
        deadline: When it has to be over.
        interruption: How a person ends its waits.
        say: Tells the person something.
        shown: Texts that a server's words may show whatever they look like, where not all secrets
            are known (see `ordinary_words`); None where they are.
    """

    deadline: Deadline
    interruption: Interruption = field(default_factory=Interruption)
    say: Say = _say_nothing
    shown: frozenset[str] | None = None


_present: ContextVar[Operation | None] = ContextVar("operation", default=None)


def present() -> Operation | None:
    """Return the operation of this thread."""
    return _present.get()


def begin(operation: Operation | None) -> None:
    """Set the operation of this thread; None ends it."""
    _present.set(operation)


@contextmanager
def carrying_out(operation: Operation) -> Generator[None]:
    """Set the operation of this thread within a `with` block."""
    token = _present.set(operation)
    try:
        yield
    finally:
        _present.reset(token)


@contextmanager
def allowing(seconds: float, now: Callable[[], float] | None = None) -> Generator[Deadline]:
    """Set a new deadline for this block, however much time the operation has left."""
    operation = present()
    clock = now or (operation.deadline.now if operation is not None else time.monotonic)
    deadline = Deadline.after(seconds, now=clock)
    begun = replace(operation, deadline=deadline) if operation else Operation(deadline)
    with carrying_out(begun):
        yield deadline


@contextmanager
def within(seconds: float) -> Generator[Deadline]:
    """Shorten the deadline for this block to at most this much time."""
    operation = present()
    left = seconds if operation is None else min(seconds, operation.deadline.remaining())
    with allowing(left) as deadline:
        yield deadline


def say(message: str, *, warning: bool = False, passing: bool = False) -> None:
    """Show a message on the resource's row; `passing` ones vanish when the operation ends."""
    operation = present()
    if operation is not None:
        operation.say(message, warning=warning, passing=passing)


def sleep(seconds: float) -> None:
    """Wait in the middle of a change; raises Interrupted at the second Ctrl-C."""
    operation = present()
    if operation is not None:
        operation.interruption.sleep(seconds)
    else:
        time.sleep(seconds)


def rest(seconds: float) -> None:
    """Wait before anything was changed; the first Ctrl-C raises Interrupted."""
    operation = present()
    if operation is not None:
        operation.interruption.rest(seconds)
    else:
        time.sleep(seconds)


def clock() -> float:
    """Return monotonic seconds by the clock of the operation's deadline."""
    operation = present()
    return operation.deadline.now() if operation is not None else time.monotonic()


def remaining() -> float:
    """Return the seconds that the operation has left; never negative."""
    operation = present()
    return operation.deadline.remaining() if operation is not None else math.inf
