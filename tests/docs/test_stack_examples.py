"""Each program of `stacks/examples` lands rows, and its second preview is empty."""

import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import ROOT, Deployment

EXAMPLES = sorted(path.parent for path in (ROOT / "stacks" / "examples").glob("*/__main__.py"))
IN_THE_PLAIN_RUN = {"salesforce_to_snowflake"}


def _marked(example: Path) -> Any:
    marks = () if example.name in IN_THE_PLAIN_RUN else (pytest.mark.torture,)
    return pytest.param(example, id=example.name, marks=marks)


def _deployment(example: Path, folder: Path, emulator: RunningEmulator) -> Deployment:
    """A stack of the example as it stands, but for the Python that runs it."""
    project = yaml.safe_load((example / "Pulumi.yaml").read_text(encoding="utf-8"))
    runtime = {"name": "python", "options": {"virtualenv": sys.prefix}}
    environment = {
        "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
        "POLYTOMIC_API_KEY": emulator.api_key,
    }
    text = yaml.safe_dump({**project, "runtime": runtime})
    deployment = Deployment(folder, environment).create(text)
    for key, value in project["config"].items():
        if value.get("secret"):
            deployment.pulumi("config", "set", "--secret", key, "made-up").ok()
    deployment.program((example / "__main__.py").read_text(encoding="utf-8"))
    return deployment


def _connect_a_customers_system(emulator: RunningEmulator, deployment: Deployment) -> None:
    """What the customer does on the page, and who runs the stack afterwards."""
    before = {one["id"] for one in emulator.connections()}
    shown = deployment.pulumi("stack", "output", "--show-secrets", "connect_url").ok().text
    answers = {"type": "salesforce", "domain": "customer.my.salesforce.com"}
    consent = httpx.post(shown.strip(), data=answers).headers["location"]
    httpx.post(f"{emulator.url}{consent}", data={"decision": "allow"})
    (made,) = {one["id"] for one in emulator.connections()} - before
    deployment.pulumi("config", "set", "customerConnection", made).ok()


def _run(emulator: RunningEmulator, sync: str) -> dict[str, Any]:
    """The end of a sync's run: one that another sync has started, or one of its own."""
    for run in emulator.executions(sync):
        return emulator.end_of(run["id"])
    return emulator.run_sync(sync)


@pytest.mark.parametrize("example", [_marked(one) for one in EXAMPLES])
def test_an_example_lands_rows_and_then_has_nothing_to_do(tmp_path: Path, example: Path) -> None:
    with RunningEmulator(consent_after=0.2) as emulator:
        deployment = _deployment(example, tmp_path, emulator)
        deployment.up("--skip-preview").ok()
        if "connect_url" in deployment.outputs():
            _connect_a_customers_system(emulator, deployment)
            deployment.up("--skip-preview").ok()
        deployment.preview("--expect-no-changes").ok()
        outputs = deployment.outputs()
        assert "sync_ids" in outputs or "bulk_sync_ids" in outputs
        for sync in outputs.get("bulk_sync_ids", []):
            copied = emulator.run_bulk_sync(sync)
            assert copied["status"] == "completed"
            assert all(one["record_count"] > 0 for one in copied["schemas"])
        for sync in outputs.get("sync_ids", []):
            run = _run(emulator, sync)
            assert run["status"] == "completed"
            assert run["counts"]["error"] == 0, emulator.results(run["id"], status="failed")
            assert run["counts"]["insert"] + run["counts"]["update"] > 0


def test_every_example_says_what_it_is_and_which_values_it_takes() -> None:
    for example in EXAMPLES:
        project = yaml.safe_load((example / "Pulumi.yaml").read_text(encoding="utf-8"))
        program = (example / "__main__.py").read_text(encoding="utf-8")
        assert program.startswith('"""')
        assert project["description"]
        assert project["options"] == {"refresh": "always"}
        unread = [key for key in project["config"] if f'"{key}"' not in program]
        assert unread == []
