"""One furnished world for all tests of a module."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.in_process import InProcessEmulator
from tests.oracle.driver import World


@pytest.fixture(scope="module")
def bare_world() -> Iterator[World]:
    """A world without furniture, in memory where the machine allows it."""
    memory = Path("/dev/shm")  # noqa: S108
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    with InProcessEmulator(consent_after=0, data=folder) as emulator:
        yield World(emulator)
    shutil.rmtree(folder, ignore_errors=True)
