"""The README is a contract: its blocks run, its tables are the code's."""

import re
from pathlib import Path

from polytomic_emulator import RunningEmulator
from polytomic_provider.host.session import STACK_SETTINGS
from polytomic_provider.kinds import HANDLERS
from tests.engine.deployment import Deployment
from tools import reference

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w+)( skip)?\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def _blocks(language: str) -> list[str]:
    return [text for found, skip, text in BLOCKS if found == language and not skip]


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
        deployment.preview("--expect-no-changes").ok()
        outputs = deployment.outputs()
        assert outputs["auth_url"].startswith(emulator.url)
        run = emulator.run_sync(outputs["sync_id"])
    assert run["status"] == "completed"
    assert run["counts"]["error"] == 0
    assert run["counts"]["insert"] > 0


def test_the_tables_of_resources_are_those_of_the_code():
    text = reference.PAGE.read_text()
    assert set(reference.kinds_of(text)) == set(HANDLERS)
    assert text == reference.page(text), "run `python -m tools.reference`"


def test_every_setting_is_in_the_table_and_no_other():
    page = (ROOT / "docs" / "configuration.md").read_text()
    listed = re.findall(r"^\| `polytomic:(\w+)` \|", page, re.MULTILINE)
    assert sorted(listed) == sorted(STACK_SETTINGS)


def test_every_make_target_that_is_named_exists():
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"`make (\w+)`|^make (\w+)$", README, re.MULTILINE))
    targets = {one or other for one, other in named}
    assert {"up", "test", "preview", "destroy"} <= targets
    assert [name for name in targets if f"\n{name}:" not in makefile] == []


def test_the_shell_blocks_are_those_that_the_tests_of_make_run():
    """`tests/setup/test_make.py` runs `make up` and the lines after it; this run is `make test`."""
    assert _blocks("sh") == [
        "make up\n",
        "make up\n. .polytomic/environment\npulumi preview\n",
        "make test\n",
    ]
