from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import NETSUITE, netsuite
from tests.emulator.waiting import until

DAY = 24 * 3600
KEY = "a-key-of-our-own_1"


def _post(http: httpx.Client, key: str = KEY, **body: Any) -> httpx.Response:
    return http.post("/api/connections", json=netsuite(**body), headers={"Idempotency-Key": key})


def test_the_official_client_gets_the_first_outcome_again(polytomic: Polytomic) -> None:
    first = polytomic.connections.create(**netsuite(), idempotency_key=KEY)
    assert polytomic.connections.create(**netsuite(), idempotency_key=KEY) == first
    assert len(polytomic.connections.list().data) == 1


def test_a_replay_says_nothing_of_being_one(http: httpx.Client) -> None:
    first, second = _post(http), _post(http)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert set(first.headers) == set(second.headers)
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


def test_a_replay_asks_neither_route_nor_body(http: httpx.Client) -> None:
    first = _post(http)
    assert _post(http, name="Quite another").content == first.content
    refused_alone = http.post("/api/connections/test", json={}, headers={"Idempotency-Key": KEY})
    assert (refused_alone.status_code, refused_alone.content) == (201, first.content)


def test_a_refusal_is_replayed_even_when_the_cause_is_mended(http: httpx.Client) -> None:
    refused = _post(http, configuration={})
    assert refused.status_code == 422
    assert _post(http).content == refused.content
    assert _post(http, key="another-key").status_code == 201


def test_a_recorded_500_is_replayed(http: httpx.Client, emulator: RunningEmulator) -> None:
    emulator.fail(kind="status", status=500, method="POST", record=True)
    assert _post(http).status_code == 500
    assert _post(http).status_code == 500
    assert emulator.connections() == []


def test_a_recorded_500_may_have_done_its_work(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.fail(kind="status", status=500, method="POST", record=True, when="after")
    assert [_post(http).status_code for _ in range(2)] == [500, 500]
    assert len(emulator.connections()) == 1


def test_a_lost_reply_is_found_again_under_its_key(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.fail(kind="drop", method="POST", when="after")
    with pytest.raises(httpx.RemoteProtocolError):
        _post(http)
    assert _post(http).json()["data"]["id"] == emulator.connections()[0]["id"]
    assert len(emulator.connections()) == 1


def test_keys_of_different_workspaces_do_not_meet(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    _post(http)
    other = {"Authorization": f"Bearer {emulator.workspace()['api_key']}"}
    with httpx.Client(base_url=emulator.url, headers=other) as stranger:
        assert _post(stranger).status_code == 201
    assert len(emulator.connections()) == 2


@pytest.mark.parametrize("life", [DAY - 60, DAY + 1])
def test_a_key_lives_for_24_hours(http: httpx.Client, emulator: RunningEmulator, life: int) -> None:
    _post(http)
    emulator.advance_clock(life)
    _post(http)
    assert len(emulator.connections()) == (1 if life < DAY else 2)


def test_keys_can_be_expired_by_hand(http: httpx.Client, emulator: RunningEmulator) -> None:
    _post(http)
    assert emulator.control("POST", "idempotency-keys/expire") == {"expired": 1}
    _post(http)
    assert len(emulator.connections()) == 2


@pytest.mark.parametrize("key", ["short-7", "with space", "a" * 256, "dotted.key", "ключ-ключ"])
def test_a_malformed_key_is_refused_and_nothing_made(
    http: httpx.Client, emulator: RunningEmulator, key: str
) -> None:
    reply = http.post(
        "/api/connections", json=netsuite(), headers={b"Idempotency-Key": key.encode()}
    )
    assert reply.status_code == 400
    assert reply.json()["metadata"] == {"field": "Idempotency-Key"}
    assert emulator.connections() == []


@pytest.mark.parametrize("key", ["8-chars_", "a" * 255])
def test_the_longest_and_shortest_keys_are_accepted(http: httpx.Client, key: str) -> None:
    assert _post(http, key=key).status_code == 201


def test_keys_mean_nothing_outside_post(http: httpx.Client) -> None:
    made = _post(http).json()["data"]["id"]
    headers = {"Idempotency-Key": KEY}
    for name in ("First", "Second"):
        body = {"name": name, "configuration": NETSUITE}
        reply = http.put(f"/api/connections/{made}", json=body, headers=headers)
        assert reply.json()["data"]["name"] == name


def test_keys_can_be_switched_off(http: httpx.Client, emulator: RunningEmulator) -> None:
    emulator.behave(idempotency_keys="off")
    _post(http)
    _post(http)
    assert len(emulator.connections()) == 2


def test_a_duplicate_in_flight_is_a_409_and_is_not_recorded(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.fail(kind="delay", milliseconds=1500, method="POST")
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(_post, http)
        until(lambda: emulator.requests("POST"))
        duplicate = _post(http)
        assert (duplicate.status_code, duplicate.json()["key"]) == (409, "conflict")
        assert _post(http, key="another-key").status_code == 201
        first = slow.result()
    assert first.status_code == 201
    assert _post(http).content == first.content
    assert len(emulator.connections()) == 2


def test_fifty_clients_with_one_key_make_one_object(emulator: RunningEmulator) -> None:
    headers = {"Authorization": f"Bearer {emulator.api_key}"}

    def ask(_: int) -> int:
        with httpx.Client(base_url=emulator.url, headers=headers, timeout=60) as http:
            return _post(http).status_code

    with ThreadPoolExecutor(50) as pool:
        statuses = list(pool.map(ask, range(50)))
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert len(emulator.connections()) == 1
