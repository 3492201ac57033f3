"""Threads that a run of a program asks Polytomic on, and that end with the run."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Threads:
    """A pool of at most `most` threads, made at the first question; for one event loop.

    A program that previews many times in one process would otherwise keep the threads of each run.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._pool: ThreadPoolExecutor | None = None

    async def run(self, question: Callable[[], T]) -> T:
        """Ask on a thread of the pool."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._most)
        return await asyncio.get_running_loop().run_in_executor(self._pool, question)

    def end(self) -> None:
        """End the threads as soon as their questions are answered; waits for none."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False)
