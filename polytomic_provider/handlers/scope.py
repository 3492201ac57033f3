"""What a handler may use while it carries out one operation on one object."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from polytomic_provider.api import Deadline, Polytomic


class Say(Protocol):
    """Tell the person at the terminal something about the resource at hand."""

    def __call__(self, message: str, *, warning: bool = False, passing: bool = False) -> None:
        """Show `message`; `passing` ones vanish when the operation ends."""
        ...


@dataclass
class Process:
    """What this process has made and seen, shared by all operations of one run.

    `made` are the ids of the objects created by this process, by kind.
    """

    made: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    lock: Lock = field(default_factory=Lock)

    def has_made(self, kind: str, id_: str) -> bool:
        """Whether this process created that object."""
        with self.lock:
            return id_ in self.made.get(kind, set())

    def remember(self, kind: str, id_: str) -> None:
        """Note that this process created that object."""
        with self.lock:
            self.made.setdefault(kind, set()).add(id_)


@dataclass(frozen=True)
class Scope:
    """One operation: the API, the deadline, the object's identity, and a way to speak.

    `polytomic` gives the client for a workspace (None: the one of the settings); `sleep` waits
    for a number of seconds.
    """

    polytomic: Callable[[str | None], Polytomic]
    deadline: Deadline
    sleep: Callable[[float], None]
    say: Say
    identity: str
    process: Process
