"""Makes `.venv/` from requirements.lock, with the package itself installed editable."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.environment.checkout import Checkout
from tools.environment.errors import SetupError
from tools.environment.progress import Task, run
from tools.environment.stamp import digest, read_stamp, write_stamp

_LINK_TARGET = Path("..", "..", ".venv")


def ensure_virtualenv(checkout: Checkout) -> bool:
    """Makes or completes the virtual environment if it is not what the files say.

    Returns:
        Whether anything had to be done.

    Raises:
        SetupError: no virtual environment or package could be installed.
    """
    stamp = checkout.virtualenv / "setup.json"
    wanted = _facts(checkout)
    found = read_stamp(stamp)
    if found == wanted and checkout.python.exists():
        return False
    if checkout.virtualenv.is_symlink():
        raise SetupError(
            f"{checkout.virtualenv} is a link to a virtual environment of another checkout, which"
            " is left alone. Remove the link, then run this again."
        )
    same_place = all(found.get(key, wanted[key]) == wanted[key] for key in ("python", "root"))
    if not same_place or not _works(checkout):
        _create(checkout)
    _install(checkout)
    write_stamp(stamp, wanted)
    return True


def link_programs(checkout: Checkout) -> bool:
    """Links `.venv` into the folder of each program.

    With `main:` in Pulumi.yaml the language host looks for the `virtualenv` option's folder in
    the project's root, the dynamic provider's start script in the program's folder.
    """
    changed = False
    for program in checkout.programs:
        link = program / ".venv"
        if link.is_symlink() and link.readlink() == _LINK_TARGET:
            continue
        if link.exists() and not link.is_symlink():
            raise SetupError(f"{link} is in the way of a link to the root's .venv; remove it.")
        partial = program / ".venv.partial"
        partial.unlink(missing_ok=True)
        partial.symlink_to(_LINK_TARGET)
        partial.replace(link)
        changed = True
    return changed


def _facts(checkout: Checkout) -> dict[str, str]:
    pyproject = tomllib.loads(checkout.pyproject.read_text())
    # Settings of linters and tests do not change what gets installed.
    package = {
        "build-system": pyproject.get("build-system"),
        "project": pyproject.get("project"),
        "hatch": pyproject.get("tool", {}).get("hatch"),
    }
    return {
        "requirements": digest(checkout.requirements.read_bytes()),
        "package": digest(json.dumps(package, sort_keys=True).encode()),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        # The scripts of a virtual environment hold its path.
        "root": str(checkout.root),
    }


def _works(checkout: Checkout) -> bool:
    try:
        answer = subprocess.run(
            [checkout.python, "-c", "import pip, sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
        )
    except OSError:
        return False
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    return answer.returncode == 0 and answer.stdout.strip() == wanted


def _create(checkout: Checkout) -> None:
    print("Making the virtual environment .venv (about 5 s)", flush=True)
    base = getattr(sys, "_base_executable", None) or sys.executable
    run(
        Task(
            label="Making .venv",
            command=[base, "-m", "venv", "--clear", checkout.virtualenv],
            log=checkout.engine / "log" / "venv.log",
            directory=checkout.root,
        )
    )


def _install(checkout: Checkout) -> None:
    print("Installing the locked Python packages into .venv (about 1 minute)", flush=True)
    pip = [
        checkout.python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--progress-bar",
        "off",
    ]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    run(
        Task(
            label="Installing the locked Python packages",
            command=[*pip, "--require-hashes", "-r", checkout.requirements],
            log=checkout.engine / "log" / "packages.log",
            directory=checkout.root,
            environment=environment,
            describe=_last_line,
        )
    )
    run(
        Task(
            label="Installing pulumi-polytomic itself",
            command=[*pip, "--no-deps", "--no-build-isolation", "-e", checkout.root],
            log=checkout.engine / "log" / "package.log",
            directory=checkout.root,
            environment=environment,
        )
    )


def _last_line(lines: list[str]) -> str:
    return lines[-1].strip()[:70] if lines else ""
