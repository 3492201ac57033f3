"""Each test of a command has an emulator of its own, with a pipeline where it asks for one."""

from collections.abc import Iterator

import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, pipeline


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(api_key="canary-api-key-0123456789") as running:
        yield running


@pytest.fixture
def client(emulator: RunningEmulator) -> Polytomic:
    return Polytomic(base_url=emulator.url, token=emulator.api_key)


@pytest.fixture
def made(emulator: RunningEmulator, client: Polytomic) -> Pipeline:
    return pipeline(emulator, client)
