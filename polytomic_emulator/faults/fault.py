"""One fault: what happens to a request that it strikes, which requests, how often."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from email.utils import format_datetime
from random import Random
from typing import Any, Literal, get_args

from polytomic_emulator.faults.reading import (
    number,
    refuse_unknown_keys,
    whole_number,
    word,
)
from polytomic_emulator.faults.target import Request, Target, read_target
from polytomic_emulator.http.reading import Reader

Kind = Literal["status", "html", "drop", "hang", "truncate", "slow_body", "delay"]
RetryAfterForm = Literal["seconds", "date"]
KINDS: tuple[str, ...] = get_args(Kind)
RETRY_AFTER_FORMS: tuple[str, ...] = get_args(RetryAfterForm)
_AFTERWARDS = ("truncate", "slow_body")
_STATUS_BY_KIND: Mapping[str, int] = {"html": 502, "status": 500}
_HTML = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_COUNTERS = ("matched", "played")


@dataclass
class Fault(Target):
    """One fault.

    kind: `status` answers with a status, `html` with a gateway's page, `drop` closes the
        connection without an answer, `hang` never answers, `truncate` ends the body half-way,
        `slow_body` sends the body bit by bit over `milliseconds`, `delay` waits that long before
        the request is processed.
    times: how often (null: always); after_matches: how many matching requests pass first.
    probability: from 0 to 1, drawn for each matching request from the emulator's seed; `times`
        is then null unless it is given.
    when: `before` (nothing is applied) or `after` (the change is applied, its reply is lost).
    status, body, headers: of the answer; a body that is no text is sent as JSON.
    retry_after: seconds, sent as header Retry-After; retry_after_as: `seconds` or `date`.
    record: also keep this answer as the outcome under the request's Idempotency-Key.
    """

    kind: Kind = "status"
    times: int | None = 1
    after_matches: int = 0
    probability: float | None = None
    when: Literal["before", "after"] = "before"
    status: int | None = None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    retry_after: float | None = None
    retry_after_as: RetryAfterForm = "seconds"
    milliseconds: int = 1000
    record: bool = False
    matched: int = 0
    played: int = 0

    def fires(self, request: Request, draws: Random) -> bool:
        """Whether it strikes this request; counts."""
        if not self.meets(request) or (self.times is not None and self.played >= self.times):
            return False
        self.matched += 1
        if self.matched <= self.after_matches:
            return False
        if self.probability is not None and draws.random() >= self.probability:
            return False
        self.played += 1
        return True

    def answer(self, now: datetime) -> tuple[int, Any, dict[str, str]]:
        """Status, body and headers of kinds `status` and `html`."""
        status = self.status or _STATUS_BY_KIND[self.kind]
        headers = dict(self.headers)
        if self.retry_after is not None:
            headers["retry-after"] = retry_after(self.retry_after, self.retry_after_as, now)
        if self.kind == "html":
            return status, self.body or _HTML, {"content-type": "text/html", **headers}
        if self.body is not None:
            return status, self.body, headers
        body: dict[str, Any] = {
            "key": "fault",
            "message": "fault played by the emulator",
            "metadata": {},
            "status": status,
        }
        return status, body, headers


def retry_after(seconds: float, form: str, now: datetime) -> str:
    """The header's text: never earlier than asked for, as it has no fractions of seconds."""
    if form == "seconds":
        return str(math.ceil(seconds))
    moment = math.ceil((now + timedelta(seconds=seconds)).timestamp())
    return format_datetime(datetime.fromtimestamp(moment, now.tzinfo), usegmt=True)


FAULT_KEYS = tuple(one.name for one in fields(Fault) if one.name not in _COUNTERS)


def read_fault(described: Reader) -> Fault:
    """A fault from its description. Raises BadRequest for one that makes no sense."""
    refuse_unknown_keys(described, FAULT_KEYS)
    probability = number(described, "probability", highest=1)
    always = probability is not None or "times" in described.values
    times = whole_number(described, "times")
    status = whole_number(described, "status", lowest=200)
    if status is not None and status > 599:
        raise described.wrong("status", "must be a number from 200 to 599")
    milliseconds = whole_number(described, "milliseconds")
    fault = Fault(
        **read_target(described),
        kind=word(described, "kind", KINDS),
        times=1 if times is None and not always else times,
        after_matches=whole_number(described, "after_matches") or 0,
        probability=probability,
        when=word(described, "when", ("before", "after"), "before"),
        status=status,
        body=described.any("body"),
        headers=_headers(described),
        retry_after=number(described, "retry_after"),
        retry_after_as=word(described, "retry_after_as", RETRY_AFTER_FORMS, "seconds"),
        milliseconds=1000 if milliseconds is None else milliseconds,
        record=described.flag("record"),
    )
    if fault.kind in _AFTERWARDS:
        fault.when = "after"
    if fault.record and fault.kind not in _STATUS_BY_KIND:
        raise described.wrong("record", "is for kinds with an answer: status, html")
    return fault


def _headers(described: Reader) -> dict[str, str]:
    headers = described.text_map("headers")
    for name, text in headers.items():
        if not (_HEADER_NAME.fullmatch(name) and text.isprintable() and text.isascii()):
            raise described.wrong(f"headers.{name}", "must be a header's name and plain ASCII")
    return {name.lower(): text for name, text in headers.items()}
