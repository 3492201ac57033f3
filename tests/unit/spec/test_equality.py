"""What is equal between two programs, and what a reply may make of a program's value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.spec.equality import matches, matches_set, same, same_set, without_zeros
from polytomic_provider.validation import UNKNOWN

SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
NEAR = [
    ("", None),
    (False, None),
    (0, None),
    ([], None),
    ({}, None),
    (0, ""),
    (0, False),
    (1, True),
    ("5", 5),
    ("A", "a"),
    ("abc/", "abc"),
    ("https://acme.com", "acme.com"),
    ("@Acme", "@ACME"),
    (["a", "b"], ["b", "a"]),
    ({"a": 1}, {"a": 1, "b": False}),
    ("hunter2", "********"),
    (UNKNOWN, UNKNOWN),
]


@pytest.mark.parametrize(("one", "other"), NEAR, ids=str)
def test_near_values_of_two_programs_differ(one: object, other: object):
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [(5, 5.0), ({"a": 1, "b": None}, {"a": 1}), ([{"a": None}], [{}])]
)
def test_two_spellings_of_one_value_are_the_same(one: object, other: object):
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("server", "written"),
    [
        (None, ""),
        ([], None),
        (None, False),
        ("********", "hunter2"),
        ({"a": 1, "added": 2}, {"a": 1}),
        ([{"a": 1, "added": 2}], [{"a": 1}]),
        (5, "5"),
        ("5", 5),
        (1234567890123456789, "1234567890123456789"),
        ("Gr\u00f6\u00dfe", "Gro\u0308\u00dfe"),
    ],
)
def test_a_reply_may_show_a_value_in_another_way(server: object, written: object):
    assert matches(server, written)


@pytest.mark.parametrize(
    ("server", "written"),
    [
        ("a", "A"),
        ("acme.com", "https://acme.com"),
        ("x", None),
        (None, "x"),
        (1234567890123456789, "1234567890123456788"),
        ({"a": 1}, {"a": 1, "b": 2}),
        (0, ""),
        (["a", "b"], ["b", "a"]),
        (1, True),
    ],
)
def test_another_value_in_a_reply_is_drift(server: object, written: object):
    assert not matches(server, written)


def test_order_and_repetitions_count_only_where_the_api_keeps_them():
    assert same_set(["a", "b"], ["b", "a", "a"])
    assert not same_set(["a"], ["a", "b"])
    assert not same_set(["a", "b"], ["a"])
    assert matches_set([{"a": 1, "id": 7}, {"a": 2}], [{"a": 2}, {"a": 1}])
    assert not matches_set([{"a": 1}], [{"a": 2}])


def test_long_integers_keep_their_digits():
    shown = without_zeros({"id": 1234567890123456789, "none": None})
    assert shown == {"id": "1234567890123456789"}


@given(VALUES)
def test_everything_is_the_same_as_itself_and_matches_itself(value: object):
    assert same(value, value)
    assert matches(value, value)


@given(VALUES, VALUES)
def test_sameness_has_no_direction(one: object, other: object):
    assert same(one, other) == same(other, one)


@given(VALUES, VALUES)
def test_what_is_the_same_matches(one: object, other: object):
    if same(one, other):
        assert matches(one, other)
