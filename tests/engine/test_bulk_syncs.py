"""A bulk sync by the real `pulumi`, from nothing to nothing."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    """Connections that somebody has consented to."""
    with RunningEmulator(consent_after=0.1) as running:
        yield running


PROGRAM = """
    import pulumi
    from polytomic_provider import BulkSync, Connection, ConnectionReadiness, Schedule
    from polytomic_provider import get_bulk_destination_output, get_bulk_source_output
    from polytomic_provider import get_bulk_sync_output, get_bulk_syncs
    from polytomic_provider.filters import is_not_null

    crm = Connection("crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"})
    ready = ConnectionReadiness("ready", connection=crm, timeout="30s")
    warehouse = Connection("warehouse", type="postgresql", configuration={
        "hostname": "db", "username": "u", "password": "canary", "database": "d", "port": 5432})
    copies = BulkSync(
        "copies",
        source_connection_id=ready,
        destination_connection_id=warehouse,
        destination_configuration={"schema": "crm"},
        mode="replicate",
        default_schedule=Schedule.daily(hour=3, minute=30),
        active=True,
        schemas=%s,
    )
    pulumi.export("ids", [copies.id, crm.id, warehouse.id])
    source = get_bulk_source_output(ready.id)
    pulumi.export("objects", source.apply(lambda found: [one["id"] for one in found["schemas"]]))
    pulumi.export("modes", get_bulk_destination_output(warehouse.id)["modes"])
    pulumi.export("copied", get_bulk_sync_output(copies.id)["schemas"])
    pulumi.export("names", [one["name"] for one in get_bulk_syncs()])
"""
CHOSEN = (
    '["Lead", {"id": "Contact", "fields": {"Email": {"obfuscate": True}}, '
    '"filters": [is_not_null("Email")]}]'
)
OTHERS = '[{"id": "Contact", "fields": ["Id", {"id": "Email", "obfuscate": True}]}]'


@pytest.mark.torture
def test_a_bulk_sync_is_previewed_made_changed_repaired_and_deleted(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PROGRAM % CHOSEN)
    told = deployment.outputs()
    sync, crm, warehouse = told["ids"]
    assert told["objects"] == ["Contact", "Account", "Lead", "Opportunity", "User"]
    assert [one["id"] for one in told["modes"]] == ["replicate", "append"]
    assert (told["copied"], told["names"]) == (["Contact", "Lead"], [])
    emulator.run_bulk_sync(sync)
    people = [one for one in emulator.records(crm, "Contact") if one["Email"]]
    copied = emulator.records(warehouse, "crm.contact")
    assert [one["lastname"] for one in copied] == [one["LastName"] for one in people]
    assert {one["email"] for one in copied}.isdisjoint({one["Email"] for one in people})

    deployment.program(PROGRAM % CHOSEN.replace('"Email": {', '"Emial": {'))
    refused = deployment.preview().failed().text
    assert "'Emial' is not a field of Salesforce Contact; did you mean 'Email'?" in refused

    deployment.program(PROGRAM % OTHERS)
    shown = deployment.preview().ok().text
    assert "copies 1 of 5 objects of Salesforce to PostgreSQL" in shown
    assert "Contact (2 of 21 fields, Email obfuscated)" in shown
    deployment.up("--skip-preview").ok()
    deployment.preview("--expect-no-changes", "--refresh").ok()
    assert (deployment.outputs()["copied"], deployment.outputs()["names"]) == (
        ["Contact"],
        ["copies"],
    )

    stored = emulator.stored("bulk_sync", sync)["schemas"]
    assert [one["id"] for one in stored if one["enabled"]] == ["Contact"]
    at = next(i for i, one in enumerate(stored) if one["id"] == "Contact")
    email = next(i for i, one in enumerate(stored[at]["fields"]) if one["id"] == "Email")
    path = f"schemas[{at}].fields[{email}].obfuscated"
    emulator.edit("bulk_sync", sync, path, False)
    deployment.up("--skip-preview", "--refresh").ok()
    assert emulator.stored("bulk_sync", sync)["schemas"] == stored

    deployment.pulumi("destroy", "--yes", "--skip-preview").ok()
    assert emulator.list_stored("bulk_sync") == []
