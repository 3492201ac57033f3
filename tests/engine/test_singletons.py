"""Settings that always exist by the real `pulumi`: taken over, repaired, default again."""

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.faults.singletons import ask

PROGRAM = """
from polytomic_provider import GlobalErrorSubscribers, RecordLogging

GlobalErrorSubscribers("on-call", emails=["data-team@acme.example"])
RecordLogging("record-logs", enabled=True)
"""
KIND = "GlobalErrorSubscribers"


@pytest.mark.torture
def test_settings_are_taken_over_repaired_and_put_back(
    deployment: Deployment, emulator: RunningEmulator
):
    ask(emulator, "PUT", KIND, body={"emails": ["by@hand.example"]})
    deployment.program(PROGRAM + 'GlobalErrorSubscribers("again", emails=[])\n')
    twice = deployment.preview().failed().text
    assert "'on-call'" in twice or "::on-call" in twice
    deployment.program(PROGRAM)
    shown = deployment.preview().ok().text
    assert "replaces emails: ['by@hand.example'] => ['data-team@acme.example']" in shown
    assert ask(emulator, "GET", KIND) == {"emails": ["by@hand.example"]}
    deployment.up("--skip-preview").ok()
    assert ask(emulator, "GET", KIND) == {"emails": ["data-team@acme.example"]}
    deployment.preview("--refresh", "--expect-no-changes").ok()
    ask(emulator, "PUT", KIND, body={"emails": []})
    assert "data-team@acme.example" in deployment.preview("--refresh").ok().text
    deployment.up("--skip-preview", "--refresh").ok()
    assert ask(emulator, "GET", KIND) == {"emails": ["data-team@acme.example"]}
    deployment.destroy().ok()
    assert ask(emulator, "GET", KIND) == {"emails": []}
    assert ask(emulator, "GET", "RecordLogging") == {"enabled": False}
