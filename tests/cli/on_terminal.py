"""A command on a terminal: everything that it writes there, escape sequences too."""

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping

from tests.cli.command import COMMAND


def on_terminal(
    *arguments: str, environment: Mapping[str, str], columns: int = 80, folder: str | None = None
) -> tuple[int, str]:
    """Run a command to its end; gives its exit code and what the terminal got."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {key: value for key, value in environment.items() if key not in ("COLUMNS", "NO_COLOR")}
    asked = {"NO_COLOR": environment["NO_COLOR"]} if "NO_COLOR" in environment else {}
    process = subprocess.Popen(
        [COMMAND, *arguments],
        cwd=folder,
        env={**kept, **asked, "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # how a terminal ends on Linux
        while part := os.read(ours, 65536):
            written += part
    os.close(ours)
    return process.wait(60), written.decode()
