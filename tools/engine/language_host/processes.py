"""The processes that the language host runs, and how they end with it."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

# Enough for a program that cleans up on SIGTERM; the engine kills the host itself after 5 s.
_GRACE_SECONDS = 3.0


class Processes:
    """Starts processes in groups of their own and ends all of them when the host ends.

    The engine interrupts the host's whole process group. A program in that group would print
    the traceback of a KeyboardInterrupt, so it gets a group of its own and ends by SIGTERM.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the host is ending: what ends from now on ended on request."""
        return self._closed

    @contextmanager
    def start(
        self,
        command: Sequence[str | Path],
        *,
        directory: Path | str | None,
        environment: Mapping[str, str],
        output: int | IO[Any] | None = None,
        errors: int | IO[Any] | None = None,
    ):
        """Starts `command` and gives its Popen; at the end of the block it is ended and waited for.

        Raises:
            InterruptedError: the host is ending.
            OSError: the command cannot be started.
        """
        with self._lock:
            if self._closed:
                raise InterruptedError("the language host is shutting down")
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=directory,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                process_group=0,
            )
            self._running.add(process)
        try:
            yield process
        finally:
            end(process)
            with self._lock:
                self._running.discard(process)

    def close(self) -> None:
        """Ends every running process and refuses new ones."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for process in running:
            _signal_group(process, signal.SIGTERM)
        for process in running:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and its group: politely, then by force. Does nothing when it has ended."""
    if process.poll() is not None:
        return
    _signal_group(process, signal.SIGTERM)
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
