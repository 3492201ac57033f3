"""`polytomic emulator` as a process of its own, to be signalled and killed."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from polytomic_emulator.control.routing import CONTROL_HEADER
from tests.emulator.waiting import until

COMMAND = shutil.which("polytomic", path=str(Path(sys.executable).parent)) or "polytomic"


class Process:
    """A `polytomic emulator` of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._ready_file = folder / f"ready-{time.monotonic_ns()}.json"
        if "--ready-file" in options:
            self._ready_file = Path(options[options.index("--ready-file") + 1])
        self._output = folder / f"output-{time.monotonic_ns()}.txt"
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [COMMAND, "emulator", *options, "--ready-file", str(self._ready_file)],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        until(lambda: self._ready_file.exists() or self.process.poll() is not None, 60)
        assert self._ready_file.exists(), self.output()
        self.ready: dict[str, Any] = json.loads(self._ready_file.read_text())

    def output(self) -> str:
        return self._output.read_text()

    def client(self) -> httpx.Client:
        headers = {
            "Authorization": f"Bearer {self.ready['api_key']}",
            CONTROL_HEADER: self.ready["control_token"],
        }
        return httpx.Client(base_url=self.ready["url"], headers=headers, timeout=30)

    def end(self, signal_number: int) -> int:
        self.process.send_signal(signal_number)
        return self.process.wait(30)
