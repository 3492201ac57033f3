"""Faults that the emulator plays on command, and the latency of its replies."""

import re
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, cast, get_args

from polytomic_provider.emulator.errors import BadRequest

Kind = Literal["status", "html", "drop", "hang", "truncate", "slow_body", "delay"]
_KINDS: tuple[str, ...] = get_args(Kind)
_AFTERWARDS = ("truncate", "slow_body")
_STATUS_BY_KIND: Mapping[str, int] = {"html": 502, "status": 500}
_HTML = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"


@dataclass
class Fault:
    """One fault.

    kind: `status` answers with a status, `html` with a gateway's page, `drop` closes the
        connection without an answer, `hang` never answers, `truncate` ends the body half-way,
        `slow_body` sends the body bit by bit over `milliseconds`, `delay` waits that long before
        the request is processed.
    method, path: which requests under /api; `path` is a regular expression, searched for.
    times: how often (null: always); after_matches: how many matching requests pass first.
    when: `before` (nothing is applied) or `after` (the change is applied, its reply is lost).
    status, body, headers: of the answer; a body that is no text is sent as JSON.
    record: also keep this answer as the outcome under the request's Idempotency-Key.
    """

    kind: Kind
    method: str | None = None
    path: str | None = None
    times: int | None = 1
    after_matches: int = 0
    when: Literal["before", "after"] = "before"
    status: int | None = None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    milliseconds: int = 1000
    record: bool = False
    matched: int = 0
    played: int = 0

    def answer(self) -> tuple[int, Any, dict[str, str]]:
        """Status, body and headers of kinds `status` and `html`."""
        status = self.status or _STATUS_BY_KIND[self.kind]
        if self.kind == "html":
            return status, self.body or _HTML, {"content-type": "text/html", **self.headers}
        if self.body is not None:
            return status, self.body, self.headers
        body: dict[str, Any] = {
            "key": "fault",
            "message": "fault played by the emulator",
            "metadata": {},
            "status": status,
        }
        return status, body, self.headers

    def fires(self, method: str, path: str) -> bool:
        """Whether it strikes this request; counts."""
        if self.method not in (None, method) or (self.path and not re.search(self.path, path)):
            return False
        if self.times is not None and self.played >= self.times:
            return False
        self.matched += 1
        if self.matched <= self.after_matches:
            return False
        self.played += 1
        return True


class Faults:
    """The faults in force, first match first, and the latencies by path."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._latencies: dict[str, int] = {}

    def add(self, described: Any) -> Fault:
        """Add a fault. Raises BadRequest for a description that makes no sense."""
        fault = _read(described)
        with self._lock:
            self._faults.append(fault)
        return fault

    def all(self) -> list[dict[str, Any]]:
        """Every fault with its counters."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def clear(self) -> None:
        """No faults and no latency any more."""
        with self._lock:
            self._faults.clear()
            self._latencies.clear()

    def clear_faults(self) -> None:
        """No faults any more."""
        with self._lock:
            self._faults.clear()

    def strike(self, method: str, path: str) -> Fault | None:
        """The fault for this request, if any."""
        with self._lock:
            return next((fault for fault in self._faults if fault.fires(method, path)), None)

    def set_latency(self, milliseconds: int, path: str) -> None:
        """Let requests whose path matches wait; 0 ends it."""
        _check_pattern(path)
        with self._lock:
            self._latencies.pop(path, None)
            if milliseconds:
                self._latencies[path] = milliseconds

    def latency(self, path: str) -> float:
        """How long a request waits, in seconds; the latest matching rule counts."""
        with self._lock:
            rules = list(self._latencies.items())
        waits = (wait for pattern, wait in reversed(rules) if re.search(pattern, path))
        return next(waits, 0) / 1000


def _read(described: Any) -> Fault:
    known = [name for name in Fault.__dataclass_fields__ if name not in ("matched", "played")]
    keys = cast("dict[str, Any]", described) if isinstance(described, dict) else {}
    if not keys or not set(keys) <= set(known):
        raise BadRequest("a fault is an object with some of these keys", known_values=known)
    try:
        fault = Fault(**keys)
    except TypeError:
        raise BadRequest("a fault needs a kind", known_values=list(_KINDS)) from None
    if fault.kind not in _KINDS:
        raise BadRequest(f"fault kind {fault.kind!r} is not known", known_values=list(_KINDS))
    if fault.when not in ("before", "after"):
        raise BadRequest("when is 'before' or 'after'", known_values=["before", "after"])
    if fault.kind in _AFTERWARDS:
        fault.when = "after"
    if fault.record and fault.kind not in _STATUS_BY_KIND:
        raise BadRequest("only kinds with an answer can be recorded", known_values=["status"])
    numbers = (fault.times or 0, fault.after_matches, fault.milliseconds)
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise BadRequest("times, after_matches and milliseconds are whole numbers")
    if fault.status is not None and fault.status not in range(200, 600):
        raise BadRequest("status is a number from 200 to 599", field="status")
    headers: Any = fault.headers
    if not isinstance(headers, dict) or not all(
        isinstance(text, str) and text.isprintable() and text.isascii()
        for pair in cast("dict[Any, Any]", headers).items()
        for text in pair
    ):
        raise BadRequest("headers is an object of plain ASCII strings", field="headers")
    fault.headers = {name.lower(): text for name, text in fault.headers.items()}
    _check_pattern(fault.path or "")
    return fault


def _check_pattern(path: str) -> None:
    try:
        re.compile(path)
    except (re.error, TypeError):
        raise BadRequest("path must be a regular expression", field="path") from None
