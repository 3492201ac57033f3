"""The built wheel works where the repository is not."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.docs.walk import build_wheel, lend_dependencies
from tests.engine.deployment import Deployment
from tests.engine.programs import SALESFORCE


def _run(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _environment_with(wheel: Path, folder: Path) -> Path:
    """A virtual environment that has the wheel and, by a path, our locked dependencies."""
    venv.create(folder, with_pip=False)
    lend_dependencies(folder)
    _run(
        sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install",
        "--quiet", "--no-deps", "--no-index", wheel, cwd=folder,
    )  # fmt: skip
    return folder


@pytest.mark.torture
def test_a_program_deploys_from_the_wheel(tmp_path: Path):
    environment = _environment_with(build_wheel(tmp_path), tmp_path / "venv")
    with RunningEmulator() as emulator:
        variables = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        deployment = Deployment(tmp_path / "stack", variables, environment).create()
        deployment.program(
            SALESFORCE
            + "import polytomic_provider\n"
            + 'pulumi.export("package", polytomic_provider.__file__)\n'
        )
        deployment.up().ok()
        assert deployment.outputs()["package"].startswith(str(environment))
        deployment.preview("--refresh", "--expect-no-changes").ok()
        deployment.destroy().ok()
        assert emulator.connections() == []
