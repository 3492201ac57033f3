"""Shows what a person has to do above the engine's table, which has no room for it.

At 80 columns the engine's table of resources ends after type and name, so that nobody sees a
message on the row of a resource that waits. The engine draws its table from the cursor upwards,
so lines that are pushed to the top of the screen stay there while it draws.

Works on Linux, where the command line of the engine can be read; gives up quietly elsewhere.
"""

import os
import termios
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

ENGINE: Final = "pulumi"
PRINTS_LINES: Final = ("--non-interactive", "--diff", "--json", "--suppress-progress")
"""Options with which the engine draws no table, but prints every message in full."""

_LOCK: Final = threading.Lock()
_shown: Final[list[str]] = []


@contextmanager
def above_the_table(line: str) -> "Generator[None]":
    """Show a line at the top of the terminal; it is not shown again once this ends.

    One that holds control characters is not shown: they could do anything to the terminal.
    """
    if not line.isprintable() or not _draws_a_table():
        yield
        return
    with _LOCK:
        _shown.append(line)
        with suppress(OSError, termios.error):
            _write(_shown)
    try:
        yield
    finally:
        with _LOCK:
            _shown.remove(line)


def _write(lines: list[str]) -> None:
    """Write at the cursor, then scroll until the first line is the first of the screen."""
    terminal = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY)
    try:
        local_modes = termios.tcgetattr(terminal)[3]
        if local_modes & termios.TOSTOP:
            return  # it would stop this process, which is not in the foreground
        columns, rows = os.get_terminal_size(terminal)
        used = sum(max(1, -(-len(line) // columns)) for line in lines)
        # The engine may have switched off that a line feed returns the carriage.
        text = "".join(f"\r\x1b[K{line}\r\n" for line in lines)
        os.write(terminal, (text + "\r\n" * max(0, rows - 1 - used)).encode())
    finally:
        os.close(terminal)


def _draws_a_table() -> bool:
    """Whether the engine that started this process draws on a terminal."""
    try:
        process = os.getppid()
        while process > 1:
            folder = Path("/proc") / str(process)
            if (folder / "comm").read_text().strip() == ENGINE:
                options = (folder / "cmdline").read_text().split("\0")
                output = str((folder / "fd" / "1").readlink())
                on_terminal = output.startswith(("/dev/pts/", "/dev/tty"))
                return on_terminal and not any(one.startswith(PRINTS_LINES) for one in options)
            process = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return False
    return False
