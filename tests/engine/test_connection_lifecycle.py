"""A connection from nothing to nothing, by the real `pulumi`."""

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import NETSUITE_CONFIGURATION, SALESFORCE, connection


def test_preview_on_nothing_creates_nothing(deployment: Deployment, emulator: RunningEmulator):
    deployment.program(SALESFORCE)
    run = deployment.preview().ok()
    assert "+ 2 to create" in run.text
    assert emulator.connections() == []


@pytest.mark.torture
def test_salesforce_with_only_a_domain_deploys_and_previews_empty(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(SALESFORCE)
    deployment.up().ok()
    outputs = deployment.outputs()
    assert outputs["auth_url"].startswith(emulator.url)
    assert outputs["status"] != "healthy"
    assert [made["id"] for made in emulator.connections()] == [outputs["id"]]
    deployment.preview("--expect-no-changes").ok()

    emulator.authorize(outputs["id"])
    deployment.refresh().ok()
    assert deployment.outputs()["auth_url"] == outputs["auth_url"]
    assert deployment.resource("salesforce")["outputs"]["status"] == "healthy"
    deployment.preview("--expect-no-changes", "--refresh").ok()


@pytest.mark.torture
def test_an_update_shows_only_the_changed_leaf_and_keeps_the_connection(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(connection())
    before = deployment.outputs()["id"]
    changed = {**NETSUITE_CONFIGURATION, "account_id": "7654321"}
    deployment.program(connection(configuration=changed))
    shown = deployment.preview().ok().text
    assert '~ account_id: "1234567_SB1" => "7654321"' in shown
    assert "consumer_key" not in shown
    deployment.up("--skip-preview").ok()
    assert deployment.outputs()["id"] == before
    assert emulator.connection(before)["configuration"]["account_id"] == "7654321"
    deployment.preview("--expect-no-changes", "--refresh").ok()


@pytest.mark.torture
def test_another_type_replaces_the_connection(deployment: Deployment, emulator: RunningEmulator):
    deployment.deploy(SALESFORCE)
    before = deployment.outputs()["id"]
    deployment.program(
        SALESFORCE.replace('type="salesforce"', 'type="hubspot"').replace(
            '{"domain": "acme.my.salesforce.com"}', "{}"
        )
    )
    shown = deployment.preview().ok().text
    assert "replace" in shown
    deployment.up("--skip-preview").ok()
    after = deployment.outputs()["id"]
    assert after != before
    assert [(made["id"], made["type"]) for made in emulator.connections()] == [(after, "hubspot")]


def test_destroy_leaves_nothing_and_deleting_what_is_gone_succeeds(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE + connection())
    emulator.delete(deployment.outputs()["id"])
    deployment.destroy().ok()
    assert emulator.connections() == []
    assert deployment.resources() == []


@pytest.mark.torture
def test_a_connection_in_use_is_kept_and_its_users_are_named(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    emulator.use(made, kind="bulk_sync", name="Nightly copy")
    run = deployment.destroy().failed()
    assert "Nightly copy" in run.text
    assert "force_destroy" in run.text
    assert "Traceback" not in run.text
    assert deployment.resources() == ["salesforce"]

    deployment.program(
        SALESFORCE.replace('type="salesforce"', 'force_destroy=True, type="salesforce"')
    )
    emulator.clear_requests()
    deployment.up("--skip-preview").ok()
    assert emulator.requests("PUT", f"/api/connections/{made}") == []
    deployment.destroy().ok()
    assert emulator.connections() == []


@pytest.mark.torture
def test_changing_reconnect_starts_consent_anew(deployment: Deployment, emulator: RunningEmulator):
    deployment.deploy(SALESFORCE)
    first = deployment.outputs()
    emulator.authorize(first["id"])
    again = SALESFORCE.replace('type="salesforce"', 'reconnect="2026-11", type="salesforce"')
    deployment.deploy(again)
    second = deployment.outputs()
    assert second["id"] == first["id"]
    assert second["auth_url"] != first["auth_url"]
    deployment.preview("--expect-no-changes").ok()
    deployment.deploy(SALESFORCE)
    assert deployment.outputs()["auth_url"] == second["auth_url"]


@pytest.mark.torture
def test_steering_arguments_cause_no_difference(deployment: Deployment, emulator: RunningEmulator):
    deployment.deploy(connection(validate=False))
    assert emulator.requests("POST", "/api/connections")[0]["body"]["validate"] is False
    deployment.program(connection(validate=True, redirect_url="https://example.com/done"))
    deployment.preview("--expect-no-changes").ok()


@pytest.mark.torture
def test_a_reference_to_a_foreign_connection_reads_and_never_deletes(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(connection())
    made = deployment.outputs()["id"]
    deployment.pulumi("state", "delete", deployment.resource("netsuite")["urn"], "--yes").ok()
    deployment.deploy(f"""
        import pulumi
        from polytomic_provider import Connection

        shared = Connection.get("shared", {made!r})
        pulumi.export("name", shared.name)
        pulumi.export("type", shared.type)
        pulumi.export("account", shared.configuration["account_id"])
        pulumi.export("status", shared.status)
    """)
    assert deployment.outputs() == {
        "name": "netsuite",
        "type": "netsuite",
        "account": "1234567_SB1",
        "status": "healthy",
    }
    deployment.preview("--expect-no-changes").ok()
    deployment.destroy().ok()
    assert [one["id"] for one in emulator.connections()] == [made]
