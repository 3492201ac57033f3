"""What a program makes secret by itself is written and shown nowhere, whatever becomes of it."""

import json
from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

PROGRAM = """
import pulumi
from polytomic_provider import Connection, ConnectionReadiness, Model, Sync

def secret(text):
    return pulumi.Output.secret("canary-" + text)

salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
)
ready = ConnectionReadiness(
    "ready", connection=salesforce, timeout="60s", triggers=[salesforce.auth_url]
)
contacts = Model(
    "contacts",
    connection_id=ready,
    configuration={
        "query": secret("query").apply(
            lambda text: f"SELECT Email, Phone FROM Contact WHERE LastName = '{text}'"
        )
    },
    fields=["Email", "Phone"],
)
target = {"connection_id": ready, "object": "Lead"}
listed = Sync(
    "listed",
    model=contacts,
    mode="updateOrCreate",
    target=target,
    identity=("Email", "Email"),
    fields=[
        {"source": "Email", "target": "Email"},
        {"target": "Company", "override_value": secret("in-fields")},
    ],
    filters=[{"field": "Phone", "function": "Equality", "value": secret("filter")}],
    overrides=[
        {"field": "Phone", "function": "Equality", "value": "1", "override": secret("override")}
    ],
)
apart = Sync(
    "apart",
    model=contacts,
    mode=MODE,
    target=target,
    identity=("Email", "Email"),
    fields={"Email": "Email"},
    override_fields={"Company": secret("apart")},
)
pulumi.export("query", contacts.configuration)
pulumi.export("fields", listed.fields)
for name in ("contacts", "listed", "apart"):
    pulumi.export(name, globals()[name].id)
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


def _program(mode: str = "'updateOrCreate'") -> str:
    return PROGRAM.replace("MODE", mode)


@pytest.mark.torture
def test_no_drift_shows_a_secret_of_the_program(deployment: Deployment, emulator: RunningEmulator):
    deployment.program(_program())
    deployment.preview("--save-plan", "plan.json").ok()
    deployment.up("--skip-preview", "--plan", "plan.json", "--json").ok()
    deployment.preview("--refresh", "--expect-no-changes").ok()
    assert deployment.resource("listed")["outputs"]["__secrets"] == [
        "fields.override_value",
        "filters.value",
        "overrides.override",
    ]
    made = deployment.outputs()
    query = "SELECT Email, Phone FROM Contact WHERE LastName = 'canary-changed'"
    moved = [{"target": "FirstName", "override_value": "canary-in-fields"}]
    changed = [{"target": "Company", "override_value": "canary-changed"}]
    emulator.edit("model", made["contacts"], "configuration.query", query)
    emulator.edit("sync", made["listed"], "override_fields", moved)
    emulator.edit("sync", made["listed"], "filters[0].value", "canary-changed")
    emulator.edit("sync", made["listed"], "overrides[0].override", "canary-changed")
    emulator.edit("sync", made["apart"], "override_fields", changed)

    assert "override_fields" in deployment.preview("--refresh").ok().text
    deployment.preview("--refresh", "--json").ok()
    assert "override_fields" in deployment.refresh().ok().text
    assert "canary-in-fields" not in json.dumps(deployment.exported())
    assert "filters" in deployment.preview("--refresh").ok().text
    deployment.refresh().ok()
    deployment.up("--diff").ok()
    deployment.preview("--refresh", "--expect-no-changes").ok()
    assert emulator.stored("sync", made["listed"])["filters"][0]["value"] == "canary-filter"
    deployment.destroy().ok()


@pytest.mark.torture
def test_no_error_repeats_a_secret_of_the_program(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(_program('secret("mode")'))
    for command in (("preview", "--diff"), ("preview", "--json"), ("up", "--yes", "-f")):
        assert "mode" in deployment.pulumi(*command).failed().text
    echo = "refused: canary-in-fields, canary-filter, canary-override, canary-apart"
    emulator.fail(
        kind="status", status=422, method="POST", path="^/api/syncs$", times=None,
        body={"message": echo},
    )  # fmt: skip
    deployment.program(_program())
    for flags in ((), ("--json",)):
        shown = deployment.up("--skip-preview", *flags).failed().text
        assert "refused: [secret], [secret], [secret], [secret]" in shown
