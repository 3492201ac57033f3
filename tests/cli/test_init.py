"""`polytomic init` writes a project that runs as it is, by the commands that it prints."""

import os
import re
import signal
import subprocess
from pathlib import Path

import httpx
import yaml

from tests.cli.command import COMMAND, environment, polytomic
from tests.engine.deployment import ENGINE
from tests.setup.ports import any_port


def _commands(output: str) -> tuple[list[str], list[str]]:
    """The two lists of commands that are printed: for the emulator, for Polytomic."""
    trial, real = output.split("Then with Polytomic")
    return re.findall(r"^  (.+)$", trial, re.MULTILINE), re.findall(r"^  (.+)$", real, re.MULTILINE)


def test_its_commands_land_rows_and_leave_an_empty_preview(tmp_path: Path) -> None:
    told = polytomic("init", "my pipeline", folder=tmp_path).ok()
    commands, _ = _commands(told.output)
    port = str(any_port())
    script = "\n".join(
        [
            "set -e",
            *(line.replace("8080", port) for line in commands),
            "pulumi preview --expect-no-changes",
            "pulumi stack output sync_id > sync_id",
        ]
    )
    path = os.pathsep.join((str(ENGINE), str(Path(COMMAND).parent), os.environ["PATH"]))
    variables = {
        "PATH": path,
        "HOME": str(tmp_path),
        "PULUMI_HOME": str(tmp_path / "home"),
        "POLYTOMIC_EMULATOR_TOKEN": "a token for tests",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }
    with (tmp_path / "output.txt").open("wb") as output:
        shell = subprocess.Popen(
            ["sh", "-c", script],
            cwd=tmp_path,
            env=environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        code = shell.wait(240)
        written = (tmp_path / "output.txt").read_text()
        assert code == 0, written
        sync = (tmp_path / "my pipeline" / "sync_id").read_text().strip()
        token = {"X-Emulator-Token": "a token for tests"}
        looked = f"http://127.0.0.1:{port}/emulator/syncs/{sync}/executions"
        runs = httpx.get(looked, headers=token).json()
        assert [one["status"] for one in runs] == ["completed"]
        assert runs[0]["counts"]["insert"] > 0
        assert runs[0]["counts"]["error"] == 0
    finally:
        os.killpg(shell.pid, signal.SIGTERM)


def test_no_file_holds_a_key_and_pulumi_looks_for_changes(tmp_path: Path) -> None:
    told = polytomic("init", ".", "--stack", "live", "--json", folder=tmp_path).ok().json()
    assert sorted(told["files"]) == sorted(path.name for path in tmp_path.iterdir())
    project = yaml.safe_load((tmp_path / "Pulumi.yaml").read_text())
    assert project["options"] == {"refresh": "always"}
    for stack in ("live", "trial"):
        values = yaml.safe_load((tmp_path / f"Pulumi.{stack}.yaml").read_text())["config"]
        assert not any(key.startswith("polytomic:") or "assword" in key for key in values)
        secret = {key for key, one in project["config"].items() if one.get("secret")}
        assert {key.split(":")[1] for key in values} | secret == set(project["config"])
    assert "pulumi stack init live" in told["deploy"]
    assert ".venv/" in (tmp_path / ".gitignore").read_text()


def test_a_virtual_environment_that_is_there_runs_the_program(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    polytomic("init", folder=tmp_path).ok()
    project = yaml.safe_load((tmp_path / "Pulumi.yaml").read_text())
    assert project["runtime"] == {"name": "python", "options": {"virtualenv": ".venv"}}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text("mine")
    refused = polytomic("init", folder=tmp_path)
    assert refused.code == 1
    assert "__main__.py already. Nothing was written." in refused.errors
    assert [path.name for path in tmp_path.iterdir()] == ["__main__.py"]
    assert (tmp_path / "__main__.py").read_text() == "mine"


def test_names_that_pulumi_would_refuse_are_wrong_usage(tmp_path: Path) -> None:
    for arguments in (["--name", "a b"], ["--stack", "a/b"], ["--stack", "trial"]):
        refused = polytomic("init", *arguments, folder=tmp_path)
        assert refused.code == 2, refused.errors
    assert list(tmp_path.iterdir()) == []
