"""The address that a deployment waits at for consent, on a line of its own."""

import json
import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

_ADDRESS = re.compile(r"\b[Oo]pen (https?://[^\s<]+)")
_END = "end of events"
# Of Pulumi's table, beside its resources: the header and three for the count of unchanged ones.
_OTHER_ROWS = 4


@contextmanager
def consent_addresses() -> Generator[Path]:
    """Print each consent address that Pulumi's events name; give the file for `--event-log`.

    The file is a pipe: no event, and no value in one, reaches the disk.
    """
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder) / "events"
        os.mkfifo(events, 0o600)
        # Open both ends, so that Pulumi never waits for a reader and its end is not ours.
        with os.fdopen(os.open(events, os.O_RDWR), "r+b", buffering=0) as pipe:
            thread = threading.Thread(target=_print_addresses, args=(pipe.fileno(),), daemon=True)
            thread.start()
            try:
                yield events
            finally:
                pipe.write(f"\n{_END}\n".encode())
                thread.join()


def _print_addresses(pipe: int) -> None:
    resources: set[str] = set()
    printed: set[str] = set()
    with os.fdopen(pipe, encoding="utf-8", errors="replace", closefd=False) as lines:
        for line in lines:
            if line.rstrip("\n") == _END:
                return
            event = _event(line)
            resources |= _resources(event)
            address = _address(event)
            if address and address not in printed:
                printed.add(address)
                # Read on even if nobody reads what is printed: Pulumi waits while the pipe is full.
                with suppress(OSError):
                    _print(address, below=len(resources) + _OTHER_ROWS)


def _event(line: str) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return cast("dict[str, Any]", event) if isinstance(event, dict) else {}


def _resources(event: dict[str, Any]) -> set[str]:
    urn = str(event.get("resourcePreEvent", {}).get("metadata", {}).get("urn", ""))
    return set() if not urn or "pulumi:providers:" in urn else {urn}


def _address(event: dict[str, Any]) -> str | None:
    message = event.get("diagnosticEvent", {})
    if message.get("severity") != "info":
        return None
    found = _ADDRESS.search(str(message.get("message", "")))
    return found.group(1) if found else None


def _print(address: str, *, below: int) -> None:
    """Print above Pulumi's table, if there is one.

    At a terminal, Pulumi moves the cursor up over the table's rows before it draws them again.
    `below` empty rows, at least as many as the table has, keep the address out of its way. The
    terminal is in raw mode then, so that a line needs its carriage return.
    """
    newline, rows = "\n", 1
    if sys.stdin.isatty() and sys.stdout.isatty():
        newline, rows = "\r\n", min(below, shutil.get_terminal_size().lines)
    text = newline.join(["", "Waiting for consent:", address])
    sys.stdout.write(text + newline * rows)
    sys.stdout.flush()
