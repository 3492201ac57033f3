"""Values that mean the same are equal, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.handlers.equality import equal

SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (5, 5.0),
        (None, ""),
        (None, []),
        (None, False),
        ({"a": 1, "b": None}, {"a": 1}),
        ("Ann@Example.com", "ann@example.com"),
        ("acme.my.salesforce.com", "https://acme.my.salesforce.com/"),
        ("hunter2", "********"),
    ],
)
def test_other_spellings_are_equal(one: object, other: object):
    assert equal(one, other)
    assert equal(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 2),
        (True, None),
        (True, 1),
        ("a", "b"),
        ("A", "a"),
        ("http://a", "https://a"),
        (["a", "b"], ["b", "a"]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ("5", 5),
    ],
)
def test_other_values_are_not(one: object, other: object):
    assert not equal(one, other)
    assert not equal(other, one)


def test_order_counts_only_where_the_api_keeps_it():
    assert equal(["a", "b", "a"], ["b", "a", "a"], unordered=True)
    assert not equal(["a", "a", "b"], ["a", "b", "b"], unordered=True)


@given(VALUES)
def test_everything_equals_itself(value: object):
    assert equal(value, value)


@given(VALUES, VALUES)
def test_equality_has_no_direction(one: object, other: object):
    assert equal(one, other) == equal(other, one)


@given(st.lists(SCALARS, max_size=5), st.randoms())
def test_a_shuffled_list_is_equal_where_order_does_not_count(items: list[object], random):
    shuffled = list(items)
    random.shuffle(shuffled)
    assert equal(items, shuffled, unordered=True)
