"""The recipe for testing your own stack is a contract: its project is laid out, its tests run."""

import inspect
import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import yaml

from polytomic_emulator import RunningEmulator
from polytomic_emulator.faults.plan import PLAN_KEYS
from polytomic_emulator.state.behaviour import KNOWN
from polytomic_provider.cli.emulator import emulator as emulator_command

ROOT = Path(__file__).parents[2]
RECIPE = (ROOT / "docs" / "how-to" / "testing-your-stack.md").read_text()
BLOCKS = re.findall(r"^```(\w+)([^\n]*)\n(.*?)^```", RECIPE, re.MULTILINE | re.DOTALL)
FILES = {more.split('"')[1]: text for _, more, text in BLOCKS if "title=" in more}
PLUGIN = "polytomic_provider.pytest_plugin"


def _lay_out(folder: Path) -> None:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def _pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    registered = any(one.value == PLUGIN for one in entry_points(group="pytest11"))
    loading = () if registered else ("-p", PLUGIN)
    engine = os.pathsep.join((str(ROOT / ".engine" / "bin"), str(Path(sys.executable).parent)))
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PULUMI_", "POLYTOMIC_", "PYTEST_"))
    }
    environment = {
        **kept,
        "PATH": os.pathsep.join((engine, kept["PATH"])),
        "PYTHONPATH": str(ROOT),
        "PULUMI_HOME": str(folder / ".pulumi"),
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        # Neither may ever be reached.
        "POLYTOMIC_DEPLOYMENT_URL": "https://polytomic.invalid",
        "POLYTOMIC_API_KEY": "key-of-a-real-workspace",
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *loading, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
        check=False,
    )


TESTS = re.findall(r"^def (test_\w+)", FILES["test_contacts.py"], re.MULTILINE)
# Each is a deployment or two: those that show no more than the first two are left to torture.
MARKED = [*TESTS[:2], *(pytest.param(name, marks=pytest.mark.torture) for name in TESTS[2:])]


@pytest.mark.parametrize("name", MARKED)
def test_every_test_of_the_recipe_passes(tmp_path: Path, name: str) -> None:
    _lay_out(tmp_path)
    run = _pytest(tmp_path, f"test_contacts.py::{name}")
    assert run.returncode == 0, run.stdout
    assert "1 passed" in run.stdout
    assert list(tmp_path.glob("Pulumi.*.yaml")) == []


def test_the_workflow_runs_what_the_recipe_tells_a_person_to_run() -> None:
    workflow = yaml.safe_load(FILES[".github/workflows/stack.yaml"])
    steps = [step["run"] for step in workflow["jobs"]["test"]["steps"] if "run" in step]
    assert steps == _shell()[0].splitlines()


def test_the_emulator_starts_as_the_recipe_says(tmp_path: Path) -> None:
    _lay_out(tmp_path)
    options = _shell()[1].split()[2:]
    with RunningEmulator(faults=tmp_path / options[options.index("--faults") + 1]) as emulator:
        assert len(emulator.control("GET", "faults")) == 3 + 5
    known = {name for option in emulator_command.params for name in option.opts}
    assert {option for option in options if option.startswith("--")} <= known


def test_the_tables_name_every_key_and_nothing_that_does_not_exist() -> None:
    rows = re.findall(r"^\| (`.*?) \|", RECIPE, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)", row)]
    assert [key for key in PLAN_KEYS if key not in named] == []
    known = {*PLAN_KEYS, *inspect.signature(RunningEmulator).parameters, *dir(RunningEmulator)}
    known |= set(KNOWN)
    assert [name for name in named if name not in known] == []


def _shell() -> list[str]:
    return [text for language, _, text in BLOCKS if language == "sh"]
