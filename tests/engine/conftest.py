"""Each engine test has a project, a backend and an emulator of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.hosts import Host


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator() as running:
        yield running


@pytest.fixture
def host(request: pytest.FixtureRequest) -> Host:
    """The engine and SDK that a test runs on; `ON_EACH_HOST` gives others than the locked ones."""
    return Host.named(getattr(request, "param", "locked"))


@pytest.fixture
def deployment(tmp_path: Path, emulator: RunningEmulator, host: Host) -> Iterator[Deployment]:
    """A stack whose environment leads to the emulator.

    Whatever a test does, no API key and no text that begins with `canary-` may be written
    anywhere in clear; the log of requests at its most talkative is among what is looked through.
    """
    api_key = emulator.api_key
    environment = {
        "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
        "POLYTOMIC_API_KEY": api_key,
        "POLYTOMIC_LOG": "debug",
        "POLYTOMIC_LOG_FILE": str(tmp_path / "home" / "requests.log"),
    }
    made = Deployment(tmp_path, environment, host.virtualenv, host.engine).create()
    yield made
    lines = made.everything_written().splitlines()
    assert [line for line in lines if "canary-" in line or api_key in line] == []
