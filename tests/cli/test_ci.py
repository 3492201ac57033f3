"""The workflows of `docs/how-to/ci` are run: their own lines, on a project of `polytomic init`."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from polytomic_emulator import RunningEmulator
from tests.cli.command import environment, polytomic
from tests.cli.forges import serving
from tests.engine.deployment import ENGINE

FOLDER = Path(__file__).parents[2] / "docs" / "how-to" / "ci"
JOBS = ("preview", "up", "drift")


def _github() -> dict[str, list[str]]:
    """Each job as GitHub runs it: the lines of the steps after the installation."""
    jobs = yaml.safe_load((FOLDER / "github.yml").read_text())["jobs"]
    scripts = {
        name: [one["run"] for one in job["steps"] if "run" in one] for name, job in jobs.items()
    }
    assert all(len(runs) == 2 and "pip install" in runs[0] for runs in scripts.values())
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    return {name: [*shell, runs[1]] for name, runs in scripts.items()}


def _gitlab() -> dict[str, list[str]]:
    """Each job as GitLab's runner does it: the lines of `script`."""
    jobs = yaml.safe_load((FOLDER / "gitlab.yml").read_text())
    shell = ["bash", "-eo", "pipefail", "-c"]
    return {name: [*shell, "\n".join(jobs[name]["script"])] for name in JOBS}


def _plain() -> dict[str, list[str]]:
    return {name: [str(FOLDER / "polytomic-ci.sh"), name] for name in JOBS}


def test_the_workflows_have_the_same_jobs_and_name_what_they_need():
    github, gitlab, plain = _github(), _gitlab(), (FOLDER / "polytomic-ci.sh").read_text()
    for name in JOBS:
        lines = github[name][-1].strip().splitlines()
        assert gitlab[name][-1].strip().splitlines() == lines
        assert [one for one in lines if one not in plain and "--comment" not in one] == []
    page = (FOLDER.parent / "ci.md").read_text()
    for file in FOLDER.iterdir():
        assert f"(ci/{file.name})" in page
    workflow: Any = yaml.safe_load((FOLDER / "github.yml").read_text())
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert set(workflow[True]) == {"pull_request", "push", "schedule"}


@pytest.mark.torture
@pytest.mark.timeout(600)
def test_every_job_does_its_work(tmp_path: Path):
    project = tmp_path / "project"
    project.mkdir()
    (project / ".venv").symlink_to(sys.prefix)
    polytomic("init", "--name", "pipeline", folder=project).ok()
    with RunningEmulator(consent_after=0.2) as emulator:
        variables = {
            "PATH": f"{ENGINE}:{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "STACK": "trial",
            "PULUMI_HOME": str(tmp_path / "home"),
            "PULUMI_BACKEND_URL": f"file://{tmp_path}",
            "PULUMI_CONFIG_PASSPHRASE": "a passphrase for tests",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        }

        def run(command: list[str], more: Mapping[str, str] | None = None) -> tuple[int, str]:
            done = subprocess.run(
                command,
                cwd=project,
                env=environment(emulator, **variables, **(more or {})),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=240,
                check=False,
            )
            assert emulator.api_key not in done.stdout
            return done.returncode, done.stdout

        secret = ["pulumi", "config", "set", "--stack", "trial", "--secret", "databasePassword"]
        assert run(["pulumi", "stack", "init", "trial"])[0] == 0
        assert run([*secret, "canary-password"])[0] == 0

        with serving("github") as comments:
            code, written = run(_github()["preview"], comments.environment)
            assert code == 0, written
            (posted,) = comments.bodies.values()
            assert "**6 to create**" in posted
            assert posted in written
        assert emulator.connections() == []

        code, written = run(_gitlab()["up"])
        assert code == 0, written
        (sync,) = emulator.syncs()
        code, written = run(_github()["drift"])
        assert code == 0, written
        assert "**No changes**" in written

        emulator.edit("sync", sync["id"], "active", value=False)
        code, written = run(_plain()["drift"])
        assert code == 1, written
        assert "### Drift of `pipeline/trial`" in written
        assert "Sync `contacts-to-salesforce` | `active`; switched on, before: off" in written

        program = (project / "__main__.py").read_text()
        (project / "__main__.py").write_text(program.replace('"FirstName"', '"FirstNme"'))
        code, written = run(_plain()["preview"])
        assert code != 0
        assert "did you mean 'FirstName'?" in written
