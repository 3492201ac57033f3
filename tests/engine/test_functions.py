"""Looking things up from a program, before and after what is asked about exists."""

from collections.abc import Iterator

import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import SALESFORCE

PROGRAM = (
    SALESFORCE
    + """
from polytomic_provider import (
    ConnectionReadiness,
    create_connect_card_output,
    get_caller_identity_output,
    get_connection_output,
    get_schema_output,
    get_schema_status_output,
    get_source_fields_output,
    get_source_output,
    get_target_fields_output,
    get_target_objects_output,
)

ready = ConnectionReadiness("ready", connection=salesforce, timeout="60s")
names = lambda found: sorted(one["name"] for one in found)
pulumi.export("organization", get_caller_identity_output().apply(lambda me: me["organization_id"]))
pulumi.export("name", get_connection_output(ready.id).apply(lambda one: one["name"]))
pulumi.export("ready", get_schema_status_output(ready.id).apply(lambda one: one["ready"]))
pulumi.export("source", get_source_output(ready.id).apply(lambda one: list(one["configuration"])))
pulumi.export("fields", get_source_fields_output(ready.id, {"table": "Contact"}).apply(names))
pulumi.export("streams", get_source_fields_output(ready.id, {"stream_id": "Contact"}).apply(names))
contact = get_schema_output(ready.id, "Contact")
pulumi.export(
    "keys", contact.apply(lambda one: [f["id"] for f in one["fields"] if f["is_primary_key"]])
)
pulumi.export("objects", get_target_objects_output(ready.id).apply(names))
pulumi.export(
    "target_fields", get_target_fields_output(ready.id, "Contact").apply(lambda found: len(found))
)
card = create_connect_card_output("Onboarding", "https://example.com/done", whitelist=["hubspot"])
pulumi.export("card", card["redirect_url"])
"""
)

PLAIN = """
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

    found = get_connection("salesforce")
    assert get_connection(found["id"]) == found
    pulumi.export("id", found["id"])
    pulumi.export("organization", get_caller_identity()["organization_id"])
    pulumi.export("ready", get_schema_status(found["id"])["ready"])
    pulumi.export("source", list(get_source(found["id"])["configuration"]))
    pulumi.export("fields", len(get_source_fields(found["id"], {"table": "Contact"})))
    pulumi.export("objects", len(get_target_objects(found["id"])))
    pulumi.export("target_fields", len(get_target_fields(found["id"], "Contact")))
    card = create_connect_card("Onboarding again", "https://example.com/done")
    pulumi.export("card", pulumi.Output.secret(card["redirect_url"]))
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


def test_functions_answer_when_what_they_ask_about_exists(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(PROGRAM)
    preview = deployment.preview().ok()
    assert "fields" in preview.text
    deployment.up("--skip-preview").ok()
    outputs = deployment.outputs()
    assert outputs["organization"] == emulator.organization_id
    assert outputs["name"] == "salesforce"
    assert outputs["ready"] is True
    assert "table" in outputs["source"]
    assert {"Email", "FirstName", "LastName"} <= set(outputs["fields"])
    assert outputs["streams"] == outputs["fields"]
    assert outputs["keys"] == ["Id"]
    assert "Contact" in outputs["objects"]
    assert outputs["target_fields"] > 3
    assert outputs["card"] == "[secret]"

    deployment.deploy(PLAIN + SALESFORCE.replace("\n", "\n    "))
    again = deployment.outputs()
    assert again["organization"] == emulator.organization_id
    assert again["fields"] == len(outputs["fields"])


@pytest.mark.torture
def test_a_name_that_no_connection_has_is_said_with_those_that_there_are(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    deployment.program("""
        from polytomic_provider import get_connection

        get_connection("salesfroce")
    """)
    shown = deployment.preview().failed().text
    assert "no connection has the id or name 'salesfroce'; there are: 'salesforce'" in shown
    assert "Traceback" not in shown


ACCOUNTS = """
import pulumi
from polytomic_provider import (
    Policy,
    User,
    get_connection,
    get_connection_types,
    get_events,
    get_events_output,
    get_parameter_values_output,
    get_policies_output,
    get_policy_output,
    get_role,
    get_role_output,
    get_roles,
    get_user_output,
    get_users,
)

admin = get_role("Admin")
assert get_role(admin["id"]) == admin
assert admin in get_roles()
crm = Policy("crm", actions={"create": [admin["id"]]})
ada = User("ada", email="Ada@acme.example", role_ids=[admin["id"]])
# What waits for the user's id sees the user.
email = ada.id.apply(lambda _: "ADA@acme.example")
name = crm.id.apply(lambda _: "crm")
pulumi.export("ada", get_user_output(email)["id"])
pulumi.export("by_id", get_user_output(ada.id)["email"])
pulumi.export("users", pulumi.Output.all(ada.id).apply(lambda _: len(get_users())))
pulumi.export("policy", get_policy_output(name)["policy_actions"])
pulumi.export("admin", get_role_output("Admin")["id"])
pulumi.export("policies", get_policies_output().apply(len))
pulumi.export("types", len(get_connection_types()))
pulumi.export("events", get_events_output(type="sync.completed"))
pulumi.export("none", get_events(limit=1))
pulumi.export("values", get_parameter_values_output(get_connection("sheets")["id"]))
"""


def test_functions_about_accounts_answer_by_id_and_by_name(
    deployment: Deployment, emulator: RunningEmulator
):
    client = Polytomic(base_url=emulator.url, token=emulator.api_key)
    made = client.connections.create(name="sheets", type="gsheets", configuration={}).data
    emulator.authorize(str(made.id))
    deployment.deploy(ACCOUNTS)
    outputs = deployment.outputs()
    (user,) = (one for one in emulator.list_stored("user") if one["email"] == "Ada@acme.example")
    assert (outputs["ada"], outputs["by_id"]) == (user["id"], "Ada@acme.example")
    assert outputs["users"] == 2
    given = {one["action"]: one["role_ids"] for one in outputs["policy"] if one["role_ids"]}
    assert given == {"create": [outputs["admin"]]}
    assert (outputs["events"], outputs["none"]) == ([], [])
    assert outputs["types"] > 200
    assert outputs["values"]["spreadsheet_id"]["values"][0]["label"] == "Budget"

    deployment.program("""
        from polytomic_provider import get_user

        get_user("eve@acme.example")
    """)
    shown = deployment.preview().failed().text
    assert "no user has the id or name 'eve@acme.example'; there are: 'ada@acme.example'" in shown
