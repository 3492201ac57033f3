"""A person at a terminal: starts a command, reads what it shows, types answers."""

import os
import pty
import select
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

_DEADLINE_SECONDS = 90.0


class Terminal:
    """One command of `make_stack` on a pseudo terminal."""

    def __init__(self) -> None:
        self.shown = ""
        self._read_to = 0
        self._ours, self._theirs = pty.openpty()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        os.close(self._ours)
        os.close(self._theirs)

    def start(self, python: str, command: str, folder: Path, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [python, "-m", "tools.make_stack", command],
            cwd=folder,
            env=dict(env),
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            start_new_session=True,
        )

    def expect(self, text: str) -> None:
        """Reads on until `text` has been shown."""
        deadline = time.monotonic() + _DEADLINE_SECONDS
        while (found := self.shown.find(text, self._read_to)) < 0:
            left = deadline - time.monotonic()
            assert left > 0, f"{text!r} was not shown; all that was:\n{self.shown}"
            if select.select([self._ours], [], [], left)[0]:
                self.shown += os.read(self._ours, 65536).decode(errors="replace")
        self._read_to = found + len(text)

    def send(self, line: str) -> None:
        """Types a line."""
        os.write(self._ours, line.encode() + b"\r")
