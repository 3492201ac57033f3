"""Objects that are in Polytomic already are taken over, as the preview says."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import STACK, Deployment
from tests.engine.programs import NETSUITE_CONFIGURATION, PIPELINE, SALESFORCE, connection
from tests.engine.test_ids_as_text import SOURCE, SYNC

ADOPTING = SALESFORCE.replace(
    '"salesforce", type', '"crm", name="salesforce", adopt=True, type'
).replace("acme.my", "other.my")


def _made_by_a_person(deployment: Deployment) -> str:
    """A connection in Polytomic that no stack knows."""
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    deployment.pulumi("state", "delete", deployment.resource("salesforce")["urn"], "--yes").ok()
    return made


@pytest.mark.torture
def test_a_preview_says_what_is_adopted_and_changed_and_up_does_it(
    deployment: Deployment, emulator: RunningEmulator
):
    made = _made_by_a_person(deployment)
    deployment.program(ADOPTING)
    shown = deployment.preview().ok().text
    assert f"adopts connection 'salesforce' ({made}, salesforce) and changes:" in shown
    assert "configuration.domain: 'acme.my.salesforce.com' -> 'other.my.salesforce.com'" in shown
    assert "dynamic/polytomic:Connection (crm):" in deployment.pulumi("preview").ok().text
    deployment.up("--skip-preview").ok()
    assert deployment.outputs()["id"] == made
    (there,) = emulator.connections()
    assert there["configuration"]["domain"] == "other.my.salesforce.com"
    deployment.preview("--refresh", "--expect-no-changes").ok()
    deployment.program(ADOPTING.replace("adopt=True, ", ""))
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_a_renamed_resource_that_adopts_its_own_object_fails_and_names_the_alias(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    deployment.program(ADOPTING)
    alias = 'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="salesforce")])'
    assert alias in deployment.preview("--refresh").failed().text
    for _ in range(2):
        assert alias in deployment.up("--skip-preview").failed().text
        assert [one["id"] for one in emulator.connections()] == [made]

    deployment.pulumi("state", "delete", deployment.resource("salesforce")["urn"], "--yes").ok()
    deployment.up("--skip-preview", "--refresh").ok()
    assert [one["id"] for one in emulator.connections()] == [made]
    assert deployment.resources() == ["crm"]


@pytest.mark.torture
def test_every_adoption_that_cannot_be_is_shown_by_one_preview(
    deployment: Deployment, emulator: RunningEmulator
):
    first = _made_by_a_person(deployment)
    deployment.program(
        connection("kept", name="kept", configuration=NETSUITE_CONFIGURATION)
        + "\n"
        + SALESFORCE.replace('"salesforce", type', '"none", name="Nobody", adopt=True, type')
        + connection("wrong", type="hubspot", configuration={}, adopt_id=first)
    )
    run = deployment.up().failed()
    assert "there is no connection named 'Nobody' with the same type to adopt" in run.text
    assert f"'salesforce' ({first}, salesforce)" in run.text
    assert "its type is 'salesforce', the program says 'hubspot'" in run.text
    assert "2 resources have problems" in run.text
    assert [one["id"] for one in emulator.connections()] == [first]


@pytest.mark.torture
def test_another_id_than_that_of_the_resource_at_hand_is_refused_in_the_preview(
    deployment: Deployment,
):
    first = _made_by_a_person(deployment)
    deployment.deploy(connection("erp"))
    deployment.program(connection("erp", adopt_id=first))
    run = deployment.preview().failed()
    assert f"`adopt_id` of 'erp' is {first}, but 'erp' is connection" in run.text
    assert "pulumi state delete 'urn:pulumi:" in run.text


@pytest.mark.torture
@pytest.mark.parametrize("before", ["a person's", "this program's"])
def test_adopt_may_stay_in_the_program_for_good(
    deployment: Deployment, emulator: RunningEmulator, before: str
):
    if before == "a person's":
        made = _made_by_a_person(deployment)
    else:
        deployment.deploy(ADOPTING.replace("adopt=True, ", ""))
        made = deployment.outputs()["id"]
    deployment.program(ADOPTING)
    deployment.up("--skip-preview").ok()
    for _ in range(2):
        assert "adopt" not in deployment.up("--refresh", "--expect-no-changes").ok().text
        assert "adopt" not in deployment.refresh("--expect-no-changes").ok().text
    deployment.program(ADOPTING.replace("other.my", "third.my"))
    assert "adopt" not in deployment.up("--refresh").ok().text.replace("adopt        : true", "")
    assert [one["id"] for one in emulator.connections()] == [made]
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_secrets_are_in_no_preview_of_an_adoption(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(connection("erp"))
    made = deployment.outputs()["id"]
    deployment.pulumi("state", "delete", deployment.resource("erp")["urn"], "--yes").ok()
    changed = {**NETSUITE_CONFIGURATION, "token": "canary-new", "account_id": "canary-private"}
    program = connection("mine", name="erp", configuration=changed, adopt_id=made).replace(
        "'canary-private'", "pulumi.Output.secret('canary-private')"
    )
    deployment.program(program)
    shown = deployment.preview().ok().text
    assert "configuration.account_id: [secret]" in shown
    assert "configuration.token: written anew" in shown
    deployment.up().ok()
    assert emulator.connection(made)["configuration"]["token"] == "canary-new"
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_what_exists_already_is_said_by_the_preview_and_the_up_of_a_second_stack(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    subject = f"connection 'salesforce' ({made}, salesforce)"
    there = f"Connection 'salesforce': exists already: {subject}"
    assert "exists already" not in deployment.preview("--expect-no-changes").ok().text

    (deployment.folder / "second").mkdir()
    deployment.environment["PULUMI_BACKEND_URL"] = f"file://{deployment.folder / 'second'}"
    deployment.pulumi("stack", "init", STACK).ok()
    shown = deployment.preview().ok().text
    assert f"warning: {there}" in shown
    assert f'To fix: write `adopt_id="{made}"`' in shown
    assert (
        f"{subject} was found in place of being made" in deployment.up("--skip-preview").ok().text
    )
    assert deployment.outputs()["id"] == made

    deployment.pulumi("stack", "rm", STACK, "--force", "--yes").ok()
    deployment.pulumi("stack", "init", STACK).ok()
    emulator.advance_clock(25 * 3600)
    run = deployment.up().failed()
    assert there in run.text
    assert "nothing shows that this resource made it" in run.text
    assert [one["id"] for one in emulator.connections()] == [made]


class TestWithConsentByItself:
    """Connections that somebody has consented to."""

    @pytest.fixture
    def emulator(self) -> Iterator[RunningEmulator]:
        with RunningEmulator(consent_after=0.2) as running:
            yield running

    def test_a_chain_is_foreseen_and_adopted_whole_with_each_change(
        self, deployment: Deployment, emulator: RunningEmulator
    ):
        deployment.deploy(PIPELINE)
        before = deployment.outputs()
        deployment.pulumi("stack", "rm", STACK, "--force", "--yes").ok()
        deployment.pulumi("stack", "init", STACK).ok()
        emulator.clear_requests()

        program = PIPELINE.replace('"Phone"]', '"Title"]').replace(
            '"LastName": "lastName"}',
            '"LastName": "lastName"}, override_fields={"phone": pulumi.Output.secret("555-0199")}',
        )
        program = program.replace("hour=10", "hour=11").replace("acme.my", "other.my")
        for argument in (
            'type="salesforce"',
            'type="netsuite"',
            "connection_id=",
            "model=contacts",
        ):
            program = program.replace(argument, f"adopt=True, {argument}", 1)
        deployment.program(program)
        preview, up = deployment.preview().ok().text, deployment.up("--skip-preview").ok().text
        changes = {
            f"connection 'salesforce' ({before['salesforce_id']}, salesforce)": (
                "configuration.domain: 'acme.my.salesforce.com' -> 'other.my.salesforce.com'",
            ),
            f"connection 'netsuite' ({before['netsuite_id']}, netsuite)": (
                "configuration.token: written anew, since Polytomic does not show it",
            ),
            f"model 'contacts' ({before['model_id']}, salesforce)": (
                "fields: ['Id', 'Email', 'FirstName', 'LastName', 'Phone'] -> "
                "['Id', 'Email', 'FirstName', 'LastName', 'Title']",
            ),
            f"sync 'sync' ({before['sync_id']})": (
                "override_fields: [secret]",
                "schedule.hour: '10' -> 11",
            ),
        }
        for subject, lines in changes.items():
            assert f"adopts {subject} and changes:" in preview
            assert f"adopted {subject} and changed:" in up
            for line in lines:
                assert line in preview
                assert line in up
        assert "shows once" not in preview
        assert "555-0199" not in preview + up
        assert "Impact" in preview
        after = deployment.outputs()
        ids = ("salesforce_id", "netsuite_id", "model_id", "sync_id")
        assert {name: after[name] for name in ids} == {name: before[name] for name in ids}
        assert [one["path"] for one in emulator.requests("POST")] == []
        deployment.preview("--refresh", "--expect-no-changes").ok()

    @pytest.mark.torture
    def test_what_the_stack_has_itself_is_not_said_to_exist_already(
        self, deployment: Deployment, emulator: RunningEmulator
    ):
        deployment.deploy(SOURCE + SYNC.format(model="contacts", connection="crm"))
        (before,) = emulator.syncs()
        others = """
others = Model(
    "others", connection_id=ready, configuration={"table": "Contact"}, fields=["Email", "LastName"]
)
"""
        second = SALESFORCE.replace('"salesforce", type', '"second", name="crm", type')
        source = SOURCE.replace('"crm", type', '"crm", name="renamed", type')
        deployment.program(source + others + SYNC.format(model="others", connection="crm") + second)
        shown = deployment.preview().ok().text
        assert "+-1 to replace" in shown
        assert "exists already" not in shown
        deployment.up("--skip-preview").ok()
        (sync,) = emulator.syncs()
        assert sync["id"] != before["id"]
        assert sorted(one["name"] for one in emulator.connections()) == ["crm", "renamed"]
        deployment.preview("--expect-no-changes").ok()
        deployment.refresh("--expect-no-changes").ok()
