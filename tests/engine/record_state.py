"""Records a state for `tests/engine/states`: run at a release, from the repository's root.

    PATH=.engine/bin:.venv/bin:$PATH python -m tests.engine.record_state 0.1.0-connections

A recorded state is never changed again: users have such states.
"""

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

STATES = Path(__file__).parent / "states"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def record(name: str) -> None:
    """Deploy the program beside the state's name and keep what the backend has of it."""
    program = (STATES / f"{name}.py").read_text()
    with tempfile.TemporaryDirectory() as folder, RunningEmulator() as emulator:
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        deployment = Deployment(Path(folder), environment).create()
        deployment.deploy(program)
        text = json.dumps(_without_places(deployment.exported()), indent=1)
    (STATES / f"{name}.json").write_text(ADDRESS.sub("http://127.0.0.1:1", text) + "\n")


def _without_places(value: Any) -> Any:
    """Leave out where on this machine the program stood."""
    if isinstance(value, dict):
        return {
            key: _without_places(item)
            for key, item in value.items()
            if key not in ("sourcePosition", "stackTrace")
        }
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    return value


if __name__ == "__main__":
    record(sys.argv[1])
