from email.utils import parsedate_to_datetime

import httpx
import pytest
from polytomic import Polytomic, UnauthorizedError

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import netsuite


def test_a_user_key_knows_its_workspace(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    me = polytomic.identity.get().data
    assert me.organization_id == emulator.organization_id
    assert (me.is_user, me.is_partner, me.is_organization) == (True, False, False)
    assert me.email


@pytest.mark.parametrize("kind", ["partner_key", "deployment_key"])
def test_a_shared_key_acts_in_the_workspace_that_it_names(
    emulator: RunningEmulator, kind: str
) -> None:
    other = emulator.workspace("Customer")["organization_id"]
    with httpx.Client(base_url=emulator.url, auth=(other, getattr(emulator, kind))) as http:
        assert http.get("/api/me").json()["data"]["organization_id"] == other
        body = netsuite(organization_id=other)
        made = http.post("/api/connections", json=body).json()["data"]
        assert made["organization_id"] == other
        body = netsuite(organization_id=emulator.organization_id)
        assert http.post("/api/connections", json=body).status_code == 403
    with httpx.Client(base_url=emulator.url, auth=("none", getattr(emulator, kind))) as http:
        assert http.get("/api/me").status_code == 403


def test_a_workspaces_own_key_works_with_basic_too(emulator: RunningEmulator) -> None:
    pair = (emulator.organization_id, emulator.api_key)
    assert httpx.get(f"{emulator.url}/api/connections", auth=pair).status_code == 200
    other = emulator.workspace()["organization_id"]
    assert httpx.get(f"{emulator.url}/api/me", auth=(other, pair[1])).status_code == 401


def test_a_bare_partner_key_has_no_workspace(emulator: RunningEmulator) -> None:
    headers = {"Authorization": f"Bearer {emulator.partner_key}"}
    me = httpx.get(f"{emulator.url}/api/me", headers=headers).json()["data"]
    assert me["is_partner"] is True
    assert "organization_id" not in me
    assert httpx.get(f"{emulator.url}/api/connections", headers=headers).status_code == 403


def test_a_wrong_key_is_refused_in_the_documented_shape(emulator: RunningEmulator) -> None:
    wrong = Polytomic(base_url=emulator.url, token="wrong", max_retries=0)
    with pytest.raises(UnauthorizedError) as refusal:
        wrong.identity.get()
    assert refusal.value.body.status == 401
    assert "API key" in refusal.value.body.message


@pytest.mark.parametrize("value", [None, "", "Bearer", "Basic ===", "Basic YQ==", "X y"])
def test_a_missing_or_broken_credential_is_refused(
    emulator: RunningEmulator, value: str | None
) -> None:
    headers = {} if value is None else {"Authorization": value}
    reply = httpx.get(f"{emulator.url}/api/connections", headers=headers)
    assert (reply.status_code, reply.json()["key"]) == (401, "unauthorized")


def test_an_old_api_version_gets_its_old_401(emulator: RunningEmulator) -> None:
    headers = {"X-Polytomic-Version": "2024-02-08"}
    body = httpx.get(f"{emulator.url}/api/me", headers=headers).json()
    assert set(body) == {"code", "context", "error", "status"}
    assert body["code"] == 401
    assert isinstance(body["status"], str)


def test_every_reply_says_version_date_and_request_id(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    seen: set[str] = set()
    for path, version in (
        ("/api/me", "2024-02-08"),
        ("/api/nothing", "2025-09-18"),
        ("/api/connections/none", None),
    ):
        headers = {"X-Polytomic-Version": version} if version else {}
        reply = http.get(path, headers=headers)
        assert reply.headers["X-Polytomic-Version"] == (version or "2025-09-18")
        assert reply.headers["Content-Type"] == "application/json"
        assert parsedate_to_datetime(reply.headers["Date"]).tzinfo is not None
        seen.add(reply.headers["X-Request-Id"])
    assert seen == {entry["id"] for entry in emulator.requests()}
    assert len(seen) == 3


def test_an_unknown_version_is_refused(http: httpx.Client) -> None:
    reply = http.get("/api/me", headers={"X-Polytomic-Version": "1999-01-01"})
    assert reply.status_code == 400
    assert "2025-09-18" in reply.json()["metadata"]["known_values"]


def test_unknown_routes_and_methods_are_json_errors(http: httpx.Client) -> None:
    for path in ("/api", "/api/", "/api/nothing", "/api/connections/", "/api/connections/a/b"):
        reply = http.get(path)
        assert (reply.status_code, reply.json()["status"]) == (404, 404)
    reply = http.patch("/api/connections/none", json={})
    assert reply.status_code == 405
    assert reply.json()["metadata"]["allowed"] == ["DELETE", "GET", "PUT"]
