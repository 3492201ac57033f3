"""One program and one partner key over two workspaces."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

PROGRAM = """
    import os

    import pulumi
    from polytomic_provider import (
        Connection,
        ConnectionReadiness,
        Model,
        SchemaField,
        Sync,
        get_caller_identity_output,
        get_connection_output,
        get_schema_status_output,
        get_source_fields_output,
        get_source_output,
        get_target_fields_output,
        get_target_objects_output,
    )

    customer = os.environ["CUSTOMER"]
    crm = Connection(
        "crm",
        type="salesforce",
        configuration={"domain": "acme.my.salesforce.com"},
        organization_id=customer,
    )
    ready = ConnectionReadiness("crm-ready", connection=crm, timeout="60s")
    SchemaField(
        "email", connection_id=ready, schema_id="Contact", field_id="Email", label="Work e-mail"
    )
    contacts = Model(
        "contacts",
        connection_id=ready,
        configuration={"table": "Contact"},
        fields=["Id", "Email", "LastName"],
        organization_id=customer,
    )
    Sync(
        "sync",
        model=contacts,
        mode="updateOrCreate",
        target={"connection_id": ready, "object": "Lead"},
        identity=("Email", "Email"),
        fields={"Email": "Email", "LastName": "LastName"},
        organization_id=customer,
    )
    there = {"organization_id": customer}
    found = pulumi.Output.all(
        get_caller_identity_output(**there)["organization_id"],
        get_connection_output(ready.id, **there)["name"],
        get_schema_status_output(ready.id, **there)["ready"],
        get_source_output(ready.id, **there).apply(len),
        get_source_fields_output(ready.id, {"table": "Contact"}, **there).apply(len),
        get_target_objects_output(ready.id, **there).apply(len),
        get_target_fields_output(ready.id, "Contact", **there).apply(len),
    )
    pulumi.export("found", found)
"""

PLAIN = """
    import os

    import pulumi
    from polytomic_provider import (
        create_connect_card,
        get_caller_identity,
        get_connection,
        get_schema_status,
        get_source,
        get_source_fields,
        get_target_fields,
        get_target_objects,
    )

    there = {"organization_id": os.environ["CUSTOMER"]}
    id = get_connection("crm", **there)["id"]
    found = [
        get_caller_identity(**there)["organization_id"],
        get_connection(id, **there)["name"],
        get_schema_status(id, **there)["ready"],
        len(get_source(id, **there)),
        len(get_source_fields(id, {"table": "Contact"}, **there)),
        len(get_target_objects(id, **there)),
        len(get_target_fields(id, "Contact", **there)),
    ]
    card = create_connect_card("Onboarding", "https://example.com/done", **there)
    pulumi.export("card", pulumi.Output.secret(card["redirect_url"]))
    pulumi.export("found", found)
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


@pytest.mark.torture
def test_a_gate_and_the_functions_reach_another_workspace(
    deployment: Deployment, emulator: RunningEmulator
):
    customer = emulator.workspace("Customer")["organization_id"]
    del deployment.environment["POLYTOMIC_API_KEY"]
    deployment.environment |= {
        "POLYTOMIC_PARTNER_KEY": emulator.partner_key,
        "POLYTOMIC_ORGANIZATION_ID": emulator.organization_id,
        "CUSTOMER": customer,
    }
    deployment.program(PROGRAM)
    deployment.preview().ok()
    deployment.deploy(PROGRAM)
    found = deployment.outputs()["found"]
    assert found[:3] == [customer, "crm", True]
    assert min(found[3:]) > 0
    deployment.preview("--refresh", "--expect-no-changes").ok()

    deployment.program(PROGRAM + PLAIN)
    deployment.up("--skip-preview").ok()
    assert deployment.outputs()["found"] == found
    deployment.destroy().ok()
