"""Each test has an emulator of its own, and Polytomic's official client to drive it."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.control.routing import CONTROL_HEADER
from tests.emulator.pipelines import Pipeline, pipeline
from tests.emulator.processes import Process


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator() as running:
        yield running


@pytest.fixture
def polytomic(emulator: RunningEmulator) -> Polytomic:
    """The official client; its types parse every reply. It does not retry."""
    return Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)


@pytest.fixture
def http(emulator: RunningEmulator) -> Iterator[httpx.Client]:
    """For what the official client cannot say or does not show."""
    headers = {
        "Authorization": f"Bearer {emulator.api_key}",
        CONTROL_HEADER: emulator.control_token,
    }
    with httpx.Client(base_url=emulator.url, headers=headers, timeout=20) as client:
        yield client


@pytest.fixture
def contacts(emulator: RunningEmulator, polytomic: Polytomic) -> Pipeline:
    """Everything that a sync from Salesforce to NetSuite needs."""
    return pipeline(emulator, polytomic)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    with contextlib.ExitStack() as stack:

        def starting(*options: str) -> Process:
            started = Process(tmp_path, *options)
            stack.callback(started.process.wait)
            stack.callback(started.process.kill)
            return started

        yield starting


@pytest.fixture
def person(emulator: RunningEmulator) -> Iterator[httpx.Client]:
    """A browser at the console: no credential, redirects not followed."""
    with httpx.Client(base_url=emulator.url, timeout=20) as client:
        yield client
