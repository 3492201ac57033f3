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
