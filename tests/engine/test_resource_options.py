"""Pulumi's own options, and what users build on top of the resources."""

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import SALESFORCE


@pytest.mark.torture
def test_a_rename_with_an_alias_is_no_difference_and_keeps_the_identity(
    deployment: Deployment, emulator: RunningEmulator
):
    named = SALESFORCE.replace('type="s', 'name="Salesforce", type="s')
    deployment.deploy(named)
    identity = deployment.resource("salesforce")["inputs"]["__identity"]
    assert identity == deployment.resource("salesforce")["urn"]
    deployment.program(
        named.replace(
            '"salesforce", name',
            '"crm", opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="salesforce")]), name',
        )
    )
    deployment.preview("--expect-no-changes").ok()
    deployment.up("--skip-preview").ok()
    assert deployment.resource("crm")["inputs"]["__identity"] == identity


@pytest.mark.torture
def test_a_parent_is_part_of_the_identity_and_two_components_hold_two_connections(
    deployment: Deployment, emulator: RunningEmulator
):
    program = """
        import pulumi
        from polytomic_provider import Connection

        class Customer(pulumi.ComponentResource):
            def __init__(self, name):
                super().__init__(f"acme:index:Customer{name.title()}", name)
                Connection(
                    "crm", name=f"CRM of {name}", type="salesforce",
                    configuration={"domain": "acme.my.salesforce.com"},
                    opts=pulumi.ResourceOptions(parent=self),
                )

        Customer("north")
        Customer("south")
    """
    deployment.deploy(program)
    found = [
        resource
        for resource in deployment.state()["deployment"]["resources"]
        if resource["urn"].endswith("::crm")
    ]
    assert len(found) == 2
    assert all(r["inputs"]["__identity"] == r["urn"] for r in found)
    before = {made["name"]: made["id"] for made in emulator.connections()}
    assert sorted(before) == ["CRM of north", "CRM of south"]

    deployment.deploy(program.replace('domain": "acme', 'domain": f"{name}'))
    after = {made["name"]: made["id"] for made in emulator.connections()}
    assert after == before
    domains = {one["name"]: one["configuration"]["domain"] for one in emulator.connections()}
    assert domains["CRM of south"] == "south.my.salesforce.com"


@pytest.mark.torture
def test_a_subclass_keeps_the_type_and_the_object(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    before = deployment.resource("salesforce")
    deployment.program(
        SALESFORCE.replace(
            "salesforce = Connection(",
            "class Ours(Connection):\n    pass\n\n\nsalesforce = Ours(",
        )
    )
    deployment.preview("--expect-no-changes").ok()
    assert before["type"] == "pulumi-python:dynamic/polytomic:Connection"


@pytest.mark.torture
def test_protect_ignore_changes_and_retain_on_delete_do_what_they_say(
    deployment: Deployment, emulator: RunningEmulator
):
    options = 'opts=pulumi.ResourceOptions({}), type="salesforce"'
    protected = options.format('protect=True, ignore_changes=["configuration"]')
    deployment.deploy(SALESFORCE.replace('type="salesforce"', protected))
    made = deployment.outputs()["id"]
    deployment.program(
        SALESFORCE.replace('type="salesforce"', protected).replace("acme.my", "other.my")
    )
    deployment.preview("--expect-no-changes").ok()
    deployment.destroy().failed()
    assert [one["id"] for one in emulator.connections()] == [made]

    retained = options.format("retain_on_delete=True")
    deployment.deploy(SALESFORCE.replace('type="salesforce"', retained))
    deployment.destroy().ok()
    assert [one["id"] for one in emulator.connections()] == [made]


@pytest.mark.torture
def test_depends_on_orders_creation_and_additional_outputs_can_be_secret(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(
        SALESFORCE
        + """
second = Connection(
    "second", type="hubspot", configuration={},
    opts=pulumi.ResourceOptions(depends_on=[salesforce], additional_secret_outputs=["auth_url"]),
)
pulumi.export("second_url", second.auth_url)
"""
    )
    posted = emulator.requests("POST", "/api/connections")
    assert [one["body"]["name"] for one in posted] == ["salesforce", "second"]
    assert deployment.outputs()["second_url"] == "[secret]"


@pytest.mark.torture
def test_custom_timeouts_bound_an_operation(deployment: Deployment, emulator: RunningEmulator):
    emulator.fail(kind="status", status=503, method="POST", path="^/api/connections$", times=99)
    deployment.program(
        SALESFORCE.replace(
            'type="salesforce"',
            "opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts("
            'create="1s", delete="2s")), type="salesforce"',
        )
    )
    run = deployment.up("--skip-preview").failed()
    assert "503" in run.text
    assert "1 s" in run.text
    emulator.clear_faults()
    deployment.up("--skip-preview").ok()
    timeouts = deployment.resource("salesforce")["outputs"]["__timeouts"]
    assert timeouts == {"create": 1, "delete": 2}
    deployment.preview("--expect-no-changes").ok()

    deployment.program(SALESFORCE)
    deployment.up("--skip-preview").ok()
    assert "__timeouts" not in deployment.resource("salesforce")["outputs"]
