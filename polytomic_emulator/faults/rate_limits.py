"""Rate limits: so many requests in a window of time, for each credential on its own."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from polytomic_emulator.faults.fault import RETRY_AFTER_FORMS, retry_after
from polytomic_emulator.faults.reading import (
    number,
    refuse_unknown_keys,
    whole_number,
    word,
)
from polytomic_emulator.faults.target import TARGET_KEYS, Request, Target, read_target
from polytomic_emulator.http.reading import Reader

_KEYS = ("requests", "seconds", "requests_per_minute", "retry_after_as", *TARGET_KEYS)
_FORMS = (*RETRY_AFTER_FORMS, "none")


@dataclass
class _Window:
    started: float
    used: int = 0


@dataclass
class RateLimit(Target):
    """At most `requests` in `seconds`, counted from a credential's first request on.

    retry_after_as: how the refusal says when to come again: `seconds`, `date`, or `none`.
    refused: how many requests were answered 429.
    """

    requests: int = 0
    seconds: float = 60
    retry_after_as: Literal["seconds", "date", "none"] = "seconds"
    refused: int = 0
    windows: dict[str, _Window] = field(default_factory=dict[str, _Window], repr=False)

    def shown(self) -> dict[str, Any]:
        """The limit and its counter, without the credentials that it counts by."""
        names = (*TARGET_KEYS, "requests", "seconds", "retry_after_as", "refused")
        return {name: getattr(self, name) for name in names}

    def window(self, credential: str, now: float) -> _Window:
        """The credential's window at this moment."""
        window = self.windows.get(credential)
        if window is None or not 0 <= now - window.started < self.seconds:
            window = self.windows[credential] = _Window(now)
        return window


@dataclass(frozen=True)
class Refusal:
    """A request that came too early: by which limit, and in how many seconds it may come again."""

    limit: RateLimit
    seconds: float

    def headers(self, now: datetime) -> dict[str, str]:
        """Retry-After in the limit's form."""
        form = self.limit.retry_after_as
        return {} if form == "none" else {"retry-after": retry_after(self.seconds, form, now)}

    @property
    def message(self) -> str:
        """What the refused client reads."""
        limit = self.limit
        return (
            f"rate limit of {limit.requests} requests in {limit.seconds:g} s exceeded;"
            f" try again in {math.ceil(self.seconds)} s"
        )


class RateLimits:
    """The limits in force. Not thread-safe."""

    def __init__(self) -> None:
        self._limits: list[RateLimit] = []

    def add(self, limit: RateLimit) -> None:
        """Begin to limit."""
        self._limits.append(limit)

    def all(self) -> list[RateLimit]:
        """Every limit, oldest first."""
        return list(self._limits)

    def clear(self) -> None:
        """No limits any more."""
        self._limits.clear()

    def admit(self, request: Request, credential: str, now: float) -> Refusal | None:
        """Count a request, or refuse it, which counts nowhere; `now` in seconds since 1970."""
        limits = [one for one in self._limits if one.meets(request)]
        windows = [one.window(credential, now) for one in limits]
        for limit, window in zip(limits, windows, strict=True):
            if window.used >= limit.requests:
                limit.refused += 1
                return Refusal(limit, window.started + limit.seconds - now)
        for window in windows:
            window.used += 1
        return None


def read_rate_limit(described: Reader) -> RateLimit:
    """A limit from its description. Raises BadRequest for one that makes no sense."""
    refuse_unknown_keys(described, _KEYS)
    per_minute = whole_number(described, "requests_per_minute", lowest=1)
    requests = whole_number(described, "requests", lowest=1)
    seconds = number(described, "seconds", lowest=0.001)
    if (per_minute is None) == (requests is None) or (per_minute and seconds is not None):
        raise described.wrong("requests", "with seconds, or requests_per_minute alone, is required")
    return RateLimit(
        **read_target(described),
        requests=requests or per_minute or 0,
        seconds=60 if seconds is None else seconds,
        retry_after_as=word(described, "retry_after_as", _FORMS, "seconds"),
    )
