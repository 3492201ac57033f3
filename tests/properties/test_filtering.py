"""Laws of the 29 filter functions and of filter logic."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polytomic_provider.facts.functions import FILTER_FUNCTIONS
from polytomic_provider.filtering import CannotEvaluate, Condition, Filter, holds
from polytomic_provider.filtering.logic import label_at, relabelled

NOW = datetime(2024, 5, 31, 12, 0, tzinfo=UTC)

MOMENTS = st.datetimes(datetime(1999, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(
    datetime.isoformat
) | st.dates(date(1999, 1, 1), date(2040, 1, 1)).map(date.isoformat)
NUMBERS = st.integers(-1000, 1000) | st.floats(-1e6, 1e6)
TEXTS = st.text(alphabet="abAB ü%_\\1", max_size=5)
SCALARS = (
    st.none()
    | st.booleans()
    | NUMBERS
    | TEXTS
    | MOMENTS
    | NUMBERS.map(str)
    | st.sampled_from(["7 days", "48 hours ago", "today", "true", "FALSE", "", "NaN", "1e5"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=6,
)
WILD = (
    VALUES
    | st.text()
    | st.floats()
    | st.integers()
    | st.datetimes()
    | st.datetimes(timezones=st.just(timezone(timedelta(hours=-14))))
    | st.dates()
    | st.binary()
    | st.decimals()
    | st.tuples(SCALARS, SCALARS)
    | st.sampled_from([10**5000, "9" * 5000, "1e999999999999999999999", "9" * 9 + " years"])
    | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
)
FUNCTIONS = st.sampled_from(list(FILTER_FUNCTIONS))
NEGATIONS = {
    "Inequality": "Equality",
    "IsNotNull": "IsNull",
    "StringDoesNotContain": "StringContains",
    "StringDoesNotStartWith": "StringStartsWith",
    "StringDoesNotEndWith": "StringEndsWith",
    "StringNotOneOf": "StringOneOf",
    "ArrayDoesNotContain": "ArrayContains",
    "StringNotLike": "StringLike",
}


def answer(function: str, own: Any, value: Any) -> bool | None:
    """Whether it holds; None where the value is refused."""
    try:
        return holds(Condition("f", function, value), {"f": own}, now=NOW)
    except CannotEvaluate:
        return None


@given(FUNCTIONS, WILD, WILD)
def test_no_value_raises_anything_but_cannot_evaluate(function: str, own: Any, value: Any):
    assert answer(function, own, value) in (True, False, None)
    condition = Condition("f", function, value_field="g")
    if FILTER_FUNCTIONS[function].takes != "nothing":
        assert holds(condition, {"f": own, "g": value}, now=NOW) in (True, False)


@given(FUNCTIONS, WILD, st.lists(WILD, min_size=2, max_size=4))
def test_whether_a_value_is_refused_does_not_depend_on_the_record(
    function: str, value: Any, owns: list[Any]
):
    assert len({answer(function, own, value) is None for own in owns}) == 1


@pytest.mark.parametrize(("negative", "positive"), list(NEGATIONS.items()))
@given(own=VALUES, value=VALUES)
def test_a_negative_function_holds_exactly_where_its_positive_twin_does_not(
    negative: str, positive: str, own: Any, value: Any
):
    one, other = answer(negative, own, value), answer(positive, own, value)
    assert (one is None) == (other is None)
    assert one is None or one is not other


@given(own=st.booleans() | st.sampled_from(["true", "False", 0, 1]))
def test_what_reads_as_a_boolean_is_true_or_false(own: Any):
    assert answer("True", own, None) is not answer("False", own, None)


@given(FUNCTIONS, VALUES)
def test_null_passes_only_isnull_and_negative_functions(function: str, value: Any):
    found = answer(function, None, value)
    assert found is None or found == (
        function == "IsNull" or function in {*NEGATIONS} - {"IsNotNull"}
    )


PAIRS = st.one_of(*(st.tuples(kind, kind) for kind in (NUMBERS, NUMBERS.map(str), MOMENTS, TEXTS)))


@given(PAIRS)
def test_what_has_an_order_is_above_below_or_both(pair: tuple[Any, Any]):
    own, value = pair
    above, below = answer("GreaterThanEqual", own, value), answer("LessThanEqual", own, value)
    comparable = above or below
    assert comparable or isinstance(value, str)  # such as "b" and "1", which reads as a number
    assert answer("GreaterThan", own, value) is (bool(comparable) and not below)
    assert answer("LessThan", own, value) is (bool(comparable) and not above)
    assert answer("Between", own, [value, value]) is (above and below)
    on_or_after = answer("OnOrAfter", own, value)
    assert on_or_after is None or on_or_after is above


@given(own=NUMBERS, low=NUMBERS, high=NUMBERS, as_text=st.booleans())
def test_comparisons_of_numbers_are_monotone(own: Any, low: Any, high: Any, as_text: bool):
    assume(low <= high)
    shown = str(own) if as_text else own
    assert not answer("GreaterThan", shown, high) or answer("GreaterThan", shown, low)
    assert not answer("LessThan", shown, low) or answer("LessThan", shown, high)
    assert answer("Between", shown, [low, high]) is (low <= own <= high)
    assert answer("GreaterThan", shown, low) is (own > low)


@given(own=MOMENTS, low=MOMENTS, high=MOMENTS)
def test_comparisons_of_dates_are_monotone(own: str, low: str, high: str):
    assume(low[:10] < high[:10])
    for later in ("OnOrAfter", "GreaterThan", "GreaterThanEqual"):
        assert not answer(later, own, high) or answer(later, own, low)
    for earlier in ("OnOrBefore", "LessThan", "LessThanEqual"):
        assert not answer(earlier, own, low) or answer(earlier, own, high)


@given(own=MOMENTS, days=st.integers(0, 5000), more=st.integers(0, 5000))
def test_a_longer_length_takes_in_more(own: str, days: int, more: int):
    short, long = f"{days} days", f"{days + more} days"
    assert not answer("InTheLast", own, short) or answer("InTheLast", own, long)
    assert not answer("RelativeOnOrAfter", own, f"{short} ago") or answer(
        "RelativeOnOrAfter", own, f"{long} ago"
    )


@given(own=TEXTS, part=TEXTS)
def test_text_functions_agree_with_each_other(own: str, part: str):
    escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    assert answer("StringContains", own, part) is (part in own)
    assert answer("StringLike", own, f"%{escaped}%") is (part in own)
    assert answer("StringLike", own, f"{escaped}%") is answer("StringStartsWith", own, part)
    assert answer("StringLike", own, f"%{escaped}") is answer("StringEndsWith", own, part)
    assert answer("StringLike", own, escaped) is (own == part)
    assert answer("StringMatchesTrimmed", f" {own}\t", own)


@given(own=VALUES, items=st.lists(VALUES, max_size=4))
def test_one_of_is_equality_with_any(own: Any, items: list[Any]):
    assume(None not in items)
    wanted = any(answer("Equality", own, item) for item in items)
    assert answer("StringOneOf", own, items) is wanted
    assert answer("StringOneOf", own, items[::-1]) is wanted
    if isinstance(own, list) and items and not isinstance(items[0], list | dict):
        equal = any(answer("Equality", one, items[0]) for one in own)  # pyright: ignore[reportUnknownVariableType]
        assert answer("ArrayContains", own, items[0]) is equal


LOGICS = st.recursive(
    st.integers(0, 3),
    lambda inner: st.tuples(
        st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)
    ),
    max_leaves=8,
)
FLAGS = st.lists(st.booleans(), min_size=4, max_size=4)
CONDITIONS = [Condition(f"f{number}", "True") for number in range(4)]
OTHERWISE = [Condition(f"f{number}", "False") for number in range(4)]


def written(logic: Any) -> str:
    """A generated logic as text, every part in brackets."""
    if isinstance(logic, int):
        return label_at(logic)
    return "(" + f" {logic[0]} ".join(written(part) for part in logic[1]) + ")"


def truth(logic: Any, flags: list[bool]) -> bool:
    if isinstance(logic, int):
        return flags[logic]
    return (all if logic[0] == "and" else any)(truth(part, flags) for part in logic[1])


def dual(logic: Any) -> Any:
    if isinstance(logic, int):
        return logic
    return ("or" if logic[0] == "and" else "and", [dual(part) for part in logic[1]])


def complete(logic: Any) -> Any:
    """A logic that names all four conditions."""
    return ("and", [logic, ("or", [0, 1, 2, 3])])


def record(flags: list[bool]) -> dict[str, bool]:
    return {f"f{number}": flag for number, flag in enumerate(flags)}


@given(LOGICS, FLAGS)
def test_logic_means_what_it_says_and_a_failure_is_a_condition_that_fails(
    logic: Any, flags: list[bool]
):
    whole = complete(logic)
    wanted = Filter(CONDITIONS, written(whole))
    assert wanted.matches(record(flags), now=NOW) is truth(whole, flags)
    failure = wanted.first_failure(record(flags), now=NOW)
    assert failure is None or not flags[failure]


@given(LOGICS, FLAGS)
def test_de_morgan(logic: Any, flags: list[bool]):
    whole = complete(logic)
    negated = Filter(OTHERWISE, written(dual(whole)))
    plain = Filter(CONDITIONS, written(whole))
    assert negated.matches(record(flags), now=NOW) is not plain.matches(record(flags), now=NOW)


@given(LOGICS, FLAGS, st.randoms(use_true_random=False))
def test_the_order_of_conditions_means_nothing_once_they_are_relabelled(
    logic: Any, flags: list[bool], chance: random.Random
):
    order = list(range(4))
    chance.shuffle(order)
    moved = [CONDITIONS[old] for old in order]
    labels = {label_at(old): label_at(new) for new, old in enumerate(order)}
    text = written(complete(logic))
    one = Filter(CONDITIONS, text).matches(record(flags), now=NOW)
    assert Filter(moved, relabelled(text, labels)).matches(record(flags), now=NOW) is one
