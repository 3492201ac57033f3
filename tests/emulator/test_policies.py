from typing import Any

import httpx
import pytest
from polytomic import BadRequestError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError

PATH = "/api/permissions/policies"


def _role(polytomic: Polytomic, name: str = "Auditor") -> str:
    return str(polytomic.permissions.roles.create(name=name).data.id)


def _create(polytomic: Polytomic, **actions: list[str]) -> Any:
    return polytomic.permissions.policies.create(name="CRM", policy_actions=_list(actions)).data


def _list(actions: dict[str, list[str]]) -> Any:
    return [{"action": action, "role_ids": roles} for action, roles in actions.items()]


def _roles(policy: Any) -> dict[str, list[str]]:
    return {one.action: one.role_ids for one in policy.policy_actions}


def test_a_reply_lists_every_action(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    role = _role(polytomic)
    made = _create(polytomic, delete=[role])
    others: Any = {one: [] for one in ("apply_policy", "create", "read", "update")}
    assert _roles(made) == {**others, "delete": [role]}
    assert (made.name, made.system) == ("CRM", False)
    assert made.organization_id == emulator.organization_id
    assert polytomic.permissions.policies.get(made.id).data == made
    assert polytomic.permissions.policies.list().data == [made]


def test_an_update_replaces_every_binding(polytomic: Polytomic) -> None:
    role = _role(polytomic)
    made = _create(polytomic, create=[role], delete=[role])
    changed = polytomic.permissions.policies.update(
        made.id, name="ERP", policy_actions=_list({"read": [role]})
    ).data
    assert changed.name == "ERP"
    assert {action for action, roles in _roles(changed).items() if roles} == {"read"}
    polytomic.permissions.policies.update(made.id, name="ERP")
    assert not any(_roles(polytomic.permissions.policies.get(made.id).data).values())
    polytomic.permissions.policies.delete(made.id)
    with pytest.raises(NotFoundError):
        polytomic.permissions.policies.get(made.id)


def test_a_deleted_role_stays_in_its_policies(polytomic: Polytomic) -> None:
    role = _role(polytomic)
    made = _create(polytomic, create=[role])
    polytomic.permissions.roles.delete(role)
    assert _roles(polytomic.permissions.policies.get(made.id).data)["create"] == [role]
    kept = _list({"create": [role]})
    changed = polytomic.permissions.policies.update(made.id, name="ERP", policy_actions=kept).data
    assert _roles(changed)["create"] == [role]
    with pytest.raises(BadRequestError):
        _create(polytomic, create=[role])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "P", "policy_actions": {}}, "policy_actions"),
        ({"name": "P", "policy_actions": [{}]}, "policy_actions[0].action"),
        ({"name": "P", "policy_actions": [{"action": "fly"}]}, "policy_actions[0].action"),
        (
            {"name": "P", "policy_actions": [{"action": "read", "role_ids": ["x"]}]},
            "policy_actions[0].role_ids",
        ),
        ({"name": "P", "policy_actions": [{"action": "read"}] * 2}, "policy_actions"),
    ],
)
def test_wrong_values_are_refused_at_their_key(
    http: httpx.Client, body: dict[str, Any], field: str
) -> None:
    refused = http.post(PATH, json=body)
    assert (refused.status_code, refused.json()["metadata"]["field"]) == (400, field)
    assert http.get(PATH).json()["data"] == []


def test_a_person_changes_a_policy_behind_the_clients_back(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    role = _role(polytomic)
    made = _create(polytomic, create=[role])
    bindings = _list({"create": [], "update": [role]})
    after = emulator.edit("policy", made.id, "policy_actions[1].role_ids", [], strict=True)
    assert emulator.stored("policy", made.id) == after
    assert not any(_roles(polytomic.permissions.policies.get(made.id).data).values())
    for path in ("id", "system", "organization_id"):
        with pytest.raises(ControlError, match="400"):
            emulator.edit("policy", made.id, path, bindings)
    emulator.delete(made.id)
    assert polytomic.permissions.policies.list().data == []
