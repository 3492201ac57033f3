"""Any sequence of what happens to a stack ends with exactly what the program declares.

A hypothesis state machine over the handlers: declaring, changing, removing, `up`, `refresh`,
`destroy`, edits and deletions outside, faults, runs killed before the outcome is written down,
restarts of the emulator. After each clean `up`: no orphan, no duplicate, state equals emulator,
and the preview is empty.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    run_state_machine_as_test,  # pyright: ignore[reportUnknownVariableType]
)

from tests.in_process import InProcessEmulator
from tests.properties.stack import Stack
from tests.properties.stack_without_keys import StackWithoutKeys

SEQUENCES = int(os.environ.get("POLYTOMIC_TEST_SEQUENCES", "2000"))
SHARDS = 20
IN_EVERY_RUN = 6
STEPS = 30


@pytest.fixture(scope="module")
def data_folder() -> Iterator[Path]:
    """In memory where the machine allows it: what is proved is not the disk."""
    memory = Path("/dev/shm")  # noqa: S108
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module", autouse=True)
def emulator(data_folder: Path) -> Iterator[None]:
    with InProcessEmulator(consent_after=0, data=data_folder) as running:
        Stack.emulator = running
        yield


def _run(machine: type[Stack], sequences: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


@pytest.mark.torture
@pytest.mark.timeout(3 * 3600)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_any_sequence_ends_with_what_is_declared(
    shard: int, record_property: Callable[[str, object], None]
):
    """Each shard draws sequences of its own, at random; a failure prints how to play it again."""
    del shard
    sequences = -(-SEQUENCES // SHARDS)
    _run(Stack, sequences)
    record_property("tried", sequences)


@pytest.mark.torture
@pytest.mark.timeout(3 * 3600)
@pytest.mark.parametrize("shard", range(SHARDS // 10))
def test_any_sequence_without_keys_ends_with_what_is_declared(
    shard: int, record_property: Callable[[str, object], None]
):
    del shard
    sequences = -(-SEQUENCES // SHARDS)
    _run(StackWithoutKeys, sequences)
    record_property("tried", sequences)


@pytest.mark.parametrize("machine", [Stack, StackWithoutKeys])
def test_some_sequences_end_with_what_is_declared(machine: type[Stack]):
    _run(machine, IN_EVERY_RUN)
