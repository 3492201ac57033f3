"""A run of a sync by the real `pulumi`: it fails, is tried again, and runs for each trigger."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

PROGRAM = """
import pulumi
from polytomic_provider import Connection, ConnectionReadiness, Model, Sync, SyncRun
from polytomic_provider.filters import is_not_null

crm = Connection("crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"})
ready = ConnectionReadiness("ready", connection=crm, timeout="60s")
contacts = Model("contacts", connection_id=ready, configuration={"table": "Contact"},
                 fields=["Email", "LastName"])
sync = Sync("contacts-to-leads", model=contacts, mode="updateOrCreate",
            target={"connection_id": ready, "object": "Lead"}, identity=("Email", "Email"),
            fields={"Email": "Email", "LastName": "LastName"},
            override_fields={"Company": "Acme"}, filters=[is_not_null("LastName")])
run = SyncRun("first-run", sync=sync, triggers=["TRIGGER"], tolerate=TOLERATE)
pulumi.export("sync", sync.id)
pulumi.export("counts", run.counts)
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.1) as running:
        yield running


def _program(trigger: str, tolerate: int) -> str:
    return PROGRAM.replace("TRIGGER", trigger).replace("TOLERATE", str(tolerate))


@pytest.mark.torture
def test_a_run_fails_is_kept_is_tried_again_and_follows_its_triggers(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(_program("a", 0))
    shown = deployment.preview().ok().text
    assert "SyncRun 'first-run': runs Sync 'contacts-to-leads' (waits at most 1h" in shown
    failed = deployment.up("--skip-preview").failed().text
    assert "18 records failed, where `tolerate` allows 0" in failed
    assert "Email is empty: there is no identity to match records by" in failed
    assert "first-run" in deployment.resources()
    sync = deployment.resource("contacts-to-leads")["id"]
    (first,) = emulator.executions(sync)
    assert deployment.resource("first-run")["outputs"]["execution_id"] == first["id"]

    deployment.refresh().ok()
    again = deployment.preview().ok().text
    assert f"runs sync {sync} again, since execution {first['id']} failed" in again
    assert len(emulator.executions(sync)) == 1, "neither a refresh nor a preview runs anything"
    deployment.up("--skip-preview").failed()
    assert len(emulator.executions(sync)) == 2

    deployment.program(_program("b", 20))
    assert "since triggers changed" in deployment.preview().ok().text
    deployment.up("--skip-preview").ok()
    assert len(emulator.executions(sync)) == 3
    assert deployment.outputs()["counts"] == emulator.executions(sync)[0]["counts"]
    deployment.preview("--refresh", "--expect-no-changes").ok()
    assert "stays in Polytomic's history" in deployment.destroy().ok().text
    assert emulator.control("GET", "syncs") == []
