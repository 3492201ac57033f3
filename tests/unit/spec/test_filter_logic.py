"""Filter logics that mean the same."""

import pytest

from polytomic_provider.spec.filter_logic import meaning_of

NO_RENAMING: dict[str, str] = {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A or B", "B OR A"),
        ("A and B and C", "(C and B) and A"),
        ("A or (B and C)", "C AND B or A"),
        ("(A)", "A"),
        (None, "A and B"),
        ("", "(B AND A)"),
    ],
)
def test_order_spelling_and_needless_brackets_mean_nothing(one: str | None, other: str):
    assert meaning_of(one, NO_RENAMING, 2) == meaning_of(other, NO_RENAMING, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [("A or B", "A and B"), ("A or B and C", "(A or B) and C"), ("A or B", "A or C")],
)
def test_other_logics_are_other_logics(one: str, other: str):
    assert meaning_of(one, NO_RENAMING, 3) != meaning_of(other, NO_RENAMING, 3)


def test_letters_of_another_order_are_brought_back():
    moved = {"A": "C", "B": "A", "C": "B"}
    assert meaning_of("A or (B and C)", moved, 3) == meaning_of("C or (A and B)", NO_RENAMING, 3)


@pytest.mark.parametrize("text", ["A or", "(A", "A B", "A)"])
def test_what_is_no_logic_is_refused(text: str):
    with pytest.raises(ValueError, match="cannot be read"):
        meaning_of(text, NO_RENAMING, 1)
