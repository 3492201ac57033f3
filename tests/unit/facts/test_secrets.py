"""Which configuration values count as secret."""

import pytest

from polytomic_provider.facts import connection_types
from polytomic_provider.facts.secrets import (
    is_secret,
    looks_secret,
    replace_secrets,
    secret_values,
)


@pytest.mark.parametrize("known", connection_types.all_types().values(), ids=lambda t: t.id)
def test_every_sensitive_property_of_every_type_is_secret(known: connection_types.ConnectionType):
    marked = [name for name, found in known.properties.items() if found.sensitive]
    assert [name for name in marked if not is_secret(known.id, (name,))] == []


@pytest.mark.parametrize(
    ("type_id", "path"),
    [
        ("csv", ("auth", "basic", "password")),
        ("csv", ("headers", "value")),
        ("api", ("auth", "oauth", "client_secret")),
        ("webhook", ("header", "value")),
        ("gong", ("access_key",)),
        ("brand_new_type", ("apiKey",)),
        ("brand_new_type", ("nested", "refresh_token")),
        ("brand_new_type", ("credentials", "user")),
        (None, ("client_secret",)),
    ],
)
def test_secrets_that_no_schema_marks_are_found_by_name(type_id: str | None, path: tuple[str, ...]):
    assert is_secret(type_id, path)


@pytest.mark.parametrize(
    ("type_id", "path"),
    [
        ("salesforce", ("domain",)),
        ("netsuite", ("account_id",)),
        ("postgresql", ("hostname",)),
        ("postgresql", ("client_certs",)),
        ("csv", ("headers", "name")),
        ("googleads", ("accounts", "value")),
        ("azureblob", ("auth_method",)),
        ("hubspot", ("oauth_token_expiry",)),
    ],
)
def test_plain_values_stay_readable(type_id: str, path: tuple[str, ...]):
    assert not is_secret(type_id, path)


@pytest.mark.parametrize("name", ["sfPassword", "API_KEY", "privateKeyPem", "dbConnectionString"])
def test_names_in_any_spelling_look_secret(name: str):
    assert looks_secret(name)


def test_secrets_are_replaced_wherever_they_stand():
    configuration = {
        "url": "https://files.example.com/a.csv",
        "headers": [{"name": "X-Token", "value": "hunter2"}],
        "auth": {"basic": {"username": "ann", "password": "hunter3"}},
    }
    assert replace_secrets("csv", configuration, lambda _: "[secret]") == {
        "url": "https://files.example.com/a.csv",
        "headers": [{"name": "X-Token", "value": "[secret]"}],
        "auth": {"basic": {"username": "ann", "password": "[secret]"}},
    }
    assert list(secret_values("csv", configuration)) == ["hunter2", "hunter3"]


def test_a_password_inside_a_url_is_secret():
    configuration = {"url": "https://ann:hunter2@files.example.com/a.csv"}
    assert list(secret_values("csv", configuration)) == [configuration["url"]]


def test_the_value_of_a_misspelled_key_is_not_shown():
    configuration = {"domain": "acme", "client_secrt": "hunter2"}
    shown = replace_secrets("salesforce", configuration, lambda _: "[secret]")
    assert shown == {"domain": "acme", "client_secrt": "[secret]"}


def test_free_form_objects_stay_readable():
    configuration = {"tags": {"team": "data"}}
    assert replace_secrets("awsathena", configuration, lambda _: "[secret]") == configuration
