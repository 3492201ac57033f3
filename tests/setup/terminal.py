"""A person at a terminal: starts a command, reads what it shows, types answers."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import pyte
import pytest

_LINES, _COLUMNS = 24, 80
_DEADLINE_SECONDS = 90.0


class Terminal:
    """One command of `make_stack` on a pseudo terminal."""

    def __init__(self) -> None:
        self.shown = ""
        self._read_to = 0
        try:
            self._ours, self._theirs = pty.openpty()
        except OSError as error:
            pytest.skip(f"needs a pseudo terminal (/dev/ptmx, /dev/pts): {error}")
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
        self._screen = pyte.HistoryScreen(_COLUMNS, _LINES, history=1000)
        self._drawing = pyte.ByteStream(self._screen)
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
                output = os.read(self._ours, 65536)
                self._drawing.feed(output)
                self.shown += output.decode(errors="replace")
        self._read_to = found + len(text)

    @property
    def lines(self) -> list[str]:
        """What a person reads: the lines that have scrolled away, then the screen's."""
        above = [
            "".join(line[column].data for column in range(_COLUMNS))
            for line in self._screen.history.top
        ]
        return [line.rstrip() for line in (*above, *self._screen.display)]

    def send(self, line: str) -> None:
        """Types a line."""
        os.write(self._ours, line.encode() + b"\r")
