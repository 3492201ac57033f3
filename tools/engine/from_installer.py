"""The engine as Pulumi's official installer delivers it."""

import shutil
from pathlib import Path

from tools.engine.release import COMPANIONS, Version
from tools.environment.checkout import Checkout
from tools.environment.errors import SetupError
from tools.environment.progress import Task, run

# Where the installer can be reached, it needs a few seconds; a firewall should not cost more.
_TIMEOUT_SECONDS = 30.0

_INSTALL = """
import sys, semver
from pulumi.automation import PulumiCommand
PulumiCommand.install(root=sys.argv[1], version=semver.VersionInfo.parse(sys.argv[2]))
"""


def install_release(checkout: Checkout, version: Version) -> dict[str, Path] | None:
    """Tries the installer once; gives the installed files by name, None if it did not work out."""
    target = checkout.engine / f"release-{version}"
    partial = checkout.engine / "release.partial"
    shutil.rmtree(partial, ignore_errors=True)
    print(f"Asking Pulumi's installer for {version} (at most {_TIMEOUT_SECONDS:.0f} s)", flush=True)
    try:
        run(
            Task(
                label="Pulumi's installer",
                command=[checkout.python, "-c", _INSTALL, partial, str(version)],
                log=checkout.engine / "log" / "installer.log",
                directory=checkout.root,
                timeout=_TIMEOUT_SECONDS,
            )
        )
    except SetupError:
        print("  not available here", flush=True)
        return None
    names = ("pulumi", *COMPANIONS)
    if not all((partial / "bin" / name).exists() for name in names):
        print("  it delivered no complete engine", flush=True)
        return None
    shutil.rmtree(target, ignore_errors=True)
    partial.replace(target)
    return {name: target / "bin" / name for name in names}
