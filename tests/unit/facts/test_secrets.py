"""Which configuration values count as secret."""

import pytest

from polytomic_provider.facts import connection_types
from polytomic_provider.facts.secrets import (
    carries_credential,
    is_secret,
    looks_secret,
    replace_credentials,
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


@pytest.mark.parametrize(
    "text",
    [
        "https://ann:hunter2@files.example.com/a.csv",
        "https://api.example.com/v1?api_key=abcd1234",
        "https://api.example.com/v1?limit=5&access_token=abcd1234",
        "https://acme.blob.core.windows.net/x?sv=2022&sig=Zm9vYmFy%3D",
        "jdbc:sqlserver://db.example;user=sa;password=hunter2",
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=Zm9vYmFy",
        "host=db.example user=ann password=hunter2",
        "https://hooks.slack.com/services/T0/B0/abcdefgh",
        "https://discord.com/api/webhooks/123/abcdefgh",
        "https://acme.webhook.office.com/webhookb2/abcdefgh",
    ],
)
def test_a_text_that_lets_somebody_in_is_secret(text: str):
    assert carries_credential(text)
    value = {"a": [text, "plain"], "b": 5}
    assert replace_credentials(value, lambda _: "[secret]") == {"a": ["[secret]", "plain"], "b": 5}


@pytest.mark.parametrize(
    "text",
    [
        "https://files.example.com/a.csv?limit=100&page_token=",
        "https://app.example.com/hooks",
        "SELECT a.key = b.key FROM a JOIN b ON a.key=b.key",
        "select 1; -- password = unknown",
        "user@example.com",
        "key",
    ],
)
def test_an_ordinary_text_is_no_secret(text: str):
    assert not carries_credential(text)
