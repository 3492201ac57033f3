"""kill -9 of the engine and of the provider, at the points where a deployment tool loses count.

Each cell holds the very requests at a gate until the process is dead; nothing is left to luck.
After `pulumi cancel` (where the engine left its lock) and one more `up` there is exactly one
object per declared resource, and the preview is empty.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP

import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.waiting import until
from tests.engine.deployment import Deployment
from tests.faults.gate import Gate
from tests.faults.kill_cells import CELLS, FAST_CELLS, Cell, cell
from tests.faults.program import made_of, runs_of
from tests.faults.victims import Victims

OWN_NOTHING = ("ConnectionReadiness", "SyncRun", "BulkSyncRun")
IN_EVERY_RUN = {
    ("engine", "before state is written", "Connection", "create", 4),
}
FAST = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the processes are found in Linux's /proc"
)


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0) as running:
        yield running


@pytest.fixture
def gate(emulator: RunningEmulator) -> Iterator[Gate]:
    with Gate(emulator.url) as made:
        yield made


@pytest.fixture
def deployment(tmp_path: Path, emulator: RunningEmulator, gate: Gate) -> Deployment:
    environment = {"POLYTOMIC_DEPLOYMENT_URL": gate.url, "POLYTOMIC_API_KEY": emulator.api_key}
    return Deployment(tmp_path, environment).create()


def _kill(deployment: Deployment, gate: Gate, wanted: Cell, victim: str, point: str, count: int):
    """Run `up` until `count` requests stand at the point, then kill the victim there."""
    gate.hold(wanted.wants(), "request" if point == "before send" else "reply")
    process = deployment.start("up", "--yes", "--skip-preview")
    gate.until(lambda: gate.held == count or process.poll() is not None)
    assert gate.held == count, (deployment.folder / "home" / "started.txt").read_text()
    victims = Victims.of(process.pid)
    try:
        if point in ("before send", "after commit"):
            victims.signal(victim, SIGKILL)
            if victim == "provider" and point == "before send":
                gate.release(drop=True)
        else:
            stopped = victim if point == "after reply" else "engine"
            victims.signal(stopped, SIGSTOP)
            waiting, answered = victims.answers_waiting(), gate.answered
            gate.release()
            assert gate.until(lambda: gate.answered >= answered + count)
            if point == "before state is written":
                until(lambda: victims.answers_waiting() > waiting, 30)
            victims.signal(victim, SIGKILL)
            victims.signal(stopped, SIGCONT)
        gate.release()
        process.wait(60)
        # What a killed engine leaves behind may finish its request later.
        assert gate.until(lambda: gate.open == 0)
    finally:
        process.kill()
        process.wait(10)
        victims.reap()


@pytest.mark.parametrize(
    ("victim", "point", "kind", "operation", "count"),
    [
        one if one in IN_EVERY_RUN else pytest.param(*one, marks=pytest.mark.torture)
        for one in CELLS
    ],
)
def test_a_killed_run_is_made_good_by_the_next(
    deployment: Deployment,
    emulator: RunningEmulator,
    gate: Gate,
    victim: str,
    point: str,
    kind: str,
    operation: str,
    count: int,
):
    _is_made_good(deployment, emulator, gate, (victim, point), cell(kind, operation, count), count)


@pytest.mark.torture
@pytest.mark.parametrize(("victim", "point", "kind", "operation"), FAST_CELLS)
def test_a_run_killed_in_fast_mode_is_made_good_by_the_next(
    deployment: Deployment,
    emulator: RunningEmulator,
    gate: Gate,
    victim: str,
    point: str,
    kind: str,
    operation: str,
):
    """The state is written at the end only, so that a killed engine has recorded nothing."""
    deployment.environment |= FAST
    _is_made_good(deployment, emulator, gate, (victim, point), cell(kind, operation, 4), 4)


def _is_made_good(
    deployment: Deployment,
    emulator: RunningEmulator,
    gate: Gate,
    killed: tuple[str, str],
    wanted: Cell,
    count: int,
):
    victim, point = killed
    if wanted.first:
        deployment.deploy(wanted.first)
    deployment.program(wanted.then)
    _kill(deployment, gate, wanted, victim, point, count)
    if victim == "engine":
        deployment.pulumi("cancel", "--yes").ok()
    deployment.up("--skip-preview").ok()
    made = made_of(emulator)
    assert {name: len(ids) for name, ids in made.items() if ids} == {
        name: number for name, number in wanted.made.items() if number
    }
    assert runs_of(emulator) == wanted.runs
    recorded = [
        one["id"]
        for one in deployment.state()["deployment"]["resources"]
        if one["type"].startswith("pulumi-python:dynamic/")
        and not one["type"].endswith(OWN_NOTHING)
    ]
    assert sorted(recorded) == sorted(id_ for ids in made.values() for id_ in ids)
    deployment.preview("--refresh", "--expect-no-changes").ok()
