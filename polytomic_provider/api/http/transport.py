"""Sends requests to Polytomic and brings replies: the one seam for HTTP.

    transport = Transport(settings)
    reply = transport.request("GET", api_path("me"))
    reply.data, reply.request_id, reply.date

Threads may share a transport. Bodies and credentials are never logged.
"""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import replace
from random import SystemRandom
from typing import Final
from weakref import WeakSet

import httpx
from pydantic import JsonValue

from polytomic_provider.api.http.client import headers, open_client, timeouts
from polytomic_provider.api.http.client import user_agent as default_user_agent
from polytomic_provider.api.http.decoding import decode
from polytomic_provider.api.http.durations import show_duration
from polytomic_provider.api.http.errors import PolytomicError, TimedOut, UnexpectedReply
from polytomic_provider.api.http.exchange import Exchange, Failure
from polytomic_provider.api.http.failures import explain, too_large
from polytomic_provider.api.http.interruption import Interrupted
from polytomic_provider.api.http.operation import allowing, present, sleep
from polytomic_provider.api.http.rate_limiter import RateLimiter, Slot
from polytomic_provider.api.http.redirects import follow, refuse
from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.request_log import RequestLog, as_asked
from polytomic_provider.api.http.retries import Attempt, Cause, Deadline, backoff, should_retry
from polytomic_provider.api.http.secret import Secret
from polytomic_provider.api.http.settings import KeyKind, Settings
from polytomic_provider.api.http.wall_clock import ending_after

Params = Mapping[str, str | int | bool | Sequence[str] | None]

MOST_REDIRECTS: Final = 5

# What an attempt gets at the very end of a budget, so that it can still succeed.
LEAST_SECONDS: Final = 1.0

LARGEST_REPLY: Final = 64 * 1024 * 1024
"""Bytes, unpacked: a small reply can unpack to more than a machine has."""

OK: Final = 200
TOO_MANY: Final = 429
SLOW_DOWN: Final = (
    "Run again, or lower polytomic:workers; with more time (polytomic:operationTimeout or the "
    "resource's custom timeout) it also ends well."
)

_JITTER: Final = SystemRandom()
_IDEMPOTENCY_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,255}")


class _TooLarge(Exception):
    """A reply goes on beyond LARGEST_REPLY."""


class Transport:
    """Polytomic over HTTP: a client for each thread, retries, errors.

    Args:
        settings: Where and as whom to ask.
        http: A client to use in place of these; who made it closes it.
        sleep: Waits a number of seconds, in place of the operation.
        now: A clock in seconds that only goes forward.
        random: Draws a number from 0 to 1.
        user_agent: Value of the header `User-Agent`.
        pace: How fast to ask; shared by all transports of one key.
        log: Where requests are logged.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        http: httpx.Client | None = None,
        sleep: Callable[[float], object] | None = None,
        now: Callable[[], float] = time.monotonic,
        random: Callable[[], float] = _JITTER.random,
        user_agent: str | None = None,
        pace: RateLimiter | None = None,
        log: RequestLog | None = None,
    ) -> None:
        self.settings = settings
        self._given = http
        self._mine = threading.local()
        # Those of threads that have ended go with their threads.
        self._opened: WeakSet[httpx.Client] = WeakSet()
        self._sleep = sleep
        self._now = now
        self._random = random
        self._headers = headers(settings, agent=user_agent or default_user_agent())
        self._pace = pace or RateLimiter(now)
        self._log = log
        self._opening = threading.Lock()

    def as_key(self, key: Secret) -> "Transport":
        """Return a transport to the same server, over the same connections, with an API key."""
        other = copy(self)
        other.settings = replace(self.settings, key=key, key_kind=KeyKind.API, organization_id=None)
        other._headers = {**self._headers, "Authorization": other.settings.authorization()}
        return other

    def in_organization(self, organization_id: str) -> "Transport":
        """Return a transport to the same server, over the same connections, in an organization.

        For partner and deployment keys.
        """
        other = copy(self)
        other.settings = self.settings.for_organization(organization_id)
        other._headers = {**self._headers, "Authorization": other.settings.authorization()}
        return other

    @contextmanager
    def operation(self) -> Generator[Deadline]:
        """Let several requests share one budget of time; gives when it ends.

        Within an operation that is its own, else one of the setting `operationTimeout`.
        """
        operation = present()
        if operation is not None:
            yield operation.deadline
            return
        with allowing(self.settings.operation_timeout, self._now) as deadline:
            yield deadline

    def sleep(self, seconds: float) -> None:
        """Wait, as between two attempts."""
        (self._sleep or sleep)(seconds)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: JsonValue = None,
        idempotency_key: str | None = None,
        retry: bool = True,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[JsonValue]:
        """Send a request, again where that is safe and can help, and read the reply.

        It keeps to the time of the operation at hand, and a person may end it.

        Args:
            method: HTTP method, in capitals.
            path: Path from `api_path`.
            params: Query; None values are left out, lists repeat the name.
            json: Body.
            idempotency_key: Header `Idempotency-Key`: 8 to 255 of `[A-Za-z0-9_-]`.
            retry: False sends it once.
            before_repeat: Called before a request is repeated that may have taken effect; what it
                raises ends the repetition.

        Raises:
            TransportError: No usable reply came.
            APIError: Polytomic answered with an error status.
        """
        if idempotency_key is not None and not _IDEMPOTENCY_KEY.fullmatch(idempotency_key):
            raise PolytomicError("an idempotency key is 8 to 255 of the characters A-Z a-z 0-9 _ -")
        keyed_post = method == "POST" and idempotency_key is not None
        exchange = Exchange(method, path, self.settings, keyed_post=keyed_post)
        keyed = {"Idempotency-Key": idempotency_key} if idempotency_key is not None else {}
        request = None
        with suppress(ValueError, httpx.InvalidURL):
            request = httpx.Request(
                method,
                f"{self.settings.url}{path}",
                params={k: v for k, v in (params or {}).items() if v is not None} or None,
                json=json,
                headers={**self._headers, **keyed},
            )
        if request is None:  # not within an except: frames of httpx hold the headers
            raise PolytomicError(
                f"{exchange.asked}: the request holds something that JSON or a URL cannot carry",
                hint="Look for NaN, infinity, or half of a surrogate pair in the arguments.",
            )
        with self.operation() as deadline:
            return self._send_until(request, exchange, deadline, before_repeat, retry=retry)

    def download(self, address: str, most: int) -> str:
        """Read the first `most` bytes of a file behind an address that a reply gave.

        The address is signed, so the key is not sent with it; it is asked once.

        Raises:
            TransportError: It is no https address elsewhere, or no file came.
        """
        exchange = Exchange("GET", "a file of a log", self.settings)
        try:
            target, own = httpx.URL(address), httpx.URL(self.settings.url)
        except httpx.InvalidURL:
            raise UnexpectedReply("Polytomic gave something that is no address") from None
        here = (target.scheme, target.host, target.port) == (own.scheme, own.host, own.port)
        if (target.scheme != "https" and not here) or target.userinfo:
            raise UnexpectedReply("Polytomic gave an address of a file that is not safe to open")
        agent = {"User-Agent": self._headers["User-Agent"], "Accept-Encoding": "gzip"}
        request = httpx.Request("GET", target, headers=agent)
        with self.operation() as deadline:
            limit = min(self.settings.request_timeout, max(deadline.remaining(), LEAST_SECONDS))
            try:
                response = self._receive(request, limit, most)
            except httpx.HTTPError as error:
                raise explain(error, exchange, limit=limit).error from None
        if response.status_code != OK:
            raise UnexpectedReply(f"the file was answered with status {response.status_code}")
        return response.content.decode(errors="replace")

    def close(self) -> None:
        """Close the connections; the next request opens new ones."""
        with self._opening:
            opened, self._opened = list(self._opened), WeakSet()
            self._mine = threading.local()
        for client in opened:
            client.close()

    def _client(self) -> httpx.Client:
        """The client of this thread."""
        if self._given is not None:
            return self._given
        client: httpx.Client | None = getattr(self._mine, "client", None)
        if client is None:
            client = self._mine.client = open_client(self.settings)
            with self._opening:
                self._opened.add(client)
        return client

    def _send_until(
        self,
        request: httpx.Request,
        exchange: Exchange,
        deadline: Deadline,
        before_repeat: Callable[[], None] | None,
        *,
        retry: bool,
    ) -> Reply[JsonValue]:
        began = self._now()
        number = 0
        failed: Counter[tuple[Cause, int | None]] = Counter()
        while True:
            number += 1
            turn = self._take_turn(exchange, deadline)
            outcome = self._attempt(request, exchange, deadline, number)
            if isinstance(outcome, Reply) or outcome.status != TOO_MANY:
                self._pace.answered()
            if isinstance(outcome, Reply):
                return outcome
            failed[outcome.cause, outcome.status] += 1
            attempt = Attempt(
                exchange.method,
                exchange.keyed_post,
                failed[outcome.cause, outcome.status],
                outcome.cause,
                outcome.status,
                outcome.message,
            )
            wait = backoff(number, jitter=self._random(), retry_after=outcome.retry_after)
            if outcome.status == TOO_MANY:
                self._pace.refused(
                    turn, wait if outcome.retry_after is None else outcome.retry_after
                )
            if not retry or not should_retry(attempt):
                raise _after(outcome.error, number, self._now() - began) from None
            self._wait(wait, outcome, exchange, deadline, number, began)
            if before_repeat is not None and attempt.may_have_taken_effect:
                before_repeat()

    def _wait(
        self,
        wait: float,
        failure: Failure,
        exchange: Exchange,
        deadline: Deadline,
        number: int,
        began: float,
    ) -> None:
        left = deadline.remaining()
        if (failure.retry_after or 0.0) > left:
            failure.error.add(
                f"it asks to wait {show_duration(failure.retry_after or 0.0)}, "
                f"longer than the {show_duration(left)} that are left of the operation's time"
            )
            raise _after(failure.error, number, self._now() - began) from None
        if left <= 0 or (wait > left and failure.retry_after is None):
            failure.error.add(f"the operation's time of {show_duration(deadline.seconds)} is over")
            raise _after(failure.error, number, self._now() - began) from None
        wait = min(wait, left)
        _say_wait(failure.error.message, wait)
        try:
            self.sleep(wait)
        except Interrupted as interrupted:
            interrupted.add(f"after {failure.error.message}")
            raise

    def _take_turn(self, exchange: Exchange, deadline: Deadline) -> Slot:
        """Wait until this request may be sent."""
        told = False
        while True:
            operation = present()
            if operation is not None:
                operation.interruption.check()
            turn = self._pace.take()
            wait = turn.at - self._now()
            if wait <= 0:
                return turn
            if wait > deadline.remaining():
                raise TimedOut(
                    f"{exchange.asked}: not sent, since Polytomic limits the rate of requests "
                    f"(429) and no turn is left in the operation's time of "
                    f"{show_duration(deadline.seconds)}",
                    hint=SLOW_DOWN,
                )
            if not told and wait >= LEAST_SECONDS:
                _say_wait("Polytomic limits the rate of requests (429)", wait)
                told = True
            self.sleep(wait)
            if self._pace.holds(turn):
                return turn

    def _attempt(
        self, request: httpx.Request, exchange: Exchange, deadline: Deadline, number: int
    ) -> Reply[JsonValue] | Failure:
        """Send a request once, and log it."""
        began = self._now()
        outcome = self._send_once(request, exchange, deadline)
        if self._log is not None:
            asked = as_asked(request, exchange, outcome, number, self._now() - began)
            self._log.note(asked, self.settings.redact)
        return outcome

    def _send_once(
        self, request: httpx.Request, exchange: Exchange, deadline: Deadline
    ) -> Reply[JsonValue] | Failure:
        limit = min(self.settings.request_timeout, max(deadline.remaining(), LEAST_SECONDS))
        for _ in range(MOST_REDIRECTS + 1):
            try:
                response = self._receive(request, limit)
            except httpx.HTTPError as error:
                return explain(error, exchange, limit=limit)
            except _TooLarge:
                return too_large(exchange, LARGEST_REPLY)
            if not 300 <= response.status_code < 400:
                return decode(response, exchange)
            target = follow(request, response, exchange)
            if isinstance(target, Failure):
                return target
            request = target
        return refuse(exchange, f"there are more than {MOST_REDIRECTS} of them")

    def _receive(
        self, request: httpx.Request, limit: float, most: int | None = None
    ) -> httpx.Response:
        """The response with its whole body, or the first `most` bytes of it, in `limit` seconds."""
        request.extensions = {**request.extensions, "timeout": timeouts(limit).as_dict()}
        parts: list[bytes] = []
        size = 0
        with ending_after(limit):
            response = self._client().send(request, stream=True)
            try:
                for part in response.iter_bytes():
                    parts.append(part)
                    size += len(part)
                    if most is not None and size >= most:
                        break
                    if size > LARGEST_REPLY:
                        raise _TooLarge
            finally:
                response.close()
        kept = [(k, v) for k, v in response.headers.raw if k.lower() != b"content-encoding"]
        return httpx.Response(
            response.status_code, headers=kept, content=b"".join(parts)[:most], request=request
        )


def _say_wait(reason: str, seconds: float) -> None:
    """Say that something is tried again, and once how to end that."""
    operation = present()
    if operation is None:
        return
    way_out = "" if operation.interruption.told else "; a second Ctrl-C stops waiting"
    operation.interruption.told = True
    text = f"{reason}; trying again in {show_duration(seconds)}{way_out}"
    operation.say(text, passing=True)


def _after(error: PolytomicError, tries: int, seconds: float) -> PolytomicError:
    if tries > 1:
        error.add(f"tried {tries} times in {show_duration(seconds)}")
    return error
