"""Reads the two outputs of a process at the same time, piece by piece."""

import os
import queue
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_PIECE_BYTES = 64 * 1024


@dataclass(frozen=True)
class Piece:
    """Some bytes of a process's output."""

    data: bytes
    is_error: bool


def read_outputs(process: subprocess.Popen[bytes]) -> Iterator[Piece]:
    """Yields what the process writes, until both outputs are closed."""
    pieces: queue.SimpleQueue[Piece | None] = queue.SimpleQueue()
    outputs = [(process.stdout, False), (process.stderr, True)]
    for pipe, is_error in outputs:
        assert pipe is not None  # noqa: S101 - both were asked for as pipes
        threading.Thread(target=_read, args=(pipe, is_error, pieces), daemon=True).start()
    still_open = len(outputs)
    while still_open:
        piece = pieces.get()
        if piece is None:
            still_open -= 1
        else:
            yield piece


def _read(pipe: IO[bytes], is_error: bool, pieces: "queue.SimpleQueue[Piece | None]") -> None:
    with pipe:
        while data := os.read(pipe.fileno(), _PIECE_BYTES):
            pieces.put(Piece(data, is_error))
    pieces.put(None)
