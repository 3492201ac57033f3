from pathlib import Path
from typing import Any

import httpx
import pytest
from polytomic import BadRequestError, ForbiddenError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError

PATH = "/api/permissions/roles"


def _create(polytomic: Polytomic, name: str = "Auditor") -> Any:
    return polytomic.permissions.roles.create(name=name).data


def _names(polytomic: Polytomic) -> list[str]:
    return [one.name for one in polytomic.permissions.roles.list().data]


def test_a_role_comes_back_as_it_was_sent(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    made = _create(polytomic)
    assert (made.name, made.system) == ("Auditor", False)
    assert made.organization_id == emulator.organization_id
    assert polytomic.permissions.roles.get(made.id).data == made
    assert polytomic.permissions.roles.list().data[-1] == made


def test_a_role_is_renamed_and_deleted(polytomic: Polytomic) -> None:
    made = _create(polytomic)
    changed = polytomic.permissions.roles.update(made.id, name="Reviewer").data
    assert (changed.id, changed.name) == (made.id, "Reviewer")
    assert polytomic.permissions.roles.get(made.id).data == changed
    polytomic.permissions.roles.delete(made.id)
    assert _names(polytomic) == ["Admin", "Member"]
    with pytest.raises(NotFoundError):
        polytomic.permissions.roles.get(made.id)


def test_the_system_roles_are_always_listed(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    system = polytomic.permissions.roles.list().data
    assert [(one.name, one.system) for one in system] == [("Admin", True), ("Member", True)]
    _create(polytomic)
    assert polytomic.permissions.roles.list().data[:2] == system
    for one in system:
        assert polytomic.permissions.roles.get(one.id).data == one
        assert one.organization_id == emulator.organization_id
    assert system[0].id != system[1].id


def test_the_system_roles_cannot_be_changed_or_deleted(
    polytomic: Polytomic, emulator: RunningEmulator, http: httpx.Client
) -> None:
    system = polytomic.permissions.roles.list().data
    for one in system:
        with pytest.raises(ForbiddenError) as refusal:
            polytomic.permissions.roles.update(one.id, name="Renamed")
        assert "built in" in refusal.value.body.message
        with pytest.raises(ForbiddenError):
            polytomic.permissions.roles.delete(one.id)
        assert http.put(f"{PATH}/{one.id}", json={}).status_code == 403
        for strict in (False, True):
            with pytest.raises(ControlError, match="403"):
                emulator.edit("role", one.id, "name", "Renamed", strict=strict)
        with pytest.raises(ControlError, match="403"):
            emulator.delete(one.id)
    assert polytomic.permissions.roles.list().data == system


def test_another_organization_has_roles_of_its_own(
    polytomic: Polytomic, emulator: RunningEmulator, http: httpx.Client
) -> None:
    made = _create(polytomic)
    workspace = emulator.workspace()
    other = Polytomic(base_url=emulator.url, token=workspace["api_key"], max_retries=0)
    theirs = other.permissions.roles.list().data
    assert [one.name for one in theirs] == ["Admin", "Member"]
    ours = polytomic.permissions.roles.list().data
    assert {one.id for one in ours}.isdisjoint(one.id for one in theirs)
    assert {one.organization_id for one in theirs} == {workspace["organization_id"]}
    for role in ours:
        with pytest.raises(NotFoundError):
            other.permissions.roles.get(role.id)
        with pytest.raises(NotFoundError):
            other.permissions.roles.update(role.id, name="Taken")
        with pytest.raises(NotFoundError):
            other.permissions.roles.delete(role.id)
    body = {"name": "Auditor", "organization_id": workspace["organization_id"]}
    assert http.post(PATH, json=body).status_code == 403
    assert polytomic.permissions.roles.get(made.id).data == made
    assert len(emulator.list_stored("role")) == 5


def test_an_unknown_role_is_not_found(polytomic: Polytomic) -> None:
    roles = polytomic.permissions.roles
    calls = (
        lambda: roles.get("none"),
        lambda: roles.update("none", name="x"),
        lambda: roles.delete("none"),
    )
    for call in calls:
        with pytest.raises(NotFoundError) as refusal:
            call()
        assert refusal.value.body.message == "role not found"


@pytest.mark.parametrize("name", [None, 5, "", "  "])
def test_a_role_needs_a_name(polytomic: Polytomic, http: httpx.Client, name: Any) -> None:
    made = _create(polytomic)
    for refused in (
        http.post(PATH, json={"name": name}),
        http.put(f"{PATH}/{made.id}", json={"name": name}),
    ):
        assert (refused.status_code, refused.json()["metadata"]["field"]) == (400, "name")
    assert polytomic.permissions.roles.get(made.id).data == made


def test_a_server_may_refuse_a_name_that_is_there(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made, _ = _create(polytomic), _create(polytomic)
    emulator.behave(duplicate_names="refuse")
    for name in ("Auditor", "Admin"):
        with pytest.raises(BadRequestError):
            _create(polytomic, name)
    with pytest.raises(BadRequestError):
        polytomic.permissions.roles.update(made.id, name="Member")
    assert polytomic.permissions.roles.update(made.id, name="Reviewer").data.name == "Reviewer"
    polytomic.permissions.roles.update(made.id, name="Reviewer")


def test_an_idempotency_key_replays_the_first_outcome(polytomic: Polytomic) -> None:
    roles = polytomic.permissions.roles
    first = roles.create(name="Auditor", idempotency_key="key-of-a-role")
    assert roles.create(name="Auditor", idempotency_key="key-of-a-role") == first
    assert _names(polytomic) == ["Admin", "Member", "Auditor"]


def test_roles_outlive_a_restart(tmp_path: Path) -> None:
    emulator = RunningEmulator(data=tmp_path)
    with emulator:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        _create(client)
        before = client.permissions.roles.list()
    with emulator:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        assert client.permissions.roles.list() == before
        emulator.reset()
        assert _names(client) == ["Admin", "Member"]


def test_a_list_may_come_in_pages(http: httpx.Client, emulator: RunningEmulator) -> None:
    for name in ("a", "b", "c"):
        http.post(PATH, json={"name": name})
    whole = http.get(PATH).json()
    assert set(whole) == {"data"}
    emulator.behave(lists="paged", page_size=2)
    found: list[Any] = []
    token = ""
    for _ in range(3):
        page = http.get(PATH, params={"page_token": token}).json()
        found += page["data"]
        token = page["pagination"].get("next_page_token", "")
    assert token == ""
    assert sorted(one["id"] for one in found) == sorted(one["id"] for one in whole["data"])


def test_a_person_changes_a_role_behind_the_clients_back(
    polytomic: Polytomic, emulator: RunningEmulator, http: httpx.Client
) -> None:
    made = _create(polytomic)
    after = emulator.edit("role", made.id, "name", "Reviewer", strict=True)
    assert after == emulator.stored("role", made.id)
    assert after == http.get(f"{PATH}/{made.id}").json()["data"]
    assert emulator.list_stored("role")[-1] == after
    for path in ("id", "system", "organization_id"):
        with pytest.raises(ControlError, match="400"):
            emulator.edit("role", made.id, path, "x")
    with pytest.raises(ControlError, match="400"):
        emulator.edit("role", made.id, "name", " ", strict=True)
    emulator.delete(made.id)
    assert _names(polytomic) == ["Admin", "Member"]
    with pytest.raises(ControlError, match="404"):
        emulator.delete(made.id)
