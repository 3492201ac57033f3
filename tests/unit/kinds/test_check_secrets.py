"""What is said about bad arguments never holds the value that was found."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.dynamic import DynamicProvider
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import Property
from polytomic_provider.kinds import HANDLERS

CANARY = "canary-7d1f"
NUMBER = 909090909
WRONG: tuple[Any, ...] = (
    CANARY,
    NUMBER,
    NUMBER + 0.5,
    float(NUMBER * 10**9),
    [CANARY],
    [[CANARY]],
    {"value": CANARY},
    {CANARY[::-1]: CANARY},
    [{"name": "X", "value": CANARY, "valeu": [CANARY]}],
)
TYPES = connection_types.all_types()


@st.composite
def _mistaken(draw: st.DrawFn) -> dict[str, Any]:
    """A connection's arguments with wrong values anywhere, below known keys and beside them."""
    type_id = draw(st.sampled_from(sorted(TYPES)))
    wrong = st.sampled_from(WRONG)
    configuration = draw(_configuration(TYPES[type_id].properties)) | draw(
        st.dictionaries(st.sampled_from(["tokken", "x", "clientSecrt"]), wrong, max_size=2)
    )
    arguments = {"type": type_id, "configuration": configuration}
    others = ["name", "policies", "redirect_url", "validate", "force_destroy", "secret"]
    return {**arguments, **draw(st.dictionaries(st.sampled_from(others), wrong, max_size=3))}


@st.composite
def _configuration(draw: st.DrawFn, properties: Mapping[str, Property]) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(properties)), unique=True)) if properties else []
    made: dict[str, Any] = {}
    for name in names:
        found = properties[name]
        if found.children and draw(st.booleans()):
            inner = draw(_configuration(found.children))
            inner |= {"misspelt": CANARY} if draw(st.booleans()) else {}
            made[name] = [inner] if found.json_type == "array" else inner
        else:
            made[name[:-1] if draw(st.booleans()) else name] = draw(st.sampled_from(WRONG))
    return made


def _leaks(said: list[str]) -> list[str]:
    return [text for text in said if CANARY in text or str(NUMBER) in text]


@given(_mistaken())
def test_no_problem_of_a_connection_holds_the_value_that_was_found(arguments: dict[str, Any]):
    said = [str(problem) for problem in HANDLERS["Connection"].problems(arguments)]
    result = DynamicProvider("Connection").check({}, arguments)
    assert {failure.property for failure in result.failures} <= {""}
    assert _leaks([*said, *(str(failure.reason) for failure in result.failures)]) == []


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
@pytest.mark.parametrize("type_id", ["salesforce", "netsuite"])
def test_half_a_pair_of_credentials_is_told_without_the_half(type_id: str, wrong: Any):
    for name, found in TYPES[type_id].properties.items():
        if found.sensitive:
            arguments = {"type": type_id, "configuration": {name: wrong}}
            problems = [str(one) for one in HANDLERS["Connection"].problems(arguments)]
            assert problems
            assert _leaks(problems) == []
