"""Arguments against their model."""

from typing import Any

import pytest

from polytomic_provider.kinds.connection import ConnectionArguments, ConnectionHandler
from polytomic_provider.validation import UNKNOWN, Severity
from polytomic_provider.validation.shapes import shape_problems

GOOD: dict[str, Any] = {"type": "salesforce", "configuration": {"domain": "a"}, "name": "CRM"}


def _texts(**change: Any) -> list[str]:
    return [str(problem) for problem in shape_problems(ConnectionArguments, {**GOOD, **change})]


def test_good_arguments_and_unknown_ones_have_no_problem():
    assert _texts() == []
    assert _texts(type=UNKNOWN, configuration=UNKNOWN, policies=[UNKNOWN], validate=UNKNOWN) == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"policies": "a"}, "policies: expected a list, got text"),
        ({"policies": ["a", 5]}, "policies[1]: expected text, got an integer"),
        ({"validate": "yes"}, "validate: expected True or False, got text"),
        ({"name": 5}, "name: expected text, got an integer"),
        ({"name": ""}, "name: must not be empty"),
        (
            {"colour": "blue"},
            "colour: is not an argument; known arguments: account, adopt, adopt_id",
        ),
        ({"polices": ["a"]}, "polices: is not an argument; did you mean 'policies'?"),
        ({"configuration": {"__x": 1}}, "configuration: keys that begin with two underscores"),
        ({"configuration": {"n": 2**60}}, "configuration.n: integers beyond 2^53"),
    ],
)
def test_a_wrong_shape_is_said_in_plain_words(change: dict[str, Any], text: str):
    found = _texts(**change)
    assert len(found) == 1
    assert text in found[0]


def test_a_required_argument_that_is_missing_is_named():
    texts = [str(problem) for problem in shape_problems(ConnectionArguments, {"type": "a"})]
    assert texts == ["configuration: is required"]


def test_a_type_that_is_not_known_warns():
    problems = ConnectionHandler().problems({**GOOD, "type": "salesforze", "configuration": {}})
    assert [problem.severity for problem in problems] == [Severity.WARNING]
    assert "did you mean 'salesforce'?" in problems[0].text
