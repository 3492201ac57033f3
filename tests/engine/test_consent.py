"""A connection that waits for consent: what a person is told, and where."""

import os
import sys
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import ENGINE, Deployment
from tests.engine.programs import SALESFORCE
from tests.engine.screen import OnScreen

WITHOUT_GATE = (
    SALESFORCE
    + """
from polytomic_provider import Model

Model("contacts", connection_id=salesforce, configuration={"table": "Contact"}, fields=["Email"])
"""
)
TWO_GATES = """
from polytomic_provider import Connection, ConnectionReadiness

for number in (1, 2):
    made = Connection(
        f"crm-{number}", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
    )
    ConnectionReadiness(f"crm-{number}-ready", connection=made, timeout="100s")
"""
LONG = "https://app.polytomic.com/authorize?" + "state=0123456789" * 12
LIKE_THE_ENGINE = f"""
import time
from polytomic_provider.kinds import terminal
TABLE = "     Type  Name\\r\\n +   crm  creating\\r\\n"
print("earlier output\\r\\n" + TABLE, end="", flush=True)
terminal._write([{"open " + LONG!r}, "open https://example.com/short"])
for _ in range(3):
    print("\\x1b[2A" + TABLE, end="", flush=True)
print("done", end="", flush=True)
time.sleep(60)
"""


@pytest.mark.torture
def test_what_uses_a_connection_before_its_consent_names_it_the_address_and_the_way_out(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(WITHOUT_GATE)
    for _ in ("made in this run", "made in an earlier run"):
        shown = deployment.up("--skip-preview").failed().text
        (connection,) = emulator.connections()
        address = deployment.outputs()["auth_url"]
        assert f"Connection 'salesforce' ({connection['id']}) waits for consent." in shown
        assert "a ConnectionReadiness stand between the connection and this resource" in shown
        assert f"open {address}" in [line.strip() for line in shown.splitlines()]
    emulator.authorize(connection["id"])
    emulator.finish_schema(connection["id"])
    deployment.up("--skip-preview").ok()


GATED = (
    WITHOUT_GATE
    + """
from polytomic_provider import ConnectionReadiness

ConnectionReadiness(
    "gate", connection=salesforce, timeout="2s", triggers=[salesforce.auth_url]
)
"""
)


def test_an_address_of_consent_that_is_secret_is_written_and_shown_nowhere(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.pulumi("config", "set", "polytomic:secretAuthUrl", "true").ok()
    deployment.program(GATED)
    shown = deployment.up("--skip-preview").failed().text
    assert "open the connection's secret output `auth_url`" in " ".join(shown.split())
    address = _revealed(deployment)
    assert address.startswith(emulator.url)
    emulator.authorize(emulator.connections()[0]["id"])
    deployment.deploy(GATED.replace("2s", "60s"))
    assert address not in deployment.everything_written()


def _revealed(deployment: Deployment) -> str:
    """The address as those see it who may decrypt the stack."""
    deployment.pulumi("stack", "output", "auth_url", "--show-secrets").ok()
    return deployment.runs.pop().text.strip()


@pytest.mark.torture
def test_every_address_stays_on_a_screen_of_80_columns_while_it_is_waited_for(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(TWO_GATES)
    command = (str(ENGINE / "pulumi"), "up", "--yes", "--skip-preview")
    folder = deployment.folder / "project"
    with OnScreen(command, folder=folder, environment=deployment.environ()) as terminal:
        first = f"open {emulator.url}/consent/"
        terminal.until(lambda lines: sum(line.startswith(first) for line in lines) == 2)
        *_, shown = terminal.watch(2)
        addresses = {line for line in shown if line.startswith(first)}
        assert len(addresses) == 2
        screens = terminal.watch(3)
        assert len(screens) > 1
        for lines in screens:
            assert addresses <= set(lines)
            assert any("ConnectionReadiness" in line for line in lines)
        for connection in emulator.connections():
            emulator.authorize(connection["id"])
        assert terminal.end() == 0
    outputs = [deployment.resource(f"crm-{number}")["outputs"]["auth_url"] for number in (1, 2)]
    assert addresses == {f"open {address}" for address in outputs}


def test_a_long_address_wraps_and_is_not_drawn_over(tmp_path: Path):
    command = (sys.executable, "-c", LIKE_THE_ENGINE)
    with OnScreen(command, folder=tmp_path, environment=os.environ) as terminal:
        lines = terminal.until(lambda lines: "done" in lines)
    text = "".join(lines)
    assert text.startswith(f"open {LONG}open https://example.com/short")
    assert text.count("Name") == 1
    assert lines[-3:] == ["     Type  Name", " +   crm  creating", "done"]
