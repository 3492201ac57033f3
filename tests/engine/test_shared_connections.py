"""A connection that is shared with an organization, by the real `pulumi` with a partner key."""

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

WAREHOUSE = """
    import pulumi
    from polytomic_provider import *

    acme = Organization("acme")
    warehouse = Connection("warehouse", type="postgresql", configuration={
        "hostname": "db", "username": "u", "password": "canary-p", "database": "d", "port": 5432,
    })
"""
SHARED = """
    shared = SharedConnection(
        "shared", connection_id=warehouse, child_organization_id=acme{more}
    )
    ready = ConnectionReadiness("ready", connection=shared, timeout="60s")
    SchemaField(
        "mail", connection_id=shared, schema_id="public.contacts", field_id="email", label="Mail",
        opts=pulumi.ResourceOptions(depends_on=[ready]),
    )
    contacts = Model(
        "contacts",
        connection_id=ready,
        configuration={"table": "contacts"},
        fields=["email"],
        organization_id=acme.id,
    )
    pulumi.export("ids", [shared.id, acme.id, warehouse.id, contacts.id])
    pulumi.export("status", shared.status)
"""


@pytest.fixture
def partner(deployment: Deployment, emulator: RunningEmulator) -> Deployment:
    del deployment.environment["POLYTOMIC_API_KEY"]
    deployment.environment |= {
        "POLYTOMIC_PARTNER_KEY": emulator.partner_key,
        "POLYTOMIC_ORGANIZATION_ID": emulator.organization_id,
    }
    return deployment


@pytest.mark.torture
def test_a_copy_is_a_connection_for_whatever_is_in_the_other_organization(
    partner: Deployment, emulator: RunningEmulator
):
    program = WAREHOUSE + SHARED
    partner.program(program.replace("{more}", ""))
    partner.preview().ok()
    partner.up("--skip-preview").ok()
    shared, acme, warehouse, model = partner.outputs()["ids"]
    stored = emulator.stored("shared_connection", shared)
    assert (stored["name"], stored["organization_id"]) == ("shared", acme)
    assert stored["parent_connection_id"] == warehouse
    assert partner.outputs()["status"] == "healthy"
    assert emulator.stored("model", model)["connection_id"] == shared
    partner.preview("--refresh", "--expect-no-changes").ok()

    emulator.edit("shared_connection", shared, "name", "by hand")
    partner.preview("--refresh", "--expect-no-changes").ok()
    partner.program(program.replace("{more}", ", name='other'"))
    shown = partner.preview().ok().text
    assert "shared" in shown
    assert "replace" in shown
    partner.up("--skip-preview").ok()
    (renamed,) = emulator.list_stored("shared_connection")
    assert renamed["name"] == "other"
    assert renamed["id"] != shared
    partner.destroy().ok()
    assert emulator.list_stored("shared_connection") == emulator.list_stored("connection") == []


@pytest.mark.torture
def test_an_api_key_shares_nothing(deployment: Deployment, emulator: RunningEmulator):
    program = WAREHOUSE.replace('Organization("acme")', '"248df4b7-aa70-47b8-a036-33ac447e668d"')
    shared = 'SharedConnection("shared", connection_id=warehouse, child_organization_id=acme)'
    deployment.program(f"{program}    {shared}\n")
    refused = deployment.preview().failed().text
    assert "only a partner or deployment key shares connections" in refused
    assert emulator.list_stored("connection") == []
