"""Many clients at once: nobody meets an error of the server, nobody's change is lost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline
from tests.emulator.samples import netsuite

CLIENTS = 50


def _mixed_work(http: httpx.Client, contacts: Pipeline, number: int) -> tuple[list[int], str, str]:
    """One client's day: its statuses, the sync that it leaves behind and the sync's last name."""
    statuses: list[int] = []

    def ask(method: str, path: str, body: Any = None) -> Any:
        reply = http.request(method, path, json=body)
        statuses.append(reply.status_code)
        return reply.json().get("data") if reply.content else None

    mine = ask("POST", "/api/connections", netsuite(f"Connection {number}"))
    ask("GET", f"/api/connections/{mine['id']}")
    ask("GET", "/api/models?limit=5")
    body = contacts.body(name=f"Sync {number}")
    sync = ask("POST", "/api/syncs", body)["id"]
    shared = f"/emulator/connections/{contacts.netsuite}"
    ask("PATCH", shared, {"configuration": {f"note_{number}": number}})
    for version in range(3):
        body["name"] = f"Sync {number}, version {version}"
        assert ask("PUT", f"/api/syncs/{sync}", body)["name"] == body["name"]
        ask("POST", f"/api/syncs/{sync}/activate", {"active": version % 2 == 0})
    ask("DELETE", f"/api/connections/{mine['id']}")
    ask("GET", f"/api/connections/{mine['id']}")
    return statuses, sync, body["name"]


def test_fifty_clients_do_mixed_work_and_lose_nothing(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client
) -> None:
    with ThreadPoolExecutor(CLIENTS) as pool:
        done = list(pool.map(lambda number: _mixed_work(http, contacts, number), range(CLIENTS)))
    expected = [201, 200, 200, 201, 200, *[200, 200] * 3, 204, 404]
    assert Counter(tuple(found) for found, _, _ in done) == {tuple(expected): CLIENTS}

    left = {one["id"]: (one["name"], one["active"]) for one in emulator.syncs()}
    assert left == {sync: (name, True) for _, sync, name in done}
    configuration = emulator.connection(contacts.netsuite)["configuration"]
    notes = {key: value for key, value in configuration.items() if key.startswith("note_")}
    assert notes == {f"note_{number}": number for number in range(CLIENTS)}
    assert {one["id"] for one in emulator.connections()} == {
        contacts.salesforce,
        contacts.netsuite,
    }


@pytest.mark.parametrize("path", ["/api/connections", "/api/models"])
def test_a_list_read_while_others_write_is_always_whole(
    contacts: Pipeline, http: httpx.Client, path: str
) -> None:
    kept = {one["id"] for one in http.get(path).json()["data"]}

    def write(number: int) -> int:
        made = http.post("/api/connections", json=netsuite(f"Number {number}")).json()["data"]
        return http.delete(f"/api/connections/{made['id']}").status_code

    def read(_: int) -> bool:
        return kept <= {one["id"] for one in http.get(path).json()["data"]}

    with ThreadPoolExecutor(20) as pool:
        writing = [pool.submit(write, number) for number in range(40)]
        assert all(pool.map(read, range(40)))
        assert {one.result() for one in writing} == {204}
