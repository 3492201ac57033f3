"""Webhooks, roles and policies: made once, read, changed, adopted, deleted, as every kind is."""

from dataclasses import replace

import pytest

from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.duplicates import AlreadyExists, DeclaredTwice
from tests.faults.samples import CHANGED, PIPELINE
from tests.kinds.conftest import Workbench, resolved
from tests.oracle.held import wrong_with

PLAIN = {"Webhook": "events", "Role": "analysts", "Policy": "crm-policy", "User": "ada"}
ENDPOINT = "https://acme.example/events"


@pytest.mark.parametrize("kind", PLAIN)
def test_an_object_is_what_its_arguments_say_from_its_creation_to_its_end(
    workbench: Workbench, kind: str
):
    arguments, handler = resolved(workbench, PIPELINE[PLAIN[kind]].arguments), HANDLERS[kind]
    made = workbench.create(kind, **arguments)
    assert wrong_with(workbench.emulator, kind, made.id, arguments) == []
    changed = {**arguments, **resolved(workbench, CHANGED[PLAIN[kind]])}
    workbench.restart()
    updated = workbench.update(kind, made, **changed)
    assert wrong_with(workbench.emulator, kind, made.id, changed) == []
    read = workbench.read(kind, updated)
    assert read is not None
    assert not handler.compare(read, updated.arguments).differs
    workbench.delete(kind, read)
    workbench.restart()
    assert workbench.read(kind, read) is None


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("Webhook", "endpoint", "https://acme.example/by-hand"),
        ("Webhook", "disabled", True),
        ("Role", "name", "by hand"),
    ],
)
def test_what_a_person_changes_is_drift_and_is_repaired(
    workbench: Workbench, kind: str, path: str, value: object
):
    arguments = {**PIPELINE[PLAIN[kind]].arguments}
    if path == "disabled":
        arguments["disabled"] = False
    made = workbench.create(kind, **arguments)
    workbench.emulator.edit(kind.lower(), made.id, path, value)
    read = workbench.read(kind, made)
    assert read is not None
    assert HANDLERS[kind].compare(read, made.arguments).changed == (path,)
    workbench.update(kind, read, **made.arguments)
    assert wrong_with(workbench.emulator, kind, made.id, arguments) == []


def test_what_the_program_does_not_say_of_a_webhook_stays(workbench: Workbench):
    made = workbench.create("Webhook", endpoint=ENDPOINT, secret="s", disabled=True)
    assert workbench.emulator.stored("webhook", made.id)["disabled"] is True
    unmanaged = replace(made, arguments={"endpoint": ENDPOINT, "secret": "s"})
    workbench.update("Webhook", unmanaged, endpoint="https://acme.example/other")
    assert workbench.emulator.stored("webhook", made.id)["disabled"] is True


@pytest.mark.parametrize("reading", ["shown", "masked", "absent"])
def test_the_secret_of_a_webhook_makes_no_difference_that_never_ends(
    workbench: Workbench, reading: str
):
    workbench.emulator.behave(plain_secrets=reading)
    made = workbench.create("Webhook", endpoint=ENDPOINT, secret="canary")
    read = workbench.read("Webhook", made)
    assert read is not None
    assert not HANDLERS["Webhook"].compare(read, made.arguments).differs
    workbench.update("Webhook", read, secret="another")
    assert workbench.emulator.stored("webhook", made.id)["secret"] == "another"
    assert HANDLERS["Webhook"].secrets(made.arguments) == ["canary"]


def test_a_second_webhook_of_a_workspace_is_named_and_can_be_adopted(workbench: Workbench):
    first = workbench.create("Webhook", "first", endpoint=ENDPOINT, secret="s")
    workbench.restart()
    with pytest.raises(AlreadyExists, match=first.id) as raised:
        workbench.create("Webhook", "second", endpoint="https://acme.example/2", secret="s")
    assert "a workspace has one webhook at most" in str(raised.value)
    assert "another name" not in str(raised.value)
    adopted = workbench.create(
        "Webhook", "second", endpoint="https://acme.example/2", secret="s", adopt=True
    )
    assert adopted.id == first.id
    stored = workbench.emulator.stored("webhook", first.id)
    assert stored["endpoint"] == "https://acme.example/2"


def test_a_role_of_polytomics_own_is_neither_doubled_nor_changed(workbench: Workbench):
    with pytest.raises(AlreadyExists):
        workbench.create("Role", "Admin")
    admin = workbench.create("Role", "Admin", adopt=True)
    assert admin.computed["system"] is True
    with pytest.raises(PolytomicError, match="403"):
        workbench.update("Role", admin, name="another")
    with pytest.raises(PolytomicError, match="403"):
        workbench.delete("Role", admin)
    assert workbench.emulator.stored("role", admin.id)["name"] == "Admin"


@pytest.mark.parametrize("kind", PLAIN)
def test_a_killed_creation_is_found_again(workbench: Workbench, kind: str):
    arguments = resolved(workbench, PIPELINE[PLAIN[kind]].arguments)
    made = workbench.create(kind, **arguments)
    workbench.restart()
    assert workbench.create(kind, **arguments).id == made.id


def test_messages_about_a_webhook_give_it_no_name(workbench: Workbench):
    with pytest.raises(PolytomicError) as nothing:
        workbench.create("Webhook", endpoint=ENDPOINT, secret="s", adopt=True)
    assert "there is no webhook to adopt" in str(nothing.value)
    workbench.create("Webhook", "first", endpoint=ENDPOINT, secret="s")
    with pytest.raises(DeclaredTwice) as twice:
        workbench.create("Webhook", "second", endpoint=ENDPOINT, secret="s")
    assert "Webhook:first" in str(twice.value)
    assert "None" not in f"{nothing.value} {twice.value}"


def _roles_of(workbench: Workbench, policy: str) -> dict[str, list[str]]:
    stored = workbench.emulator.stored("policy", policy)["policy_actions"]
    return {one["action"]: one["role_ids"] for one in stored if one["role_ids"]}


def _bind(workbench: Workbench, policy: str, action: str, roles: list[str]) -> None:
    """Give an action to these roles alone, as a person would."""
    stored = workbench.emulator.stored("policy", policy)["policy_actions"]
    position = [one["action"] for one in stored].index(action)
    path = f"policy_actions[{position}].role_ids"
    workbench.emulator.edit("policy", policy, path, roles)


def test_only_the_actions_that_the_program_names_are_managed(workbench: Workbench):
    first, second = (workbench.create("Role", name).id for name in ("first", "second"))
    made = workbench.create("Policy", actions={"create": [first], "delete": [second]})
    assert workbench.said == []
    _bind(workbench, made.id, "update", [second, first])
    read = workbench.read("Policy", made)
    assert read is not None
    assert not HANDLERS["Policy"].compare(read, made.arguments).differs
    assert [one for one in workbench.said if "update" in one and "create" not in one] != []
    assert read.computed["all_actions"]["update"] == [second, first]
    # An action that the program ends to name keeps its roles, as do those it never named.
    comparison = HANDLERS["Policy"].compare(read, {**read.arguments, "actions": {"create": []}})
    assert (comparison.sent, comparison.ended) == (("actions",), ("actions.delete",))
    workbench.update("Policy", read, actions={"create": []})
    assert _roles_of(workbench, made.id) == {"delete": [second], "update": [second, first]}


def test_the_order_of_roles_is_no_difference_and_a_role_more_is(workbench: Workbench):
    first, second = (workbench.create("Role", name).id for name in ("first", "second"))
    made = workbench.create("Policy", actions={"create": [first, second]})
    compare = HANDLERS["Policy"].compare
    assert not compare(made, {"name": "made", "actions": {"create": [second, first]}}).differs
    for roles in ([first], [second, first, "another"], []):
        wanted = {"name": "made", "actions": {"create": roles}}
        assert compare(made, wanted).sent == ("actions",)
    _bind(workbench, made.id, "create", [second, first])
    read = workbench.read("Policy", made)
    assert read is not None
    assert read.arguments["actions"] == {"create": [first, second]}
    _bind(workbench, made.id, "create", [])
    read = workbench.read("Policy", made)
    assert read is not None
    assert compare(read, made.arguments).sent == ("actions",)
    workbench.update("Policy", read, **made.arguments)
    assert _roles_of(workbench, made.id) == {"create": [first, second]}


def test_a_policy_without_actions_leaves_them_to_polytomic(workbench: Workbench):
    role = workbench.create("Role", "first").id
    made = workbench.create("Policy")
    _bind(workbench, made.id, "create", [role])
    workbench.update("Policy", made, name="renamed")
    assert _roles_of(workbench, made.id) == {"create": [role]}
    assert workbench.said == []


def test_an_address_is_the_same_in_any_letters(workbench: Workbench):
    made = workbench.create("User", email="Ada@Acme.example")
    compare = HANDLERS["User"].compare
    assert not compare(made, {"email": "ADA@acme.example"}).differs
    assert compare(made, {"email": "eve@acme.example"}).replaces == ("email",)
    workbench.emulator.behave(emails="lower")
    read = workbench.read("User", made)
    assert read is not None
    assert read.arguments["email"] == "Ada@Acme.example"
    workbench.restart()
    with pytest.raises(AlreadyExists, match=r"user 'ada@acme\.example' exists already"):
        workbench.create("User", "other", email="aDa@acme.example")
    adopted = workbench.create("User", "other", email="aDa@acme.example", adopt=True)
    assert adopted.id == made.id


def test_the_roles_of_a_user_are_named_in_one_way(workbench: Workbench):
    role = workbench.create("Role", "first").id
    made = workbench.create("User", email="ada@acme.example", role="Admin")
    read = workbench.read("User", made)
    assert read is not None
    assert not HANDLERS["User"].compare(read, made.arguments).differs
    read = workbench.update("User", read, role=None, role_ids=[role])
    stored = workbench.emulator.stored("user", made.id)
    assert (stored["role"], stored["role_ids"]) == ("user", [role])
    # What the program no longer says stays as it is.
    left = HANDLERS["User"].compare(read, {"email": "ada@acme.example"})
    assert (left.sent, left.ended) == ((), ("role_ids",))
    read = workbench.update("User", read, role_ids=None, role="admin")
    assert workbench.emulator.stored("user", made.id)["role"] == "admin"
    assert len(read.computed["all_role_ids"]) == 1
    problems = HANDLERS["User"].problems({"email": "ada", "role": "user", "role_ids": [role]})
    assert [one.path for one in problems] == ["email", "role"]


def test_a_partner_manages_the_users_of_another_organization(workbench: Workbench):
    emulator = workbench.emulator
    other = emulator.workspace()["organization_id"]
    keys = {"apiKey": "", "partnerKey": emulator.partner_key}
    workbench.restart(**keys, organizationId=emulator.organization_id)
    made = workbench.create("User", email="ada@acme.example", organization_id=other, role="user")
    assert emulator.stored("user", made.id)["organization_id"] == other
    workbench.update("User", made, role="admin")
    assert emulator.stored("user", made.id)["role"] == "admin"
    paths = {one["path"] for one in emulator.requests() if "users" in one["path"]}
    assert {one.split("/users")[0] for one in paths} == {f"/api/organizations/{other}"}
    key = workbench.create("UserApiKey", user=made.id, organization_id=other)
    assert workbench.read("UserApiKey", key) == key
    workbench.delete("User", made)
    assert workbench.read("User", made) is None
    assert workbench.read("UserApiKey", key) is None


def test_a_user_of_whom_nothing_is_told_is_gone(workbench: Workbench):
    made = workbench.create("User", email="ada@acme.example")
    route = "/api/organization/users/{id}"
    answer = {"kind": "status", "status": 200, "body": {"data": {}}, "route": route}
    workbench.emulator.fail(**answer, method="GET", times=2)
    with pytest.raises(PolytomicError, match="cannot be read"):
        workbench.read("User", made)
    workbench.emulator.delete(made.id)
    assert workbench.read("User", made) is None
