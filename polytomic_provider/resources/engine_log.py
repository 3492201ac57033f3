"""Messages on a resource's row, which the engine has before the program goes on.

`pulumi.log` sends a message about a resource in a task of its own, which can be awaited only by
looking through all tasks: a cost that grows with every resource.
"""

import sys
from typing import Any, Final

import pulumi
from pulumi.runtime.proto import engine_pb2

from polytomic_provider.validation import Severity

_SEVERITIES: Final = {
    Severity.ERROR: engine_pb2.ERROR,
    Severity.WARNING: engine_pb2.WARNING,
    Severity.INFO: engine_pb2.INFO,
}


def log(severity: Severity, message: str, urn: str) -> None:
    """Show `message` on the row of the resource `urn`; on standard error without an engine."""
    engine: Any = pulumi.log.get_engine()
    if engine is None:
        print(message, file=sys.stderr)
        return
    engine.Log(engine_pb2.LogRequest(severity=_SEVERITIES[severity], message=message, urn=urn))
