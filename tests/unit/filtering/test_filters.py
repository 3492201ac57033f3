"""Filters of several conditions, and the logic that combines them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from polytomic_provider.filtering import CannotEvaluate, Condition, Filter
from polytomic_provider.filtering.logic import label_at, parse, relabelled

NOW = datetime(2024, 5, 31, tzinfo=UTC)


def flags(*names: str) -> list[Condition]:
    return [Condition(name, "True") for name in names]


def record(*true: str) -> dict[str, Any]:
    return dict.fromkeys(true, True)


@pytest.mark.parametrize(
    ("logic", "true", "failure"),
    [
        (None, "abc", None),
        ("", "ac", 1),
        ("A and B and C", "", 0),
        ("A or B or C", "c", None),
        ("A or B or C", "", 0),
        ("A and B or C", "c", None),
        ("A and (B or C)", "c", 0),
        ("A and (B or C)", "a", 1),
        ("(A or B) AND C", "b", 2),
        ("C and (B Or A)", "ab", 2),
    ],
)
def test_a_record_passes_or_a_condition_says_why_not(
    logic: str | None, true: str, failure: int | None
):
    wanted = Filter(flags("a", "b", "c"), logic)
    assert wanted.first_failure(record(*true), now=NOW) == failure
    assert wanted.matches(record(*true), now=NOW) is (failure is None)


def test_without_conditions_every_record_passes():
    assert Filter([]).matches({}, now=NOW)


def test_the_27th_condition_is_called_aa():
    assert [label_at(position) for position in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
    names = [f"f{number}" for number in range(27)]
    logic = " or ".join(label_at(position) for position in range(27))
    assert Filter(flags(*names), logic).matches(record("f26"), now=NOW)


@pytest.mark.parametrize(
    ("logic", "why"),
    [
        ("A or", "cannot be read: it ends too early"),
        ("A B", "cannot be read at 'B'"),
        ("A & B", "cannot be read at '&'"),
        ("and", "cannot be read at 'and'"),
        ("1 and 2", "cannot be read at '1'"),
        ("A)", "cannot be read at '\\)'"),
        ("(A or B", "cannot be read: a bracket is not closed"),
        ("()", "cannot be read at '\\)'"),
        ("A or C", "must name A, B; it names A, C"),
        ("A", "must name A, B; it names A"),
        ("a and b", "must name A, B; it names a, b"),
        ("(" * 5000 + "A or B" + ")" * 5000, "more than 100 brackets"),
    ],
)
def test_a_logic_that_makes_no_sense_is_refused(logic: str, why: str):
    with pytest.raises(CannotEvaluate, match=f"^filter logic {why}|{why}"):
        Filter(flags("a", "b"), logic)


def test_a_condition_that_makes_no_sense_is_refused_when_the_filter_is_made():
    with pytest.raises(CannotEvaluate, match="Between takes"):
        Filter([Condition("a", "Between", 5)])


def test_relabelling_leaves_the_rest_as_it_was_written():
    assert relabelled("one OR (two and  A)", {"one": "A", "two": "B", "A": "C"}) == (
        "A OR (B and  C)"
    )


def test_a_logic_without_words_says_nothing():
    assert parse(None) is parse(" \n") is None
