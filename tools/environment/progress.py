"""Runs the long commands of set-up: quiet, but never silent for long."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tools.environment.errors import SetupError

_PULSE_SECONDS = 20.0
_SHOWN_ON_FAILURE = 30


@dataclass(frozen=True)
class Task:
    """A long command.

    Attributes:
        label: what it does, as in `Installing Python packages`.
        command: the command line.
        log: file that gets its output.
        directory: where it runs.
        environment: its whole environment; None for ours.
        timeout: seconds after which it is ended; None for no limit.
        describe: makes a short text on how far it is out of the lines it has written.
    """

    label: str
    command: Sequence[str | Path]
    log: Path
    directory: Path
    environment: Mapping[str, str] | None = None
    timeout: float | None = None
    describe: Callable[[list[str]], str] = lambda lines: ""


def run(task: Task) -> None:
    """Runs a task to its end; says every 20 seconds how far it is.

    Raises:
        SetupError: the command cannot be started, fails or takes too long; the text holds the
            end of its output and the log's path.
    """
    task.log.parent.mkdir(parents=True, exist_ok=True)
    with task.log.open("w") as log:
        try:
            # A group of its own, so that ending it ends the compilers below it as well.
            process = subprocess.Popen(
                [str(part) for part in task.command],
                cwd=task.directory,
                env=None if task.environment is None else dict(task.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        except OSError as error:
            raise SetupError(f"{task.label}: {task.command[0]} does not start: {error}") from error
        try:
            code = _wait(process, task)
        finally:
            _end(process)
    if code != 0:
        raise SetupError(_failure(task, f"exit code {code}"))


def _wait(process: subprocess.Popen[bytes], task: Task) -> int:
    started = time.monotonic()
    while True:
        elapsed = time.monotonic() - started
        pause = _PULSE_SECONDS
        if task.timeout is not None:
            pause = min(pause, task.timeout - elapsed)
            if pause <= 0:
                raise SetupError(_failure(task, f"not done after {task.timeout:.0f} s"))
        try:
            return process.wait(pause)
        except subprocess.TimeoutExpired:
            if task.timeout is None:
                print(_pulse(task, time.monotonic() - started), flush=True)


def _pulse(task: Task, elapsed: float) -> str:
    detail = task.describe(_lines(task.log))
    return f"  … {elapsed:.0f} s{': ' + detail if detail else ''}"


def _failure(task: Task, what: str) -> str:
    shown = "\n".join(f"  {line}" for line in _lines(task.log)[-_SHOWN_ON_FAILURE:])
    return f"{task.label} failed ({what}).\n{shown}\nThe whole output is in {task.log}."


def _lines(log: Path) -> list[str]:
    return log.read_text(errors="replace").splitlines()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    force = threading.Timer(5, lambda: os.killpg(process.pid, signal.SIGKILL))
    force.start()
    process.wait()
    force.cancel()
