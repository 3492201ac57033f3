"""An object that was made and could not be finished is kept, and finished by the next `up`."""

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.hosts import ON_EACH_HOST
from tests.engine.programs import SALESFORCE

WITH_A_SECRET = SALESFORCE.replace(
    '"domain": "acme.my.salesforce.com"',
    '"domain": "acme.my.salesforce.com", "client_id": "acme", "client_secret": "canary-secret"',
)


@ON_EACH_HOST
def test_a_connection_without_its_consent_address_is_recorded_and_finished_by_the_next_up(
    deployment: Deployment, emulator: RunningEmulator
):
    emulator.behave(idempotency_keys="off")
    emulator.fail(kind="drop", when="after", method="POST", path="^/api/connections$", times=1)
    emulator.fail(kind="status", status=422, method="PUT", times=1)
    deployment.program(WITH_A_SECRET)
    run = deployment.up("--skip-preview").failed()
    (made,) = emulator.connections()
    assert f"connection 'salesforce' ({made['id']}) was made, but not finished" in run.text
    kept = deployment.resource("salesforce")
    assert kept["id"] == made["id"]
    assert kept["outputs"]["__unfinished"] is True
    assert kept["initErrors"]

    deployment.up("--skip-preview").ok()
    assert [one["id"] for one in emulator.connections()] == [made["id"]]
    assert deployment.outputs()["auth_url"].startswith(emulator.url)
    finished = deployment.resource("salesforce")
    assert "initErrors" not in finished
    assert "__unfinished" not in finished["outputs"]
    deployment.preview("--refresh", "--expect-no-changes").ok()
