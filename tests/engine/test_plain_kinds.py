"""Webhooks and roles by the real `pulumi`, from nothing to nothing."""

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

PROGRAM = """
    import pulumi
    from polytomic_provider import Role, Webhook

    endpoint = "https://acme.example/events?api_key=canary-key"
    events = Webhook("events", endpoint=endpoint, secret="canary-s"{more})
    analysts = Role("analysts")
    pulumi.export("ids", [events.id, analysts.id])
"""


@pytest.mark.torture
def test_a_webhook_and_a_role_are_made_changed_repaired_and_deleted(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PROGRAM.replace("{more}", ""))
    webhook, role = deployment.outputs()["ids"]
    assert emulator.stored("webhook", webhook)["secret"] == "canary-s"
    assert emulator.stored("role", role)["name"] == "analysts"
    deployment.preview("--expect-no-changes", "--refresh").ok()

    deployment.program(PROGRAM.replace("{more}", ", disabled=True"))
    emulator.edit("role", role, "name", "by hand")
    shown = deployment.preview("--refresh").ok().text
    assert '~ name: "by hand" => "analysts"' in shown
    assert "+ disabled: true" in shown
    deployment.up("--skip-preview", "--refresh").ok()
    assert emulator.stored("webhook", webhook)["disabled"] is True
    assert emulator.stored("role", role)["name"] == "analysts"

    deployment.pulumi("destroy", "--yes", "--skip-preview").ok()
    assert emulator.list_stored("webhook") == []
    assert [one for one in emulator.list_stored("role") if not one["system"]] == []


POLICY = """
    import pulumi
    from polytomic_provider import Policy, Role

    analysts = Role("analysts")
    crm = Policy("crm", actions={"create": [{roles}], "delete": []})
    pulumi.export("ids", [crm.id, analysts.id])
    pulumi.export("all", Policy.get("crm-again", crm.id).all_actions)
"""


@pytest.mark.torture
def test_a_policy_is_bound_to_a_role_of_the_same_program(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(POLICY.replace("{roles}", '"analysts"'))
    emulator.behave(duplicate_names="refuse")
    refused = deployment.preview().failed().text
    assert "actions.create[0]: there is no role with the id 'analysts'" in refused

    deployment.deploy(POLICY.replace("{roles}", "analysts"))
    policy, role = deployment.outputs()["ids"]
    assert deployment.outputs()["all"]["create"] == [role]
    deployment.preview("--expect-no-changes", "--refresh").ok()

    stored = emulator.stored("policy", policy)["policy_actions"]
    changed = [one | ({"role_ids": [role]} if one["action"] == "update" else {}) for one in stored]
    emulator.edit("policy", policy, "policy_actions", changed)
    shown = deployment.preview("--expect-no-changes", "--refresh").ok().text
    assert "also lets roles do what the program does not name: update" in shown

    deployment.pulumi("destroy", "--yes", "--skip-preview").ok()
    assert emulator.list_stored("policy") == []


USER = """
    import pulumi
    from polytomic_provider import Role, User, UserApiKey

    analysts = Role("analysts")
    ada = User("ada", email="{email}", role_ids=[analysts])
    key = UserApiKey("ada-key", user=ada, force=True, triggers=["{day}"], revoke_on_delete=True)
    pulumi.export("ids", [ada.id, analysts.id])
    pulumi.export("key", key.value)
"""


@pytest.mark.torture
def test_a_user_and_a_key_are_made_rotated_and_deleted(
    deployment: Deployment, emulator: RunningEmulator
):
    emulator.behave(emails="lower")
    deployment.deploy(USER.replace("{email}", "Ada@acme.example").replace("{day}", "1"))
    user, role = deployment.outputs()["ids"]
    assert emulator.stored("user", user)["role_ids"] == [role]
    key = _exported_key(deployment)
    assert _whose(emulator, key) == user
    assert key not in deployment.pulumi("stack", "export").ok().text
    deployment.preview("--expect-no-changes", "--refresh").ok()

    deployment.program(USER.replace("{email}", "ADA@acme.example").replace("{day}", "2"))
    assert "User" not in deployment.preview().ok().text.replace("UserApiKey", "")
    deployment.up("--skip-preview").ok()
    rotated = _exported_key(deployment)
    assert (_whose(emulator, rotated), _whose(emulator, key)) == (user, None)

    deployment.pulumi("destroy", "--yes", "--skip-preview").ok()
    assert _whose(emulator, rotated) is None
    assert [one["id"] for one in emulator.list_stored("user")] != [user]
    shown = "".join(run.text for run in deployment.runs if "--show-secrets" not in run.command)
    assert key not in shown
    assert rotated not in shown


ORGANIZATION = """
    import pulumi
    from polytomic_provider import Organization, Role, User

    acme = Organization("acme", issuer="https://id.example", client_secret="canary-oidc")
    placed = {"organization_id": acme.id}
    analysts = Role("analysts", **placed)
    ada = User("ada", email="ada@acme.example", role_ids=[analysts], **placed)
    pulumi.export("ids", [acme.id, ada.id])
"""


@pytest.mark.torture
def test_an_organization_is_made_with_what_is_in_it_by_a_partner_key_alone(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(ORGANIZATION)
    refused = deployment.preview().failed().text
    assert "only a partner or deployment key manages organizations" in refused

    del deployment.environment["POLYTOMIC_API_KEY"]
    deployment.environment |= {
        "POLYTOMIC_PARTNER_KEY": emulator.partner_key,
        "POLYTOMIC_ORGANIZATION_ID": emulator.organization_id,
    }
    deployment.preview().ok()
    deployment.up("--skip-preview").ok()
    organization, user = deployment.outputs()["ids"]
    assert emulator.stored("user", user)["organization_id"] == organization
    assert "canary-oidc" not in deployment.pulumi("stack", "export").ok().text
    deployment.preview("--expect-no-changes", "--refresh").ok()
    deployment.pulumi("destroy", "--yes", "--skip-preview").ok()
    assert len(emulator.list_stored("organization")) == 1


def _exported_key(deployment: Deployment) -> str:
    return deployment.pulumi("stack", "output", "key", "--show-secrets").ok().text.strip()


def _whose(emulator: RunningEmulator, key: str) -> str | None:
    reply = httpx.get(f"{emulator.url}/api/me", headers={"Authorization": f"Bearer {key}"})
    return reply.json()["data"]["id"] if reply.status_code == 200 else None
