"""What a server echoes of a sync reads as the user wrote it: `project(expand(x), like=x) == x`."""

import random
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.facts.functions import (
    FUNCTIONS_WITH_LIST,
    FUNCTIONS_WITH_VALUE,
    FUNCTIONS_WITHOUT_VALUE,
)
from polytomic_provider.facts.sync_rules import ZERO_ID
from polytomic_provider.kinds.arguments import facts_of
from polytomic_provider.kinds.sync.arguments import SyncArguments
from polytomic_provider.kinds.sync.projection import project_sync
from polytomic_provider.spec.sync_parse import parse_sync, spec_of
from polytomic_provider.validation.shapes import shape_problems

MODEL = "6b1f0000-0000-4000-8000-000000000001"
OTHER = "6b1f0000-0000-4000-8000-000000000002"
FACTS = facts_of(SyncArguments)

NAMES = st.sampled_from(["Email", "FirstName", "LastName", "Phone", "Title", "Id"])
TARGETS = st.sampled_from([f"field{number}" for number in range(20)])
VALUES = st.text(min_size=1, max_size=4) | st.integers(1, 99)
SOURCES = NAMES | st.builds(lambda name: {"model_id": OTHER, "field": name}, NAMES)
SPECS = TARGETS | st.fixed_dictionaries(
    {"target": TARGETS},
    optional={"sync_mode": st.sampled_from(["create", "update"]), "new": st.booleans()},
)
MAPPINGS = st.dictionaries(
    NAMES, SPECS | st.lists(SPECS, min_size=1, max_size=2), min_size=1, max_size=4
) | st.lists(st.fixed_dictionaries({"source": SOURCES, "target": TARGETS}), min_size=1, max_size=4)
CONDITIONS = (
    st.fixed_dictionaries({"field": NAMES, "function": st.sampled_from(FUNCTIONS_WITHOUT_VALUE)})
    | st.fixed_dictionaries(
        {"field": NAMES, "function": st.sampled_from(FUNCTIONS_WITH_VALUE), "value": VALUES}
    )
    | st.fixed_dictionaries(
        {
            "field": NAMES,
            "function": st.sampled_from(FUNCTIONS_WITH_LIST),
            "value": st.lists(VALUES, min_size=2, max_size=2),
        }
    )
)
SCHEDULES = st.sampled_from(
    [
        {"frequency": "manual"},
        {"frequency": "hourly", "minute": 5},
        {"frequency": "daily", "hour": "07", "minute": 0},
        {"frequency": "weekly", "day_of_week": "monday", "hour": 1, "minute": "30"},
        {"frequency": "runafter", "run_after": {"sync_ids": [OTHER]}},
    ]
)
SYNCS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["create", "append", "replace", "updateOrCreate"]),
        "model": st.just(MODEL),
        "name": st.text(min_size=1, max_size=5),
        "target": st.fixed_dictionaries(
            {"connection_id": st.just(OTHER), "object": TARGETS},
            optional={"configuration": st.dictionaries(NAMES, VALUES, max_size=2)},
        ),
        "fields": MAPPINGS,
        "identity": st.tuples(NAMES, TARGETS).map(list)
        | st.fixed_dictionaries({"source": NAMES, "target": TARGETS}),
    },
    optional={
        "filters": st.lists(CONDITIONS, min_size=1, max_size=3),
        "overrides": st.lists(
            CONDITIONS.map(lambda one: {**one, "override": "x"}), min_size=1, max_size=2
        ),
        "override_fields": st.dictionaries(TARGETS, VALUES, min_size=1, max_size=2),
        "schedule": SCHEDULES,
        "active": st.booleans(),
        "sync_all_records": st.just(True),
        "policies": st.lists(st.sampled_from([MODEL, OTHER]), unique=True, min_size=1),
    },
).filter(lambda sync: _each_target_once(sync))


def _each_target_once(sync: dict[str, Any]) -> bool:
    """Whether no target is written twice, which Polytomic refuses."""
    fields: Any = sync["fields"]
    specs = fields
    if isinstance(fields, dict):
        listed = [one if isinstance(one, list) else [one] for one in fields.values()]
        specs = [spec for specs in listed for spec in specs]
    targets = [one if isinstance(one, str) else one["target"] for one in specs]
    targets += sync.get("override_fields", {})
    return len(targets) == len(set(targets))


def _echo(arguments: dict[str, Any]) -> dict[str, Any]:
    """What a server answers: constants among the mappings, filters with letters."""
    body = deepcopy(spec_of(arguments).request())
    constants = body.pop("override_fields", [])
    body["fields"] += [
        {**one, "source": {"model_id": ZERO_ID, "field": ""}, "sync_mode": "updateOrCreate"}
        for one in constants
    ]
    for position, one in enumerate(body.get("filters", [])):
        one["label"] = "ABC"[position]
    return {**body, "model_ids": [MODEL]}


def _shown(server: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    shown = project_sync(server, like, FACTS)
    return {key: value for key, value in shown.items() if value is not None}


@given(SYNCS)
def test_generated_arguments_are_valid(arguments: dict[str, Any]):
    assert shape_problems(SyncArguments, arguments) == []
    assert parse_sync(arguments)[1] == []


@given(SYNCS)
def test_what_is_echoed_reads_as_it_was_written(arguments: dict[str, Any]):
    assert _shown(_echo(arguments), arguments) == arguments


@given(SYNCS, st.integers())
def test_lists_in_another_order_read_as_they_were_written(arguments: dict[str, Any], seed: int):
    server = _echo(arguments)
    for name in ("fields", "filters", "overrides", "policies"):
        if name in server:
            random.Random(seed).shuffle(server[name])
    assert _shown(server, arguments) == arguments


@given(SYNCS)
def test_the_newer_shapes_of_filters_and_identity_read_as_the_older_were_written(
    arguments: dict[str, Any],
):
    server = _echo(arguments)
    server["identities"] = {"mappings": [server.pop("identity")], "strategy": "priority"}
    conditions = [
        {"source": one["field"], "function": one["function"], "value": one.get("value")}
        for one in server.pop("filters", [])
    ]
    server["model_filters"] = {"conditions": conditions, "logic": None}
    assert _shown(server, arguments) == arguments


@given(SYNCS, NAMES, TARGETS)
def test_a_mapping_added_outside_is_shown_in_the_users_form(
    arguments: dict[str, Any], source: str, target: str
):
    server = _echo(arguments)
    added = {"source": {"model_id": MODEL, "field": source}, "target": f"{target}_2"}
    server["fields"].append(added)
    shown = _shown(server, arguments)
    assert shown["fields"] != arguments["fields"]
    assert type(shown["fields"]) is type(arguments["fields"]) or isinstance(shown["fields"], list)
    again = spec_of({**arguments, "fields": shown["fields"]}).request()
    assert added in [
        {key: value for key, value in one.items() if key in added} for one in again["fields"]
    ]


@given(SYNCS, st.sampled_from(["mode", "name"]))
def test_a_scalar_changed_outside_is_shown(arguments: dict[str, Any], name: str):
    server = {**_echo(arguments), name: "changed"}
    assert _shown(server, arguments)[name] == "changed"


def test_the_order_of_identities_counts_where_the_first_that_matches_decides():
    mappings = [["Email", "field1"], ["Id", "field2"]]
    base = {"mode": "updateOrCreate", "model": MODEL, "name": "s", "fields": {"Email": "field3"}}
    base["target"] = {"connection_id": OTHER, "object": "contact"}
    for strategy, shown in (("priority", mappings[::-1]), ("and", mappings)):
        arguments = {**base, "identities": {"mappings": mappings, "strategy": strategy}}
        server = _echo(arguments)
        server["identities"]["mappings"].reverse()
        assert _shown(server, arguments)["identities"]["mappings"] == shown
