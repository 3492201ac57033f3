"""Whatever rows and syncs there are, a data preview counts right and shows no value it may not."""

import re
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.filtering import Condition, Filter
from polytomic_provider.filtering.logic import labels_of
from polytomic_provider.previews.sampling import SampleOptions, sample_lines
from polytomic_provider.previews.sync_plan import SyncPlan, plan_of
from polytomic_provider.spec.sync_parse import spec_of

NOW = datetime(2024, 6, 1, tzinfo=UTC)
FIELDS = ("a", "b", "c")
SEEN = re.compile(r"Sample of (\d+) rows?: (?:all kept|(\d+) kept, (\d+) dropped)")

# Texts of letters that no sentence of a preview has, so that one that shows is a value.
FOREIGN = st.text(alphabet="ÀÉÎÕÜßþøñç0123456789@.", min_size=4, max_size=20)
VALUES = st.none() | st.just("") | st.booleans() | FOREIGN | st.integers(1000, 10**9)
ROWS = st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES), min_size=1, max_size=8)
CONDITIONS = st.lists(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(FIELDS),
            "function": st.sampled_from(["IsNull", "IsNotNull", "True", "False"]),
        }
    )
    | st.fixed_dictionaries(
        {
            "field": st.sampled_from(FIELDS),
            "function": st.sampled_from(["Equality", "Inequality"]),
            "value": FOREIGN,
        }
    ),
    max_size=3,
)
OVERRIDES = st.lists(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(FIELDS),
            "function": st.sampled_from(["IsNull", "IsNotNull"]),
            "override": FOREIGN,
        }
    ),
    max_size=2,
)


@st.composite
def syncs(draw: st.DrawFn) -> dict[str, Any]:
    filters = draw(CONDITIONS)
    logic = f" {draw(st.sampled_from(['and', 'or']))} ".join(labels_of(len(filters)))
    return {
        "model": "m1",
        "fields": {field: f"to_{field}" for field in draw(st.sets(st.sampled_from(FIELDS)))},
        "filters": filters,
        "filter_logic": logic or None,
        "overrides": draw(OVERRIDES),
        "override_fields": draw(
            st.dictionaries(st.sampled_from(["to_x", "to_y"]), FOREIGN, max_size=2)
        ),
    }


def plan(sync: dict[str, Any]) -> SyncPlan:
    return plan_of(spec_of(sync), "m1", {})


def values_of(rows: list[dict[str, Any]], *made: dict[str, Any]) -> set[str]:
    """Every value of more than three characters that is not for showing."""
    found = [value for row in rows for value in row.values()]
    for sync in made:
        found += [one.get("value") for one in sync["filters"]]
        found += [one["override"] for one in sync["overrides"]]
        found += list(sync["override_fields"].values())
    return {
        str(value)
        for value in found
        if isinstance(value, str | int) and not isinstance(value, bool) and len(str(value)) > 3
    }


@given(ROWS, syncs(), st.none() | syncs())
def test_masked_lines_show_no_value(
    rows: list[dict[str, Any]], sync: dict[str, Any], before: dict[str, Any] | None
):
    then = None if before is None else plan(before)
    text = "\n".join(sample_lines(plan(sync), then, rows, SampleOptions(rows=True), NOW))
    given_values = values_of(rows, sync, *([] if before is None else [before]))
    assert [value for value in given_values if value in text] == []


@given(ROWS, syncs())
def test_counts_are_those_of_the_filters(rows: list[dict[str, Any]], sync: dict[str, Any]):
    conditions = [
        Condition(one["field"], one["function"], one.get("value")) for one in sync["filters"]
    ]
    passing = Filter(conditions, sync["filter_logic"])
    kept = sum(passing.matches(row, now=NOW) for row in rows)
    seen = SEEN.match(sample_lines(plan(sync), None, rows, SampleOptions(), NOW)[0])
    assert seen is not None
    assert int(seen[1]) == len(rows)
    if sync["filters"]:
        assert (int(seen[2]), int(seen[3])) == (kept, len(rows) - kept)


@given(ROWS, syncs())
def test_a_sync_that_stays_as_it_is_has_nothing_before(
    rows: list[dict[str, Any]], sync: dict[str, Any]
):
    lines = sample_lines(plan(sync), plan(sync), rows, SampleOptions(rows=True), NOW)
    assert not any("before" in line.lower() for line in lines)


@given(ROWS, syncs(), syncs())
def test_what_moves_adds_up(
    rows: list[dict[str, Any]], sync: dict[str, Any], before: dict[str, Any]
):
    """Kept now = kept before - dropped by the change + kept by it."""
    lines = sample_lines(plan(sync), plan(before), rows, SampleOptions(), NOW)
    if len(lines) == 1:
        return
    number = dict.fromkeys(("drops", "keeps"), 0)
    for name in number:
        found = re.search(rf"{name} (\d+) of", lines[1])
        number[name] = int(found[1]) if found else 0
    kept_before = re.search(r"Before this change: (\d+) kept", lines[1])
    seen = SEEN.match(lines[0])
    assert kept_before is not None
    assert seen is not None
    kept = len(rows) if seen[2] is None else int(seen[2])
    assert kept == int(kept_before[1]) - number["drops"] + number["keeps"]
