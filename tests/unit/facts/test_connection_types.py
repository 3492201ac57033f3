"""The packaged facts about connection types."""

from polytomic_provider.facts import connection_types


def test_every_type_of_the_official_clients_is_there():
    types = connection_types.all_types()
    assert len(types) == 262
    assert types["netsuite"].required == (
        "account_id",
        "consumer_key",
        "consumer_secret",
        "token",
        "token_secret",
    )


def test_salesforce_authorises_over_oauth_and_netsuite_by_keys():
    types = connection_types.all_types()
    assert types["salesforce"].use_oauth
    assert not types["netsuite"].use_oauth


def test_a_type_that_is_not_known_is_none():
    assert connection_types.get("brand_new_type") is None


def test_both_spellings_of_read_only_are_understood():
    schema = {"properties": {"a": {"readonly": True}, "b": {"readOnly": True}, "c": {}}}
    parsed = connection_types.from_schema("t", "T", False, schema)
    assert [parsed.properties[key].read_only for key in "abc"] == [True, True, False]


def test_hidden_keys_are_the_servers_own_unless_the_api_takes_them():
    hubspot = connection_types.all_types()["hubspot"]
    assert not hubspot.properties["client_secret"].internal
    schema = {"properties": {"authenticated": {"type": "boolean", "hidden": True}}}
    assert (
        connection_types.from_schema("t", "T", False, schema).properties["authenticated"].internal
    )


def test_labelled_enum_values_are_plain_values():
    schema = {"properties": {"mode": {"enum": [{"value": "a", "label": "The A"}, "b"]}}}
    parsed = connection_types.from_schema("t", "T", False, schema)
    assert parsed.properties["mode"].enum == ("a", "b")
