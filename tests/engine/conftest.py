"""Each engine test has a project, a backend and an emulator of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from polytomic_provider.emulator import RunningEmulator
from tests.engine.deployment import Deployment


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator() as running:
        yield running


@pytest.fixture
def deployment(tmp_path: Path, emulator: RunningEmulator) -> Deployment:
    """A stack whose environment leads to the emulator."""
    environment = {
        "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
        "POLYTOMIC_API_KEY": emulator.api_key,
    }
    return Deployment(tmp_path, environment).create()
