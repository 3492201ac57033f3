"""Ctrl-C, as a person presses it: once, and twice."""

import time
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.background import Command
from tests.engine.deployment import Deployment
from tests.engine.hosts import ON_EACH_HOST
from tests.engine.programs import SALESFORCE

WAITING = (
    SALESFORCE
    + """
from polytomic_provider import ConnectionReadiness
ConnectionReadiness("salesforce-ready", connection=salesforce, timeout="10m")
"""
)


def _locks(folder: Path) -> list[Path]:
    return [path for path in (folder / "backend").rglob("locks/**/*.json") if path.is_file()]


@ON_EACH_HOST
def test_the_first_ctrl_c_ends_the_wait_for_consent_and_the_next_up_goes_on(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(WAITING)
    command = Command(deployment, "up", "--yes", "--skip-preview")
    command.until(lambda: "open http" in command.text())
    pressed = time.monotonic()
    command.press_ctrl_c()
    run = command.end().failed()
    assert time.monotonic() - pressed < 30
    assert "a second Ctrl-C stops the wait" in run.text
    assert "interrupted by Ctrl-C while waiting" in run.text
    assert _locks(deployment.folder) == []
    assert deployment.resources() == ["salesforce"]

    emulator.authorize(deployment.resource("salesforce")["id"])
    deployment.up("--skip-preview").ok()
    assert deployment.resources() == ["salesforce", "salesforce-ready"]
    assert len(emulator.connections()) == 1


@pytest.mark.torture
@pytest.mark.parametrize("moment", ["retry", "request"])
def test_the_second_ctrl_c_ends_everything_and_the_next_up_heals(
    deployment: Deployment, emulator: RunningEmulator, moment: str
):
    deployment.deploy(SALESFORCE)
    if moment == "retry":
        emulator.fail(
            kind="status",
            status=503,
            retry_after=120,
            method="POST",
            path="/api/models",
            times=None,
        )
    else:
        emulator.fail(kind="hang", when="after", method="POST", path="/api/models", times=1)
    emulator.authorize(deployment.resource("salesforce")["id"])
    deployment.program(
        SALESFORCE
        + """
from polytomic_provider import Model
Model("contacts", connection_id=salesforce, configuration={"table": "Contact"}, fields=["Email"])
"""
    )
    command = Command(deployment, "up", "--yes", "--skip-preview")
    command.until(lambda: emulator.requests("POST", "/api/models"))
    if moment == "retry":
        command.until(lambda: "a second Ctrl-C stops waiting" in command.text())
    command.press_ctrl_c()
    command.until(lambda: "press ^C again" in command.text())
    pressed = time.monotonic()
    command.press_ctrl_c()
    command.end().failed()
    assert time.monotonic() - pressed < 30
    assert _locks(deployment.folder) == []
    assert "salesforce" in deployment.resources()

    emulator.clear_faults()
    deployment.up("--skip-preview").ok()
    assert sorted(deployment.resources()) == ["contacts", "salesforce"]
    assert len(emulator.control("GET", "models")) == 1
    deployment.preview("--expect-no-changes").ok()
