import json

import httpx
import pytest
from polytomic import Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.samples import MASK, NETSUITE, POSTGRESQL, SALESFORCE, netsuite


def _without(*keys: str) -> dict[str, str]:
    return {key: value for key, value in NETSUITE.items() if key not in keys}


def test_secrets_left_out_are_kept(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    made = polytomic.connections.create(**netsuite()).data
    polytomic.connections.update(made.id, name="Renamed", configuration={"account_id": "7654321"})
    expected = NETSUITE | {"account_id": "7654321"}
    assert emulator.connection(made.id)["configuration"] == expected


def test_secrets_left_out_are_cleared_on_demand(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.behave(omitted_secrets="clear")
    made = polytomic.connections.create(**netsuite()).data
    with pytest.raises(UnprocessableEntityError) as refusal:
        polytomic.connections.update(made.id, name="Renamed", configuration=_without("token"))
    assert refusal.value.body.metadata["field"] == "configuration.token"
    assert emulator.connection(made.id)["configuration"] == NETSUITE

    optional = POSTGRESQL | {"ssh_private_key": "canary-key"}
    made = polytomic.connections.create(
        name="Postgres", type="postgresql", configuration=optional
    ).data
    polytomic.connections.update(made.id, name="Postgres", configuration=POSTGRESQL)
    assert emulator.connection(made.id)["configuration"] == POSTGRESQL


def test_clearing_secrets_takes_an_oauth_connections_authorization(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(name="S", type="salesforce", configuration=SALESFORCE).data
    emulator.authorize(made.id)
    emulator.behave(omitted_secrets="clear")
    changed = polytomic.connections.update(made.id, name="T", configuration=SALESFORCE).data
    assert changed.status == "unauthorized"
    assert changed.auth_url not in (None, made.auth_url)
    assert "oauth_refresh_token" not in changed.configuration


def test_a_server_that_clears_takes_a_mask_for_a_value(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.behave(omitted_secrets="clear")
    made = polytomic.connections.create(**netsuite()).data
    polytomic.connections.update(made.id, name="N", configuration=NETSUITE | {"token": MASK})
    assert emulator.connection(made.id)["configuration"]["token"] == MASK


def test_a_type_is_an_object_or_a_word(http: httpx.Client, emulator: RunningEmulator) -> None:
    made = http.post("/api/connections", json=netsuite()).json()["data"]
    assert made["type"] == {"id": "netsuite", "name": "NetSuite"}
    emulator.behave(type_shape="string")
    assert http.get(f"/api/connections/{made['id']}").json()["data"]["type"] == "netsuite"


def test_lists_come_in_pages_on_demand(
    http: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    for number in range(5):
        polytomic.connections.create(**netsuite(f"Number {number}"))
    plain = http.get("/api/connections").json()
    assert set(plain) == {"data"}
    emulator.behave(lists="paged", page_size=2)
    assert len(polytomic.connections.list().data) == 2
    found, token, pages = [], "", 0
    while pages == 0 or token:
        page = http.get("/api/connections", params={"page_token": token} if token else {}).json()
        found += page["data"]
        token, pages = page["pagination"].get("next_page_token"), pages + 1
    assert (found, pages) == (plain["data"], 3)
    for token in ("nonsense", "Y29ubmVjdGlvbnM6LTE=", "%"):
        wrong = http.get("/api/connections", params={"page_token": token})
        assert (wrong.status_code, wrong.json()["metadata"]) == (400, {"field": "page_token"})


def test_401_has_its_older_body_on_demand(emulator: RunningEmulator) -> None:
    emulator.behave(unauthorized_body="v24")
    body = httpx.get(f"{emulator.url}/api/me").json()
    assert set(body) == {"code", "context", "error", "status"}


def test_absent_values_are_left_out_or_null(
    http: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = http.post("/api/connections", json=netsuite()).json()["data"]
    assert None not in made.values()
    path = f"/api/connections/{made['id']}"
    assert "parent_connection_id" not in http.get(path).json()["data"]
    emulator.behave(null_for_absent=True)
    read = http.get(path).json()["data"]
    assert read["parent_connection_id"] is None
    assert "auth_url" not in read
    again = http.post("/api/connections", json=netsuite()).json()["data"]
    assert (again["auth_url"], again["auth_code"]) == (None, None)
    sales = polytomic.connections.create(name="S", type="salesforce", configuration=SALESFORCE).data
    assert sales.configuration["daily_api_calls"] is None
    assert polytomic.connections.list().data[2].configuration == sales.configuration


def test_whole_numbers_come_back_with_a_point_on_demand(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    body = {"name": "P", "type": "postgresql", "configuration": POSTGRESQL}
    made = http.post("/api/connections", json=body)
    assert '"port": 5432,' in made.text
    emulator.behave(numbers="float")
    text = http.get(f"/api/connections/{made.json()['data']['id']}").text
    assert '"port": 5432.0,' in text
    assert '"ssl": true' in text
    assert emulator.connections()[0]["configuration"]["port"] == 5432


@pytest.mark.parametrize(
    ("order", "expected"),
    [("as_sent", ["b", "c", "a"]), ("sorted", ["a", "b", "c"]), ("reversed", ["a", "c", "b"])],
)
def test_policies_come_back_in_the_order_asked_for(
    polytomic: Polytomic, emulator: RunningEmulator, order: str, expected: list[str]
) -> None:
    emulator.behave(policies_order=order)
    made = polytomic.connections.create(**netsuite(policies=["b", "c", "a"])).data
    assert made.policies == expected
    assert polytomic.connections.get(made.id).data.policies == expected


def test_defaults_are_filled_in_unless_told_otherwise(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    sent = {key: value for key, value in POSTGRESQL.items() if key != "port"}
    made = polytomic.connections.create(name="P", type="postgresql", configuration=sent).data
    assert made.configuration == sent | {
        "password": MASK,
        "port": 5432,
        "ssl": True,
        "ssl_mode": "verify-full",
        "ssh_user": "root",
        "ssh_port": 22,
        "client_certs": False,
        "change_detection": False,
    }
    emulator.behave(fill_defaults=False)
    read = polytomic.connections.get(made.id).data
    assert read.configuration == sent | {"password": MASK}


def test_an_unknown_switch_or_value_is_refused_with_the_known_ones(
    emulator: RunningEmulator,
) -> None:
    with pytest.raises(ControlError, match="omitted_secrets"):
        emulator.behave(omited_secrets="keep")
    with pytest.raises(ControlError, match="clear"):
        emulator.behave(omitted_secrets="forget")
    for wrong in (1, "true", None, "false"):
        with pytest.raises(ControlError):
            emulator.behave(fill_defaults=wrong)
    for wrong in (0, -1, "5", True):
        with pytest.raises(ControlError):
            emulator.behave(page_size=wrong)
    known = emulator.control("GET", "behaviour")
    assert known["switches"]["omitted_secrets"] == "keep"
    assert known["known_values"]["type_shape"] == ["object", "string"]
    assert json.dumps(known)
