"""The README is a contract: its blocks run, its tables are the code's."""

import re
from pathlib import Path
from textwrap import dedent

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.host.session import STACK_SETTINGS
from polytomic_provider.kinds import HANDLERS
from tests.docs.walk import Walk, build_wheel, free_port, lend_dependencies
from tests.engine.deployment import Deployment

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^ *```(\w+)[^\n]*\n(.*?)^ *```", README, re.MULTILINE | re.DOTALL)


def _blocks(language: str) -> list[str]:
    return [dedent(text) for found, text in BLOCKS if found == language]


STEPS = _blocks("sh")[-4:]
"""The commands in an empty folder: an environment, an emulator, a stack, a run."""


@pytest.mark.timeout(600)
def test_somebody_who_follows_the_readme_in_an_empty_folder_lands_rows(tmp_path: Path):
    environment, emulator, stack, run = STEPS
    (tmp_path / "pulumi-polytomic" / "dist").mkdir(parents=True)
    build_wheel(tmp_path / "pulumi-polytomic" / "dist")
    folder = tmp_path / "my-pipeline"
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with Walk(tmp_path) as walk:
        # The dependencies of the wheel come before its command is used.
        *install, command = environment.splitlines()
        walk.enter("\n".join(install))
        lend_dependencies(folder / ".venv")
        walk.enter(command)
        walk.enter_in_another_terminal(emulator.replace("8080", str(port)), folder, address)
        walk.enter(stack.replace("8080", str(port)))
        assert "7 unchanged" in walk.enter("pulumi preview --expect-no-changes")
        walk.enter(run)
        sync = walk.enter("pulumi stack output sync_id").strip()
        key = {"Authorization": "Bearer try-it"}
        ran = httpx.get(f"{address}/api/syncs/{sync}/executions", headers=key).json()["data"]
    assert [one["status"] for one in ran] == ["completed"]
    assert ran[0]["counts"]["error"] == 0
    assert ran[0]["counts"]["insert"] > 0


@pytest.mark.torture
def test_the_example_lands_rows(tmp_path: Path):
    (program,) = _blocks("python")
    with RunningEmulator(consent_after=0.2) as emulator:
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        deployment = Deployment(tmp_path, environment).create()
        deployment.pulumi("config", "set", "--secret", "databasePassword", "canary-db").ok()
        deployment.program(program)
        deployment.up("--skip-preview").ok()
        run = emulator.run_sync(deployment.outputs()["sync_id"])
    assert (run["status"], run["counts"]["error"]) == ("completed", 0)
    assert run["counts"]["insert"] > 0


def test_every_setting_is_in_the_table_and_no_other():
    page = (ROOT / "docs" / "reference" / "configuration.md").read_text()
    listed = re.findall(r"^\| `polytomic:(\w+)` \|", page, re.MULTILINE)
    assert sorted(listed) == sorted(STACK_SETTINGS)


def test_every_page_is_linked_from_the_first_page():
    """Whoever reads the pages in a forge has no other list of them."""
    docs = ROOT / "docs"
    first = (docs / "index.md").read_text()
    pages = [page.relative_to(docs) for page in docs.rglob("*.md") if page.name != "index.md"]
    listed = [page for page in pages if page.parts[:2] != ("reference", "resources")]
    listed = [page for page in listed if page.parts[:2] != ("reference", "functions")]
    assert [page for page in listed if f"]({page})" not in first] == []


def test_every_kind_is_in_the_list_of_resources():
    listed = (ROOT / "docs" / "reference" / "resources" / "index.md").read_text()
    assert [kind for kind in HANDLERS if f"[`{kind}`]({kind}.md)" not in listed] == []
    assert "(docs/reference/resources/index.md)" in README


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 160


def test_every_make_target_that_is_named_exists():
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"`make (\w+)`|^make (\w+)$", README, re.MULTILINE))
    targets = {one or other for one, other in named}
    assert {"up", "test", "preview", "destroy"} <= targets
    assert [name for name in targets if f"\n{name}:" not in makefile] == []


def test_the_shell_blocks_are_those_that_the_tests_of_make_run():
    """`tests/setup/test_make.py` runs `make up` and the lines after it; this run is `make test`."""
    assert [text for text in _blocks("sh") if text not in STEPS] == [
        "make up\n",
        "make up\n. .polytomic/environment\npulumi preview\n",
        "make test\n",
    ]
