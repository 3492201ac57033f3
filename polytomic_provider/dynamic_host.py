"""Reaches into Pulumi's host for dynamic resources, for what it knows and does not pass on.

The host serves four calls at once and tells a provider neither the resource's URN nor a way to
speak to the engine. All of it is private to the SDK, so everything here gives up quietly: fewer
lanes, no URN, messages on standard error. A test holds it to each SDK version.
"""

import asyncio
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import FrameType
from typing import Any, Final
from weakref import WeakSet

import grpc
from google.protobuf import any_pb2
from pulumi.runtime import rpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, status_pb2

from polytomic_provider.api import Interruption

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
        """The inputs in the state, which the host does not hand to diff and read."""
        for name in ("old_inputs", "inputs"):
            raw = getattr(self.request, name, None)
            if raw is not None and len(raw.fields) > 0:
                return dict(rpc.deserialize_properties(raw, True))
        return None

    def fail(self, message: str) -> bool:
        """End the call with `message` as it stands, whatever is returned; whether it worked.

        Nothing is raised: newer SDKs catch what `context.abort` raises and show its traceback.
        """
        try:
            self.context.set_code(grpc.StatusCode.UNKNOWN)
            self.context.set_details(message)
        except Exception:
            return False
        return True

    def keep(self, message: str, id_: str, outputs: Mapping[str, Any]) -> None:
        """Let Pulumi keep the object that a call made before it failed with `message`.

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
    """The failure that Pulumi's engine reads as: made, but not initialised."""
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


def current_call() -> Call | None:
    """The call served on this thread, or None outside of Pulumi's host."""
    try:
        frame: FrameType | None = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
        while frame is not None:
            if frame.f_code.co_name in _CALLS and {"request", "context"} <= frame.f_locals.keys():
                return Call(frame.f_locals["request"], frame.f_locals["context"])
            frame = frame.f_back
    except Exception:
        return None
    return None


class _Waits:
    """The interruptions of the calls that are being served, and whether Ctrl-C was pressed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._served: WeakSet[Interruption] = WeakSet()

    def begin(self) -> Interruption:
        """That of a new call."""
        begun = Interruption()
        with self._lock:
            self._served.add(begun)
            if self._asked:
                begun.ask()
        return begun

    def ask(self) -> None:
        """The first Ctrl-C was pressed."""
        with self._lock:
            self._asked = True
            for one in self._served:
                one.ask()


_WAITS: Final = _Waits()


def interruption() -> Interruption:
    """How a person ends the waits of the call that is served on this thread.

    gRPC tells of a call that nobody waits for any more, which is the second Ctrl-C; `notice_cancel`
    is what sees the first one.
    """
    begun = _WAITS.begin()
    served = current_call()
    if served is not None:
        try:
            if not served.context.add_callback(begun.finish):
                begun.finish()
        except Exception:
            return begun
    return begun


class _Empty:
    """Stands before `empty_pb2` in the module of Pulumi's host, which takes no note of Cancel."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)

    def Empty(self) -> Any:  # noqa: N802
        """The answer to Cancel, among other calls."""
        if sys._getframe(1).f_code.co_name == "Cancel":  # pyright: ignore[reportPrivateUsage]
            _WAITS.ask()
        return self._module.Empty()


def notice_cancel() -> bool:
    """See the first Ctrl-C, on which the engine sends Cancel; whether it worked."""
    host: Any = sys.modules.get("__main__")
    module = getattr(host, "empty_pb2", None)
    if not hasattr(host, "DynamicResourceProviderServicer") or module is None:
        return False
    if not isinstance(module, _Empty):
        host.empty_pb2 = _Empty(module)
    return True


def widen(workers: int) -> bool:
    """Let the host serve `workers` calls at once; 0 leaves it as it is.

    A wait inside one call would otherwise hold up every other resource once four wait.
    Returns whether it worked.
    """
    if workers <= 0:
        return False
    try:
        frame: FrameType | None = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
        while frame is not None:
            reference: Callable[[], Any] | None = frame.f_locals.get("executor_reference")
            if reference is not None:
                executor = reference()
                executor._max_workers = max(workers, int(executor._max_workers))
                _serve_queued(executor)
                return True
            frame = frame.f_back
    except Exception:
        return False
    return False


def _serve_queued(executor: Any) -> None:
    """Start threads for the calls that are queued; the executor starts one for a new call only."""
    with executor._shutdown_lock:
        free = executor._max_workers - len(executor._threads)
        for _ in range(min(free, executor._work_queue.qsize())):
            executor._adjust_thread_count()


def tell(message: str, *, urn: str, warning: bool = False, passing: bool = False) -> None:
    """Show a message on the resource's row; on standard error where the engine is not reached."""
    try:
        severity = engine_pb2.WARNING if warning else engine_pb2.INFO
        request = engine_pb2.LogRequest(
            severity=severity, message=message, urn=urn, ephemeral=passing
        )
        _engine(sys.argv[1]).Log(request, timeout=5)
    except Exception:
        if not passing:
            print(message, file=sys.stderr)


@cache
def _engine(address: str) -> Any:
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))
