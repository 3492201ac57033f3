"""A whole pipeline as one component, by the real `pulumi`."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import NETSUITE_CONFIGURATION

PROGRAM = f"""
import pulumi
from polytomic_provider import ModelSyncPipeline
from polytomic_provider.filters import is_not_null

contacts = ModelSyncPipeline(
    "NAME",
    source={{"type": "salesforce", "configuration": {{"domain": "acme.my.salesforce.com"}}}},
    target={{"type": "netsuite", "configuration": {NETSUITE_CONFIGURATION!r}}},
    model={{"configuration": {{"table": "Contact"}}, "fields": ["Email", "FirstName", "LastName"]}},
    sync={{"mode": "updateOrCreate", "object": "contact", "identity": ("Email", "email"),
           "fields": {{"Email": "email", "LastName": "lastName"}},
           "filters": [is_not_null("LastName")]}},
    timeout="60s",
    run={{"tolerate": 20}},
    opts=pulumi.ResourceOptions(OPTIONS),
)
for name in ("auth_url", "source_connection_id", "target_connection_id", "model_id", "sync_id"):
    pulumi.export(name, getattr(contacts, name))
pulumi.export("run", contacts.first_run.status)
"""
INSIDE = ("source", "source-ready", "target", "target-ready", "model", "sync", "first-run")


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.1) as running:
        yield running


def _program(name: str, options: str = "") -> str:
    return PROGRAM.replace("NAME", name).replace("OPTIONS", options)


@pytest.mark.torture
def test_a_pipeline_is_made_runs_settles_is_renamed_and_previews_its_data(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(_program("contacts"))
    shown = deployment.preview().ok().text
    assert "SyncRun 'contacts-first-run': runs Sync 'contacts-sync'" in shown
    assert "ConnectionReadiness" in shown
    deployment.up("--skip-preview").ok()
    assert set(deployment.resources()) == {f"contacts-{name}" for name in INSIDE}
    out = deployment.outputs()
    assert out["auth_url"] == deployment.resource("contacts-source")["outputs"]["auth_url"]
    assert out["sync_id"] == deployment.resource("contacts-sync")["id"]
    assert out["source_connection_id"] == deployment.resource("contacts-source")["id"]
    assert out["target_connection_id"] == deployment.resource("contacts-target")["id"]
    assert out["run"] == "completed"
    (execution,) = emulator.executions(out["sync_id"])
    assert execution["counts"]["insert"] > 100
    deployment.preview("--refresh", "--expect-no-changes").ok()

    renamed = _program("people", 'aliases=[pulumi.Alias(name="contacts")]')
    deployment.program(renamed.replace('"LastName": "lastName"', '"FirstName": "firstName"'))
    changed = deployment.preview().ok().text
    assert "Sync 'people-sync': Sample of " in changed
    assert "Sync 'people-sync': Impact: " in changed
    deployment.up("--skip-preview").ok()
    assert deployment.outputs()["sync_id"] == out["sync_id"]
    assert len(emulator.executions(out["sync_id"])) == 1
    assert len(emulator.connections()) == 2


def test_a_pipeline_takes_connections_that_are_there(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(
        """
from polytomic_provider import Connection, ConnectionReadiness, ModelSyncPipeline

crm = Connection("crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"})
ready = ConnectionReadiness("ready", connection=crm, timeout="60s")
for number in range(2):
    ModelSyncPipeline(
        f"leads-{number}", source=ready, target=ready,
        model={"configuration": {"table": "Contact"}, "fields": ["Email", "LastName"]},
        sync={"mode": "updateOrCreate", "object": "Lead", "identity": ("Email", "Email"),
              "fields": {"Email": "Email", "LastName": "LastName"}},
    )
"""
    )
    assert sorted(deployment.resources()) == sorted(
        ["crm", "ready"]
        + [f"leads-{number}-{part}" for number in range(2) for part in ("model", "sync")]
    )
    deployment.preview("--refresh", "--expect-no-changes").ok()
