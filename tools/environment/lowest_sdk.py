"""Makes `.engine/lowest-sdk/`: a virtual environment for tests on the lowest declared releases."""

import subprocess
import sys
from pathlib import Path

from tools.environment.checkout import Checkout
from tools.environment.errors import SetupError
from tools.environment.exclusive import exclusive
from tools.environment.progress import Task, run
from tools.environment.stamp import digest, read_stamp, write_stamp


def lowest_sdk(checkout: Checkout) -> Path:
    """The folder of that virtual environment."""
    return checkout.engine / "lowest-sdk"


def ensure_lowest_sdk(checkout: Checkout) -> bool:
    """Makes the virtual environment from requirements-lowest.lock if it is not there already.

    Needs the checkout's own virtual environment, whose pip does the work. Returns whether
    anything had to be done.

    Raises:
        SetupError: no virtual environment or package could be installed.
    """
    requirements = checkout.root / "requirements-lowest.lock"
    target = lowest_sdk(checkout)
    stamp = target / "setup.json"
    wanted = {
        "requirements": digest(requirements.read_bytes()),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "root": str(checkout.root),
    }
    if read_stamp(stamp) == wanted:
        return False
    print("Installing the lowest Pulumi SDK for tests (about 10 s)", flush=True)
    python = target / "bin" / "python"
    for name, command in {
        "venv": ["-m", "venv", "--clear", "--without-pip", target],
        "packages": [
            *("-m", "pip", "--disable-pip-version-check", "--no-input", "--python", python),
            *("install", "--progress-bar", "off", "--require-hashes", "-r", requirements),
        ],
    }.items():
        run(
            Task(
                label="Installing the lowest Pulumi SDK",
                command=[checkout.python, *command],
                log=checkout.engine / "log" / f"lowest-{name}.log",
                directory=checkout.root,
            )
        )
    # Not pip's editable install: that would need the build backend there as well.
    (_packages(python) / "checkout.pth").write_text(f"{checkout.root}\n")
    write_stamp(stamp, wanted)
    return True


def _packages(python: Path) -> Path:
    answer = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(answer.stdout.strip())


def main() -> int:
    """Makes it; exit code 1 on failure."""
    checkout = Checkout.here()
    try:
        with exclusive(
            checkout.engine / "setup.lock",
            waiting="Another `make setup` is at work here; waiting for it.",
        ):
            ensure_lowest_sdk(checkout)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
