"""The suggestions that messages make."""

import unicodedata

import pytest

from polytomic_provider.facts import connection_types
from polytomic_provider.validation.problems import nearest, one_of


@pytest.mark.parametrize(
    ("found", "names", "meant"),
    [
        ("domian", ["domain", "connect_mode"], "domain"),
        ("conect_mode", ["domain", "connect_mode"], "connect_mode"),
        ("netsweet", ["netsuite", "salesforce"], "netsuite"),
        ("Lastname", ["FirstName", "LastName"], "LastName"),
        ("first_name", ["FirstName", "LastName"], "FirstName"),
        ("ID", ["Id", "Email"], "Id"),
        ("user", ["username", "password"], "username"),
        ("values", ["name", "value"], "value"),
        ("Region", ["Region__c", "Name"], "Region__c"),
        ("titel", ["title", "tier"], "title"),
        ("houre", ["hour", "minute"], "hour"),
        # Others contain it, or are one word away: they mean something else.
        ("host", ["ssh_host", "port"], None),
        ("ssh_host", ["host", "port"], None),
        ("ssh_port", ["ssh_host", "ssh_user"], None),
        ("Name", ["LastName", "FirstName"], None),
        ("user_id", ["user", "name"], None),
        ("upsert", ["update", "updateOrCreate", "create"], None),
        ("port", ["host"], None),
        ("colour", ["adopt", "configuration"], None),
        ("", ["host"], None),
        ("id", ["is"], None),
    ],
)
def test_only_what_a_typing_error_makes_of_a_name_is_suggested(
    found: str, names: list[str], meant: str | None
):
    assert nearest(found, names) == meant


@pytest.mark.parametrize(
    ("found", "known"),
    [
        (unicodedata.normalize("NFD", "Größe"), "Größe"),
        ("Größe", unicodedata.normalize("NFD", "Größe")),
        ("First\N{NO-BREAK SPACE}name", "First name"),
        ("Email\N{ZERO WIDTH SPACE}", "Email"),
    ],
)
def test_a_name_that_only_looks_the_same_is_said_to_be_another(found: str, known: str):
    assert one_of(found, [known, "Phone"], "field") == (
        "a known field looks the same but is written with other Unicode characters; "
        f"copy it from here: {known!r}; known fields: {', '.join(sorted([known, 'Phone']))}"
    )


def test_many_names_are_counted_with_the_nearest_and_where_all_are_listed():
    types = connection_types.all_types()
    text = one_of("netsweet", types, "connection type")
    assert text.startswith(
        f"did you mean 'netsuite'? there are {len(types)} connection types, nearest in spelling: "
    )
    assert text.endswith(" (all: `GET /api/connection_types`)")
    assert len(text) < 200
    assert one_of("zzzzzzzz", types, "connection type") == (
        f"there are {len(types)} connection types (all: `GET /api/connection_types`)"
    )
    assert one_of(None, map(str, range(50)), "key") == "there are 50 keys"


def test_the_value_found_is_shown_only_where_the_caller_says_so():
    assert one_of("upsert", ["update", "create"], "mode") == "known modes: create, update"
    assert one_of("upsert", ["update", "create"], "mode", show=True) == (
        "'upsert' is not a mode; known modes: create, update"
    )
    assert one_of("updte", ["update", "create"], "mode", show=True) == (
        "'updte' is not a mode; did you mean 'update'? known modes: create, update"
    )
    assert one_of(5, ["a"], "object", show=True) == "5 is not an object; known objects: a"
    assert len(one_of("x" * 500, ["a"], "mode", show=True)) < 120
