"""A run of a bulk sync by the real `pulumi`: fails, is tried again, runs for each trigger."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.background import Command
from tests.engine.deployment import Deployment

PROGRAM = """
import pulumi
from polytomic_provider import BulkSync, BulkSyncRun, Connection, ConnectionReadiness
from polytomic_provider import SchemaPrimaryKeys

crm = Connection("crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"})
ready = ConnectionReadiness("ready", connection=crm, timeout="60s")
warehouse = Connection("warehouse", type="postgresql", configuration={
    "hostname": "db", "username": "u", "password": "canary", "database": "d", "port": 5432})
key = SchemaPrimaryKeys("key", connection_id=ready, schema_id="Contact", fields=["Email"])
copies = BulkSync("copies", source_connection_id=ready, destination_connection_id=warehouse,
                  destination_configuration={"schema": "crm"}, schemas=["Contact", "Lead"])
run = BulkSyncRun("first-copy", bulk_sync=copies, triggers=["TRIGGER"], tolerate=TOLERATE, MORE
                  opts=pulumi.ResourceOptions(depends_on=[key]))
pulumi.export("records", run.records)
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.1) as running:
        yield running


def _program(trigger: str, tolerate: int, more: str = "") -> str:
    text = PROGRAM.replace("TRIGGER", trigger).replace("TOLERATE", str(tolerate))
    return text.replace("MORE", more)


@pytest.mark.torture
def test_a_run_fails_is_kept_is_tried_again_and_follows_its_triggers(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(_program("a", 0))
    shown = deployment.preview().ok().text
    assert "BulkSyncRun 'first-copy': runs BulkSync 'copies' (waits at most 1h" in shown
    failed = deployment.up("--skip-preview").failed().text
    contacts = emulator.records(deployment.resource("crm")["id"], "Contact")
    errors = sum(not one["Email"] for one in contacts)
    assert f"{errors} records failed, where `tolerate` allows 0" in failed
    assert f"Contact: {errors} records failed" in failed
    assert "Email is empty: there is no primary key to write the row under" in failed
    copies = deployment.resource("copies")["id"]
    (first,) = emulator.bulk_executions(copies)
    assert deployment.resource("first-copy")["outputs"]["execution_id"] == first["id"]

    deployment.refresh().ok()
    again = deployment.preview().ok().text
    assert f"runs bulk sync {copies} again, since execution {first['id']} failed" in again
    assert len(emulator.bulk_executions(copies)) == 1, "neither a refresh nor a preview runs it"
    deployment.up("--skip-preview").failed()
    assert len(emulator.bulk_executions(copies)) == 2

    deployment.program(_program("a", 0, 'schemas=["Contcat"],'))
    refused = deployment.preview().failed().text
    assert "schemas[0]: the bulk sync does not copy 'Contcat'; did you mean 'Contact'?" in refused

    deployment.program(_program("b", errors, 'schemas=["Contact"], resync_mode="resync",'))
    shown = deployment.preview().ok().text
    assert "since triggers and schemas and resync_mode have changed (only Contact," in shown
    deployment.up("--skip-preview").ok()
    ran = emulator.bulk_executions(copies)
    assert len(ran) == 3
    assert ran[0]["request"]["resync_mode"] == "resync"
    assert deployment.outputs()["records"] == {"Contact": len(contacts)}
    deployment.preview("--refresh", "--expect-no-changes").ok()
    assert "stays in Polytomic's history" in deployment.destroy().ok().text
    assert emulator.list_stored("bulk_sync") == []


def test_ctrl_c_cancels_the_run_when_told_and_the_next_up_runs_it_again(
    deployment: Deployment, emulator: RunningEmulator
):
    emulator.behave(hold_runs=True)
    deployment.program(_program("a", 999, "cancel_on_interrupt=True,"))
    command = Command(deployment, "up", "--yes", "--skip-preview")
    command.until(lambda: "Ctrl-C cancels it" in command.text())
    command.press_ctrl_c()
    assert "was told to cancel" in command.end().failed().text
    copies = deployment.resource("copies")["id"]
    emulator.behave(hold_runs=False)
    deployment.up("--skip-preview").ok()
    assert [one["status"] for one in emulator.bulk_executions(copies)] == ["completed", "canceled"]
    deployment.preview("--expect-no-changes").ok()
