from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import NETSUITE, POSTGRESQL, SALESFORCE, WEBHOOK


def _refused(
    http: httpx.Client, type_id: str, configuration: Any, **more: Any
) -> tuple[int, str, dict[str, Any]]:
    body = {"name": "Refused", "type": type_id, "configuration": configuration, **more}
    reply = http.post("/api/connections", json=body)
    error = reply.json()
    assert set(error) == {"key", "message", "metadata", "status"}
    assert error["status"] == reply.status_code
    assert http.get("/api/connections").json() == {"data": []}
    return reply.status_code, error["message"], error["metadata"]


def test_an_unknown_key_is_refused_with_the_known_ones(http: httpx.Client) -> None:
    status, message, metadata = _refused(http, "netsuite", NETSUITE | {"acount_id": "x"})
    assert status == 422
    assert "configuration.acount_id" in message
    assert metadata["field"] == "configuration.acount_id"
    assert set(metadata["known_values"]) == set(NETSUITE)


def test_a_missing_key_is_refused(http: httpx.Client) -> None:
    incomplete = {key: value for key, value in NETSUITE.items() if key != "token"}
    status, _, metadata = _refused(http, "netsuite", incomplete)
    assert (status, metadata["field"]) == (422, "configuration.token")
    assert _refused(http, "netsuite", NETSUITE | {"token": ""})[0] == 422


@pytest.mark.parametrize("port", ["5432", 5432.5, True, [5432]])
def test_a_value_of_the_wrong_json_type_is_refused(http: httpx.Client, port: object) -> None:
    status, message, metadata = _refused(http, "postgresql", POSTGRESQL | {"port": port})
    assert (status, metadata["field"]) == (400, "configuration.port")
    assert "integer" in message


def test_a_value_outside_an_enum_is_refused_with_the_known_values(http: httpx.Client) -> None:
    status, _, metadata = _refused(http, "salesforce", SALESFORCE | {"connect_mode": "pigeon"})
    assert status == 422
    assert metadata["known_values"] == ["browser", "clientcredentials", "code", "api"]


def test_a_nested_key_is_refused_by_its_path(http: httpx.Client) -> None:
    basic = {"username": "reader", "pasword": "canary"}
    status, message, metadata = _refused(http, "webhook", WEBHOOK | {"basic": basic})
    assert (status, metadata["field"]) == (422, "configuration.basic.pasword")
    assert "canary" not in message
    headers = [{"name": "a", "value": 5}]
    status, _, metadata = _refused(http, "webhook", WEBHOOK | {"headers": headers})
    assert (status, metadata["field"]) == (400, "configuration.headers.value")


@pytest.mark.parametrize("key", ["username", "instance_url_override"])
def test_a_key_that_the_server_owns_is_refused(http: httpx.Client, key: str) -> None:
    status, message, metadata = _refused(http, "salesforce", SALESFORCE | {key: "mine"})
    assert (status, metadata["field"]) == (422, f"configuration.{key}")
    assert "set by the server" in message


def test_an_unknown_type_is_refused_with_the_known_ones(http: httpx.Client) -> None:
    status, _, metadata = _refused(http, "salesfroce", {})
    assert status == 422
    assert "salesforce" in metadata["known_values"]


def test_salesforce_needs_its_domain_and_the_keys_of_its_mode(http: httpx.Client) -> None:
    assert _refused(http, "salesforce", {})[2]["field"] == "configuration.domain"
    by_client = SALESFORCE | {"connect_mode": "clientcredentials"}
    assert _refused(http, "salesforce", by_client)[2]["missing"] == [
        "configuration.client_id",
        "configuration.client_secret",
    ]


def test_credentials_that_the_service_refuses_are_not_saved(http: httpx.Client) -> None:
    bad = NETSUITE | {"token": "an invalid token"}
    status, message, _ = _refused(http, "netsuite", bad)
    assert status == 422
    assert "NetSuite" in message
    assert "an invalid" not in message


def test_without_validation_refused_credentials_are_saved_with_an_error(
    http: httpx.Client,
) -> None:
    bad = NETSUITE | {"token": "invalid"}
    body = {"name": "Bad", "type": "netsuite", "configuration": bad, "validate": False}
    made = http.post("/api/connections", json=body).json()["data"]
    assert (made["status"], made["saved"]) == ("error", True)
    assert made["status_error"]
    body = {"name": "Good", "configuration": NETSUITE}
    mended = http.put(f"/api/connections/{made['id']}", json=body).json()["data"]
    assert (mended["status"], mended["status_error"]) == ("healthy", "")


def test_an_update_is_validated_like_a_creation(http: httpx.Client) -> None:
    body = {"name": "A", "type": "netsuite", "configuration": NETSUITE}
    made = http.post("/api/connections", json=body).json()["data"]["id"]
    path = f"/api/connections/{made}"
    for configuration in (NETSUITE | {"token": "invalid"}, NETSUITE | {"nope": 1}):
        changed = {"name": "B", "configuration": configuration}
        assert http.put(path, json=changed).status_code == 422
    changed = {"name": "B", "configuration": NETSUITE, "type": "salesforce"}
    assert http.put(path, json=changed).json()["metadata"] == {"field": "type"}
    assert http.get(path).json()["data"]["name"] == "A"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": 5}, "name"),
        ({"name": None}, "name"),
        ({"type": None}, "type"),
        ({"configuration": []}, "configuration"),
        ({"policies": "p"}, "policies"),
        ({"policies": [1]}, "policies"),
        ({"validate": "no"}, "validate"),
        ({"healthcheck_interval": 60}, "healthcheck_interval"),
    ],
)
def test_a_field_of_the_wrong_json_type_is_refused(
    http: httpx.Client, more: dict[str, Any], field: str
) -> None:
    body = {"name": "A", "type": "netsuite", "configuration": NETSUITE} | more
    reply = http.post("/api/connections", json=body)
    assert (reply.status_code, reply.json()["metadata"]) == (400, {"field": field})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.com", "https://", "http://[::"])
def test_a_redirect_that_is_no_web_address_is_refused(http: httpx.Client, url: str) -> None:
    assert _refused(http, "salesforce", SALESFORCE, redirect_url=url)[2]["field"] == "redirect_url"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b'{"name": "\\ud800"}',
        b"[" * 100_000,
        b'{"a": NaN}',
        b'{"a":' * 100 + b"1" + b"}" * 100,
    ],
)
def test_a_body_that_is_no_json_object_is_refused(http: httpx.Client, raw: bytes) -> None:
    reply = http.post("/api/connections", content=raw)
    assert (reply.status_code, reply.json()["status"]) == (400, 400)


def test_an_oversized_body_is_refused(http: httpx.Client) -> None:
    reply = http.post("/api/connections", content=b" " * (4 * 1024 * 1024 + 1))
    assert (reply.status_code, reply.json()["key"]) == (413, "request_too_large")


def test_unknown_fields_of_a_body_are_ignored(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    body = {"name": "A", "type": "netsuite", "configuration": NETSUITE, "colour": "red"}
    made = http.post("/api/connections", json=body).json()["data"]
    assert "colour" not in made
    assert "colour" not in emulator.connection(made["id"])
