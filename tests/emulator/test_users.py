from pathlib import Path
from typing import Any

import httpx
import pytest
from polytomic import ForbiddenError, NotFoundError, Polytomic, UnauthorizedError
from polytomic.core.api_error import ApiError

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError

OWN = "/api/organization/users"
ADA = "Ada@example.com"


def _create(polytomic: Polytomic, **more: Any) -> Any:
    return polytomic.users.create_current_org_user(**({"email": ADA} | more)).data


def _partner(emulator: RunningEmulator) -> Polytomic:
    return Polytomic(base_url=emulator.url, token=emulator.partner_key, max_retries=0)


def _as(emulator: RunningEmulator, key: str) -> Polytomic:
    return Polytomic(base_url=emulator.url, token=key, max_retries=0)


def _system_roles(polytomic: Polytomic) -> list[str]:
    return [one.id for one in polytomic.permissions.roles.list().data if one.system]


def test_a_user_comes_back_as_it_was_sent(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    admin, member = _system_roles(polytomic)
    made = _create(polytomic, role_ids=[admin, member])
    assert (made.email, made.role, made.role_ids) == (ADA, "admin", [admin, member])
    assert made.organization_id == emulator.organization_id
    org = emulator.organization_id
    assert polytomic.users.get(org, made.id).data == made
    assert _partner(emulator).users.get(org, made.id).data == made
    assert polytomic.users.list(org).data[-1] == made
    shown = polytomic.users.get_current_org_user(made.id).data
    assert (shown.email, shown.role_ids) == (ADA, [admin, member])


@pytest.mark.parametrize(("role", "position"), [("Admin", 0), ("user", 1), (None, 1)])
def test_a_role_is_named_in_both_ways(
    polytomic: Polytomic, role: str | None, position: int
) -> None:
    made = _create(polytomic, **({"role": role} if role else {}))
    assert made.role_ids == [_system_roles(polytomic)[position]]
    assert made.role == ("admin", "user")[position]


def test_an_update_changes_roles_alone(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    role = polytomic.permissions.roles.create(name="Auditor").data.id
    made = _create(polytomic, role="admin")
    org = emulator.organization_id
    changed = polytomic.users.update(org, made.id, email="x@example.com", role_ids=[role]).data
    assert (changed.email, changed.role, changed.role_ids) == (ADA, "user", [role])
    kept = polytomic.users.update_current_org_user(made.id).data
    assert kept == changed
    assert polytomic.users.update_current_org_user(made.id, role="admin").data == made


def test_the_user_of_the_key_is_there_and_never_changes(
    polytomic: Polytomic, http: httpx.Client
) -> None:
    me = polytomic.identity.get().data
    (own,) = polytomic.users.list_current_org_users().data
    assert (own.id, own.email, own.role) == (me.id, me.email, "admin")
    with pytest.raises(ForbiddenError):
        polytomic.users.update_current_org_user(own.id, role="user")
    assert http.delete(f"{OWN}/{own.id}").status_code == 403


def test_a_partner_finds_the_users_of_each_organization(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    partner, other = _partner(emulator), emulator.workspace()["organization_id"]
    made = partner.users.create(other, email=ADA, idempotency_key="key-of-a-user").data
    assert partner.users.create(other, email=ADA, idempotency_key="key-of-a-user").data == made
    assert made.organization_id == other
    assert [one.id for one in polytomic.users.list_current_org_users().data] != made.id
    with pytest.raises(NotFoundError):
        polytomic.users.get_current_org_user(made.id)
    with pytest.raises(ForbiddenError):
        polytomic.users.get(other, made.id)
    with pytest.raises(ForbiddenError):
        partner.users.list_current_org_users()
    with pytest.raises(NotFoundError):
        partner.users.list("none")
    assert partner.users.delete(other, made.id).data == made


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"email": None}, 400, "email"),
        ({"email": 5}, 400, "email"),
        ({"email": "ada"}, 422, "email"),
        ({"email": "EMULATOR@example.com"}, 422, "email"),
        ({"role": "boss"}, 422, "role"),
        ({"role": "admin", "role_ids": ["x"]}, 422, "role"),
        ({"role_ids": []}, 422, "role_ids"),
        ({"role_ids": ["x"]}, 422, "role_ids"),
    ],
)
def test_wrong_values_are_refused_at_their_key(
    http: httpx.Client, change: dict[str, Any], status: int, field: str
) -> None:
    refused = http.post(OWN, json={"email": ADA} | change)
    assert (refused.status_code, refused.json()["metadata"]["field"]) == (status, field)
    assert len(http.get(OWN).json()["data"]) == 1


def test_a_server_may_keep_addresses_in_small_letters(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.behave(emails="lower")
    made = _create(polytomic)
    assert made.email == "ada@example.com"
    assert emulator.stored("user", made.id)["email"] == ADA


def test_a_person_changes_a_user_behind_the_clients_back(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    admin, member = _system_roles(polytomic)
    made = _create(polytomic)
    assert emulator.edit("user", made.id, "role", "admin", strict=True)["role_ids"] == [admin]
    assert emulator.edit("user", made.id, "role_ids", [member], strict=True)["role"] == "user"
    with pytest.raises(ControlError, match="422"):
        emulator.edit("user", made.id, "email", "nobody", strict=True)
    emulator.delete(made.id)
    assert len(emulator.list_stored("user")) == 1


def test_an_issued_key_opens_the_workspace_as_its_user(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made, org = _create(polytomic), emulator.organization_id
    first = polytomic.users.create_api_key(org, made.id).data.value
    me = _as(emulator, first).identity.get().data
    assert (me.id, me.email, me.organization_id) == (made.id, ADA, org)
    with pytest.raises(ForbiddenError):
        polytomic.users.create_api_key(org, made.id)
    second = _partner(emulator).users.create_api_key(org, made.id, force=True).data.value
    with pytest.raises(UnauthorizedError):
        _as(emulator, first).identity.get()
    assert _as(emulator, second).identity.get().data == me
    polytomic.users.delete_current_org_user(made.id)
    with pytest.raises(ApiError) as refused:
        _as(emulator, second).identity.get()
    assert refused.value.status_code == 401


def test_the_key_of_the_workspace_is_replaced_only_when_forced(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    org, me = emulator.organization_id, polytomic.identity.get().data
    with pytest.raises(ForbiddenError):
        polytomic.users.create_api_key(org, me.id)
    value = polytomic.users.create_api_key(org, me.id, force=True).data.value
    with pytest.raises(UnauthorizedError):
        polytomic.identity.get()
    assert _as(emulator, value).identity.get().data == me
    with pytest.raises(NotFoundError):
        _as(emulator, value).users.create_api_key(org, "none")


def test_an_idempotency_key_gives_the_same_key_again_and_the_data_folder_keeps_it(
    tmp_path: Path,
) -> None:
    emulator = RunningEmulator(data=tmp_path)
    with emulator:
        client, org = _as(emulator, emulator.api_key), emulator.organization_id
        user = _create(client).id
        keyed = {"idempotency_key": "key-of-a-key"}
        value = client.users.create_api_key(org, user, **keyed).data.value
        assert client.users.create_api_key(org, user, **keyed).data.value == value
    with emulator:
        assert _as(emulator, value).identity.get().data.id == user
