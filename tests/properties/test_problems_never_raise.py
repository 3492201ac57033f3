"""Whatever a program writes, it is told what is wrong: looking at arguments never raises."""

import datetime
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.arguments import facts_of
from polytomic_provider.spec.sync_parse import parse_sync
from polytomic_provider.validation import UNKNOWN

WORDS = st.sampled_from(
    "Email email Model Target source target field field_id model_id function value label mode "
    "Equality IsNull StringOneOf Between frequency daily hour minute run_after sync_ids conditions "
    "logic mappings strategy and override override_value new configuration table query A".split()
)
STRANGE = st.sampled_from(
    [
        UNKNOWN,
        datetime.date(2026, 1, 1),
        Path("a/b"),
        Decimal("1.5"),
        b"bytes",
        float("nan"),
        float("inf"),
        2**70,
        {1, 2},
        {"a": 1}.keys(),
        (1, "two"),
        {5: "five"},
        {None: None},
        object(),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | WORDS | STRANGE
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=20,
)
SYNC: dict[str, Any] = {
    "name": "sync",
    "model": "6b1f0000-0000-4000-8000-000000000001",
    "mode": "updateOrCreate",
    "target": {
        "connection_id": "6b1f0000-0000-4000-8000-000000000002",
        "object": "contact",
        "configuration": {"mode": "x", "list": [{"a": 1}]},
    },
    "fields": {"Email": "email", "Name": ["a", {"target": "b", "sync_mode": "create"}]},
    "identities": {
        "mappings": [["Email", "email"], {"source": "Id", "target": "id"}],
        "strategy": "and",
    },
    "filters": [{"field": "Email", "function": "StringOneOf", "value": ["a"], "label": "A"}],
    "filter_logic": "A",
    "overrides": [{"field": "Email", "function": "IsNull", "override": "x"}],
    "override_fields": [{"target": "c", "override_value": "y"}],
    "schedule": {"frequency": "runafter", "run_after": {"sync_ids": ["s"]}},
}


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, ...]] = []
    for key, item in items:
        found.append((*path, key))
        if isinstance(item, dict | list):
            found += _places(item, (*path, key))
    return found


@st.composite
def broken_syncs(draw: st.DrawFn) -> dict[str, Any]:
    """A right sync with something else in one of its places."""
    sync = deepcopy(SYNC)
    *parents, key = draw(st.sampled_from(_places(SYNC)))
    part: Any = sync
    for parent in parents:
        part = part[parent]
    part[key] = draw(VALUES)
    return sync


@st.composite
def any_arguments(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(sorted(HANDLERS)))
    names = sorted(facts_of(HANDLERS[kind].arguments))
    return kind, draw(st.dictionaries(st.sampled_from(names) | WORDS, VALUES, max_size=8))


@settings(max_examples=120)
@given(broken_syncs())
def test_one_strange_value_in_a_sync(sync: dict[str, Any]):
    for problem in HANDLERS["Sync"].problems(sync):
        assert "errors.pydantic.dev" not in problem.text
    spec, _ = parse_sync(sync)
    spec.request()


@settings(max_examples=120)
@given(any_arguments())
def test_any_arguments_of_any_kind(drawn: tuple[str, dict[str, Any]]):
    kind, arguments = drawn
    for problem in HANDLERS[kind].problems(arguments):
        assert str(problem)


def test_the_right_sync_has_no_problem():
    assert HANDLERS["Sync"].problems(SYNC) == []
