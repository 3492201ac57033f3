"""A terminal of a person: a command runs on it, and what its screen shows can be read."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

ESCAPE = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])")
PATIENCE = 120.0


class Screen:
    """What a terminal of `columns` and `rows` shows of the text that is fed to it.

    It knows line feeds, the cursor's way up, clearing, and colours, which it forgets.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._cells = [[" "] * columns for _ in range(rows)]
        self._row = self._column = 0
        self._rest = ""

    def lines(self) -> list[str]:
        """The lines of the screen, from its top."""
        return ["".join(row).rstrip() for row in self._cells]

    def feed(self, text: str) -> None:
        """Show `text`; an escape sequence that is cut is kept for the next time."""
        text = self._rest + text
        place = 0
        while place < len(text):
            found = ESCAPE.match(text, place)
            if found is not None:
                self._obey(found[2], int(found[1]) if found[1].isdigit() else 1)
                place = found.end()
            elif text[place] == "\x1b" and len(text) - place < 12:
                break
            else:
                self._put(text[place])
                place += 1
        self._rest = text[place:]

    def _obey(self, command: str, count: int) -> None:
        if command == "A":
            self._row = max(0, self._row - count)
        elif command in "KJ":
            blank = " " * (self._columns - self._column)
            self._cells[self._row][self._column :] = blank
            if command == "J":
                for row in self._cells[self._row + 1 :]:
                    row[:] = " " * self._columns

    def _put(self, letter: str) -> None:
        if letter == "\r":
            self._column = 0
        elif letter == "\n":
            self._feed_line()
        elif letter.isprintable():
            if self._column == self._columns:
                self._column = 0
                self._feed_line()
            self._cells[self._row][self._column] = letter
            self._column += 1

    def _feed_line(self) -> None:
        if self._row < self._rows - 1:
            self._row += 1
        else:
            self._cells = [*self._cells[1:], [" "] * self._columns]


class OnScreen:
    """A command whose terminal is a screen of this size."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.screen = Screen(columns, rows)
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [*command],
            cwd=folder,
            env={**environment, "TERM": "xterm-256color"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def __enter__(self) -> "OnScreen":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def until(self, holds: Callable[[list[str]], bool]) -> list[str]:
        """Read on until the lines of the screen are as wanted."""
        ends = time.monotonic() + PATIENCE
        while not holds(self.screen.lines()):
            left = ends - time.monotonic()
            assert left > 0, "the screen still shows:\n" + "\n".join(self.screen.lines())
            assert self._read(left), "the command ended:\n" + "\n".join(self.screen.lines())
        return self.screen.lines()

    def watch(self, seconds: float) -> list[list[str]]:
        """The screens of the next seconds, one for each thing that was written."""
        ends = time.monotonic() + seconds
        seen: list[list[str]] = []
        while (left := ends - time.monotonic()) > 0 and self._read(left):
            seen.append(self.screen.lines())
        return seen

    def end(self) -> int:
        """Read to the end of the command; gives its exit code."""
        while self._read(PATIENCE):
            pass
        return self.process.wait(PATIENCE)

    def _read(self, seconds: float) -> bool:
        """Read once; False where the command has ended."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return True
        try:
            text = os.read(self._ours, 65536)
        except OSError:
            return False
        self.screen.feed(text.decode(errors="replace"))
        return bool(text)
