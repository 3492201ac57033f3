"""Whole resources as outputs of a stack."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

PROGRAM = """
import pulumi
from polytomic_provider import Connection, ConnectionReadiness, Model

crm = Connection("crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"})
ready = ConnectionReadiness("ready", connection=crm, timeout="60s")
query = pulumi.Output.secret("SELECT Id, Email FROM Contact WHERE LastName = 'canary-name'")
people = Model("people", connection_id=ready, configuration={"query": query})
for resource in (crm, ready, people):
    pulumi.export(resource._name, resource)
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


@pytest.mark.torture
def test_exported_resources_settle_and_show_no_secret(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(PROGRAM)
    assert "declared" not in deployment.preview("--save-plan", "plan.json").ok().text
    deployment.up("--skip-preview").ok()
    shown = deployment.preview("--expect-no-changes").ok().text
    assert "declared" not in shown
    assert deployment.outputs()["people"]["id"] == emulator.models()[0]["id"]
