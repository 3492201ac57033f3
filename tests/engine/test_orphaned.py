"""A provider ends when its engine is gone."""

import os
import signal
import sys
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.waiting import until
from tests.engine.deployment import Deployment
from tests.engine.hosts import ON_EACH_HOST
from tests.faults.victims import Victims

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the processes are found in Linux's /proc"
)
WAITING = """
    from polytomic_provider import Connection, ConnectionReadiness

    salesforce = Connection(
        "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
    )
    ConnectionReadiness("ready", connection=salesforce)
"""


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@ON_EACH_HOST
def test_a_provider_whose_engine_was_killed_sends_nothing_more_and_ends(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(WAITING)
    process = deployment.start("up", "--yes", "--skip-preview")
    until(lambda: any("/api/connections/" in one["path"] for one in emulator.requests()), 60)
    providers = Victims.of(process.pid).providers
    os.kill(process.pid, signal.SIGKILL)
    process.wait(30)
    until(lambda: not any(map(_runs, providers)), 60)
    sent = len(emulator.requests())
    deployment.pulumi("cancel", "--yes").ok()
    assert len(emulator.requests()) == sent
