"""What is done to Pulumi's own host for dynamic resources: more lanes, messages on rows."""

from datetime import datetime

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.hosts import ON_EACH_HOST
from tests.engine.programs import SALESFORCE

FORTY = """
    from polytomic_provider import Connection

    for number in range(40):
        Connection(
            f"crm-{number}", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
        )
"""


def _most_at_once(emulator: RunningEmulator, method: str) -> int:
    asked = [one for one in emulator.requests(method) if one["path"].startswith("/api/connections")]
    spans = [
        (datetime.fromisoformat(one["started"]), datetime.fromisoformat(one["finished"]))
        for one in asked
    ]
    return max(sum(begun <= at < ended for begun, ended in spans) for at, _ in spans)


@ON_EACH_HOST
def test_more_than_four_resources_are_served_at_once(
    deployment: Deployment, emulator: RunningEmulator
):
    path = "^/api/connections"
    emulator.control("POST", "latency", {"milliseconds": 1500, "path": path, "method": "POST"})
    deployment.program(FORTY)
    deployment.up("--skip-preview", "--parallel", "64").ok()
    assert _most_at_once(emulator, "POST") > 8

    # The engine sends all of these before the first of them has raised the number of lanes.
    emulator.control("POST", "latency", {"milliseconds": 1500, "path": path, "method": "DELETE"})
    deployment.destroy("--parallel", "64").ok()
    assert _most_at_once(emulator, "DELETE") > 8


@pytest.mark.torture
def test_the_host_is_left_alone_when_told(deployment: Deployment, emulator: RunningEmulator):
    emulator.control("POST", "latency", {"milliseconds": 300, "path": "^/api/connections$"})
    deployment.pulumi("config", "set", "polytomic:workers", "0").ok()
    deployment.program(FORTY)
    deployment.up("--skip-preview", "--parallel", "16").ok()
    assert _most_at_once(emulator, "POST") <= 4


@ON_EACH_HOST
def test_a_wait_between_two_attempts_is_said_on_the_resources_row(
    deployment: Deployment, emulator: RunningEmulator
):
    emulator.fail(kind="status", status=503, method="POST", path="^/api/connections$", times=1)
    run = deployment.deploy(SALESFORCE)
    assert "Connection salesforce creating" in run.text
    row = [line for line in run.text.splitlines() if "trying again in" in line]
    assert row
    assert all("Connection salesforce" in line for line in row)
