"""A key, an address or a server that is not the one of the stack loses nothing."""

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import SALESFORCE

COMMANDS = ("refresh", "destroy")


def _fails_and_keeps(deployment: Deployment, **environment: str) -> str:
    texts: list[str] = []
    deployment.program(SALESFORCE.replace('type="salesforce"', 'name="New", type="salesforce"'))
    for command in COMMANDS:
        run = getattr(deployment, command)(
            *(["--skip-preview"] if command == "up" else []), environment=environment
        ).failed()
        assert "Traceback" not in run.text
        texts.append(run.text)
        assert deployment.resources() == ["salesforce"]
    return "\n".join(texts)


def test_the_key_of_another_workspace_changes_nothing_and_both_are_named(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    other = emulator.workspace("Another customer")
    text = _fails_and_keeps(deployment, POLYTOMIC_API_KEY=other["api_key"])
    assert emulator.organization_id in text
    assert other["organization_id"] in text
    assert "polytomic:allowWorkspaceChange" in text
    assert "--refresh=false" in text
    run = deployment.up("--skip-preview", environment={"POLYTOMIC_API_KEY": other["api_key"]})
    assert emulator.organization_id in run.failed().text
    assert [made["name"] for made in emulator.connections()] == ["salesforce"]


@pytest.mark.torture
def test_a_wrong_key_changes_nothing(deployment: Deployment, emulator: RunningEmulator):
    deployment.deploy(SALESFORCE)
    text = _fails_and_keeps(deployment, POLYTOMIC_API_KEY="canary-wrong-key")
    assert "401" in text
    assert [made["name"] for made in emulator.connections()] == ["salesforce"]


@pytest.mark.torture
def test_another_server_under_the_stack_changes_nothing(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    with RunningEmulator(api_key=emulator.api_key) as other:
        text = _fails_and_keeps(deployment, POLYTOMIC_DEPLOYMENT_URL=other.url)
        assert other.organization_id in text


@pytest.mark.torture
def test_a_reset_server_reads_as_another_workspace_not_as_empty(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    emulator.reset()
    _fails_and_keeps(deployment)


@pytest.mark.torture
def test_a_stack_moves_to_another_workspace_on_purpose(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    emulator.reset()
    deployment.pulumi("config", "set", "polytomic:allowWorkspaceChange", "true").ok()
    deployment.deploy(SALESFORCE)  # a refresh alone would not see the setting
    deployment.up("--refresh", "--skip-preview").ok()
    assert [made["id"] for made in emulator.connections()] == [deployment.outputs()["id"]]
    deployment.pulumi("config", "rm", "polytomic:allowWorkspaceChange").ok()
    deployment.up("--skip-preview").ok()
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.parametrize(
    "status",
    [503, *(pytest.param(status, marks=pytest.mark.torture) for status in (401, 403, 500))],
)
@pytest.mark.torture
def test_an_error_never_reads_as_deleted(
    deployment: Deployment, emulator: RunningEmulator, status: int
):
    deployment.pulumi("config", "set", "polytomic:operationTimeout", "1s").ok()
    deployment.deploy(SALESFORCE)
    emulator.fail(kind="status", status=status, method="GET", path="^/api/connections/", times=99)
    deployment.refresh().failed()
    assert deployment.resources() == ["salesforce"]


@pytest.mark.torture
def test_a_key_changed_in_the_stack_reaches_a_refresh_as_the_error_says(
    deployment: Deployment, emulator: RunningEmulator
):
    environment = {"POLYTOMIC_API_KEY": "", "POLYTOMIC_DEPLOYMENT_URL": emulator.url}
    deployment.pulumi("config", "set", "--secret", "polytomic:apiKey", emulator.api_key).ok()
    deployment.deploy(SALESFORCE, environment=environment)
    emulator.control("POST", "keys/rotate")
    rotated = emulator.api_key
    deployment.pulumi("config", "set", "--secret", "polytomic:apiKey", rotated).ok()
    shown = deployment.refresh(environment=environment).failed().text
    assert "pulumi up --refresh=false" in shown
    deployment.up("--skip-preview", "--refresh=false", environment=environment).ok()
    deployment.refresh(environment=environment).ok()
    deployment.preview("--refresh", "--expect-no-changes", environment=environment).ok()
