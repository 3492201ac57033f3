"""A real Chromium, found on PATH or installed once where that is possible."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from polytomic_provider.emulator import RunningEmulator

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_INSTALL = "apt-get update && apt-get install -y chromium"


def _on_path() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def _may_install() -> bool:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return sys.platform == "linux" and is_root and Path("/etc/debian_version").exists()


def _install() -> None:
    """Install Debian's Chromium; of several test processes one does it, the others wait."""
    import fcntl  # only where apt-get is there

    lock = Path(tempfile.gettempdir()) / "polytomic-chromium-install.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if _on_path() is not None:
            return
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in _INSTALL.split(" && "):
            subprocess.run(command.split(), timeout=240, env=environment, capture_output=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if _on_path() is None and _may_install():
        _install()
    path = _on_path()
    if path is None:
        pytest.skip(f"needs Chromium on PATH; on Debian and Ubuntu: {_INSTALL}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab; whatever a test does, no page may log a problem."""
    context = browser.new_context()
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    yield opened
    context.close()
    assert [problem for problem in problems if "status of 4" not in problem] == []


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator() as running:
        yield running
