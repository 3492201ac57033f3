"""What a PUT, which replaces an object in full, keeps of it."""

from polytomic_provider.facts.secrets import MASK
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.lifecycle.overlay import overlay, overlay_keys

FACTS = {
    facts.name: facts
    for facts in (
        Facts("name", required=True),
        Facts("active", required=False, unmanaged=True),
        Facts("wait", required=False, unmanaged=True, provider_side=True),
    )
}


def test_only_what_the_program_does_not_manage_is_kept():
    current = {"name": "old", "active": True, "wait": True, "id": "1"}
    assert overlay(FACTS, current, {"name": "new"}) == {"active": True, "name": "new"}
    assert overlay(FACTS, {"active": None}, {}) == {}


def test_the_program_wins_over_what_is_kept():
    assert overlay(FACTS, {"active": True}, {"active": False}) == {"active": False}


def test_keys_that_the_program_does_not_name_stay():
    current, old = {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2}
    assert overlay_keys(current, old, {"a": 5, "b": None}) == {"a": 5, "b": 2, "c": 3}


def test_no_mask_and_nothing_empty_is_sent_back():
    current = {"a": MASK, "b": "", "c": None, "d": 0, "e": {"f": MASK, "g": [MASK, {"h": MASK}]}}
    assert overlay_keys(current, {}, {}) == {"d": 0, "e": {"g": [{}]}}


def test_dropped_keys_go_unless_the_program_names_them():
    current = {"a": 1, "b": 2}
    assert overlay_keys(current, {}, {"b": 3}, drop=("a", "b")) == {"b": 3}


def test_inside_an_object_keys_that_the_program_ends_to_name_go_and_others_stay():
    current = {"auth": {"user": "u", "ours": 1, "theirs": 2, "deep": {"x": 1, "y": 2}}}
    old = {"auth": {"user": "u", "ours": 1, "deep": {"x": 1}}}
    new = {"auth": {"user": "v", "ours": None, "deep": {"z": 3}}}
    assert overlay_keys(current, old, new) == {
        "auth": {"user": "v", "theirs": 2, "deep": {"y": 2, "z": 3}}
    }
