"""The functions of filters and identities, their labels, and what each filter function takes.

Source: `FilterFunction` and `IdentityFunction` of the official clients; `GET
/api/connections/{id}/modelsync/target/fields` shows them with `requires_value`, `multi_value`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


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
FILTER_FUNCTIONS: Final[Mapping[str, FilterFunction]] = {one.id: one for one in _FILTERS}
FUNCTIONS_WITHOUT_VALUE: Final = tuple(one.id for one in _FILTERS if one.takes == "nothing")
FUNCTIONS_WITH_VALUE: Final = tuple(one.id for one in _FILTERS if one.takes == "value")
FUNCTIONS_WITH_SET: Final = tuple(one.id for one in _FILTERS if one.takes == "list")
FUNCTIONS_WITH_LIST: Final = tuple(one.id for one in _FILTERS if one.takes in ("list", "pair"))

IDENTITY_FUNCTIONS: Final[Mapping[str, str]] = {
    "Equality": "equals",
    "ISubstring": "contains, ignoring case",
    "OneOf": "is one of",
    "DomainMatch": "has the same domain",
    "HostnameMatch": "has the same host name",
}
"""Each identity function with its label."""
