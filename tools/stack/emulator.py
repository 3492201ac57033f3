"""The local Polytomic emulator that stack `dev` deploys to: starts it, finds it, stops it."""

import fcntl
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tools.environment.checkout import Checkout
from tools.environment.exclusive import exclusive
from tools.stack.errors import StackError

# Long enough to see that the pipeline waits for consent, short enough not to bore.
CONSENT_SECONDS = 3
_USUAL_PORT = 8717
_START_SECONDS = 30.0
_STOP_SECONDS = 5.0
_ANSWER_SECONDS = 2.0


@dataclass(frozen=True)
class Emulator:
    """A running emulator."""

    url: str
    api_key: str
    pid: int


def ensure_emulator(checkout: Checkout, *, manual_consent: bool) -> Emulator:
    """The checkout's emulator, started now if it is not running with this kind of consent.

    Raises:
        StackError: it does not start; the text holds the end of its output.
    """
    files = _Files(checkout.local_state)
    waiting = "Another command is starting the emulator; waiting for it."
    with exclusive(files.lock, waiting=waiting):
        wanted = "manual" if manual_consent else "automatic"
        running = _running(files)
        if running is not None and files.consent() == wanted and _answers(running.url):
            return running
        if running is not None:
            _end(running.pid, files)
        started = _start(checkout, files, manual_consent=manual_consent)
        files.remember_consent(wanted)
        return started


def stop_emulator(checkout: Checkout) -> bool:
    """Stops the checkout's emulator; its data stays. Returns whether one was running."""
    files = _Files(checkout.local_state)
    with exclusive(files.lock, waiting="Another command is starting the emulator; waiting for it."):
        running = _running(files)
        if running is None:
            return False
        _end(running.pid, files)
        return True


@dataclass(frozen=True)
class _Files:
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "emulator"

    @property
    def ready(self) -> Path:
        return self.folder / "emulator.json"

    @property
    def lock(self) -> Path:
        return self.folder / "emulator.lock"

    @property
    def alive(self) -> Path:
        return self.folder / "emulator.alive"

    @property
    def log(self) -> Path:
        return self.folder / "emulator.log"

    @property
    def port(self) -> Path:
        return self.folder / "emulator.port"

    def consent(self) -> str:
        file = self.folder / "emulator.consent"
        return file.read_text() if file.exists() else ""

    def remember_consent(self, kind: str) -> None:
        (self.folder / "emulator.consent").write_text(kind)

    def described(self) -> Emulator | None:
        try:
            facts = json.loads(self.ready.read_text())
            return Emulator(str(facts["url"]), str(facts["api_key"]), int(facts["pid"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _running(files: _Files) -> Emulator | None:
    return files.described() if _is_alive(files) else None


def _is_alive(files: _Files) -> bool:
    """Return whether an emulator holds the lock that it was started with.

    The operating system frees the lock when the emulator ends in any way. The number of a process
    proves nothing: it may belong to another one by now.
    """
    with files.alive.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=_ANSWER_SECONDS).close()
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _start(checkout: Checkout, files: _Files, *, manual_consent: bool) -> Emulator:
    files.data.mkdir(parents=True, exist_ok=True)
    consent = () if manual_consent else ("--consent-after", str(CONSENT_SECONDS))
    try:
        started = _start_on(_usual_port(files), checkout, files, consent)
    except StackError:
        # Most likely somebody else has the port; whatever else it is will show again.
        started = _start_on(0, checkout, files, consent)
    files.port.write_text(started.url.rstrip("/").rpartition(":")[2])
    return started


def _start_on(port: int, checkout: Checkout, files: _Files, consent: tuple[str, ...]) -> Emulator:
    if _is_alive(files):
        raise StackError("An emulator is starting or stopping here; run this again in a moment.")
    files.ready.unlink(missing_ok=True)
    command = [
        *(str(checkout.python), "-m", "polytomic_provider.cli", "emulator"),
        *("--port", str(port)),
        *("--data", str(files.data)),
        *("--ready-file", str(files.ready)),
        *consent,
    ]
    with files.log.open("w") as log, files.alive.open("w") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        process = subprocess.Popen(
            command,
            cwd=checkout.root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # The emulator inherits the lock and holds it as long as it lives.
            pass_fds=[alive.fileno()],
        )
    return _wait_until_ready(process, files)


def _wait_until_ready(process: subprocess.Popen[bytes], files: _Files) -> Emulator:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        described = files.described()
        if described is not None and _answers(described.url):
            return described
        time.sleep(0.05)
    if process.poll() is None:
        _end(process.pid, files)
    output = "\n".join(files.log.read_text(errors="replace").splitlines()[-20:])
    raise StackError(f"The emulator did not start. Its output ({files.log}):\n{output}")


def _usual_port(files: _Files) -> int:
    """The port of the last time: consent URLs in the stack's outputs stay valid."""
    remembered = files.port.read_text() if files.port.exists() else ""
    return int(remembered) if remembered.isdigit() else _USUAL_PORT


def _end(pid: int, files: _Files) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + _STOP_SECONDS
        while time.monotonic() < deadline:
            if not _is_alive(files):
                return
            time.sleep(0.05)
