"""Lets Pulumi's host serve more than four calls at once.

Private to the SDK, so it gives up quietly: then four are served. Held to each SDK version by
`tests/engine/test_host.py`.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from polytomic_provider.host.call import callers


def widen(workers: int) -> bool:
    """Let the host serve `workers` calls at once; 0 leaves it as it is.

    A wait inside one call would otherwise hold up every other resource once four wait.
    Returns whether it worked.
    """
    if workers <= 0:
        return False
    with suppress(Exception):
        for frame in callers():
            reference: Callable[[], Any] | None = frame.f_locals.get("executor_reference")
            if reference is not None:
                executor = reference()
                executor._max_workers = max(workers, int(executor._max_workers))
                _serve_queued(executor)
                return True
    return False


def _serve_queued(executor: Any) -> None:
    """Start threads for the calls that are queued; the executor starts one for a new call only."""
    with executor._shutdown_lock:
        free = executor._max_workers - len(executor._threads)
        for _ in range(min(free, executor._work_queue.qsize())):
            executor._adjust_thread_count()
