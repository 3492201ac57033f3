"""What the stack program asks of its configuration, said before anything else happens."""

import shutil
from pathlib import Path

import pytest

from tests.engine.deployment import Deployment
from tools.stack.target import PIPELINE_VALUES

ROOT = Path(__file__).parents[2]
SECRETS = [value.key for value in PIPELINE_VALUES if value.secret]


@pytest.fixture
def stack(tmp_path: Path) -> Deployment:
    """A stack of the repository's own project; its address leads nowhere."""
    environment = {
        "POLYTOMIC_API_KEY": "made-up",
        "POLYTOMIC_DEPLOYMENT_URL": "http://127.0.0.1:9",
    }
    made = Deployment(tmp_path, environment).create()
    project = tmp_path / "project"
    (project / "__main__.py").unlink()
    shutil.copy(ROOT / "Pulumi.yaml", project)
    shutil.copytree(ROOT / "stacks", project / "stacks", symlinks=True)
    (project / ".venv").symlink_to(ROOT / ".venv")
    made.pulumi("stack", "init", "pipeline").ok()
    return made


def configure(stack: Deployment, *, in_clear: str = "") -> None:
    values: list[str] = []
    for value in PIPELINE_VALUES:
        kind = "--secret" if value.secret and value.key != in_clear else "--plaintext"
        values += [kind, f"{value.key}=made-up"]
    stack.pulumi("config", "set-all", *values).ok()


def test_a_secret_set_in_clear_is_refused(stack: Deployment):
    assert len(SECRETS) == 4
    for key in SECRETS:
        configure(stack, in_clear=key)
        shown = stack.preview().failed().text
        assert f"configuration key '{key}' must be encrypted" in shown
        assert "to create" not in shown


def test_a_missing_value_is_named_before_anything_else_happens(stack: Deployment):
    for value in PIPELINE_VALUES:
        configure(stack)
        stack.pulumi("config", "rm", value.key).ok()
        shown = stack.preview().failed().text
        assert f"missing configuration value '{value.key}'" in shown
        assert "to create" not in shown
        assert "127.0.0.1" not in shown
