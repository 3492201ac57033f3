"""The laws of `laws` for bulk syncs, whose schemas are read one by one."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import strategies as st

from polytomic_emulator.running import ControlError
from tests.engine.test_contradictions import SERVERS
from tests.oracle import bulk_expansion as bulk
from tests.oracle.driver import Resource, World
from tests.oracle.laws import Findings
from tests.oracle.test_laws import Record, examples, world
from tests.valid_arguments import bulk_syncs

ENDS = {
    "source_connection_id": "@connection.salesforce",
    "destination_connection_id": "@connection.postgresql",
}
__all__ = ["world"]
Arguments = dict[str, Any]


@st.composite
def programs(draw: st.DrawFn) -> Arguments:
    return {**ENDS, **draw(bulk_syncs("salesforce"))}


@st.composite
def one_leaf_changed(draw: st.DrawFn) -> tuple[Arguments, Arguments]:
    """Two programs that differ in one argument, or in one key of one schema."""
    before, other = draw(programs()), draw(programs())
    inside = [i for i, one in enumerate(before.get("schemas", ())) if isinstance(one, dict)]
    after = json.loads(json.dumps(before))
    if inside and draw(st.booleans()):
        schema = after["schemas"][draw(st.sampled_from(inside))]
        keys = ("fields", "filters", "data_cutoff_timestamp", "user_output_name", "tracking_field")
        key = draw(st.sampled_from([*keys, "partition_key", "disable_data_cutoff"]))
        values: dict[str, Any] = {
            "fields": [["Id"], {"Id": False}, {"Id": {"obfuscate": True}}, None],
            "filters": [[{"field": "Id", "function": "IsNull"}], [], None],
            "data_cutoff_timestamp": ["2022-02-02T00:00:00Z", None],
            "user_output_name": ["third", None],
            "tracking_field": ["Id", None],
            "partition_key": ["Id", None],
            "disable_data_cutoff": [True, False, None],
        }
        value = draw(st.sampled_from(values[key]))
        schema.pop(key, None)
        if value is not None:
            schema[key] = value
    else:
        keys = sorted({*before, *other} - {*ENDS, "destination_configuration"})
        key = draw(st.sampled_from(keys)) if keys else "active"
        after.pop(key, None)
        if key in other:
            after[key] = other[key]
    return before, after


def stored(world: World, resource: Resource) -> bulk.Object:
    return bulk.reading(world.emulator.stored("bulk_sync", resource.id))


def expected(
    world: World, resource: Resource, arguments: Arguments, before: Any, *, by_hand: bool = False
) -> bulk.Object:
    given = {"name": resource.name, **world.resolved(arguments)}
    return bulk.expected(given, before, by_hand=by_hand)


def settled(
    world: World, resource: Resource, arguments: Arguments, before: Any, *, by_hand: bool = False
) -> list[str]:
    """What is wrong after an `up`: with the object, or with the next two previews."""
    wanted = expected(world, resource, arguments, before, by_hand=by_hand)
    wrong = bulk.differences(wanted, stored(world, resource))
    for refreshed in (False, True):
        world.restart()
        if refreshed:
            world.refresh(resource)
        if (step := world.preview(resource, arguments)) != "nothing":
            wrong.append(f"the next preview says {step}, refreshed: {refreshed}")
    return wrong


def law_1(world: World, first: Arguments, second: Arguments) -> list[str]:
    world.restart()
    resource = world.create("BulkSync", first)
    try:
        wrong = [f"create: {one}" for one in settled(world, resource, first, None)]
        before = stored(world, resource)
        world.up(resource, second)
        return wrong + [f"update: {one}" for one in settled(world, resource, second, before)]
    finally:
        world.delete(resource)


def law_2(world: World, first: Arguments, second: Arguments) -> list[str]:
    """An update where the object becomes another one; else there may be none."""
    world.restart()
    resource = world.create("BulkSync", first)
    try:
        before = stored(world, resource)
        wanted = expected(world, resource, second, before)
        step = world.up(resource, second)
        wrong: list[str] = []
        if bulk.differences(wanted, before) and step != "update":
            wrong.append(f"the step was {step}")
        return wrong + settled(world, resource, second, before)
    finally:
        world.delete(resource)


def edits(document: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of a stored bulk sync with other values that a person could give it."""
    own = ("id", "organization_id", "output_name", "default_schedule_id", "field_id")
    if isinstance(document, dict):
        for key, value in document.items():
            if key in own or key.startswith(("created_", "updated_")) or key.endswith("_id"):
                continue
            yield from edits(value, f"{path}.{key}" if path else key)
    elif isinstance(document, list):
        for number, value in enumerate(document):
            yield from edits(value, f"{path}[{number}]")
    elif isinstance(document, bool):
        yield path, not document
    elif isinstance(document, int):
        yield path, document + 1
    elif isinstance(document, str):
        choices = {
            "mode": ["append", "replicate"],
            "normalize_names": ["legacy", "enabled"],
            "frequency": ["continuous", "manual"],
            "function": ["IsNull", "IsNotNull"],
        }
        key = path.rpartition(".")[2]
        adds = ["all", "none", "onlyIncremental"] if "automatically" in key else None
        times = ["2020-02-02T00:00:00Z"] if "timestamp" in key else None
        parts = ["7", "8"] if key in bulk.PARTS else None
        fields = ["Email", "Id"] if key in ("tracking_field", "partition_key") else None
        others = adds or times or parts or fields or choices.get(key) or [f"{document}x"]
        yield path, next(one for one in others if one != document)


def law_3(world: World, resource: Resource, arguments: Arguments, path: str, value: Any) -> Any:
    """Change one leaf by hand; None where the server refuses that, or nothing changes."""
    before = stored(world, resource)
    try:
        world.emulator.edit("bulk_sync", resource.id, path, value, strict=True)
    except ControlError:
        return None
    edited = stored(world, resource)
    if edited == before:
        return None
    wanted = expected(world, resource, arguments, edited, by_hand=True)
    world.refresh(resource)
    step = world.preview(resource, arguments)
    hurt = bool(bulk.differences(wanted, edited))
    if hurt != (step == "update"):
        return [f"the preview says {step}", *bulk.differences(wanted, edited)]
    world.up(resource, arguments)
    return settled(world, resource, arguments, edited, by_hand=not hurt)


def test_after_any_program_polytomic_holds_its_expansion(world: World, record_property: Record):
    findings = Findings()
    for pair in examples(st.tuples(programs(), programs()), 12):
        findings.add(pair, law_1(world, *pair))
    record_property("tried", findings.tried)
    findings.judge()


def test_a_change_of_one_leaf_is_deployed(world: World, record_property: Record):
    findings = Findings()
    for pair in examples(one_leaf_changed(), 30):
        findings.add(pair, law_2(world, *pair))
    record_property("tried", findings.tried)
    findings.judge()


@pytest.mark.parametrize("server", SERVERS)
def test_the_laws_hold_on_a_server_of_another_reading(
    bare_world: World, server: str, record_property: Record
):
    findings = Findings()
    bare_world.furnish(**SERVERS[server])
    begin = list(SERVERS).index(server)
    for pair in examples(st.tuples(programs(), programs()), 1, begin):
        findings.add(pair, law_1(bare_world, *pair))
    for pair in examples(one_leaf_changed(), 2, begin):
        findings.add(pair, law_2(bare_world, *pair))
    record_property("tried", findings.tried)
    findings.judge()


def _drift(world: World, count: int, most: int, begin: int | None = None) -> Findings:
    findings = Findings()
    for arguments in examples(programs(), count, begin):
        world.restart()
        resource = world.create("BulkSync", arguments)
        everything = list(edits(world.emulator.stored("bulk_sync", resource.id)))
        stride = max(1, len(everything) // most)
        for path, value in everything[::stride]:
            wrong = law_3(world, resource, arguments, path, value)
            if wrong is not None:
                findings.add((path, value, arguments), wrong)
            if wrong:
                world.delete(resource)
                resource = world.create("BulkSync", arguments)
        world.delete(resource)
    return findings


def test_a_change_of_one_leaf_on_the_server_is_repaired(world: World, record_property: Record):
    findings = _drift(world, 4, 15)
    record_property("tried", findings.tried)
    assert findings.tried > 20
    findings.judge()


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_many_changes_of_one_leaf_are_deployed_and_repaired(world: World, record_property: Record):
    findings = _drift(world, 40, 60, 7)
    for pair in examples(one_leaf_changed(), 300, 7):
        findings.add(pair, law_2(world, *pair))
    record_property("tried", findings.tried)
    findings.judge()
