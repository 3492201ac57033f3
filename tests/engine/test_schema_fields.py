"""Fields of schemas by the real `pulumi`: added, used in the same run, repaired, taken back."""

from typing import Any

import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

CONNECTION = """
    import pulumi
    from polytomic_provider import *

    crm = Connection("crm", type="postgresql", configuration={
        "hostname": "db", "username": "u", "password": "canary-p", "database": "d", "port": 5432,
    })
    ready = ConnectionReadiness("ready", connection=crm, timeout="60s")
    pulumi.export("id", crm.id)
"""
FIELDS = """
    place = {"connection_id": ready, "schema_id": "public.contacts"}
    score = SchemaField(
        "score", **place, field_id="score", label="Score", definition="double", path="$.score"
    )
    mail = SchemaField("mail", **place, field_id="email", label="Work e-mail")
    key = SchemaPrimaryKeys("key", **place, fields=[score.field_id])
    contacts = Model(
        "contacts",
        connection_id=ready,
        configuration={"table": "contacts"},
        fields=["email", "score"],
        opts=pulumi.ResourceOptions(depends_on=[score]),
    )
"""


@pytest.mark.torture
def test_a_field_is_added_used_at_once_repaired_and_deleted(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(CONNECTION)
    connection = deployment.outputs()["id"]
    client = Polytomic(base_url=emulator.url, token=emulator.api_key)

    def stored() -> dict[str, Any]:
        fields = client.schemas.get(connection, "public.contacts").data.fields
        return {one.id: one for one in fields}

    detected = stored()
    assert "score" not in detected
    again = 'SchemaField("again", **place, field_id="score", label="Twice", type="string")\n'
    deployment.program(f"{CONNECTION}{FIELDS}    {again}")
    twice = deployment.preview().failed().text
    assert "field belongs to the resource" in twice
    deployment.program(CONNECTION + FIELDS.replace('label="Score", ', ""))
    lacks = deployment.preview().failed().text
    assert "public.contacts has no field 'score', so this adds it" in lacks
    deployment.program(CONNECTION + FIELDS)
    shown = deployment.preview().ok().text
    assert "takes over the field and replaces label: 'email' => 'Work e-mail'" in shown
    assert stored() == detected

    deployment.up("--skip-preview").ok()
    now = stored()
    assert (now["score"].name, now["score"].type, now["score"].type_spec, now["score"].path) == (
        *("Score", "number"),
        *("double", "$.score"),
    )
    assert (now["email"].name, now["score"].is_primary_key) == ("Work e-mail", True)
    deployment.preview("--refresh", "--expect-no-changes").ok()

    client.schemas.patch_field(connection, "public.contacts", "score", label="By hand")
    client.schemas.delete_field(connection, "public.contacts", "email")
    drift = deployment.preview("--refresh").ok().text
    assert '~ label: "By hand" => "Score"' in drift
    assert '~ label: "email" => "Work e-mail"' in drift
    deployment.up("--skip-preview", "--refresh").ok()
    assert stored() == now

    deployment.program(CONNECTION)
    deployment.up("--skip-preview").ok()
    assert stored() == detected
    deployment.destroy().ok()
