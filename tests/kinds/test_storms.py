"""Many pipelines while everything fails now and then: one object each, in one run."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from polytomic_emulator import RunningEmulator
from tests.kinds.conftest import Workbench

FAULTS = (
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 500, "when": "after", "record": True},
    {"kind": "status", "status": 503},
    {"kind": "drop", "when": "before"},
    {"kind": "drop", "when": "after"},
    {"kind": "truncate"},
)


@pytest.fixture(params=["on", "off"])
def stormy(request: pytest.FixtureRequest) -> Iterator[Workbench]:
    """Each kind of fault at one request in twenty, with and without idempotency keys."""
    with RunningEmulator(consent_after=0, seed=7) as emulator:
        emulator.behave(idempotency_keys=request.param)
        for fault in FAULTS:
            emulator.fail(**fault, probability=0.05)
        yield Workbench(emulator)


def _pipeline(workbench: Workbench, number: int) -> tuple[str, str, str]:
    crm = workbench.create(
        "Connection",
        f"crm-{number}",
        type="salesforce",
        configuration={"domain": "acme.my.salesforce.com"},
    )
    workbench.emulator.authorize(crm.id)
    workbench.emulator.finish_schema(crm.id)
    model = workbench.create(
        "Model", f"m-{number}", connection_id=crm.id, configuration={"table": "Contact"}
    )
    sync = workbench.create(
        "Sync",
        f"s-{number}",
        model=model.id,
        mode="updateOrCreate",
        target={"connection_id": crm.id, "object": "Lead"},
        identity=["Email", "Email"],
        fields={"Email": "Email"},
    )
    return crm.id, model.id, sync.id


def _deploy(workbench: Workbench, pipelines: int) -> list[tuple[str, str, str]]:
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(lambda number: _pipeline(workbench, number), range(pipelines)))


@pytest.mark.torture
def test_a_storm_of_faults_ends_with_one_object_each_in_one_run(stormy: Workbench):
    made = _deploy(stormy, 50)
    emulator = stormy.emulator
    emulator.clear_faults()
    there = (emulator.connections(), emulator.models(), emulator.syncs())
    for kind, objects in enumerate(there):
        assert sorted(one["id"] for one in objects) == sorted(ids[kind] for ids in made)
        assert len(objects) == 50


@pytest.mark.torture
def test_what_was_lost_in_a_storm_is_found_again_in_the_next_one():
    with RunningEmulator(consent_after=0, seed=8) as emulator:
        workbench = Workbench(emulator)
        first = _deploy(workbench, 12)
        workbench.restart()
        for fault in FAULTS:
            emulator.fail(**fault, probability=0.05)
        assert _deploy(workbench, 12) == first
        emulator.clear_faults()
        assert len(emulator.syncs()) == 12
