"""Conditions on the records that a sync reads, one function for each of Polytomic's.

filters = [is_not_null("LastName"), starts_with("Email", "sales@")]

Each takes the name of a field of the sync's model. Source: `filters` of `POST /api/syncs`.
"""

from collections.abc import Sequence
from typing import Any

import pulumi

from polytomic_provider.resources.sync_types import FilterArgs

Field = pulumi.Input[str]


def is_null(field: Field) -> FilterArgs:
    """The field is null."""
    return {"field": field, "function": "IsNull"}


def is_not_null(field: Field) -> FilterArgs:
    """The field is not null; Salesforce keeps empty text as null."""
    return {"field": field, "function": "IsNotNull"}


def is_true(field: Field) -> FilterArgs:
    """The field is true."""
    return {"field": field, "function": "True"}


def is_false(field: Field) -> FilterArgs:
    """The field is false."""
    return {"field": field, "function": "False"}


def equals(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field equals `value`."""
    return {"field": field, "function": "Equality", "value": value}


def not_equals(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field differs from `value`."""
    return {"field": field, "function": "Inequality", "value": value}


def on_or_after(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is on or after the date `value`."""
    return {"field": field, "function": "OnOrAfter", "value": value}


def on_or_before(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is on or before the date `value`."""
    return {"field": field, "function": "OnOrBefore", "value": value}


def greater_than(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is greater than `value`."""
    return {"field": field, "function": "GreaterThan", "value": value}


def at_least(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is `value` or more."""
    return {"field": field, "function": "GreaterThanEqual", "value": value}


def less_than(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is less than `value`."""
    return {"field": field, "function": "LessThan", "value": value}


def at_most(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is `value` or less."""
    return {"field": field, "function": "LessThanEqual", "value": value}


def contains(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field contains the text `value`."""
    return {"field": field, "function": "StringContains", "value": value}


def starts_with(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field starts with `value`."""
    return {"field": field, "function": "StringStartsWith", "value": value}


def ends_with(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field ends with `value`."""
    return {"field": field, "function": "StringEndsWith", "value": value}


def does_not_contain(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field does not contain the text `value`."""
    return {"field": field, "function": "StringDoesNotContain", "value": value}


def does_not_start_with(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field does not start with `value`."""
    return {"field": field, "function": "StringDoesNotStartWith", "value": value}


def does_not_end_with(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field does not end with `value`."""
    return {"field": field, "function": "StringDoesNotEndWith", "value": value}


def one_of(field: Field, values: Sequence[pulumi.Input[Any]]) -> FilterArgs:
    """The field is one of `values`."""
    return {"field": field, "function": "StringOneOf", "value": list(values)}


def not_one_of(field: Field, values: Sequence[pulumi.Input[Any]]) -> FilterArgs:
    """The field is none of `values`."""
    return {"field": field, "function": "StringNotOneOf", "value": list(values)}


def between(field: Field, low: pulumi.Input[Any], high: pulumi.Input[Any]) -> FilterArgs:
    """The field lies between `low` and `high`."""
    return {"field": field, "function": "Between", "value": [low, high]}


def array_contains(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is a list that contains `value`."""
    return {"field": field, "function": "ArrayContains", "value": value}


def array_does_not_contain(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is a list without `value`."""
    return {"field": field, "function": "ArrayDoesNotContain", "value": value}


def in_the_last(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field lies within the last `value`, such as `7 days`."""
    return {"field": field, "function": "InTheLast", "value": value}


def relative_on_or_before(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is on or before the point in time `value`, such as `48 hours ago`."""
    return {"field": field, "function": "RelativeOnOrBefore", "value": value}


def relative_on_or_after(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field is on or after the point in time `value`, such as `48 hours ago`."""
    return {"field": field, "function": "RelativeOnOrAfter", "value": value}


def like(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field matches the pattern `value`: `%` is any text, `_` one letter."""
    return {"field": field, "function": "StringLike", "value": value}


def not_like(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field does not match the pattern `value`."""
    return {"field": field, "function": "StringNotLike", "value": value}


def matches_trimmed(field: Field, value: pulumi.Input[Any]) -> FilterArgs:
    """The field equals `value` without spaces around it."""
    return {"field": field, "function": "StringMatchesTrimmed", "value": value}
