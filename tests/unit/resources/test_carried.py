"""What a program writes becomes what Pulumi can carry, or is refused by its path."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

import pytest

from polytomic_provider.resources.carried import Carrier


class Contact(str, Enum):  # noqa: UP042
    LAST = "LastName"


class Number(Enum):
    ONE = 1


@pytest.mark.parametrize(
    ("value", "carried"),
    [
        ({Contact.LAST: Contact.LAST}, {"LastName": "LastName"}),
        ({Number.ONE: Number.ONE}, {"1": 1}),
        ({5: date(2026, 1, 2)}, {"5": "2026-01-02"}),
        (datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "2026-01-02T03:04:00+00:00"),
        (PurePosixPath("a/b"), "a/b"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (("Email", "email"), ["Email", "email"]),
        ({"a": 1, "b": 2}.keys(), ["a", "b"]),
        ({"a": 1}.items(), [["a", 1]]),
        ({"a": 1}.values(), [1]),
        ((name for name in "ab"), ["a", "b"]),
        ({"b", "a", Contact.LAST}, ["LastName", "a", "b"]),
        ({10, 9.5, 2}, [2, 9.5, 10]),
        (range(2), [0, 1]),
        ({"deep": [{"tuple": (1, (2,))}]}, {"deep": [{"tuple": [1, [2]]}]}),
        (None, None),
        (True, True),
    ],
)
def test_where_the_meaning_is_clear_a_value_is_converted(value: Any, carried: Any):
    carrier = Carrier()
    found = carrier.carry(value, "fields")
    assert found == carried
    assert type(found) is type(carried)
    assert carrier.refused == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (
            {"x": Decimal(1)},
            "fields.x: expected text, a number, a boolean, a list or a mapping, got Decimal",
        ),
        (
            [b"x"],
            "fields[0]: expected text, a number, a boolean, a list or a mapping, got bytes",
        ),
        ({"a": {None: 1}}, "fields.a: expected text as a key, got NoneType"),
        ({"a": {("x",): 1}}, "fields.a: expected text as a key, got tuple"),
    ],
)
def test_anything_else_is_refused_by_its_path(value: Any, problem: str):
    carrier = Carrier()
    carrier.carry(value, "fields")
    assert [str(one) for one in carrier.refused] == [problem]
