"""The built wheel works where the repository is not."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import ROOT, Deployment
from tests.engine.programs import SALESFORCE


def _run(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _environment_with(wheel: Path, folder: Path) -> Path:
    """A virtual environment that has the wheel and, by a path, our locked dependencies.

    A path in a `.pth` file makes packages importable without reading the `.pth` files beside
    them, so the repository's editable install is not seen.
    """
    venv.create(folder, with_pip=False)
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    site = Path(paths["purelib"])
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    _run(
        sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install",
        "--quiet", "--no-deps", "--no-index", wheel, cwd=folder,
    )  # fmt: skip
    return folder


@pytest.mark.torture
def test_a_program_deploys_from_the_wheel(tmp_path: Path):
    _run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT,
        cwd=tmp_path,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    environment = _environment_with(wheel, tmp_path / "venv")
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
