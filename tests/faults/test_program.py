"""The stand-in for the engine itself, without any fault: made, empty preview, destroyed."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.faults.program import OBJECTS, Program, made_of
from tests.faults.samples import PIPELINE


@pytest.fixture
def program() -> Iterator[Program]:
    with RunningEmulator(consent_after=0) as emulator:
        yield Program(emulator, dict(PIPELINE))


def test_a_pipeline_is_made_once_and_destroyed(program: Program):
    program.up()
    assert program.differences() == {}
    made = made_of(program.emulator)
    assert made == {kind: program.ids(kind) for kind in made}
    kinds = [one.kind for one in program.declared.values()]
    assert {kind: len(ids) for kind, ids in made.items()} == {one: kinds.count(one) for one in made}
    program.up()
    assert made_of(program.emulator) == made
    program.destroy()
    assert made_of(program.emulator) == {kind: [] for kind in OBJECTS}


def test_a_connection_deleted_outside_is_made_again_with_all_that_used_it(program: Program):
    program.up()
    program.emulator.delete(program.state("crm").id)
    program.up()
    assert program.differences() == {}
    made = made_of(program.emulator)
    assert made == {kind: program.ids(kind) for kind in made}
