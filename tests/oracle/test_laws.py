"""After any program Polytomic holds what it says, and whatever changes is seen: see `laws`.

Each test draws programs, counts what it tried, and shows the smallest input of each failure.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from polytomic_provider.api.http.settings import REFRESH_MODE
from tests.engine.test_contradictions import SERVERS
from tests.oracle import programs
from tests.oracle.driver import World
from tests.oracle.laws import Findings, edits, law_1, law_2, law_3

PAIRS = int(os.environ.get("POLYTOMIC_TEST_PAIRS", "10000"))
SEED = int(os.environ.get("POLYTOMIC_TEST_SEED", "1"))
SHARDS = 20
KINDS = ("Connection", "Model", "Sync")
USUAL: dict[str, Any] = {}
Record = Callable[[str, object], None]


def examples(draws: st.SearchStrategy[Any], count: int, begin: int | None = None) -> list[Any]:
    """Draw examples; the same ones for the same number to begin from."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=begin is None,
    )
    @given(draws)
    def draw(one: Any) -> None:
        found.append(one)

    (draw if begin is None else seed(begin)(draw))()
    return found


@pytest.fixture
def world(bare_world: World) -> World:
    if bare_world.switches or not bare_world.names:
        bare_world.furnish()
    return bare_world


@pytest.mark.parametrize(("kind", "count"), [("Connection", 6), ("Model", 10), ("Sync", 30)])
def test_after_any_program_polytomic_holds_its_expansion(
    world: World, kind: str, count: int, record_property: Record
):
    findings = Findings()
    for first, second in examples(programs.two_programs(kind), count):
        findings.add((kind, first, second), law_1(world, kind, first, second))
    record_property("tried", findings.tried)
    findings.judge()


@pytest.mark.parametrize(("kind", "count"), [("Connection", 20), ("Model", 20), ("Sync", 40)])
def test_a_change_of_one_leaf_is_deployed(
    world: World, kind: str, count: int, record_property: Record
):
    findings = Findings()
    for change in examples(programs.one_leaf_changed(kind), count):
        findings.add(change, law_2(world, change))
    record_property("tried", findings.tried)
    findings.judge()


@pytest.mark.parametrize("server", SERVERS)
def test_the_laws_hold_on_a_server_of_another_reading(
    bare_world: World, server: str, record_property: Record
):
    findings = Findings()
    bare_world.furnish(**SERVERS[server])
    begin = list(SERVERS).index(server)
    for kind, count in (("Connection", 1), ("Model", 2), ("Sync", 4)):
        for first, second in examples(programs.two_programs(kind), count, begin):
            findings.add((kind, first, second), law_1(bare_world, kind, first, second))
        for change in examples(programs.one_leaf_changed(kind), count, begin):
            findings.add(change, law_2(bare_world, change))
    record_property("tried", findings.tried)
    findings.judge()


@pytest.mark.parametrize("refresh_mode", REFRESH_MODE)
@pytest.mark.parametrize(("kind", "count"), [("Connection", 3), ("Model", 3), ("Sync", 4)])
def test_a_change_of_one_leaf_on_the_server_is_repaired(
    world: World, kind: str, count: int, refresh_mode: str, record_property: Record
):
    findings = Findings()
    world.refresh_mode = refresh_mode
    world.restart()
    for arguments in examples(programs.STRATEGIES[kind](), count):
        _edit_each(world, kind, arguments, findings, most=10)
    record_property("tried", findings.tried)
    assert findings.tried > 5 * count
    findings.judge()


def _edit_each(
    world: World, kind: str, arguments: programs.Arguments, findings: Findings, most: int
) -> None:
    """Edit leaves one after the other, of each part of the object some, until `most` are tried."""
    try:
        resource = world.create(kind, arguments)
    except Exception:  # Law 1 tells of it.
        return
    paths = list(dict.fromkeys(one.path for one in edits(kind, arguments, world.stored(resource))))
    stride = max(1, len(paths) // most)
    tried = 0
    for path in (path for start in range(stride) for path in paths[start::stride]):
        there = edits(kind, arguments, world.stored(resource))
        for edit in [one for one in there if one.path == path]:
            wrong = law_3(world, resource, edit)
            if wrong is not None:
                findings.add(edit, wrong)
                tried += 1
            if wrong:
                world.delete(resource)
                resource = world.create(kind, arguments)
            if wrong is not None:
                break
        if tried == most:
            break
    world.delete(resource)


@pytest.mark.torture
@pytest.mark.timeout(3 * 3600)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_any_change_of_one_leaf_is_deployed(bare_world: World, shard: int, record_property: Record):
    """Shards of pairs, one after the other on each server; the seed is the shard's number."""
    findings = Findings()
    servers = [USUAL, *SERVERS.values()]
    begin = SEED * SHARDS + shard
    for number, kind in enumerate(("Connection", "Model", "Sync", "Sync", "Sync", "Sync")):
        bare_world.furnish(**servers[(shard + number) % len(servers)])
        count = -(-PAIRS // SHARDS // 6)
        for change in examples(programs.one_leaf_changed(kind), count, begin + 1000 * number):
            findings.add(change, law_2(bare_world, change))
            bare_world.emulator.clear_requests()
    record_property("tried", findings.tried)
    findings.judge()


@pytest.mark.torture
@pytest.mark.timeout(3 * 3600)
@pytest.mark.parametrize("kind", KINDS)
def test_any_change_of_one_leaf_on_the_server_is_repaired(
    world: World, kind: str, record_property: Record
):
    findings = Findings()
    for arguments in examples(programs.STRATEGIES[kind](), 100, SEED):
        _edit_each(world, kind, arguments, findings, most=60)
        world.emulator.clear_requests()
    record_property("tried", findings.tried)
    findings.judge()
