"""Lets one set-up at a time work in a checkout; a second one waits for the first."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(lock: Path, *, waiting: str) -> Generator[None]:
    """Holds `lock` for the length of the block; says `waiting` if somebody else holds it now.

    The operating system frees the lock when the process ends in any way.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(waiting, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
