"""Messages on a resource's row, from the program and from the provider.

`pulumi.log` sends a message about a resource in a task of its own, which can be awaited only by
looking through all tasks: a cost that grows with every resource. A provider has no way to speak at
all. Held to each SDK version by `tests/engine/test_host.py`.
"""

import sys
from functools import cache
from typing import Any, Final

import grpc
import pulumi
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from polytomic_provider.api.http.shown_text import for_terminal
from polytomic_provider.validation import Severity

_SEVERITIES: Final = {
    Severity.ERROR: engine_pb2.ERROR,
    Severity.WARNING: engine_pb2.WARNING,
    Severity.INFO: engine_pb2.INFO,
}


def log(severity: Severity, message: str, urn: str) -> None:
    """Show `message` on the row of the resource `urn`; on standard error without an engine."""
    message = for_terminal(message)
    engine: Any = pulumi.log.get_engine()
    if engine is None:
        print(message, file=sys.stderr)
        return
    engine.Log(engine_pb2.LogRequest(severity=_SEVERITIES[severity], message=message, urn=urn))


def tell(message: str, *, urn: str, warning: bool = False, passing: bool = False) -> None:
    """Show a message on the resource's row; on standard error where the engine is not reached."""
    message = for_terminal(message)
    try:
        severity = engine_pb2.WARNING if warning else engine_pb2.INFO
        request = engine_pb2.LogRequest(
            severity=severity, message=message, urn=urn, ephemeral=passing
        )
        _engine_at(sys.argv[1]).Log(request, timeout=5)
    except Exception:
        if not passing:
            print(message, file=sys.stderr)


@cache
def _engine_at(address: str) -> Any:
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))
