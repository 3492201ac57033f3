"""A `pulumi` that runs in the background, so that a test can press Ctrl-C."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

from tests.engine.deployment import Deployment, Run

PATIENCE = 60.0


class Command:
    """A `pulumi` that runs in the background, in a process group as a terminal gives it."""

    def __init__(self, deployment: Deployment, *arguments: str) -> None:
        self._deployment = deployment
        self._output = deployment.folder / f"output-{len(deployment.runs)}"
        self._arguments = arguments
        with self._output.open("w") as output:
            self._process = subprocess.Popen(
                ["pulumi", *arguments, "--non-interactive"],
                cwd=deployment.folder / "project",
                env=deployment.environ(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    def text(self) -> str:
        return self._output.read_text()

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition while the command runs."""
        ends = time.monotonic() + PATIENCE
        while not condition():
            assert self._process.poll() is None, self.text()
            assert time.monotonic() < ends, self.text()
            time.sleep(0.05)

    def press_ctrl_c(self) -> None:
        os.killpg(self._process.pid, signal.SIGINT)

    def end(self) -> Run:
        """The command once it has ended by itself."""
        code = self._process.wait(PATIENCE)
        run = Run(("pulumi", *self._arguments), code, self.text())
        self._deployment.runs.append(run)
        return run
