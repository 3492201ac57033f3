"""The functions of filters and identities. Source: the official clients' enumerations."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class FilterFunction:
    """One comparison and the value it takes."""

    id: str
    label: str
    takes: Literal["nothing", "value", "list", "pair"] = "value"


_FILTERS = (
    FilterFunction("Equality", "equals"),
    FilterFunction("Inequality", "does not equal"),
    FilterFunction("IsNull", "is null", "nothing"),
    FilterFunction("IsNotNull", "is not null", "nothing"),
    FilterFunction("True", "is true", "nothing"),
    FilterFunction("False", "is false", "nothing"),
    FilterFunction("OnOrAfter", "is on or after"),
    FilterFunction("OnOrBefore", "is on or before"),
    FilterFunction("GreaterThan", "is greater than"),
    FilterFunction("GreaterThanEqual", "is greater than or equal to"),
    FilterFunction("LessThan", "is less than"),
    FilterFunction("LessThanEqual", "is less than or equal to"),
    FilterFunction("StringContains", "contains"),
    FilterFunction("StringStartsWith", "starts with"),
    FilterFunction("StringEndsWith", "ends with"),
    FilterFunction("StringDoesNotContain", "does not contain"),
    FilterFunction("StringDoesNotStartWith", "does not start with"),
    FilterFunction("StringDoesNotEndWith", "does not end with"),
    FilterFunction("StringOneOf", "is one of", "list"),
    FilterFunction("StringNotOneOf", "is not one of", "list"),
    FilterFunction("Between", "is between", "pair"),
    FilterFunction("ArrayContains", "contains"),
    FilterFunction("ArrayDoesNotContain", "does not contain"),
    FilterFunction("InTheLast", "is in the last"),
    FilterFunction("RelativeOnOrBefore", "is on or before"),
    FilterFunction("RelativeOnOrAfter", "is on or after"),
    FilterFunction("StringLike", "is like"),
    FilterFunction("StringNotLike", "is not like"),
    FilterFunction("StringMatchesTrimmed", "equals, ignoring spaces around it"),
)
FILTER_FUNCTIONS = {one.id: one for one in _FILTERS}
IDENTITY_FUNCTIONS = {
    "Equality": "equals",
    "ISubstring": "contains, ignoring case",
    "OneOf": "is one of",
    "DomainMatch": "has the same domain",
    "HostnameMatch": "has the same host name",
}
