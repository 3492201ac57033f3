"""When two lists of filters with their logic mean the same.

The API letters conditions by position and does not keep their order, so that the same filters may
come back with another text of their logic.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from polytomic_provider.facts.functions import FUNCTIONS_WITH_SET
from polytomic_provider.filtering.logic import label_at
from polytomic_provider.spec.equality import Equal, same, same_set
from polytomic_provider.spec.filter_logic import meaning_of
from polytomic_provider.spec.sync import Condition, Filters

MOST_TRIED: Final = 5000
"""How many ways to pair conditions are tried where several look alike."""

SameCondition = Callable[[Condition, Condition], bool]


def same_filters(one: Filters, other: Filters, equal: SameCondition) -> bool:
    """Return whether each condition has an equal one, and the logic combines them alike."""
    if len(one.conditions) != len(other.conditions):
        return False
    fitting = [
        [at for at, theirs in enumerate(other.conditions) if equal(mine, theirs)]
        for mine in one.conditions
    ]
    count = len(fitting)
    for chosen in islice(_assignments(fitting, ()), MOST_TRIED):
        letters = {label_at(at): label_at(place) for at, place in enumerate(chosen)}
        try:
            if meaning_of(one.logic, letters, count) == meaning_of(other.logic, {}, count):
                return True
        except ValueError:
            return bool(one.logic == other.logic)
    return False


def _assignments(fitting: Sequence[list[int]], taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield every way to give each condition a place of its own."""
    if len(taken) == len(fitting):
        yield taken
        return
    for place in fitting[len(taken)]:
        if place not in taken:
            yield from _assignments(fitting, (*taken, place))


def same_in_programs(one: Condition, other: Condition) -> bool:
    """Return whether two conditions of programs are equal; values of a set have no order."""
    if one.function in FUNCTIONS_WITH_SET and one.function == other.function:
        mine, theirs = ({**condition.written, "value": None} for condition in (one, other))
        return same(mine, theirs) and same_set(one.value, other.value)
    return same(one.written, other.written)


def same_value(function: object, one: object, other: object, equal: Equal) -> bool:
    """Return whether two values of a condition are equal; values of a set have no order."""
    if function in FUNCTIONS_WITH_SET:
        return same_set(one, other, equal)
    return equal(one, other)
