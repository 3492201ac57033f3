"""Values of records in a preview: what a mask tells, and that it tells no more."""

import string
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from polytomic_provider.previews.showing import LONGEST, masked, shown

TEXTS = st.text() | st.text(alphabet='*@."()' + string.ascii_letters)
PARTS = st.text(alphabet=string.ascii_letters + string.digits + "-_", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("value", "mask"),
    [
        ("Jane", '"J***"'),
        ("jane@example.com", '"j***@e***.com"'),
        ("jane@mail.example.co.uk", '"j***@m***.uk"'),
        ("jane@example.technology", '"j***@e***"'),
        ("a", '"a***"'),
        ("Émile", '"É***"'),
        ("李小龙", '"***"'),
        ("555-1234", '"***"'),
        (" x", '"***"'),
        ("j***", "(text)"),
        ("", '""'),
        (None, "null"),
        ("2024-05-31", "(date)"),
        ("2024-05-31T12:00:00Z", "(date)"),
        (True, "(boolean)"),
        (12345, "(number)"),
        (1.5, "(number)"),
        (["Jane"], "(list)"),
        ({"name": "Jane"}, "(object)"),
    ],
)
def test_a_mask_says_what_a_value_is_and_hardly_more(value: Any, mask: str):
    assert shown(value, plain=False) == mask


@given(TEXTS.filter(lambda text: len(text) > 3))
@example('"***"')
@example("****")
@example("(text)")
@example("(date)")
def test_no_text_of_more_than_three_characters_survives_masking(text: str):
    assert text not in masked(text)


@given(st.integers() | st.floats() | st.lists(TEXTS) | st.dictionaries(TEXTS, TEXTS))
def test_no_other_value_changes_its_mask(value: Any):
    assert masked(value) in {"(number)", "(list)", "(object)"}


@given(PARTS, PARTS, PARTS)
def test_of_an_address_two_letters_and_its_last_part_survive(name: str, host: str, more: str):
    mask = masked(f"{name}@{host}{more}.com")
    parts = mask.strip('"').removesuffix(".com").split("@")
    assert [part.rstrip("*")[1:] for part in parts] == ["", ""]


@given(TEXTS, st.text(min_size=1))
def test_a_mask_does_not_tell_the_length(text: str, more: str):
    """A longer text of the same kind has the same mask, and no mask grows."""
    assert len(masked(text)) <= len('"j***@e***.com"')
    if masked(text) not in ("(date)", "(text)", '""') and "@" not in text + more:
        assert masked(text + more) in (masked(text), "(date)", "(text)")


def test_a_plain_value_stays_on_one_line_and_is_cut():
    assert shown("Jane\nDoe", plain=True) == '"Jane\\nDoe"'
    assert shown("\x1b[31m\x9b\u202e", plain=True) == '"\\u001b[31m\\u009b\\u202e"'
    assert shown({"a": [1, None]}, plain=True) == '{"a": [1, null]}'
    assert len(shown("x" * 1000, plain=True)) == LONGEST + 1


@given(st.recursive(TEXTS | st.integers() | st.none(), st.lists))
def test_a_plain_value_never_reaches_the_terminal_raw(value: Any):
    assert shown(value, plain=True).isprintable()
