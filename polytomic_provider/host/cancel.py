"""Notices both presses of Ctrl-C; Pulumi's host tells a provider of neither.

Private to the SDK, so it gives up quietly: then waits go on until their time is over. Held to each
SDK version by `tests/engine/test_interrupted.py`.
"""

import sys
import threading
from typing import Any, Final
from weakref import WeakSet

from polytomic_provider.api import Interruption
from polytomic_provider.host.call import current_call


class _Waits:
    """The interruptions of the calls that are being served, and whether Ctrl-C was pressed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._served: WeakSet[Interruption] = WeakSet()

    def begin(self) -> Interruption:
        """Return the interruption of a new call."""
        begun = Interruption()
        with self._lock:
            self._served.add(begun)
            if self._asked:
                begun.ask()
        return begun

    def ask(self) -> None:
        """Note that Ctrl-C was pressed once."""
        with self._lock:
            self._asked = True
            for one in self._served:
                one.ask()


_WAITS: Final = _Waits()


def interruption() -> Interruption:
    """Return the interruption of the call that is served on this thread.

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
    """Replaces `empty_pb2` in the module of Pulumi's host, which ignores Cancel."""

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
    """Notice the first Ctrl-C, on which the engine sends Cancel. Return whether that worked."""
    host: Any = sys.modules.get("__main__")
    module = getattr(host, "empty_pb2", None)
    if not hasattr(host, "DynamicResourceProviderServicer") or module is None:
        return False
    if not isinstance(module, _Empty):
        host.empty_pb2 = _Empty(module)
    return True
