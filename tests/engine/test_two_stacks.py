"""Two stacks of two backends, deployed at the same moment by the real CLI."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import PROJECT, Deployment
from tests.engine.programs import NETSUITE_CONFIGURATION, connection
from tests.faults.gate import Gate

PROGRAM = connection("erp", name="ERP", configuration=NETSUITE_CONFIGURATION)


@pytest.mark.torture
def test_two_stacks_that_make_the_same_connection_leave_one(
    tmp_path: Path, deployment: Deployment, emulator: RunningEmulator
):
    other = Deployment(
        tmp_path / "other", dict(deployment.environment), deployment.virtualenv, deployment.engine
    )
    other.create(PROJECT.replace("name: ", "name: other-", 1))
    with ExitStack() as opened:
        gates: list[Gate] = []
        running = []
        for stack in (deployment, other):
            gate = opened.enter_context(Gate(emulator.url))
            gate.hold(lambda method, _: method == "POST", "request")
            stack.environment["POLYTOMIC_DEPLOYMENT_URL"] = gate.url
            stack.program(PROGRAM)
            gates.append(gate)
            running.append(stack.start("up", "--yes", "--skip-preview"))
        for gate in gates:
            assert gate.until(lambda gate=gate: gate.held > 0, 120)
        for gate in gates:
            gate.release()
        codes = [one.wait(120) for one in running]
    (left,) = emulator.connections()
    written = [(one.folder / "home" / "started.txt").read_text() for one in (deployment, other)]
    assert codes.count(0) == 1
    kept = codes.index(0)
    assert "by another deployment at the same moment" in " ".join(written[1 - kept].split())
    winner, loser = (deployment, other) if kept == 0 else (other, deployment)
    assert winner.outputs()["id"] == left["id"]
    assert loser.resources() == []
    winner.environment["POLYTOMIC_DEPLOYMENT_URL"] = emulator.url
    winner.destroy().ok()
    assert emulator.connections() == []
    assert "canary-" not in other.everything_written()
