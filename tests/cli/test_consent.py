"""`polytomic consent` finds who waits, and the addresses that the stack's state has."""

import subprocess
from pathlib import Path

from polytomic_emulator import RunningEmulator
from tests.cli.command import COMMAND, environment, polytomic
from tests.emulator.pipelines import Pipeline
from tests.emulator.waiting import until
from tests.engine.deployment import Deployment
from tests.engine.programs import SALESFORCE


def _waiting(made: Pipeline) -> str:
    return made.client.connections.create(
        name="Not yet", type="salesforce", configuration={"domain": "x.my.salesforce.com"}
    ).data.id


def test_none_waits(emulator: RunningEmulator, made: Pipeline):
    told = polytomic("consent", "--no-stack", emulator=emulator).ok()
    assert told.output == "No connection waits for consent.\n"


def test_an_address_that_is_not_known_can_be_made(emulator: RunningEmulator, made: Pipeline):
    id_ = _waiting(made)
    told = polytomic("consent", "--no-stack", "--json", emulator=emulator)
    assert told.code == 1
    assert told.json() == [{"id": id_, "name": "Not yet", "type": "salesforce", "address": None}]
    plain = polytomic("consent", "--no-stack", emulator=emulator)
    assert "To fix: polytomic consent --link" in plain.output
    linked = polytomic("consent", "--no-stack", "--link", "--json", emulator=emulator)
    assert linked.json()[0]["address"].startswith(f"{emulator.url}/connect/")


def test_watching_ends_when_the_last_consent_is_given(emulator: RunningEmulator, made: Pipeline):
    id_ = _waiting(made)
    watching = subprocess.Popen(
        [COMMAND, "consent", "--watch", "--no-stack"],
        env=environment(emulator),
        stdout=subprocess.PIPE,
        text=True,
    )
    until(lambda: len(emulator.requests("GET", "/api/connections")) > 1, 60)
    emulator.authorize(id_)
    printed, _ = watching.communicate(timeout=60)
    assert watching.returncode == 0
    assert printed.splitlines()[-1] == "Not yet (salesforce) has consent."


def test_the_address_comes_from_the_state_and_opens_in_a_browser(tmp_path: Path):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    with RunningEmulator() as emulator:
        leads = {"POLYTOMIC_DEPLOYMENT_URL": emulator.url, "POLYTOMIC_API_KEY": emulator.api_key}
        deployment = Deployment(tmp_path, leads).create()
        deployment.deploy(SALESFORCE)
        address = deployment.outputs()["auth_url"]
        told = polytomic(
            "consent",
            "--open",
            folder=tmp_path / "project",
            variables={**deployment.environ(), "BROWSER": f"{browser} %s"},
        )
    assert told.code == 1
    assert told.output.splitlines() == [
        "salesforce (salesforce) waits for consent:",
        f"  {address}",
    ]
    assert (tmp_path / "opened").read_text().strip() == address
