"""What a release tells of its dependencies is what an installation has."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The bill of materials, as `make dist` writes it."""
    path = tmp_path_factory.mktemp("dist") / "bill.json"
    command = [sys.executable, "-m", "tools.release.sbom", path]
    subprocess.run(command, cwd=ROOT, check=True)
    return json.loads(path.read_text())


def _locked(name: str) -> dict[str, str]:
    """The versions of a lock file, which another program has resolved."""
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)[^;\n]*$", text, re.MULTILINE))


def test_the_bill_lists_what_the_package_runs_on_in_the_locked_versions(bill: dict[str, Any]):
    listed = {one["name"]: one["version"] for one in bill["components"]}
    locked = _locked("requirements.lock")
    assert {name: locked.get(name) for name in listed} == listed
    # The lowest releases are resolved without extras and without tools for development; some of
    # them need what newer ones do without.
    lowest = set(_locked("requirements-lowest.lock")) & set(locked)
    assert lowest - set(listed) == set()


def test_the_bill_lists_no_tool_for_development(bill: dict[str, Any]):
    listed = {one["name"] for one in bill["components"]}
    assert listed & {"pytest", "ruff", "mypy", "hypothesis", "playwright", "polytomic"} == set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    direct = [*project["dependencies"], *extras["cli"], *extras["emulator"]]
    assert {re.split(r"[<>=]", one)[0] for one in direct} <= listed


def test_the_bill_is_cyclonedx_and_connected(bill: dict[str, Any]):
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    root = bill["metadata"]["component"]
    assert (root["name"], root["licenses"]) == (
        "pulumi-polytomic",
        [{"license": {"id": "Apache-2.0"}}],
    )
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    reached, waiting = set[str](), [root["bom-ref"]]
    while waiting:
        reached.add(here := waiting.pop())
        waiting += [one for one in needs[here] if one not in reached]
    assert reached == {root["bom-ref"], *(one["bom-ref"] for one in bill["components"])}


def test_every_dependency_says_its_licence(bill: dict[str, Any]):
    assert [one["name"] for one in bill["components"] if not one.get("licenses")] == []
    page = (ROOT / "docs" / "reference" / "licences.md").read_text()
    listed = re.findall(r"^\| `([^`]+)` \| \S", page, re.MULTILINE)
    assert sorted(listed) == sorted(one["name"] for one in bill["components"])
