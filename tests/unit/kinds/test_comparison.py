"""What a change of arguments means, by the facts about them."""

from typing import Annotated, Any

import pytest

from polytomic_provider.kinds.arguments import Arguments, Facts
from polytomic_provider.kinds.lifecycle.comparison import compare
from polytomic_provider.validation import UNKNOWN


class _Arguments(Arguments):
    name: Any = None
    tags: Annotated[Any, Facts(unordered=True)] = None
    steps: Any = None
    place: Annotated[Any, Facts(replaces=True)] = None
    workspace: Annotated[Any, Facts(replaces=True, unmanaged=True)] = None
    active: Annotated[Any, Facts(unmanaged=True)] = None
    settings: Annotated[Any, Facts(managed_keys=True, unmanaged=True)] = None
    again: Annotated[Any, Facts(trigger=True)] = None
    wait: Annotated[Any, Facts(provider_side=True)] = None
    cancel: Annotated[Any, Facts(provider_side=True, needed_by_delete=True)] = None


def _compare(name: str, before: Any, after: Any):
    return compare(_Arguments, {name: before}, {name: after})


def test_order_counts_only_where_the_api_keeps_it():
    assert not _compare("tags", ["a", "b"], ["b", "a"]).differs
    assert _compare("steps", ["a", "b"], ["b", "a"]).differs


@pytest.mark.parametrize(
    ("name", "changed", "replaces", "sent"),
    [
        ("name", True, False, True),
        ("place", True, True, True),
        ("workspace", True, True, True),
        ("active", True, False, True),
        ("again", True, False, True),
        ("wait", False, False, False),
        ("cancel", True, False, False),
    ],
)
def test_another_value_is_sent_unless_it_steers_the_provider(
    name: str, changed: bool, replaces: bool, sent: bool
):
    comparison = _compare(name, "old", "new")
    assert comparison.changed == (name,) * changed
    assert comparison.replaces == (name,) * replaces
    assert comparison.sent == (name,) * sent
    assert comparison.ended == ()


@pytest.mark.parametrize(
    ("name", "changed", "sent"),
    [
        ("name", True, True),
        ("place", True, True),
        ("workspace", False, False),
        ("active", True, False),
        ("again", False, False),
        ("wait", False, False),
        ("cancel", True, False),
    ],
)
def test_an_argument_left_out_is_cleared_unless_it_is_then_unmanaged(
    name: str, changed: bool, sent: bool
):
    comparison = _compare(name, "old", None)
    assert comparison.changed == (name,) * changed
    assert comparison.sent == (name,) * sent
    assert comparison.ended == (("active",) if name == "active" else ())


@pytest.mark.parametrize(
    ("after", "ended", "sent"),
    [
        ({"a": 1}, ("settings.b",), False),
        ({"a": 1, "b": None}, ("settings.b",), False),
        ({"a": 2}, ("settings.b",), True),
        ({"a": 1, "c": 3}, ("settings.b",), True),
        ({}, ("settings.a", "settings.b"), False),
        (None, ("settings",), False),
        (UNKNOWN, (), True),
    ],
    ids=str,
)
def test_to_end_managing_a_key_sends_nothing_by_itself(
    after: Any, ended: tuple[str, ...], sent: bool
):
    comparison = _compare("settings", {"a": 1, "b": 2}, after)
    assert comparison.changed == ("settings",)
    assert comparison.ended == ended
    assert comparison.sent == ("settings",) * sent
