from typing import Any, cast

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_emulator.control.routes import routes as control_routes
from polytomic_emulator.control.routing import Control
from polytomic_emulator.running import ControlError
from tests.emulator.samples import NETSUITE, netsuite


def _create(http: httpx.Client) -> str:
    return http.post("/api/connections", json=netsuite()).json()["data"]["id"]


def test_health_says_what_this_is_and_which_keys_open_it(emulator: RunningEmulator) -> None:
    health = emulator.control("GET", "")
    assert "not Polytomic" in health["message"]
    assert health["url"] == emulator.url
    assert health["api_key"] == emulator.api_key
    assert health["organization_id"] == emulator.organization_id


def test_reset_forgets_everything_but_the_switches_and_gives_the_workspace_a_new_id(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    made, before, key = _create(http), emulator.organization_id, emulator.api_key
    emulator.use(made)
    emulator.workspace("Other")
    emulator.behave(type_shape="string")
    emulator.fail(kind="status", times=None)
    emulator.advance_clock(3600)
    emulator.reset()
    assert http.get("/api/me").json()["data"]["organization_id"] == emulator.organization_id
    assert emulator.organization_id != before
    assert emulator.api_key == key
    assert http.get(f"/api/connections/{made}").status_code == 404
    assert emulator.connections() == emulator.control("GET", "dependents") == []
    assert len(emulator.control("GET", "workspaces")) == 1
    assert emulator.control("GET", "behaviour")["switches"]["type_shape"] == "string"
    assert [entry["path"] for entry in emulator.requests()] == [
        "/api/me",
        f"/api/connections/{made}",
    ]


def test_reset_changes_the_keys_when_told(http: httpx.Client, emulator: RunningEmulator) -> None:
    before = (emulator.api_key, emulator.partner_key)
    emulator.reset(new_keys=True)
    assert emulator.api_key != before[0]
    assert emulator.partner_key != before[1]
    assert http.get("/api/me").status_code == 401


def test_requests_are_recorded_and_chosen_by_method_and_path(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    made = _create(http)
    http.get(f"/api/connections/{made}", params={"a": "b"})
    http.delete(f"/api/connections/{made}")
    assert [entry["status"] for entry in emulator.requests()] == [201, 200, 204]
    [read] = emulator.requests("GET", f"/api/connections/{made}")
    assert read["query"] == {"a": "b"}
    assert read["headers"]["user-agent"].startswith("python-httpx")
    assert read["started"] <= read["finished"]
    assert emulator.requests("GET", "/api/connections") == []
    emulator.clear_requests()
    assert emulator.requests() == []


def test_a_connection_changes_behind_the_clients_back(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    made = _create(http)
    emulator.change(
        made, name="By hand", policies=["p"], configuration={"account_id": "7", "token": None}
    )
    read = http.get(f"/api/connections/{made}").json()["data"]
    assert (read["name"], read["policies"]) == ("By hand", ["p"])
    assert read["configuration"]["account_id"] == "7"
    assert "token" not in read["configuration"]
    with pytest.raises(ControlError, match="configuration"):
        emulator.change(made, colour="red")
    with pytest.raises(ControlError, match="400"):
        emulator.change(made, configuration=[])


def test_health_breaks_and_heals(http: httpx.Client, emulator: RunningEmulator) -> None:
    made = _create(http)
    path = f"/api/connections/{made}"
    emulator.control("POST", f"connections/{made}/break", {"status_error": "revoked"})
    broken = http.get(path).json()["data"]
    assert (broken["status"], broken["status_error"]) == ("error", "revoked")
    body = {"name": "Renamed", "configuration": NETSUITE, "validate": False}
    assert http.put(path, json=body).json()["data"]["status"] == "error"
    emulator.control("POST", f"connections/{made}/heal")
    assert http.get(path).json()["data"]["status"] == "healthy"


def test_a_connection_is_deleted_behind_the_clients_back(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    made = _create(http)
    emulator.use(made)
    emulator.delete(made)
    assert http.get(f"/api/connections/{made}").status_code == 404
    with pytest.raises(ControlError, match="404"):
        emulator.delete(made)


def test_what_uses_a_connection_can_stop_using_it(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    made = _create(http)
    user = emulator.use(made)
    assert http.delete(f"/api/connections/{made}").status_code == 422
    emulator.control("DELETE", f"dependents/{user}")
    assert http.delete(f"/api/connections/{made}").status_code == 204


def test_the_clock_moves_and_the_date_header_with_it(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    before = emulator.control("GET", "clock")["now"]
    emulator.advance_clock(400 * 86400)
    assert int(emulator.control("GET", "clock")["now"][:4]) > int(before[:4])
    year = http.get("/api/me").headers["Date"].split()[3]
    assert int(year) > int(before[:4])


@pytest.mark.parametrize(
    "headers",
    [{"Host": "attacker.example"}, {"Origin": "https://attacker.example"}, {"Origin": "null"}],
)
@pytest.mark.parametrize("path", ["/emulator/", "/emulator/connections", "/"])
def test_a_web_page_of_another_site_cannot_reach_the_control_api(
    emulator: RunningEmulator, headers: dict[str, str], path: str
) -> None:
    reply = httpx.get(f"{emulator.url}{path}", headers=headers)
    assert reply.status_code == 403
    assert emulator.api_key not in reply.text
    assert httpx.post(f"{emulator.url}/emulator/reset", headers=headers).status_code == 403


@pytest.mark.parametrize("given", [None, "", "x" * 32, "\xe9"])
def test_the_control_api_answers_nobody_without_its_token(
    emulator: RunningEmulator, given: str | None
) -> None:
    headers = [] if given is None else [(b"X-Emulator-Token", given.encode("latin-1"))]
    routes = control_routes(Control(*[cast("Any", None)] * 4))
    assert len(routes) > 50
    with httpx.Client(base_url=emulator.url, headers=headers) as client:
        for route in routes:
            for method in (route.methods or set()) - {"HEAD"}:
                path = route.path.replace("{", "").replace("}", "").replace(":path", "")
                reply = client.request(method, path)
                assert reply.status_code == 403, (method, path)
                assert "X-Emulator-Token" in reply.text
                assert emulator.api_key not in reply.text
    assert httpx.get(f"{emulator.url}/emulator/", headers=_token(emulator)).status_code == 200


def _token(emulator: RunningEmulator) -> dict[str, str]:
    return {"X-Emulator-Token": emulator.control_token}


@pytest.mark.parametrize("slash", ["%2F", "%2f"])
def test_an_encoded_slash_leads_to_no_other_route(emulator: RunningEmulator, slash: str) -> None:
    headers = {**_token(emulator), "Authorization": f"Bearer {emulator.api_key}"}
    with httpx.Client(base_url=emulator.url, headers=headers) as client:
        for path in ("emulator{}reset", "emulator/connections{}x", "api{}me", "api/connections{}x"):
            for method in ("GET", "POST", "DELETE"):
                reply = client.request(method, f"/{path.format(slash)}")
                assert reply.status_code in (404, 405), (method, path)
        id_ = _create(client)
        assert client.get(f"/emulator/connections/{id_}/schema").status_code == 200
        assert client.get(f"/emulator/connections/{id_}{slash}schema").status_code == 404


def test_an_unknown_page_says_so(emulator: RunningEmulator) -> None:
    reply = httpx.get(f"{emulator.url}/favicon.ico")
    assert reply.status_code == 404
    assert "emulator" in reply.text


def test_a_rotated_key_opens_the_workspace_and_the_old_one_does_not(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    made, old, organization_id = _create(http), emulator.api_key, emulator.organization_id
    new = emulator.rotate_key()
    assert new == emulator.api_key != old
    assert http.get("/api/me").status_code == 401
    http.headers["Authorization"] = f"Bearer {new}"
    assert http.get("/api/me").json()["data"]["organization_id"] == organization_id
    assert http.get(f"/api/connections/{made}").status_code == 200


@pytest.mark.parametrize(
    "change", [{"name": 5}, {"name": None}, {"policies": "p"}, {"healthcheck_interval": 60}]
)
def test_a_connection_is_changed_only_to_what_it_can_be(
    http: httpx.Client, emulator: RunningEmulator, change: dict[str, object]
) -> None:
    made = http.post("/api/connections", json=netsuite()).json()["data"]["id"]
    with pytest.raises(ControlError, match="400"):
        emulator.change(made, **change)
    assert emulator.connection(made)["name"] == "NetSuite"
