"""`polytomic doctor` says what is fine and what to do, whatever is wrong, and never the key."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from polytomic_emulator import RunningEmulator
from polytomic_provider.cli.checks.environment import LOWEST_ENGINE
from tests.cli.command import Done, environment, polytomic
from tests.cli.on_terminal import on_terminal
from tests.emulator.pipelines import Pipeline, connect
from tests.engine.deployment import ENGINE, Deployment
from tools.engine.release import Version, minimum_version

ON_PATH = {"PATH": f"{ENGINE}:/usr/bin:/bin"}


def doctor(*arguments: str, **options: Any) -> Done:
    options["variables"] = {**ON_PATH, **options.get("variables", {})}
    done = polytomic("doctor", *arguments, **options)
    assert "canary" not in done.output + done.errors
    return done


def _states(done: Done) -> dict[str, str]:
    return {one["check"]: one["state"] for one in done.json()["findings"]}


def _to_fix(done: Done) -> list[dict[str, str]]:
    return [one for one in done.json()["findings"] if one["state"] == "fix"]


def test_a_workspace_in_order_is_fine(emulator: RunningEmulator, made: Pipeline, tmp_path: Path):
    sync = made.sync(active=True)
    emulator.run_sync(sync.id)
    told = doctor("--json", emulator=emulator, folder=tmp_path)
    assert told.code == 0, told.output
    found = {one["check"]: one["found"] for one in told.json()["findings"]}
    assert told.json()["fine"] is True
    assert set(_states(told).values()) <= {"ok", "note"}
    assert found["Key"] == "apiKey from environment POLYTOMIC_API_KEY"
    assert found["Address"] == f"{emulator.url} (environment POLYTOMIC_DEPLOYMENT_URL)"
    assert emulator.organization_id in found["Workspace"]
    assert found["Connections"] == "2 of 2 healthy"
    assert found["Schema caches"] == "2 of 2 ready"
    assert "1 active syncs" in found["Last runs"]


def test_what_is_broken_is_named_with_what_to_do(
    emulator: RunningEmulator, made: Pipeline, tmp_path: Path
):
    failing = made.sync(active=True)
    emulator.start_execution(failing.id)
    emulator.finish_execution(failing.id, status="failed")
    waiting = made.client.connections.create(
        name="Not yet", type="salesforce", configuration={"domain": "x.my.salesforce.com"}
    ).data.id
    emulator.break_connection(made.netsuite, status_error="the token was revoked")
    told = doctor("--json", emulator=emulator, folder=tmp_path)
    assert told.code == 1
    by_check = {(one["check"], one["to_fix"]): one["found"] for one in _to_fix(told)}
    assert waiting in by_check["Connection", "polytomic consent"]
    assert failing.id in by_check["Run", f"polytomic logs {failing.id}"]
    (broken,) = (one for one in _to_fix(told) if made.netsuite in one["found"])
    assert "the token was revoked" in broken["found"]
    assert "`reconnect`" in broken["to_fix"]
    assert len(by_check) == 3
    plain = doctor(emulator=emulator, folder=tmp_path, variables={"COLUMNS": "80"})
    assert plain.code == 1
    assert plain.output.endswith("3 to fix.\n")
    assert "\x1b" not in plain.output
    assert [line for line in plain.output.splitlines() if len(line) > 80] == []


def test_a_schema_cache_that_is_not_ready_is_a_note(emulator: RunningEmulator, made: Pipeline):
    emulator.hold_schema(made.salesforce)
    told = doctor("--json", "--no-stack", emulator=emulator)
    assert told.code == 0
    (note,) = (one for one in told.json()["findings"] if one["check"] == "Schema")
    assert note["state"] == "note"
    assert made.salesforce in note["found"]


def test_a_wrong_key_is_an_answer_and_is_not_shown(emulator: RunningEmulator, tmp_path: Path):
    wrong = {"POLYTOMIC_API_KEY": "canary-of-a-wrong-key"}
    told = doctor("--json", emulator=emulator, folder=tmp_path, variables=wrong)
    assert told.code == 1
    (found,) = _to_fix(told)
    assert found["check"] == "Workspace"
    assert "401" in found["found"]
    assert "POLYTOMIC_API_KEY" in found["to_fix"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "https://no-such-host.invalid"])
def test_without_a_network_it_ends_soon_and_says_so(address: str, tmp_path: Path):
    variables = {"POLYTOMIC_DEPLOYMENT_URL": address, "POLYTOMIC_API_KEY": "canary-api-key"}
    told = doctor("--json", folder=tmp_path, variables=variables)
    assert told.code == 1
    (found,) = _to_fix(told)
    assert found["check"] == "Workspace"
    assert "POLYTOMIC_DEPLOYMENT_URL" in found["to_fix"]


def test_without_a_key_it_lists_every_place(tmp_path: Path):
    told = doctor("--json", folder=tmp_path)
    assert told.code == 1
    (found,) = _to_fix(told)
    assert found["check"] == "Settings"
    assert "environment POLYTOMIC_API_KEY" in found["found"]


def test_without_an_engine_it_says_where_to_get_one(emulator: RunningEmulator, tmp_path: Path):
    told = doctor("--json", emulator=emulator, folder=tmp_path, variables={"PATH": "/nowhere"})
    assert told.code == 1
    assert [one["check"] for one in _to_fix(told)] == ["Pulumi engine"]
    assert minimum_version() == Version.parse(LOWEST_ENGINE)


def test_a_clock_that_is_wrong_is_named(emulator: RunningEmulator, tmp_path: Path):
    emulator.advance_clock(3600)
    told = doctor("--json", emulator=emulator, folder=tmp_path)
    (found,) = _to_fix(told)
    assert found["check"] == "Clock"
    assert re.fullmatch(r"3[56]\d\d s behind Polytomic's", found["found"])


def test_the_stacks_configuration_wins_and_a_key_in_clear_is_named(
    emulator: RunningEmulator, tmp_path: Path
):
    deployment = Deployment(tmp_path).create()
    project = tmp_path / "project"
    deployment.pulumi("config", "set", "--secret", "polytomic:apiKey", emulator.api_key).ok()
    deployment.pulumi("config", "set", "polytomic:url", emulator.url).ok()
    deployment.pulumi("config", "set", "polytomic:workers", "8").ok()
    variables = {**deployment.environ(), "POLYTOMIC_API_KEY": "canary-of-another-workspace"}
    told = doctor("--json", folder=project, variables=variables)
    found = {one["check"]: one["found"] for one in told.json()["findings"]}
    assert told.code == 0, told.output
    assert found["Stack"] == "dev"
    assert found["Key"] == "apiKey from stack configuration polytomic:apiKey"
    assert found["Setting"] == "workers 8 (stack configuration polytomic:workers)"
    assert "`refresh: always`" in found["Project"]
    locked = {**variables, "PULUMI_CONFIG_PASSPHRASE": "wrong"}
    refused = doctor("--json", folder=project, variables=locked)
    assert [one["check"] for one in _to_fix(refused)] == ["Stack"]
    other = doctor("--json", "--no-stack", emulator=emulator, folder=project)
    assert other.code == 0
    file = project / "Pulumi.dev.yaml"
    stack = yaml.safe_load(file.read_text())
    stack["config"]["polytomic:apiKey"] = emulator.api_key
    file.write_text(yaml.safe_dump(stack))
    clear = doctor("--json", folder=project, variables=variables)
    assert "stands in clear" in _to_fix(clear)[0]["found"]
    file.unlink()  # a key stood there in clear


def test_colours_are_for_terminals_without_no_color(emulator: RunningEmulator, made: Pipeline):
    connect(emulator, made.client, "hubspot")
    variables = environment(emulator, **ON_PATH)
    code, written = on_terminal("doctor", "--no-stack", environment=variables)
    assert code == 0, written
    assert "\x1b[32mok" in written
    code, plain = on_terminal("doctor", "--no-stack", environment={**variables, "NO_COLOR": "1"})
    assert "\x1b[3" not in plain
    assert [line for line in plain.splitlines() if len(line) > 80] == []
