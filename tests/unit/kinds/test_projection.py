"""A server's view in the user's own words."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.facts.secrets import MASK
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.lifecycle.projection import project, project_configuration


def _project(server: dict[str, Any], like: dict[str, Any], secret: str = "password"):
    return project_configuration(server, like, lambda path: path[-1] == secret)


def test_keys_that_the_user_does_not_manage_are_not_shown():
    assert _project({"host": "db", "port": 5432}, {"host": "db"}) == {"host": "db"}


def test_a_key_that_the_user_sets_to_none_is_not_managed():
    assert _project({"host": "db", "port": 5432}, {"host": "db", "port": None}) == {"host": "db"}


def test_a_secret_stays_as_the_user_wrote_it_whatever_the_server_shows():
    for shown in (MASK, None, "", "another"):
        assert _project({"password": shown}, {"password": "mine"}) == {"password": "mine"}


def test_an_equal_value_keeps_the_users_spelling():
    like = {"port": 5432, "domain": "acme.my.salesforce.com"}
    server = {"port": 5432.0, "domain": "https://acme.my.salesforce.com"}
    assert _project(server, like) == like


def test_the_case_of_an_e_mail_address_is_no_drift_and_that_of_other_texts_is():
    like = {"email": "Ann@Acme.com", "user": "Ann", "owner": "Ann@Acme.com"}
    lower = {key: value.lower() for key, value in like.items()}
    assert _project(lower, like) == {**lower, "email": "Ann@Acme.com"}
    assert _project({"email": "bob@acme.com"}, {"email": "Ann@Acme.com"}) != like


def test_a_value_changed_outside_is_shown():
    assert _project({"host": "other"}, {"host": "db"}) == {"host": "other"}


def test_a_value_removed_outside_is_gone():
    assert _project({}, {"host": "db", "ssl": False}) == {"ssl": False}


def test_what_a_server_adds_inside_an_object_is_no_drift():
    like = {"auth": {"basic": {"username": "ann", "password": "mine"}}}
    server = {"auth": {"basic": {"username": "ann", "password": MASK, "extra": 1}}}
    assert _project(server, like) == like


def test_masks_in_a_list_that_changed_never_replace_the_users_values():
    like = {"headers": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}
    server = {"headers": [{"name": "A", "value": MASK}]}
    assert _project(server, like) == {"headers": [{"name": "A", "value": "1"}]}


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=3),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(max_size=2)),
    )
)
def test_what_the_server_echoes_reads_as_it_was_written(written: dict[str, Any]):
    echoed = {key: MASK if key == "password" else value for key, value in written.items()}
    assert _project(echoed, written) == {k: v for k, v in written.items() if v is not None}


def test_what_no_reply_shows_stays_as_it_was_written():
    for facts in (
        Facts("x", required=False, write_only=True),
        Facts("x", required=False, provider_side=True),
        Facts("x", required=False, trigger=True),
    ):
        assert project(facts, "shown", "mine") == "mine"
        assert project(facts, None, "mine") == "mine"


def test_what_the_program_does_not_manage_is_not_shown():
    unmanaged = Facts("x", required=False, unmanaged=True)
    assert project(unmanaged, True, None) is None
    assert project(unmanaged, True, False) is True
    assert project(Facts("x", required=False), True, None) is True


def test_another_order_is_drift_only_where_the_api_keeps_it():
    unordered = Facts("x", required=False, unordered=True)
    assert project(unordered, ["b", "a"], ["a", "b"]) == ["a", "b"]
    assert project(Facts("x", required=False), ["b", "a"], ["a", "b"]) == ["b", "a"]
