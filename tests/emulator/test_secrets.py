import json
from typing import Any

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import MASK, NETSUITE, POSTGRESQL, WEBHOOK, netsuite

_CSV = {
    "url": "https://example.com/rows.csv",
    "auth": {
        "basic": {"username": "reader", "password": "canary-1"},
        "header": {"name": "X-Key", "value": "canary-2"},
        "query": [{"name": "key", "value": "canary-3"}],
        "oauth": {"client_id": "canary-4", "client_secret": "canary-5"},
    },
}


def test_every_reply_masks_secrets_and_echoes_the_rest(polytomic: Polytomic) -> None:
    masked = dict.fromkeys(NETSUITE, MASK) | {"account_id": NETSUITE["account_id"]}
    made = polytomic.connections.create(**netsuite()).data
    assert made.configuration == masked
    assert polytomic.connections.get(made.id).data.configuration == masked
    assert polytomic.connections.list().data[0].configuration == masked
    changed = polytomic.connections.update(made.id, name="Renamed", configuration=NETSUITE).data
    assert changed.configuration == masked


@pytest.mark.parametrize(("type_id", "configuration"), [("csv", _CSV), ("webhook", WEBHOOK)])
def test_nested_secrets_are_masked_too(
    http: httpx.Client, emulator: RunningEmulator, type_id: str, configuration: dict[str, Any]
) -> None:
    body = {"name": "Nested", "type": type_id, "configuration": configuration}
    reply = http.post("/api/connections", json=body)
    assert reply.status_code == 201
    made = reply.json()["data"]["id"]
    for text in (reply.text, http.get(f"/api/connections/{made}").text):
        assert "reader" in text
        assert "canary-p" not in text
        assert not any(f"canary-{n}" in text for n in (1, 2, 3, 5))
    assert emulator.connection(made)["configuration"].items() >= configuration.items()


def test_the_control_api_shows_secrets_in_clear(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(**netsuite()).data
    assert emulator.connection(made.id)["configuration"] == NETSUITE


def test_a_mask_that_is_sent_back_leaves_the_secret_alone(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    for type_id, configuration in (("postgresql", POSTGRESQL), ("webhook", WEBHOOK)):
        body = {"name": type_id, "type": type_id, "configuration": configuration}
        made = http.post("/api/connections", json=body).json()["data"]
        before = emulator.connection(made["id"])["configuration"]
        sent = {key: made["configuration"][key] for key in configuration}
        assert MASK in json.dumps(sent)
        again = {"name": type_id, "configuration": sent}
        assert http.put(f"/api/connections/{made['id']}", json=again).status_code == 200
        assert emulator.connection(made["id"])["configuration"] == before


def test_errors_never_repeat_a_value(http: httpx.Client) -> None:
    for wrong in ({"account_id": ["canary"]}, {"canary-key": 1, "token": "canary"}):
        reply = http.post("/api/connections", json=netsuite(configuration=NETSUITE | wrong))
        assert reply.status_code in (400, 422)
        assert not any(value in reply.text for value in NETSUITE.values())


def test_the_request_log_holds_neither_credentials_nor_secrets(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    http.post("/api/connections", json=netsuite())
    http.put("/api/connections/none", json={"name": "Csv", "configuration": _CSV})
    http.post("/api/syncs", json={"name": "s", "encryption_passphrase": "canary-passphrase"})
    logged = emulator.requests()
    assert [entry["method"] for entry in logged] == ["POST", "PUT", "POST"]
    assert logged[0]["body"]["configuration"]["account_id"] == NETSUITE["account_id"]
    text = json.dumps(logged)
    assert "canary" not in text
    assert emulator.api_key not in text
    assert "authorization" not in text.lower()
