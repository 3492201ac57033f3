"""What a page tells a person to type, typed: one shell, in the order of the page."""

import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

ROOT = Path(__file__).parents[2]
_END = "the-block-has-ended"
_CONSENT = re.compile(r"http://127\.0\.0\.1:\d+/consent/\w+")


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def build_wheel(folder: Path) -> Path:
    """Build this checkout's wheel into a folder, as `make dist` does."""
    command = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


def lend_dependencies(virtualenv: Path) -> None:
    """Make our locked dependencies importable in another virtual environment, without an index.

    A path in a `.pth` file makes packages importable without reading the `.pth` files beside
    them, so the repository's editable install is not seen.
    """
    paths = sysconfig.get_paths(vars={"base": str(virtualenv), "platbase": str(virtualenv)})
    site = Path(paths["purelib"])
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")


class Walk:
    """A shell in an empty folder, in which nothing leads to anybody's stack or workspace.

    `pip install` takes what is in the folder, and no dependencies: `lend_dependencies` does that.
    """

    def __init__(self, folder: Path) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PULUMI_", "POLYTOMIC_", "PYTHON", "PIP_", "VIRTUAL_ENV"))
        }
        programs = (ROOT / ".engine" / "bin", Path(sys.executable).parent, kept["PATH"])
        self.environment = {
            **kept,
            "PATH": os.pathsep.join(map(str, programs)),
            "HOME": str(folder),
            "PULUMI_HOME": str(folder / ".pulumi"),
            "PULUMI_SKIP_CONFIRMATIONS": "true",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PIP_NO_DEPS": "1",
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        self.folder = folder
        self._shell = subprocess.Popen(
            ["/bin/sh"],
            cwd=folder,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._others: list[subprocess.Popen[bytes]] = []

    def enter(self, commands: str) -> str:
        """Run commands in the shell; return what they print. An address to open is opened.

        Whoever opens it allows what the page asks for, as a browser does.
        """
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._shell.stdin.write(f"set -e\n{{\n{commands}\n}} </dev/null\necho {_END}\n")
        self._shell.stdin.flush()
        shown = ""
        opened: set[str] = set()
        for line in self._shell.stdout:
            if line.strip() == _END:
                return shown
            shown += line
            for address in set(_CONSENT.findall(line)) - opened:
                opened.add(address)
                allowed = httpx.post(address, data={"decision": "allow"}, follow_redirects=True)
                allowed.raise_for_status()
        raise AssertionError(f"a command failed:\n{commands}\n{shown}")

    def enter_in_another_terminal(self, command: str, folder: Path, until: str) -> None:
        """Start a command that goes on, and wait until its address answers."""
        program = ["/bin/sh", "-c", f"exec {command}"]
        self._others.append(
            subprocess.Popen(program, cwd=folder, env=self.environment, stdout=subprocess.DEVNULL)
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(until)
                return
            except httpx.TransportError:
                assert time.monotonic() < deadline, f"{command}: nothing answers at {until}"
                time.sleep(0.05)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for process in self._others:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
        with self._shell:
            self._shell.kill()
