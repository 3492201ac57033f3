"""The installed `polytomic` as a process, as a person calls it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polytomic_emulator import RunningEmulator

COMMAND = shutil.which("polytomic", path=str(Path(sys.executable).parent)) or "polytomic"


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    output: str
    errors: str

    def json(self) -> Any:
        """The output of `--json`."""
        return json.loads(self.output)

    def ok(self) -> "Done":
        """Fail the test unless the command ended with 0."""
        assert self.code == 0, f"{self.code}\n{self.output}\n{self.errors}"
        return self


def environment(emulator: RunningEmulator | None = None, **variables: str) -> dict[str, str]:
    """An environment without anybody's settings, which leads to an emulator."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PULUMI_", "POLYTOMIC_")) and not key.lower().endswith("_proxy")
    }
    asked = (
        {"POLYTOMIC_DEPLOYMENT_URL": emulator.url, "POLYTOMIC_API_KEY": emulator.api_key}
        if emulator is not None
        else {}
    )
    return {**kept, **asked, **variables}


def polytomic(
    *arguments: str,
    emulator: RunningEmulator | None = None,
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
    text: str = "",
) -> Done:
    """Run a command to its end, without a terminal."""
    done = subprocess.run(
        [COMMAND, *arguments],
        cwd=folder,
        env=environment(emulator, **(variables or {})),
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)
