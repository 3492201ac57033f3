"""The engine that the user has installed already."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.engine.release import COMPANIONS, Version, minimum_version
from tools.environment.checkout import Checkout


def find_installed(checkout: Checkout) -> dict[str, Path] | None:
    """The `pulumi` on PATH and its companions, by name; None if there is no usable one.

    Usable: new enough, and with everything that Python programs need beside it or on PATH.
    """
    search = _path_without(checkout.engine_bin)
    found = shutil.which("pulumi", path=search)
    if found is None:
        return None
    pulumi = Path(found).absolute()
    version = _version(pulumi)
    if version is None:
        return None
    if version < minimum_version():
        print(f"{pulumi} is {version}, older than {minimum_version()}: not used", flush=True)
        return None
    files = {"pulumi": pulumi}
    for name in COMPANIONS:
        companion = _companion(name, pulumi, search)
        if companion is None:
            print(f"{pulumi} has no {name} beside it: not used", flush=True)
            return None
        files[name] = companion
    return files


def _path_without(directory: Path) -> str:
    entries = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(
        entry for entry in entries if entry and Path(entry).resolve() != directory.resolve()
    )


def _version(pulumi: Path) -> Version | None:
    environment = os.environ | {"PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        answer = subprocess.run(
            [pulumi, "version"], capture_output=True, text=True, timeout=20, env=environment
        )
        return Version.parse(answer.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None


def _companion(name: str, pulumi: Path, search: str) -> Path | None:
    for directory in (pulumi.parent, pulumi.resolve().parent):
        if os.access(directory / name, os.X_OK):
            return directory / name
    found = shutil.which(name, path=search)
    return Path(found).absolute() if found else None
