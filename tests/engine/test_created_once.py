"""One remote object per declared resource, whatever happens on the way (DESIGN's four laws)."""

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import NETSUITE_CONFIGURATION, SALESFORCE, connection


def _forget(deployment: Deployment, resource: str = "salesforce") -> None:
    """Lose the record of a success, as a kill between reply and state does."""
    urn = deployment.resource(resource)["urn"]
    deployment.pulumi("state", "delete", urn, "--yes").ok()


def _ids(emulator: RunningEmulator) -> list[str]:
    return [made["id"] for made in emulator.connections()]


def test_a_success_that_was_never_recorded_is_found_again(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    first = deployment.outputs()
    _forget(deployment)
    deployment.up("--skip-preview").ok()
    assert deployment.outputs() == first
    assert _ids(emulator) == [first["id"]]
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        ("drop", "after"),
        pytest.param("drop", "before", marks=pytest.mark.torture),
        pytest.param("truncate", "after", marks=pytest.mark.torture),
    ],
)
def test_a_reply_that_is_lost_makes_no_second_connection(
    deployment: Deployment, emulator: RunningEmulator, kind: str, when: str
):
    emulator.fail(kind=kind, when=when, method="POST", path="^/api/connections$", times=1)
    deployment.deploy(SALESFORCE)
    assert _ids(emulator) == [deployment.outputs()["id"]]


@pytest.mark.parametrize("when", ["after", pytest.param("before", marks=pytest.mark.torture)])
@pytest.mark.torture
def test_a_500_before_or_after_the_change_makes_one_connection(
    deployment: Deployment, emulator: RunningEmulator, when: str
):
    emulator.fail(
        kind="status", status=500, when=when, method="POST", path="^/api/connections$", times=1
    )
    deployment.deploy(SALESFORCE)
    outputs = deployment.outputs()
    assert _ids(emulator) == [outputs["id"]]
    assert outputs["auth_url"].startswith(emulator.url)


@pytest.mark.torture
def test_a_recorded_failure_does_not_stick(deployment: Deployment, emulator: RunningEmulator):
    bad = {**NETSUITE_CONFIGURATION, "token": "canary-invalid"}
    deployment.program(connection(configuration=bad))
    run = deployment.up("--skip-preview").failed()
    assert "Traceback" not in run.text
    assert _ids(emulator) == []

    deployment.up("--skip-preview").failed()
    deployment.deploy(connection(configuration=bad, validate=False))
    made = deployment.outputs()["id"]
    deployment.deploy(connection())
    assert _ids(emulator) == [made]


@pytest.mark.torture
def test_a_failure_outside_can_be_mended_outside(deployment: Deployment, emulator: RunningEmulator):
    emulator.fail(kind="status", status=422, method="POST", path="^/api/connections$", times=99)
    deployment.program(SALESFORCE)
    deployment.up("--skip-preview").failed()
    emulator.clear_faults()
    deployment.up("--skip-preview").ok()
    assert _ids(emulator) == [deployment.outputs()["id"]]


@pytest.mark.torture
def test_destroy_and_up_within_the_keys_life_make_a_new_connection(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    first = deployment.outputs()["id"]
    deployment.destroy().ok()
    deployment.deploy(SALESFORCE)
    second = deployment.outputs()["id"]
    assert second != first
    assert _ids(emulator) == [second]
    _forget(deployment)
    deployment.up("--skip-preview").ok()
    assert _ids(emulator) == [second]


@pytest.mark.torture
def test_beyond_the_keys_life_the_same_thing_is_named_and_not_doubled(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    _forget(deployment)
    emulator.advance_clock(25 * 3600)
    run = deployment.up("--skip-preview").failed()
    assert made in run.text
    assert run.text.index("aliases") < run.text.index("another name")
    assert _ids(emulator) == [made]


@pytest.mark.torture
def test_a_server_without_idempotency_keys_gets_no_duplicate_either(
    deployment: Deployment, emulator: RunningEmulator
):
    emulator.behave(idempotency_keys="off")
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    _forget(deployment)
    assert made in deployment.up("--skip-preview").failed().text
    assert _ids(emulator) == [made]


@pytest.mark.torture
def test_two_resources_that_would_be_one_thing_are_named_by_the_preview(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(
        SALESFORCE + SALESFORCE.replace('"salesforce", type', '"b", name="salesforce", type')
    )
    run = deployment.up().failed()
    assert (
        "Connection 'b': connection 'salesforce' belongs to the resource 'salesforce'" in run.text
    )
    assert "1 resource has problems, 1 in all" in run.text
    assert deployment.up("--skip-preview").failed().text.count("another name") == 1
    assert len(_ids(emulator)) == 1


@pytest.mark.torture
def test_a_connection_that_a_person_made_is_not_taken_over(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE.replace('"salesforce", type', '"other", name="Shared", type'))
    made = deployment.outputs()["id"]
    deployment.program(SALESFORCE.replace('type="s', 'name="Shared", type="s'))
    run = deployment.up("--skip-preview").failed()
    assert made in run.text
    assert made in _ids(emulator)
