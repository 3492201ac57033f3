"""Logs requests for whoever looks for a fault: `POLYTOMIC_LOG` and `POLYTOMIC_LOG_FILE`.

    POLYTOMIC_LOG=info POLYTOMIC_LOG_FILE=polytomic.log pulumi up

One line per request. Headers are never logged; bodies at `debug` only, with every value masked
that is not known to be harmless (`shown_body`).
"""

import errno
import json
import os
import stat
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Final, TextIO

import httpx
from pydantic import JsonValue

from polytomic_provider.api.http.errors import APIError
from polytomic_provider.api.http.exchange import Exchange, Failure
from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.shown_body import holds_rows, shown_body
from polytomic_provider.api.http.shown_text import one_line

LEVEL_VARIABLE: Final = "POLYTOMIC_LOG"
FILE_VARIABLE: Final = "POLYTOMIC_LOG_FILE"


class Level(IntEnum):
    """How much is logged: everything with bodies, every request, or what went wrong."""

    DEBUG = 10
    INFO = 20
    WARNING = 30


@dataclass(frozen=True)
class Asked:
    """One attempt of a request and what came of it.

    Attributes:
        method: HTTP method.
        path: Path below the deployment's address, without its query.
        attempt: Number of the attempt, from 1.
        keyed: Whether an `Idempotency-Key` was sent.
        outcome: HTTP status, or in words why there is none.
        failed: Whether it ended in an error.
        seconds: How long it took.
        request_id: The request's id in the server's logs, if a header gave one.
        sent: The request's body.
        received: The reply's body; None for an error, whose words are not known to be harmless.
    """

    method: str
    path: str
    attempt: int
    keyed: bool
    outcome: str
    failed: bool
    seconds: float
    request_id: str | None
    sent: JsonValue
    received: JsonValue


def as_asked(
    request: httpx.Request,
    exchange: Exchange,
    outcome: Reply[JsonValue] | Failure,
    attempt: int,
    seconds: float,
) -> Asked:
    """Return what is logged about one attempt."""
    if isinstance(outcome, Failure):
        error = outcome.error
        request_id = error.request_id if isinstance(error, APIError) else None
        received, word = None, str(outcome.status or outcome.cause.value)
    else:
        request_id, received, word = outcome.request_id, outcome.body, str(outcome.status)
    return Asked(
        method=exchange.method,
        path=exchange.path,
        attempt=attempt,
        keyed="Idempotency-Key" in request.headers,
        outcome=word,
        failed=isinstance(outcome, Failure),
        seconds=seconds,
        request_id=request_id,
        sent=json.loads(request.content) if request.content else None,
        received=received,
    )


class RequestLog:
    """Writes lines; safe to use from many threads.

    Args:
        level: What is logged at least.
        out: Where the lines go; standard error if it is None.
    """

    def __init__(self, level: Level, out: TextIO | None = None) -> None:
        self._level = level
        self._out = out
        self._lock = threading.Lock()

    def note(self, asked: Asked, redact: Callable[[str], str]) -> None:
        """Log one attempt; trouble with the log never disturbs the request.

        `redact` takes out what may never be written, whatever else is known.
        """
        level = Level.WARNING if asked.failed else Level.INFO
        if level < self._level:
            return
        line = f"{_now()} {level.name} {os.getpid()} {one_line(redact(self._words(asked)))}\n"
        with self._lock, suppress(OSError, ValueError):
            out = self._out or sys.stderr
            out.write(line)
            out.flush()

    def _words(self, asked: Asked) -> str:
        words = [
            f"{asked.method} {asked.path} {asked.outcome} {asked.seconds * 1000:.0f}ms",
            f"attempt={asked.attempt}",
            f"idempotency_key={'yes' if asked.keyed else 'no'}",
            f"request_id={asked.request_id or '-'}",
        ]
        if self._level <= Level.DEBUG:
            for name, body in (("sent", asked.sent), ("received", asked.received)):
                if body is not None:
                    shown = shown_body(body, rows=holds_rows(asked.path))
                    words.append(f"{name}={json.dumps(shown)}")
        return " ".join(words)


def open_log(environ: Mapping[str, str], warn: Callable[[str], None]) -> RequestLog | None:
    """The log that the environment asks for, or None.

    A level that is none, and a file that cannot be written, are told to `warn` and leave the
    deployment alone.
    """
    wanted = environ.get(LEVEL_VARIABLE, "").strip()
    path = environ.get(FILE_VARIABLE, "").strip()
    if not wanted:
        if path:
            warn(f"{FILE_VARIABLE} does nothing without {LEVEL_VARIABLE}={_levels()}")
        return None
    if wanted.upper() not in Level.__members__:
        warn(f"{LEVEL_VARIABLE}={wanted!r} is no level ({_levels()}); requests are not logged")
        return None
    level = Level[wanted.upper()]
    if not path:
        return RequestLog(level)
    try:
        return RequestLog(level, _open_privately(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        warn(f"{FILE_VARIABLE}={path!r} cannot be written ({reason}); requests are not logged")
        return None


def _open_privately(path: str) -> TextIO:
    """A regular file of this user to append to, that nobody else can read.

    Raises OSError for a link, which would let whoever made it choose another file, and for what is
    no regular file or belongs to another user.
    """
    # Without O_NONBLOCK, a pipe that nobody reads would hold up the deployment.
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | careful, 0o600)
    try:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        if sys.platform != "win32":
            if found.st_uid != os.geteuid():
                raise OSError(errno.EPERM, "it belongs to another user")
            os.fchmod(number, 0o600)
            os.set_blocking(number, True)
    except BaseException:
        os.close(number)
        raise
    return os.fdopen(number, "a", encoding="utf-8", errors="backslashreplace")


def _levels() -> str:
    return ", ".join(name.lower() for name in Level.__members__)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
