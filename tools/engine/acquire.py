"""Fills `.engine/bin`: the installed Pulumi, else the official installer's, else one built here."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tools.engine.from_installer import install_release
from tools.engine.from_path import find_installed
from tools.engine.from_source import LAUNCHER, build_engine
from tools.engine.release import COMPANIONS, minimum_version, pinned_version
from tools.environment.checkout import Checkout
from tools.environment.stamp import digest, read_stamp, write_stamp


def ensure_engine(checkout: Checkout) -> bool:
    """Makes sure that `.engine/bin/pulumi` and what it needs beside it are there.

    Needs the virtual environment. Returns whether anything had to be done.

    Raises:
        SetupError: no way led to an engine; the text names all of them.
    """
    stamp = checkout.engine / "engine.json"
    recipe = _recipe(checkout)
    if read_stamp(stamp).get("recipe") == recipe and _complete(checkout.engine_bin):
        return False
    stamp.unlink(missing_ok=True)
    partial = checkout.engine / "bin.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    source = _fill(checkout, partial)
    _swap(partial, checkout.engine_bin)
    write_stamp(stamp, {"recipe": recipe, "source": source})
    print(f"Pulumi engine: {source}", flush=True)
    return True


def _fill(checkout: Checkout, target: Path) -> str:
    installed = find_installed(checkout)
    if installed is not None:
        _link(installed, target)
        return f"{installed['pulumi']}, found on PATH"
    version = pinned_version(checkout)
    released = install_release(checkout, version)
    if released is not None:
        _link(released, target)
        return f"{version}, from Pulumi's installer"
    minimum = minimum_version()
    build_engine(checkout, checkout.engine_sources, version, minimum, target)
    return f"{version}, built from source"


def _recipe(checkout: Checkout) -> str:
    pins = [(checkout.engine_sources / name).read_bytes() for name in ("go.mod", "go.sum")]
    return digest(*pins, LAUNCHER.encode())


def _complete(directory: Path) -> bool:
    # exists() follows links: an engine that was uninstalled since then is missed here.
    return all((directory / name).exists() for name in ("pulumi", *COMPANIONS))


def _link(files: Mapping[str, Path], target: Path) -> None:
    for name, path in files.items():
        (target / name).symlink_to(path)


def _swap(new: Path, place: Path) -> None:
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.replace(old)
    new.replace(place)
    shutil.rmtree(old, ignore_errors=True)
