"""Messages of the program reach the engine at once."""

from typing import Any

import pulumi
import pytest
from pulumi.runtime.proto import engine_pb2

from polytomic_provider.host.engine_log import log
from polytomic_provider.validation import Severity


@pytest.mark.parametrize("severity", Severity)
def test_the_engine_has_a_message_when_the_call_returns(
    severity: Severity, monkeypatch: pytest.MonkeyPatch
):
    received: list[Any] = []

    class Engine:
        def Log(self, request: Any) -> None:  # noqa: N802
            received.append(request)

    monkeypatch.setattr(pulumi.log, "get_engine", Engine)
    log(severity, "a message", "urn:x")
    (request,) = received
    assert (request.message, request.urn, request.ephemeral) == ("a message", "urn:x", False)
    assert engine_pb2.LogSeverity.Name(request.severity) == severity.name


def test_without_an_engine_a_message_goes_to_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(pulumi.log, "get_engine", lambda: None)
    log(Severity.ERROR, "a message", "urn:x")
    assert capsys.readouterr().err == "a message\n"
