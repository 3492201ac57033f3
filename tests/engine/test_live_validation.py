"""What a preview finds in the live schemas, by the real `pulumi`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import PIPELINE

WRONG = (
    PIPELINE
    + """
Connection("csv", type="csv", configuration={"url": "https://acme.example.com", "headers": {}})
Connection("nets", type="netsweet", configuration={})
Connection("erp", type="netsuite", configuration={"account_id": "1", "tokn": "canary-x"})

def model(name, **arguments):
    return Model(name, connection_id=salesforce_ready, **arguments)

model("object", configuration={"table": "Contakt"})
model("field", configuration={"table": "Contact"}, fields=["Email", "Lastname"])
model("key", configuration={"table": "Contact"}, identifier="ID", tracking_columns=["Emial"])
relation = {"from": "Id", "to": {"model_id": model("new", configuration={"table": "Account"},
    fields=["Id"]), "field": "Name"}}
model("relation", configuration={"table": "Contact"}, relations=[relation])

def wrong(name, **arguments):
    given = dict(
        mode="updateOrCreate", model=contacts, identity=("Email", "email"),
        fields={"Email": "email", "LastName": "lastName"},
        target={"connection_id": netsuite_ready, "object": "contact"},
    )
    Sync(name, **{**given, **arguments})

wrong("target-object", target={"connection_id": netsuite_ready, "object": "contakt"})
wrong("target-field", fields={"Email": "email", "LastName": "lastname"})
wrong("read-only", fields={"Email": "email", "LastName": ["lastName", "dateCreated"]})
wrong("mode", mode="append", identity=None)
wrong("match", identity=("Email", "phone"))
wrong("function", identity={"source": "Email", "target": "email", "function": "DomainMatch"})
wrong("field-mode", fields={"LastName": {"target": "lastName", "sync_mode": "create"}})
wrong("target-filter", target_filters={"conditions": [{"field": "email", "function": "IsNull"}]})
wrong("constant", override_fields={"titel": "x"})
"""
)
CONTACT = "of NetSuite contact"
EXPECTED = [
    "Connection 'csv': configuration.headers: expected a list, got a mapping",
    "Connection 'nets': type: Polytomic has no such connection type; did you mean 'netsuite'?",
    "Connection 'erp': configuration.tokn: is not a key; did you mean 'token'?",
    "Connection 'erp': configuration.consumer_key: is required by NetSuite",
    "Model 'object': configuration.table: 'Contakt' is not there; did you mean 'Contact'?",
    "Model 'field': fields[1]: 'Lastname' is not a field of Salesforce Contact; "
    "did you mean 'LastName'?",
    "Model 'key': identifier: 'ID' is not a field of Salesforce Contact; did you mean 'Id'?",
    "Model 'key': tracking_columns[0]: 'Emial' is not a field of Salesforce Contact; "
    "did you mean 'Email'?",
    "Model 'relation': relations[0].to.field: 'Name' is not a field of model 'new'; known fields: ",
    "Sync 'target-object': target.object: 'contakt' is not there; did you mean 'contact'?",
    f"Sync 'target-field': fields.LastName: 'lastname' is not a field {CONTACT}; "
    "did you mean 'lastName'?",
    f"Sync 'read-only': fields.LastName: 'dateCreated' {CONTACT} cannot be written in mode",
    "Sync 'mode': mode: NetSuite contact does not offer 'append'; known modes: create, update,",
    f"Sync 'match': identity: 'phone' {CONTACT} cannot match records; known identity fields:",
    f"Sync 'function': identity: 'email' {CONTACT} does not match by DomainMatch; known",
    f"Sync 'field-mode': fields.LastName: mode updateOrCreate {CONTACT} takes no mode per field",
    "Sync 'target-filter': target_filters.conditions[0]: mode updateOrCreate "
    f"{CONTACT} takes no target filters",
    f"Sync 'constant': override_fields.titel: 'titel' is not a field {CONTACT}; "
    "did you mean 'title'?",
    "16 resources have problems, 21 in all",
]


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


def test_one_preview_shows_every_mistake_on_its_row_and_sends_nothing(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    emulator.clear_requests()
    deployment.program(WRONG)
    shown = deployment.up().failed().text
    assert [text for text in EXPECTED if text not in shown] == []
    assert "Traceback" not in shown
    assert {one["method"] for one in emulator.requests()} == {"GET"}


@pytest.mark.torture
def test_without_a_preview_what_does_not_fit_is_refused_before_it_is_sent(
    deployment: Deployment, emulator: RunningEmulator
):
    wrong = PIPELINE.replace('"LastName": "lastName"}', '"LastName": "lastname"}')
    deployment.program(wrong)
    shown = deployment.preview().ok().text
    assert (
        "Not checked against live schemas yet: Model 'contacts', Sync 'sync' "
        "(the connection does not exist yet). `pulumi up` checks before anything is sent."
    ) in shown

    shown = deployment.up("--skip-preview").failed().text
    assert "this Sync does not fit the live schemas, so nothing was sent" in shown
    assert "  - fields.LastName: 'lastname' is not a field of NetSuite contact" in shown
    assert "polytomic:liveValidation" in shown
    assert emulator.requests("POST", "/api/syncs") == []
    assert len(emulator.models()) == 1

    deployment.program(PIPELINE)
    deployment.up("--skip-preview").ok()
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_what_is_left_alone_and_was_hurt_from_outside_is_warned_of(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    outputs = deployment.outputs()
    emulator.change_field(outputs["salesforce_id"], "Contact", "LastName", removed=True)
    emulator.change_field(outputs["salesforce_id"], "Contact", "Phone", type="number")
    emulator.change_field(outputs["netsuite_id"], "contact", "firstName", removed=True)
    shown = deployment.preview().ok().text
    assert (
        "warning: Model 'contacts': fields[3]: 'LastName' is not a field of Salesforce Contact; "
        in shown
    )
    assert "(hurts 'sync')" in shown
    assert "warning: Model 'contacts': fields: 'Phone' of Salesforce Contact is number now" in shown
    assert "warning: Sync 'sync': fields.FirstName: 'firstName' is not a field of NetSui" in shown

    # What the deployment changes must fit.
    deployment.program(PIPELINE.replace("active=True,", "active=False,"))
    shown = deployment.preview().failed().text
    assert "error: Sync 'sync': fields.FirstName: 'firstName' is not a field of NetSuite" in shown
    assert "warning: Model 'contacts': fields[3]: 'LastName' is not a field" in shown


@pytest.mark.torture
def test_a_revoked_connection_is_warned_of_with_its_reason_and_the_way_to_mend_it(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    emulator.revoke(deployment.outputs()["salesforce_id"], status_error="The token was revoked.")
    shown = deployment.preview().ok().text
    assert "warning: Connection 'salesforce': is not healthy" in shown
    assert "The token was revoked. To mend it" in shown
    assert "`reconnect`" in shown
    assert "(connection 'salesforce' is not healthy: The token was revoked)" in shown


@pytest.mark.torture
def test_the_setting_makes_warnings_of_errors_or_says_nothing(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    deployment.program(PIPELINE.replace('"Phone"],', '"Fone"],'))
    deployment.pulumi("config", "set", "polytomic:liveValidation", "warn").ok()
    assert "warning: Model 'contacts': fields[4]: 'Fone' is" in deployment.preview().ok().text
    deployment.pulumi("config", "set", "polytomic:liveValidation", "off").ok()
    emulator.clear_requests()
    assert "Fone' is not a field" not in deployment.preview().ok().text
    assert {one["path"] for one in emulator.requests()} == {"/api/me"}
    deployment.pulumi("config", "set", "polytomic:liveValidation", "loud").ok()
    assert "accepted: error, warn, off" in deployment.preview().failed().text


@pytest.mark.torture
def test_a_schema_that_is_not_ready_is_said_and_checked_by_up(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    netsuite = deployment.outputs()["netsuite_id"]
    emulator.hold_schema(netsuite)
    deployment.program(PIPELINE.replace('"lastName"}', '"lastname"}'))
    shown = deployment.preview().ok().text
    assert "Sync 'sync' (the schema cache of connection 'netsuite' is not ready yet)" in shown
    emulator.finish_schema(netsuite)
    shown = deployment.up("--skip-preview").failed().text
    assert "fields.LastName: 'lastname' is not a field of NetSuite contact" in shown


@pytest.mark.torture
def test_fifty_syncs_over_two_connections_read_each_schema_once(
    deployment: Deployment, emulator: RunningEmulator
):
    many = PIPELINE.replace("sync = Sync(\n", "for n in range(50): Sync(\n").replace(
        '    "sync",', '    f"sync-{n}",'
    )
    many = many.replace('pulumi.export("sync_id", sync.id)', "")
    deployment.deploy(many)
    emulator.clear_requests()
    deployment.preview("--expect-no-changes").ok()
    paths = [one["path"] for one in emulator.requests()]
    schemas = [path for path in paths if "modelsync" in path or "schemas" in path]
    assert len(schemas) <= 2 + 2 * 2
    assert len(paths) <= len(schemas) + 6


@pytest.mark.torture
def test_the_automation_api_meets_the_same_wall(
    deployment: Deployment, emulator: RunningEmulator, tmp_path: Path
):
    deployment.deploy(PIPELINE)
    deployment.program(PIPELINE.replace('"Phone"],', '"Fone"],'))
    script = """
        from pulumi import automation as auto

        stack = auto.select_stack(stack_name="dev", work_dir=".")
        try:
            stack.up(on_output=print)
        except auto.errors.CommandError as error:
            print("REFUSED")
    """
    shown = deployment.python(script).text
    assert "REFUSED" in shown
    assert "this Model does not fit the live schemas, so nothing was sent" in shown
    assert "fields[4]: 'Fone' is not a field of Salesforce Contact" in shown
