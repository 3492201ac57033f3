"""The values that type checkers know are those that the provider accepts."""

from typing import get_args

from polytomic_provider.facts.functions import FILTER_FUNCTIONS
from polytomic_provider.facts.sync_rules import FREQUENCIES, MODES
from polytomic_provider.resources.sync_types import FilterFunction, Frequency, Mode


def test_modes_functions_and_frequencies_are_the_same_on_both_sides():
    assert set(get_args(Mode)) == set(MODES)
    assert set(get_args(FilterFunction)) == set(FILTER_FUNCTIONS)
    assert set(get_args(Frequency)) == set(FREQUENCIES)
