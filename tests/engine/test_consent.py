"""A connection that waits for consent: what a person is told, and where."""

from polytomic_provider.emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import SALESFORCE

WITHOUT_GATE = (
    SALESFORCE
    + """
from polytomic_provider import Model

Model("contacts", connection_id=salesforce, configuration={"table": "Contact"}, fields=["Email"])
"""
)


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
