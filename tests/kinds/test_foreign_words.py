"""Words of a server forge no line of what a person reads, wherever they come in."""

from collections.abc import Callable
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider import dynamic
from polytomic_provider.api import Unprocessable
from polytomic_provider.api.http.shown_text import for_terminal
from polytomic_provider.dynamic import DynamicProvider, OperationFailed
from polytomic_provider.host.consent import ConsentAddresses, missing_consent
from tests.kinds.conftest import Workbench
from tests.unit.api.test_shown_text import obeyed

FOREIGN = "mine\nFORGED: run this\r\n::set-output name=a::b\n##vso[task.x]y \x1b]0;FORGED\x07\u202e"
NETSUITE = {
    "account_id": "1_SB1",
    "consumer_key": "k" * 9,
    "consumer_secret": "l" * 9,
    "token": "m" * 9,
    "token_secret": "n" * 9,
}
BODIES: list[Any] = [
    {"message": FOREIGN},
    {"key": FOREIGN},
    {"error": FOREIGN, "context": {FOREIGN: FOREIGN}},
    {
        "message": "connection in use",
        "metadata": {"used_by": [{"type": FOREIGN, "name": FOREIGN, "id": FOREIGN}]},
    },
]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is told on rows, as `engine_log.tell` hands it to Pulumi."""
    told: list[str] = []
    monkeypatch.setattr(dynamic, "tell", lambda text, **_: told.append(for_terminal(text)))
    return told


def _is_clean(*texts: str) -> None:
    for text in texts:
        assert obeyed(text) == [], text
        assert not any(line.lstrip(" -").startswith("FORGED") for line in text.splitlines()), text
        assert all(letter.isprintable() for letter in text if letter != "\n"), text


def _provider(workbench: Workbench, kind: str = "Connection") -> DynamicProvider:
    made = DynamicProvider(kind)
    made._session = workbench.session  # pyright: ignore[reportPrivateUsage]
    return made


def _fails(operation: Callable[..., object], *arguments: Any) -> str:
    with pytest.raises(OperationFailed) as raised:
        operation(*arguments)
    return str(raised.value)


@pytest.mark.parametrize("status", [400, 409, 422, 503])
@pytest.mark.parametrize("body", range(len(BODIES)))
def test_no_error_of_a_server_forges_a_line(
    workbench: Workbench, said: list[str], status: int, body: int
):
    inputs = {
        "name": "mine",
        "type": "netsuite",
        "configuration": NETSUITE,
        "__identity": "urn:x",
        "__timeouts": {"create": 1.0, "delete": 1.0},
    }
    fault = {"kind": "status", "status": status, "times": None, "body": BODIES[body]}
    workbench.emulator.fail(**fault, path="^/api/connections")
    provider = _provider(workbench)
    _is_clean(_fails(provider.create, inputs), _fails(provider.delete, "1", inputs), *said)


def test_no_name_and_no_health_of_an_object_forges_a_line(workbench: Workbench, said: list[str]):
    provider = _provider(workbench)
    inputs = {"name": "mine", "type": "netsuite", "configuration": NETSUITE}
    made = provider.create({**inputs, "__identity": "urn:first"})
    workbench.emulator.change(str(made.id), name=FOREIGN)
    workbench.emulator.break_connection(str(made.id), status_error=FOREIGN)
    read = provider.read(str(made.id), made.outs or {})
    assert "FORGED" in (read.outs or {})["status_error"]
    _is_clean((read.outs or {})["status_error"])
    workbench.restart()
    other = {**inputs, "name": FOREIGN, "__identity": "urn:second"}
    exists = _fails(_provider(workbench).create, other)
    assert "exists already" in exists
    gate = {"connection": str(made.id), "timeout": "1s", "__identity": "urn:gate"}
    waited = _fails(_provider(workbench, "ConnectionReadiness").create, gate)
    refused = Unprocessable(422, None, "no", {"connection_id": str(made.id)}, None, "POST", "/x")
    polytomic = workbench.session.polytomic(None)
    advice = missing_consent(refused, {}, polytomic, ConsentAddresses())
    assert "FORGED" in waited
    assert "FORGED" in advice
    _is_clean(exists, waited, for_terminal(advice), *said)


@pytest.fixture
def workbench() -> Any:
    with RunningEmulator(consent_after=0.1) as emulator:
        yield Workbench(emulator)
