"""Objects of one program that name each other by ids as text, so that Pulumi sees no dependency."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

SOURCE = """
import pulumi
from polytomic_provider import Connection, ConnectionReadiness, Model, Sync

crm = Connection("crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"})
ready = ConnectionReadiness("ready", connection=crm, timeout="30s", triggers=[crm.auth_url])
contacts = Model(
    "contacts", connection_id=ready, configuration={"table": "Contact"},
    fields=["Id", "Email", "LastName"],
)
pulumi.export("model", contacts.id)
pulumi.export("connection", crm.id)
"""
SYNC = """
Sync(
    "sync", model={model}, mode="updateOrCreate",
    target={{"connection_id": {connection}, "object": "Lead"}},
    identity=("Email", "Email"), fields={{"Email": "Email", "LastName": "LastName"}},
)
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    """Connections that somebody has consented to."""
    with RunningEmulator(consent_after=0.1) as running:
        yield running


def _deploy_with_a_sync(deployment: Deployment) -> None:
    deployment.deploy(SOURCE)
    made = deployment.outputs()
    sync = SYNC.format(model=repr(made["model"]), connection="crm")
    deployment.deploy(SOURCE + sync)


@pytest.mark.torture
@pytest.mark.parametrize("way_out", ["refresh", "reference"])
def test_a_model_whose_sync_names_it_by_text_is_not_deleted_before_it_and_the_way_out_works(
    deployment: Deployment, emulator: RunningEmulator, way_out: str
):
    _deploy_with_a_sync(deployment)
    run = deployment.destroy().failed()
    assert (
        "was not deleted: it is read by syncs that are not known to be this program's" in run.text
    )
    assert "run with `--refresh`, which shows whose they are, or write `model=<the Model>`" in (
        " ".join(run.text.split())
    )
    assert len(emulator.models()) == len(emulator.syncs()) == 1

    if way_out == "refresh":
        deployment.destroy("--refresh").ok()
    else:
        deployment.deploy(SOURCE + SYNC.format(model="contacts", connection="crm"))
        deployment.destroy().ok()
    assert emulator.models() == emulator.syncs() == emulator.connections() == []


@pytest.mark.torture
def test_a_connection_that_a_model_names_by_text_is_destroyed_by_the_second_run_at_the_latest(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SOURCE)
    connection = deployment.outputs()["connection"]
    deployment.deploy(
        f'{SOURCE}\nModel("leads", connection_id={connection!r}, configuration={{"table": "Lead"}})'
    )
    first = deployment.destroy()
    if first.code:
        assert "connection in use; used by model 'leads'" in first.text
        assert "by its id as text may go after it: run again" in " ".join(first.text.split())
        deployment.destroy().ok()
    assert emulator.models() == emulator.connections() == []
