"""The call that Pulumi's host is serving: its resource, its old inputs, and how it fails.

The host tells a provider neither the resource's URN nor the inputs of the state, and shows a
failure as a traceback. All of it is private to the SDK, so everything here gives up quietly.
Held to each SDK version by `tests/engine/test_failed_calls.py` and `test_half_done.py`.
"""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final

import grpc
from google.protobuf import any_pb2
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, status_pb2

PROVIDER: Final = "__provider"
DETAILS: Final = "grpc-status-details-bin"
_CALLS = frozenset(("Check", "Diff", "Create", "Read", "Update", "Delete"))


@dataclass(frozen=True)
class Call:
    """The call of the engine that is being served on this thread."""

    request: Any
    context: Any

    @property
    def urn(self) -> str:
        """The resource's URN."""
        return str(getattr(self.request, "urn", "") or "")

    def old_inputs(self) -> dict[str, Any] | None:
        """Return the inputs in the state, which the host does not pass to diff and read."""
        for name in ("old_inputs", "inputs"):
            raw = getattr(self.request, name, None)
            if raw is not None and len(raw.fields) > 0:
                return dict(rpc.deserialize_properties(raw, True))
        return None

    def fail(self, message: str) -> bool:
        """End the call with `message`, whatever is returned. Return whether that worked.

        Nothing is raised: newer SDKs catch what `context.abort` raises and show its traceback.
        """
        try:
            self.context.set_code(grpc.StatusCode.UNKNOWN)
            self.context.set_details(message)
        except Exception:
            return False
        return True

    def keep(self, message: str, id_: str, outputs: Mapping[str, Any]) -> None:
        """Fail the call with `message` and let Pulumi keep the object that the call has made.

        Pulumi's next `up` updates it. Nothing is kept where that is not possible.
        """
        try:
            status = _half_done(message, id_, {**outputs, **self._provider()})
            self.context.set_trailing_metadata(((DETAILS, status),))
        except Exception:
            return

    def _provider(self) -> dict[str, Any]:
        """The pickled provider, which the host adds to whatever a provider returns."""
        for name in ("properties", "news"):
            fields = getattr(getattr(self.request, name, None), "fields", {})
            if PROVIDER in fields:
                return {PROVIDER: fields[PROVIDER].string_value}
        raise LookupError(PROVIDER)


def _half_done(message: str, id_: str, outputs: dict[str, Any]) -> bytes:
    """Return the error by which Pulumi's engine knows an object that was made but not finished."""
    loop = asyncio.new_event_loop()
    try:
        properties = loop.run_until_complete(rpc.serialize_properties(outputs, {}))
    finally:
        loop.close()
    failure = provider_pb2.ErrorResourceInitFailed(id=id_, properties=properties, reasons=[message])
    detail = any_pb2.Any()
    detail.Pack(failure)
    number: int = grpc.StatusCode.UNKNOWN.value[0]
    return status_pb2.Status(code=number, message=message, details=[detail]).SerializeToString()


def callers() -> Iterator[FrameType]:
    """Yield the frames above this one, nearest first; the host keeps its request there."""
    frame: FrameType | None = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame is not None:
        yield frame
        frame = frame.f_back


def current_call() -> Call | None:
    """Return the call served on this thread; None outside of Pulumi's host."""
    with suppress(Exception):
        for frame in callers():
            if frame.f_code.co_name in _CALLS and {"request", "context"} <= frame.f_locals.keys():
                return Call(frame.f_locals["request"], frame.f_locals["context"])
    return None
