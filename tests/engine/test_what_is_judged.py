"""The preview and check judge what the engine is going to deploy, and nothing else."""

import re
from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import NETSUITE_CONFIGURATION, SALESFORCE
from tests.engine.test_ids_as_text import SOURCE, SYNC

PLANS = {"PULUMI_EXPERIMENTAL": "true"}
CHAIN = SOURCE + SYNC.format(model="contacts", connection="crm")
BAD = """
Connection("bad", type="salesforce", configuration={"domaim": "acme.my.salesforce.com"}{opts})
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    """Connections that somebody has consented to."""
    with RunningEmulator(consent_after=0.1) as running:
        yield running


@pytest.mark.torture
def test_a_saved_plan_with_a_replacement_can_be_carried_out(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(CHAIN.replace('"sync", model', '"sync", adopt=False, model'))
    other = CHAIN.replace('"contacts", connection_id=ready', '"contacts", connection_id=more')
    other = other.replace(
        "contacts = ",
        'second = Connection("second", type="salesforce", '
        'configuration={"domain": "b.my.salesforce.com"})\n'
        'more = ConnectionReadiness("more", connection=second, timeout="30s")\ncontacts = ',
    )
    deployment.program(other)
    deployment.pulumi("preview", "--save-plan", "plan.json", environment=PLANS).ok()
    before = emulator.syncs()[0]["id"]
    deployment.up("--skip-preview", "--plan", "plan.json", environment=PLANS).ok()
    (sync,) = emulator.syncs()
    assert sync["id"] != before
    deployment.preview("--expect-no-changes").ok()


def test_a_name_where_an_id_belongs_is_refused_before_anything_is_deleted(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(CHAIN)
    (model,), (sync,) = emulator.models(), emulator.syncs()
    deployment.program(CHAIN.replace("model=contacts", 'model="contacts"'))
    expected = (
        f"model: there is no model with the id 'contacts'; the model named 'contacts' has the id "
        f"{model['id']}. To fix: write the Model itself here"
    )
    shown = deployment.preview().failed().text
    assert f"Sync 'sync': {expected}" in shown
    assert "1 resource has problems" in shown
    assert expected in deployment.up("--skip-preview").failed().text
    assert [one["id"] for one in emulator.syncs()] == [sync["id"]]
    assert emulator.requests("DELETE") == []


@pytest.mark.torture
def test_what_a_transform_sets_is_judged_and_sealed(
    deployment: Deployment, emulator: RunningEmulator
):
    missing = {k: v for k, v in NETSUITE_CONFIGURATION.items() if k != "token_secret"}
    deployment.program(f"""
        import pulumi
        from polytomic_provider import Connection

        def set_secret(args):
            given = dict(args.props["configuration"])
            given["token_secret"] = "canary-of-a-transform"
            return pulumi.ResourceTransformResult(
                props={{**args.props, "configuration": given, "name": args.name + " renamed"}},
                opts=args.opts,
            )

        for name in ("one", "two"):
            Connection(
                name, name="the same", type="netsuite", configuration={missing!r},
                opts=pulumi.ResourceOptions(transforms=[set_secret]),
            )
    """)
    deployment.preview().ok()
    deployment.up().ok()
    deployment.preview("--expect-no-changes").ok()
    assert sorted(one["name"] for one in emulator.connections()) == ["one renamed", "two renamed"]


@pytest.mark.torture
def test_an_argument_that_ignore_changes_keeps_is_not_judged(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    ignored = 'opts=pulumi.ResourceOptions(ignore_changes=["configuration"]), type="salesforce"'
    wrong = SALESFORCE.replace('type="salesforce"', ignored).replace('"domain"', '"domaim"')
    deployment.program(wrong)
    deployment.preview("--expect-no-changes").ok()
    deployment.up("--skip-preview").ok()


@pytest.mark.torture
def test_what_is_not_targeted_is_not_judged(deployment: Deployment, emulator: RunningEmulator):
    bad = BAD.replace("{opts}", "")
    deployment.program(SALESFORCE + bad)
    target = "**salesforce"
    assert "domaim" not in deployment.preview("--target", target).ok().text
    deployment.up("--skip-preview", "--target", target).ok()
    deployment.preview("--exclude", "**bad").ok()
    assert deployment.resources() == ["salesforce"]
    assert "domaim" in deployment.preview().failed().text

    deployment.pulumi("refresh", "--yes", "--run-program").ok()
    deployment.pulumi("destroy", "--yes", "--run-program").ok()
    assert emulator.connections() == []


@pytest.mark.torture
def test_a_reference_to_nothing_is_an_error_and_a_refresh_finds_no_deletions(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    id_ = deployment.outputs()["id"]
    found = f"""
import pulumi
from polytomic_provider import Connection
found = Connection.get("found", {id_!r})
pulumi.export("name", found.name)
"""
    nothing = found.replace(id_, "00000000-0000-4000-8000-000000000000")
    deployment.program(SALESFORCE + nothing)
    for run in (deployment.preview(), deployment.up("--skip-preview")):
        text = run.failed().text
        assert "there is no connection with the id '00000000-0000-4000-8000-000000000000'" in text
        assert "To fix: give `Connection.get` the id of an existing connection" in text
    deployment.deploy(SALESFORCE + found)
    assert deployment.outputs()["name"] == "salesforce"
    deployment.deploy(SALESFORCE + found)
    shown = deployment.preview("--refresh", "--expect-no-changes").ok().text
    deletions = re.compile(r"^ *- (name|type|configuration|policies|id)\b", re.M)
    assert deletions.findall(shown) == []


@pytest.mark.torture
def test_a_replacement_whose_dependents_are_not_targeted_is_refused(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(CHAIN)
    changed = CHAIN.replace('"contacts", connection_id=ready', '"contacts", connection_id=other.id')
    second = 'other = Connection("other", type="salesforce", configuration={"domain": "b.com"})\n'
    deployment.program(changed.replace("contacts = ", f"{second}contacts = "))
    shown = deployment.preview("--target", "**contacts", "--target", "**other").failed().text
    assert "Sync 'sync': model: Model 'contacts' is replaced in this run" in shown
    targets = ("--target", "**contacts", "--target", "**other", "--target-dependents")
    deployment.preview(*targets).ok()
