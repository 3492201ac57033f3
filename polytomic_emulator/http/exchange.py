"""The ASGI side of the emulated API: bytes in, bytes out, faults and latency in between."""

import asyncio
import contextlib
import uuid
from collections.abc import Callable
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from polytomic_emulator.errors import ApiError, NotFound, TooLarge, TooMany
from polytomic_emulator.faults.fault import Fault
from polytomic_emulator.faults.in_force import Faults
from polytomic_emulator.http import dispatch
from polytomic_emulator.http.messages import Incoming, Reply
from polytomic_emulator.http.reply_record import ReplyRecord
from polytomic_emulator.http.request_log import RequestLog
from polytomic_emulator.http.versions import version_of
from polytomic_emulator.state.idempotency import Outcome
from polytomic_emulator.state.store import State

BODY_LIMIT = 4 * 1024 * 1024
HANG_UP = "polytomic.hang_up"
"""Extension of the ASGI scope: a function that closes the connection at once."""

_PIECES = 10
_UNALTERED = ("truncate", "slow_body", "delay")
"""Kinds of faults that leave the API's own answer as it is."""
_CONNECTION = "/api/connections/{id}"


class Api:
    """The emulated API as an ASGI application."""

    def __init__(self, state: State, faults: Faults, log: RequestLog) -> None:
        self._state = state
        self._faults = faults
        self._log = log
        self._record = ReplyRecord.wanted()
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End requests that hang, so that the server can stop."""
        self._closing.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await _read_body(receive)
        incoming = _incoming(scope, raw or b"")
        entry = self._log.start(incoming, self._state.clock.stamp())
        try:
            refused = self._refused(incoming)
            fault = None if refused else self._faults.strike(incoming.method, incoming.raw_path)
            outcome = refused or await self._exchange(incoming, fault, too_large=raw is None)
            if outcome is None and fault is not None and fault.kind == "hang":
                await self._hang(receive)
            if outcome is None:
                entry.dropped = True
                await _hang_up(scope, receive)
                return
            entry.status = outcome.status
            if self._record is not None:
                played = bool(refused) or (fault is not None and fault.kind not in _UNALTERED)
                self._record.keep(incoming, outcome, self._state.behaviour, played=played)
            await self._answer(send, incoming, outcome, fault)
        finally:
            entry.finished = self._state.clock.stamp()

    def _refused(self, incoming: Incoming) -> Outcome | None:
        """The answer of a rate limit, or None where there is room."""
        now = self._state.clock.now()
        refusal = self._faults.admit(
            incoming.method, incoming.raw_path, incoming.headers, now.timestamp()
        )
        if refusal is None:
            return None
        body = TooMany(refusal.message).body()
        return Reply(TooMany.status, body, refusal.headers(now)).outcome()

    async def _exchange(
        self, incoming: Incoming, fault: Fault | None, *, too_large: bool
    ) -> Outcome | None:
        """The answer, or None where a fault swallows it."""
        if fault is None or fault.kind in _UNALTERED:
            return await self._process(incoming, fault, too_large=too_large)
        outcome = Outcome(500, "")
        if fault.when == "after" or fault.record:
            outcome = await self._process(incoming, fault, too_large=too_large)
        return None if fault.kind in ("drop", "hang") else self._altered(fault)(outcome)

    async def _process(
        self, incoming: Incoming, fault: Fault | None, *, too_large: bool
    ) -> Outcome:
        """What the API itself answers."""
        try:
            if too_large:
                raise TooLarge(f"the request body is larger than {BODY_LIMIT} bytes")
            job = await run_in_threadpool(dispatch.admit, self._state, incoming)
        except ApiError as refusal:
            return dispatch.refused(self._state, incoming, refusal)
        try:
            await self._wait(incoming, fault)
            return await run_in_threadpool(self._work, job, fault)
        finally:
            dispatch.leave(self._state, job)

    def _work(self, job: dispatch.Job, fault: Fault | None) -> Outcome:
        if job.route.path == _CONNECTION and job.route.method == "GET":
            self._read_connection(job)
        if fault is None or not fault.record:
            return dispatch.work(self._state, job)
        return dispatch.work(self._state, job, self._altered(fault), apply=fault.when == "after")

    def _read_connection(self, job: dispatch.Job) -> None:
        with contextlib.suppress(NotFound), self._state.database.transaction():
            read = self._state.connections.get(job.call.params["id"], job.call.workspace.id)
            self._faults.read_connection(self._state, read)

    def _altered(self, fault: Fault) -> Callable[[Outcome], Outcome]:
        def answer(_: Outcome) -> Outcome:
            status, body, headers = fault.answer(self._state.clock.now())
            if isinstance(body, str):
                return Outcome(status, body, {"content-type": "text/plain", **headers})
            return Reply(status, body, headers).outcome()

        return answer

    async def _wait(self, incoming: Incoming, fault: Fault | None) -> None:
        seconds = self._faults.latency(incoming.method, incoming.raw_path)
        if fault is not None and fault.kind == "delay":
            seconds += fault.milliseconds / 1000
        if seconds:
            await asyncio.sleep(seconds)

    async def _hang(self, receive: Receive) -> None:
        """Until the client gives up or the emulator stops."""
        gone = asyncio.ensure_future(_disconnected(receive))
        closing = asyncio.ensure_future(self._closing.wait())
        _, pending = await asyncio.wait({gone, closing}, return_when=asyncio.FIRST_COMPLETED)
        for waiting in pending:
            waiting.cancel()

    async def _answer(
        self, send: Send, incoming: Incoming, outcome: Outcome, fault: Fault | None
    ) -> None:
        body = outcome.body.encode()
        headers = {
            **outcome.headers,
            "x-polytomic-version": version_of(incoming),
            "x-request-id": incoming.id,
            "date": format_datetime(self._state.clock.now(), usegmt=True),
        }
        if outcome.status != 204:
            headers["content-length"] = str(len(body))
        pairs = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in headers.items()]
        await send({"type": "http.response.start", "status": outcome.status, "headers": pairs})
        if fault is not None and fault.kind == "truncate":
            await _send_piece(send, body[: len(body) // 2])
            return
        if fault is not None and fault.kind == "slow_body":
            size = max(1, -(-len(body) // _PIECES))
            for start in range(0, len(body), size):
                await _send_piece(send, body[start : start + size])
                await asyncio.sleep(fault.milliseconds / 1000 / _PIECES)
            body = b""
        await send({"type": "http.response.body", "body": body})


async def _send_piece(send: Send, piece: bytes) -> None:
    await send({"type": "http.response.body", "body": piece, "more_body": True})


async def _read_body(receive: Receive) -> bytes | None:
    """The whole body, or None when it is too large."""
    pieces: list[bytes] = []
    size = 0
    while True:
        message: Any = await receive()
        size += len(message.get("body", b""))
        if size <= BODY_LIMIT:
            pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(pieces) if size <= BODY_LIMIT else None


def _incoming(scope: Scope, body: bytes) -> Incoming:
    headers = {name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]}
    host, port = scope["server"] or ("127.0.0.1", 80)
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return Incoming(
        id=uuid.uuid4().hex,
        method=scope["method"],
        path=scope["path"],
        query=dict(pairs),
        headers=headers,
        body=body,
        base_url=f"http://{headers.get('host') or f'{host}:{port}'}",
        pairs=tuple(pairs),
        raw_path=scope["raw_path"].decode("latin-1"),
    )


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer, and wait until it is closed."""
    scope["extensions"][HANG_UP]()
    await _disconnected(receive)
