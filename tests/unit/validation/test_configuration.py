"""A configuration against its connection type's schema."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import ConnectionType, Property
from polytomic_provider.validation import UNKNOWN, Problem, Severity
from polytomic_provider.validation.configuration import configuration_problems

TYPES = connection_types.all_types()
DOMAIN = {"domain": "acme.my.salesforce.com"}


def _texts(type_id: str, configuration: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in configuration_problems(TYPES[type_id], configuration)]


def test_oauth_types_need_nothing_that_a_consent_gives_and_the_rest_is_only_warned_of():
    assert _texts("salesforce", {"domain": "acme.my.salesforce.com"}) == []
    assert _texts("seismic", {"tenant_id": "t"}) == []
    for type_id, configuration, missing in (
        ("salesforce", {}, "domain"),
        ("seismic", {"tenant_id": "t", "client_id": "x"}, "client_secret"),
    ):
        (problem,) = configuration_problems(TYPES[type_id], configuration)
        text = f"is required by {TYPES[type_id].name}"
        assert problem == Problem(f"configuration.{missing}", text, Severity.WARNING)


def test_other_types_need_what_their_schema_requires_unless_polytomic_fills_it_in():
    assert _texts("netsuite", {"account_id": "1"})[0] == (
        "configuration.consumer_key: is required by NetSuite"
    )
    postgres = {"hostname": "db", "username": "u", "password": "p", "database": "d"}
    assert _texts("postgresql", postgres) == []


def test_a_value_that_is_not_known_yet_fits_everywhere():
    keys = ("account_id", "consumer_key", "consumer_secret", "token", "token_secret")
    assert _texts("netsuite", dict.fromkeys(keys, UNKNOWN)) == []
    assert _texts("csv", {"url": UNKNOWN, "headers": [UNKNOWN], "auth": {"basic": UNKNOWN}}) == []


@pytest.mark.parametrize(
    ("type_id", "configuration", "text"),
    [
        (
            "salesforce",
            {**DOMAIN, "domian": "x"},
            "configuration.domian: is not a key; did you mean 'domain'",
        ),
        ("salesforce", {**DOMAIN, "username": "x"}, "configuration.username: is set by Polytomic"),
        ("salesforce", {**DOMAIN, "daily_api_calls": "5"}, "expected an integer, got text"),
        ("salesforce", {**DOMAIN, "daily_api_calls": True}, "expected an integer, got a boolean"),
        (
            "salesforce",
            {**DOMAIN, "connect_mode": "brwser"},
            "did you mean 'browser'? known values: api",
        ),
        ("csv", {"url": "x", "headers": {}}, "configuration.headers: expected a list"),
        ("csv", {"url": "x", "headers": ["a"]}, "configuration.headers[0]: expected a mapping"),
        ("csv", {"url": "x", "auth": {"basik": {}}}, "configuration.auth.basik: is not a key"),
        ("csv", {"url": "x", "query": None}, None),
        ("awsathena", {"tags": {"any": "thing"}, "region": "r", "outputbucket": "b"}, None),
    ],
)
def test_a_problem_names_its_place_and_what_is_accepted(
    type_id: str, configuration: dict[str, Any], text: str | None
):
    found = _texts(type_id, configuration)
    if text is None:
        assert found == []
    else:
        assert len(found) == 1
        assert text in found[0]


@given(
    st.text(min_size=5).map("§{}".format),
    st.sampled_from(["client_secret", "clint_secret", "domain"]),
)
def test_no_message_shows_a_value(value: str, key: str):
    for configuration in ({key: [value]}, {key: {"x": value}}, {"connect_mode": value}):
        for text in _texts("salesforce", configuration):
            assert value not in text or value in "known values: api, browser, clientcredentials"


def _valid(found: Property) -> st.SearchStrategy[Any]:
    if found.enum:
        return st.sampled_from(found.enum)
    if found.json_type == "object":
        return _objects(found.children) if found.children else st.just({"free": "form"})
    if found.json_type == "array":
        items = _objects(found.children) if found.children else _SCALARS[found.item_type or ""]
        return st.lists(items, max_size=2)
    return _SCALARS[found.json_type or ""]


_TEXT = st.text(min_size=1).filter(lambda text: text != "********")
_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": _TEXT,
    "boolean": st.booleans(),
    "integer": st.integers(),
    "number": st.floats(allow_nan=False) | st.integers(),
    "object": st.just({}),
    "": _TEXT,
}


def _objects(children: Any) -> st.SearchStrategy[dict[str, Any]]:
    settable = {n: _valid(c) for n, c in children.items() if not (c.read_only or c.internal)}
    return st.fixed_dictionaries(settable)


@given(st.data(), st.sampled_from(sorted(TYPES)))
def test_a_configuration_made_from_the_schema_is_never_refused(data: Any, type_id: str):
    known: ConnectionType = TYPES[type_id]
    configuration = data.draw(_objects(known.properties))
    assert configuration_problems(known, configuration) == []
