"""Webhooks and roles by the real `pulumi`, from nothing to nothing."""

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
