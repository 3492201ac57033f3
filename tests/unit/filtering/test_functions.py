"""Each filter function, on values for which it holds and on values for which it does not."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from polytomic_provider.facts.functions import FILTER_FUNCTIONS
from polytomic_provider.filtering import CannotEvaluate, Condition, holds
from polytomic_provider.filtering.functions import FUNCTIONS

NOW = datetime(2024, 5, 31, 12, 0, tzinfo=UTC)
NOON = "2024-05-31T12:00:00Z"


def passes(function: str, own: Any, value: Any = None) -> bool:
    return holds(Condition("f", function, value), {"f": own}, now=NOW)


def test_every_documented_function_is_there():
    assert list(FUNCTIONS) == list(FILTER_FUNCTIONS)


HOLD = [
    ("Equality", "Ada", "Ada"),
    ("Equality", 5, "5"),
    ("Equality", "5.0", 5),
    ("Equality", 0.1, "0.1"),
    ("Equality", True, "TRUE"),
    ("Equality", "2024-05-31T14:00:00+02:00", NOON),
    ("Equality", "2024-05-31T23:59:59Z", "2024-05-31"),
    ("Equality", date(2024, 5, 31), "2024-05-31"),
    ("Equality", ["a", 1], ["a", "1"]),
    ("Equality", {"a": 1}, {"a": 1}),
    ("Equality", "", ""),
    ("Inequality", "Ada", "ada"),
    ("Inequality", "05", "5"),
    ("Inequality", None, "Ada"),
    ("Inequality", None, ""),
    ("Inequality", 1, True),
    ("IsNull", None, None),
    ("IsNull", None, ""),
    ("IsNotNull", "", None),
    ("IsNotNull", False, None),
    ("True", True, None),
    ("True", "true", None),
    ("True", 1, None),
    ("False", False, None),
    ("False", 0, None),
    ("OnOrAfter", NOON, "2024-05-31"),
    ("OnOrAfter", NOON, NOON),
    ("OnOrAfter", "2024-05-31", NOON),
    ("OnOrBefore", "2024-05-31T23:59:59.999Z", "2024-05-31"),
    ("OnOrBefore", "2024-05-31T12:00:00.000+0000", NOON),
    ("OnOrBefore", "2024-05-31 12:00", NOON),
    ("GreaterThan", "10", 9),
    ("GreaterThan", 10, "9"),
    ("GreaterThan", "b", "a"),
    ("GreaterThan", "2024-06-01T00:00:00Z", "2024-05-31"),
    ("GreaterThanEqual", 9, 9.0),
    ("LessThan", -1, 0),
    ("LessThan", "Zoe", "ada"),
    ("LessThanEqual", "2024-05-31T23:00:00Z", "2024-05-31"),
    ("StringContains", "Müller", "üll"),
    ("StringContains", 12345, "234"),
    ("StringContains", "a", ""),
    ("StringStartsWith", "sales@x.com", "sales@"),
    ("StringEndsWith", "sales@x.com", ".com"),
    ("StringDoesNotContain", "Müller", "ULL"),
    ("StringDoesNotContain", None, "x"),
    ("StringDoesNotStartWith", "xab", "ab"),
    ("StringDoesNotEndWith", "abx", "ab"),
    ("StringOneOf", "b", ["a", "b"]),
    ("StringOneOf", 2, ["1", "2"]),
    ("StringNotOneOf", None, ["a", "b"]),
    ("StringNotOneOf", "c", []),
    ("Between", 1, [1, 3]),
    ("Between", "3", [1, 3]),
    ("Between", NOON, ["2024-05-01", "2024-05-31"]),
    ("ArrayContains", ["red", "blue"], "red"),
    ("ArrayContains", [1, 2], "2"),
    ("ArrayDoesNotContain", ["red"], "re"),
    ("ArrayDoesNotContain", None, "red"),
    ("ArrayDoesNotContain", "red", "red"),
    ("InTheLast", "2024-05-24T12:00:00Z", "7 days"),
    ("InTheLast", NOON, "1 minute"),
    ("InTheLast", "2024-05-31", "1 hour"),
    ("RelativeOnOrBefore", "2024-05-29T12:00:00Z", "48 hours ago"),
    ("RelativeOnOrBefore", "2024-05-31T23:00:00Z", "today"),
    ("RelativeOnOrAfter", "2024-05-29T12:00:00Z", "48 hours ago"),
    ("RelativeOnOrAfter", "2024-06-14T12:00:00Z", "2 weeks from now"),
    ("StringLike", "Ada Lovelace", "Ada%"),
    ("StringLike", "Ada Lovelace", "%a L_ve%"),
    ("StringLike", "100%", r"100\%"),
    ("StringLike", "two\nlines", "two%lines"),
    ("StringLike", "abab", "%ab"),
    ("StringNotLike", "Ada", "ada"),
    ("StringNotLike", None, "%"),
    ("StringNotLike", "100 percent", r"100\%"),
    ("StringMatchesTrimmed", "  Ada\t", "Ada "),
]
FAIL = [
    ("Equality", None, "x"),
    ("Equality", "Ada", "ada"),
    ("Equality", "5", "5.0"),
    ("Equality", 1, True),
    ("Equality", "yes", True),
    ("Equality", ["a"], ["a", "b"]),
    ("Inequality", 5, "5"),
    ("IsNull", "", None),
    ("IsNotNull", None, None),
    ("True", None, None),
    ("True", "yes", None),
    ("False", None, None),
    ("False", 2, None),
    ("OnOrAfter", "2024-05-30T23:59:59Z", "2024-05-31"),
    ("OnOrAfter", "soon", "2024-05-31"),
    ("OnOrBefore", "2024-06-01", "2024-05-31"),
    ("OnOrBefore", None, "2024-05-31"),
    ("OnOrBefore", 5, "2024-05-31"),
    ("GreaterThan", None, 0),
    ("GreaterThan", "many", 0),
    ("GreaterThan", True, 0),
    ("GreaterThan", "2024-05-31T23:00:00Z", "2024-05-31"),
    ("GreaterThanEqual", "9", 10),
    ("LessThan", None, 0),
    ("LessThan", 0, 0),
    ("LessThanEqual", "z", 5),
    ("StringContains", None, ""),
    ("StringContains", ["a"], "a"),
    ("StringContains", "Müller", "mü"),
    ("StringStartsWith", "Sales", "sales"),
    ("StringEndsWith", "abc", "ab"),
    ("StringDoesNotContain", "Müller", "ü"),
    ("StringDoesNotStartWith", "abc", "ab"),
    ("StringDoesNotEndWith", "abc", "bc"),
    ("StringOneOf", None, ["a"]),
    ("StringOneOf", None, [None]),
    ("StringOneOf", "a", []),
    ("StringNotOneOf", "a", ["a"]),
    ("Between", 4, [1, 3]),
    ("Between", 2, [3, 1]),
    ("Between", None, [1, 3]),
    ("ArrayContains", "red", "red"),
    ("ArrayContains", None, "red"),
    ("ArrayDoesNotContain", ["red"], "red"),
    ("InTheLast", "2024-05-24T11:59:59Z", "7 days"),
    ("InTheLast", "2024-05-31T12:00:01Z", "7 days"),
    ("InTheLast", None, "7 days"),
    ("RelativeOnOrBefore", "2024-05-29T12:00:01Z", "48 hours ago"),
    ("RelativeOnOrAfter", "2024-05-30T23:59:59Z", "today"),
    ("RelativeOnOrAfter", None, "yesterday"),
    ("StringLike", "Ada", "A_"),
    ("StringLike", "aab", "%ab_"),
    ("StringLike", None, "%"),
    ("StringNotLike", "Ada", "A%"),
    ("StringMatchesTrimmed", None, ""),
    ("StringMatchesTrimmed", "ada", "Ada"),
]


@pytest.mark.parametrize(("function", "own", "value"), HOLD)
def test_a_function_holds(function: str, own: Any, value: Any):
    assert passes(function, own, value)


@pytest.mark.parametrize(("function", "own", "value"), FAIL)
def test_a_function_does_not_hold(function: str, own: Any, value: Any):
    assert not passes(function, own, value)


def test_each_function_is_seen_to_hold_and_not_to_hold():
    for cases in (HOLD, FAIL):
        assert {function for function, _, _ in cases} == set(FILTER_FUNCTIONS)


@pytest.mark.parametrize(
    ("function", "value", "takes"),
    [
        ("Equality", None, "a value"),
        ("IsNull", "x", "no value"),
        ("OnOrAfter", "soon", "a date such as"),
        ("OnOrAfter", "2024-06-31", "a date such as"),
        ("GreaterThan", True, "a number, a date or a text"),
        ("LessThan", [1], "a number, a date or a text"),
        ("StringContains", ["a"], "a text"),
        ("StringOneOf", "a", "a list of values"),
        ("Between", [1], "a list of two values"),
        ("Between", [None, 1], "a list of two values"),
        ("ArrayContains", ["a"], "one value, not a list"),
        ("InTheLast", 7, "a length of time such as '7 days'"),
        ("InTheLast", "7 days from now", "a length of time such as '7 days'"),
        ("InTheLast", "a while", "a length of time such as '7 days'"),
        ("RelativeOnOrAfter", "2024-05-31", "a point in time such as '48 hours ago'"),
    ],
)
def test_a_value_of_a_wrong_shape_is_refused_whatever_the_record(
    function: str, value: Any, takes: str
):
    for own in (None, "x", 5):
        with pytest.raises(CannotEvaluate, match=f"^{function} takes {takes}"):
            passes(function, own, value)


def test_an_unknown_function_is_refused_with_the_known_ones():
    with pytest.raises(CannotEvaluate, match="'Equals'; there are Equality, "):
        passes("Equals", 1, 1)


def test_a_key_that_a_record_lacks_is_null():
    assert holds(Condition("f", "IsNull"), {}, now=NOW)


@pytest.mark.parametrize(
    ("function", "own", "other", "wanted"),
    [
        ("Equality", "a", "a", True),
        ("Equality", None, None, True),
        ("GreaterThan", 3, 2, True),
        ("GreaterThan", 3, None, False),
        ("StringOneOf", "a", ["a", "b"], True),
        ("StringOneOf", "a", "a", True),
        ("Between", 2, [1, 3], True),
        ("Between", 2, 1, False),
        ("InTheLast", NOON, 5, False),
        ("RelativeOnOrAfter", NOON, None, False),
        ("StringContains", "abc", None, False),
        ("StringDoesNotContain", "abc", None, True),
        ("ArrayContains", ["a"], "a", True),
    ],
)
def test_a_field_can_be_compared_with_another(function: str, own: Any, other: Any, wanted: bool):
    condition = Condition("f", function, value_field="g")
    assert holds(condition, {"f": own, "g": other}, now=NOW) is wanted


def test_a_value_and_another_field_at_once_are_refused():
    for condition in (Condition("f", "Equality", 1, "g"), Condition("f", "IsNull", None, "g")):
        with pytest.raises(CannotEvaluate, match="not another field's as well"):
            holds(condition, {}, now=NOW)


def test_a_now_without_zone_is_in_utc():
    condition = Condition("f", "InTheLast", "1 hour")
    assert holds(condition, {"f": NOON}, now=NOW.replace(tzinfo=None))
