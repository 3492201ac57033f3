"""The plugin that the package brings along, as a user's own tests meet it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from polytomic_provider import pytest_plugin

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
PLUGIN = pytest_plugin.__name__
ALONE = ("-p", "no:cacheprovider", "-p", PLUGIN)


def _run(pytester: pytest.Pytester, test: str, *arguments: str) -> pytest.RunResult:
    """Run a test file of a user, who has the plugin installed."""
    pytester.makepyfile(test)
    # In this process it would forget the modules that it imported, and so break later tests.
    return pytester.runpytest_subprocess(*ALONE, *arguments)


@pytest.fixture(autouse=True)
def no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that happen to be installed here take a second to load."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def test_each_test_has_a_fresh_emulator(pytester: pytest.Pytester) -> None:
    run = _run(
        pytester,
        """
        import httpx
        import pytest

        @pytest.mark.parametrize("number", range(2))
        def test_it(polytomic_emulator, number):
            assert polytomic_emulator.connections() == []
            headers = {"Authorization": f"Bearer {polytomic_emulator.api_key}"}
            body = {"name": "P", "type": "webhook", "configuration": {"url": "https://a.example"}}
            url = f"{polytomic_emulator.url}/api/connections"
            assert httpx.post(url, json=body, headers=headers).status_code == 201
            assert len(polytomic_emulator.connections()) == 1
        """,
    )
    run.assert_outcomes(passed=2)


def test_consent_comes_by_itself_unless_the_test_wants_to_give_it(
    pytester: pytest.Pytester,
) -> None:
    run = _run(
        pytester,
        """
        import time
        import httpx
        import pytest

        def create(emulator):
            headers = {"Authorization": f"Bearer {emulator.api_key}"}
            body = {"name": "S", "type": "salesforce", "configuration": {"domain": "a.example"}}
            made = httpx.post(f"{emulator.url}/api/connections", json=body, headers=headers)
            return made.json()["data"]["id"]

        def test_by_itself(polytomic_emulator):
            made = create(polytomic_emulator)
            while polytomic_emulator.connection(made)["status"] != "healthy":
                time.sleep(0.01)

        @pytest.mark.polytomic_emulator(consent_after=None)
        def test_by_the_test(polytomic_emulator):
            made = create(polytomic_emulator)
            time.sleep(0.3)
            assert polytomic_emulator.connection(made)["status"] == "unauthorized"
            polytomic_emulator.authorize(made)
            assert polytomic_emulator.connection(made)["status"] == "healthy"
        """,
    )
    run.assert_outcomes(passed=2)


def test_the_marker_of_a_test_stands_over_that_of_its_module(pytester: pytest.Pytester) -> None:
    run = _run(
        pytester,
        """
        import httpx
        import pytest

        pytestmark = pytest.mark.polytomic_emulator(seed=7, api_key="key-of-the-module")

        @pytest.mark.polytomic_emulator(api_key="key-of-the-test", faults={"failure_rate": 1})
        def test_both(polytomic_emulator):
            assert polytomic_emulator.api_key == "key-of-the-test"
            assert len(polytomic_emulator.control("GET", "faults")) == 5

        def test_module_only(polytomic_emulator):
            assert polytomic_emulator.api_key == "key-of-the-module"
            assert polytomic_emulator.control("GET", "faults") == []
        """,
        "--strict-markers",
    )
    run.assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("sed=7", "sed"),
        ("faults={'faults': [{'kind': 'meteor'}]}", "faults[[]0[]].kind cannot be 'meteor'"),
    ],
)
def test_a_mistake_in_the_marker_is_told_as_one(
    pytester: pytest.Pytester, options: str, message: str
) -> None:
    run = _run(
        pytester,
        f"""
        import pytest

        @pytest.mark.polytomic_emulator({options})
        def test_it(polytomic_emulator):
            pass
        """,
    )
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines([f"*@pytest.mark.polytomic_emulator: *{message}*"])


def test_a_stack_without_a_project_is_explained(pytester: pytest.Pytester) -> None:
    run = _run(
        pytester,
        """
        def test_it(polytomic_stack):
            polytomic_stack()
        """,
    )
    run.stdout.fnmatch_lines(["*There is no Pulumi.yaml in the folder of *test_a_stack*"])


def test_a_stack_without_the_engine_is_explained(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makefile(".yaml", Pulumi="name: mine\nruntime: python\n")
    monkeypatch.setenv("PATH", str(pytester.path))
    run = _run(
        pytester,
        """
        def test_it(polytomic_stack):
            polytomic_stack()
        """,
    )
    run.stdout.fnmatch_lines(["*polytomic_stack needs the command `pulumi` on PATH*"])
    run.assert_outcomes(failed=1)


def test_a_stack_leaves_the_project_as_it_is(pytester: pytest.Pytester) -> None:
    project = pytester.mkdir("project")
    prefix = os.path.relpath(sys.prefix, project)
    (project / "Pulumi.yaml").write_text(
        "name: mine\nmain: program\n"
        f"runtime: {{name: python, options: {{virtualenv: {prefix!r}}}}}\n"
    )
    (project / "Pulumi.dev.yaml").write_text("config: {mine:word: precious}\n")
    (project / "program").mkdir()
    (project / "word.txt").write_text("hello")
    (project / "program" / "__main__.py").write_text(
        "import pulumi, pathlib\n"
        "word = pathlib.Path(__file__).parents[1] / 'word.txt'\n"
        "pulumi.export('word', word.read_text())\n"
        "pulumi.export('config', pulumi.Config().get('word'))\n"
    )
    before = _files(project)
    run = _run(
        pytester,
        """
        def test_it(polytomic_stack):
            stack = polytomic_stack("project", name="dev", config={"other": "x"})
            outputs = stack.up().outputs
            assert outputs["word"].value == "hello"
            assert "config" not in outputs
            stack.destroy()
            stack.workspace.remove_stack("dev")
        """,
    )
    run.assert_outcomes(passed=1)
    assert _files(project) == before


def _files(project: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_fixtures_and_marker_are_listed_with_what_they_are(pytester: pytest.Pytester) -> None:
    fixtures = _run(pytester, "", "--fixtures")
    fixtures.stdout.fnmatch_lines(["polytomic_emulator*", "*fresh workspace*"])
    fixtures.stdout.fnmatch_lines(["polytomic_stack*", "*stacks of your own project*"])
    _run(pytester, "", "--markers").stdout.fnmatch_lines(["@pytest.mark.polytomic_emulator*"])


def test_it_costs_nothing_where_it_is_not_used() -> None:
    heavy = ["starlette", "uvicorn", "pulumi", "httpx", "pydantic", "click", "jinja2"]
    program = (
        f"import sys, pytest; before = set(sys.modules); import {PLUGIN};"
        f" new = set(sys.modules) - before; print([name for name in {heavy} if name in new])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_a_package_that_is_missing_is_named_with_the_way_to_get_it(
    pytester: pytest.Pytester, missing: str
) -> None:
    pytester.makeconftest(
        f"""
        import sys

        for name in [n for n in sys.modules if n.startswith("polytomic_emulator")]:
            del sys.modules[name]
        sys.modules[{missing!r}] = None
        """
    )
    pytester.makepyfile("def test_it(polytomic_emulator): pass")
    run = pytester.runpytest_subprocess(*ALONE)
    run.stdout.fnmatch_lines([f"*needs the package {missing}*pulumi-polytomic[[]emulator[]]*"])


def test_the_package_tells_pytest_about_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert PLUGIN in project["entry-points"]["pytest11"].values()
