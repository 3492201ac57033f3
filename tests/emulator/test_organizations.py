from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from polytomic import ConflictError, ForbiddenError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from polytomic_provider.facts.secrets import MASK

PATH = "/api/organizations"
SIGN_ON = {
    "sso_domain": "acme.example",
    "sso_org_id": "org_01",
    "issuer": "https://id.acme.example",
    "client_id": "canary-client",
    "client_secret": "canary-secret",
}


@pytest.fixture
def partner(emulator: RunningEmulator) -> Polytomic:
    return Polytomic(base_url=emulator.url, token=emulator.partner_key, max_retries=0)


@pytest.fixture
def as_partner(emulator: RunningEmulator) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {emulator.partner_key}"}
    with httpx.Client(base_url=emulator.url, headers=headers) as client:
        yield client


def _inside(emulator: RunningEmulator, organization: str) -> dict[str, Any]:
    state = emulator._running().state  # pyright: ignore[reportPrivateUsage]
    found = state.workspaces.by_id(organization)
    assert found is not None
    return found.sign_on


def test_an_organization_comes_back_without_the_clients_id_and_secret(
    partner: Polytomic, emulator: RunningEmulator
) -> None:
    made = partner.organization.create(name="Acme", **SIGN_ON).data
    assert (made.name, made.sso_domain, made.sso_org_id, made.issuer) == (
        *("Acme", "acme.example", "org_01", "https://id.acme.example"),
    )
    assert "client" not in made.model_dump_json()
    assert _inside(emulator, made.id) == SIGN_ON
    assert partner.organization.get(made.id).data == made
    owner, *others = partner.organization.list().data
    assert owner.id == emulator.organization_id
    assert others == [made]
    assert emulator.requests()[0]["body"]["client_secret"] == MASK


def test_an_update_replaces_how_people_sign_in(
    partner: Polytomic, emulator: RunningEmulator
) -> None:
    made = partner.organization.create(name="Acme", **SIGN_ON).data
    changed = partner.organization.update(made.id, name="Acme Ltd", issuer="https://other").data
    assert (changed.name, changed.issuer, changed.sso_domain) == ("Acme Ltd", "https://other", None)
    assert _inside(emulator, made.id) == {"issuer": "https://other"}


def test_a_name_is_there_once(partner: Polytomic) -> None:
    made = partner.organization.create(name="Acme").data
    other = partner.organization.create(name="Other").data
    with pytest.raises(ConflictError):
        partner.organization.create(name="Acme")
    with pytest.raises(ConflictError):
        partner.organization.update(other.id, name="Acme")
    assert partner.organization.update(made.id, name="Acme").data == made


def test_a_new_organization_is_a_workspace_for_users_and_their_keys(
    partner: Polytomic, emulator: RunningEmulator
) -> None:
    made = partner.organization.create(name="Acme").data
    user = partner.users.create(made.id, email="ada@acme.example", role="admin").data
    value = partner.users.create_api_key(made.id, user.id).data.value
    client = Polytomic(base_url=emulator.url, token=value, max_retries=0)
    assert client.organization.get_current().data == made
    assert client.connections.list().data == []


def test_deleting_takes_everything_in_it_along(
    partner: Polytomic, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = partner.organization.create(name="Acme").data
    user = partner.users.create(made.id, email="ada@acme.example").data
    value = partner.users.create_api_key(made.id, user.id).data.value
    client = Polytomic(base_url=emulator.url, token=value, max_retries=0)
    configuration = {"domain": "acme.my.salesforce.com"}
    client.connections.create(name="S", type="salesforce", configuration=configuration)
    client.permissions.roles.create(name="Auditor")
    kept = polytomic.permissions.roles.create(name="Auditor").data
    partner.organization.delete(made.id)
    with pytest.raises(NotFoundError):
        partner.organization.get(made.id)
    assert emulator.connections() == []
    assert [one["id"] for one in emulator.list_stored("role") if not one["system"]] == [kept.id]
    with pytest.raises(ForbiddenError):
        partner.organization.delete(emulator.organization_id)


def test_only_a_partner_key_reaches_organizations(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    own = f"{PATH}/{emulator.organization_id}"
    for method, path in (("GET", PATH), ("POST", PATH), ("GET", own), ("DELETE", own)):
        assert http.request(method, path, json={"name": "x"}).status_code == 403
    basic = httpx.BasicAuth(emulator.organization_id, emulator.partner_key)
    assert httpx.get(f"{emulator.url}{PATH}", auth=basic).status_code == 200


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [({"name": None}, 400, "name"), ({"name": " "}, 422, "name"), ({"issuer": 5}, 400, "issuer")],
)
def test_wrong_values_are_refused_at_their_key(
    as_partner: httpx.Client, change: dict[str, Any], status: int, field: str
) -> None:
    refused = as_partner.post(PATH, json={"name": "Acme"} | change)
    assert (refused.status_code, refused.json()["metadata"]["field"]) == (status, field)


def test_a_partners_idempotency_key_replays_the_first_outcome(partner: Polytomic) -> None:
    first = partner.organization.create(name="Acme", idempotency_key="key-of-acme")
    assert partner.organization.create(name="Acme", idempotency_key="key-of-acme") == first
    assert len(partner.organization.list().data) == 2


def test_a_person_changes_an_organization_behind_the_clients_back(
    partner: Polytomic, emulator: RunningEmulator
) -> None:
    made = partner.organization.create(name="Acme", **SIGN_ON).data
    after = emulator.edit("organization", made.id, "issuer", "https://other", strict=True)
    assert after == emulator.stored("organization", made.id)
    assert partner.organization.get(made.id).data.issuer == "https://other"
    assert emulator.edit("organization", made.id, "issuer", None).get("issuer") is None
    name = partner.organization.get(emulator.organization_id).data.name
    with pytest.raises(ControlError, match="409"):
        emulator.edit("organization", made.id, "name", name, strict=True)
    emulator.delete(made.id)
    with pytest.raises(ControlError, match="403"):
        emulator.delete(emulator.organization_id)


def test_an_organization_outlives_a_restart(tmp_path: Path) -> None:
    emulator = RunningEmulator(data=tmp_path)
    with emulator:
        partner = Polytomic(base_url=emulator.url, token=emulator.partner_key, max_retries=0)
        made = partner.organization.create(name="Acme", **SIGN_ON).data
    with emulator:
        partner = Polytomic(base_url=emulator.url, token=emulator.partner_key, max_retries=0)
        assert partner.organization.get(made.id).data == made
