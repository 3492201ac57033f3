"""A replacement ends with one object, whoever asks for it and whatever the program still says."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment, Run
from tests.engine.programs import SALESFORCE

CRM = SALESFORCE.replace('"salesforce", type', '"salesforce", name="CRM", type')
HUBSPOT = 'type="hubspot", configuration={}'
INSTEAD = "replaced by a new connection: `adopt` and `adopt_id` only count until the stack has"
TWO_CONNECTIONS = """
import pulumi
from polytomic_provider import Connection, ConnectionReadiness, Model

first = Connection("first", type="salesforce", configuration={"domain": "a.my.salesforce.com"})
second = Connection("second", type="salesforce", configuration={"domain": "b.my.salesforce.com"})
gates = [
    ConnectionReadiness(f"{n}-ready", connection=one, timeout="60s", triggers=[one.auth_url])
    for n, one in (("first", first), ("second", second))
]
contacts = Model(
    "contacts", name="Contacts", connection_id=first, configuration={"table": "Contact"},
    opts=pulumi.ResourceOptions(depends_on=gates),
)
pulumi.export("id", contacts.id)
"""


def _of_another_type(program: str) -> str:
    salesforce = 'type="salesforce", configuration={"domain": "acme.my.salesforce.com"}'
    assert salesforce in program
    return program.replace(salesforce, HUBSPOT)


def _renamed(program: str, old: str, new: str) -> str:
    alias = f'aliases=[pulumi.Alias(name="{old}")]'
    return program.replace(f'"{old}", name', f'"{new}", opts=pulumi.ResourceOptions({alias}), name')


def _adopting(program: str, how: str, made: str) -> str:
    argument = {"": "", "adopt": "adopt=True, ", "adopt_id": f"adopt_id={made!r}, "}[how]
    return program.replace(" name=", f" {argument}name=", 1)


def _ask(deployment: Deployment, how: str, command: str, urn: str) -> Run:
    """`preview` or `up` that replaces a resource which did not change."""
    options = [] if how == "taint" else [how, urn]
    return deployment.pulumi(
        command, "--refresh", *options, *(["--yes", "--skip-preview"] * (command == "up"))
    )


def _one_left_in_the_stack(deployment: Deployment, emulator: RunningEmulator) -> str:
    """The id of the only connection, which is the one in the stack, for good."""
    (there,) = emulator.connections()
    assert deployment.outputs()["id"] == there["id"]
    deployment.preview("--refresh", "--expect-no-changes").ok()
    return there["id"]


@pytest.mark.parametrize(
    "adopting",
    ["adopt", *(pytest.param(how, marks=pytest.mark.torture) for how in ("", "adopt_id"))],
)
@pytest.mark.parametrize(
    "how",
    [
        pytest.param(how, marks=pytest.mark.torture)
        for how in ("--replace", "--target-replace", "taint")
    ],
)
def test_replacing_what_did_not_change_deletes_first_and_makes_a_new_one(
    deployment: Deployment, emulator: RunningEmulator, how: str, adopting: str
):
    deployment.deploy(CRM)
    made, urn = deployment.outputs()["id"], deployment.resource("salesforce")["urn"]
    deployment.program(_adopting(CRM, adopting, made))
    if how == "taint":
        deployment.pulumi("state", "taint", urn, "--yes").ok()
    shown = _ask(deployment, how, "preview", urn).ok().text
    assert (INSTEAD in shown) is (adopting != "")
    assert "adopts connection" not in shown
    _ask(deployment, how, "up", urn).ok()
    assert _one_left_in_the_stack(deployment, emulator) != made


@pytest.mark.torture
@pytest.mark.parametrize("refresh", [(), pytest.param(("--refresh",), marks=pytest.mark.torture)])
@pytest.mark.parametrize("how", ["adopt", pytest.param("adopt_id", marks=pytest.mark.torture)])
def test_a_rename_with_an_alias_and_a_replacement_at_once_while_adopt_is_left(
    deployment: Deployment, emulator: RunningEmulator, how: str, refresh: tuple[str, ...]
):
    deployment.deploy(CRM)
    made = deployment.outputs()["id"]
    program = _adopting(_renamed(CRM, "salesforce", "crm"), how, made)
    deployment.program(_of_another_type(program))
    run = deployment.up(*refresh).ok()
    assert INSTEAD in run.text
    assert deployment.resources() == ["crm"]
    _one_left_in_the_stack(deployment, emulator)
    assert emulator.connections()[0]["type"] == "hubspot"


@pytest.mark.torture
@pytest.mark.parametrize("how", ["adopt", "adopt_id"])
@pytest.mark.parametrize("refresh", [(), ("--refresh",)])
def test_a_rename_with_an_alias_and_replace_by_command_at_once_while_adopt_is_left(
    deployment: Deployment, emulator: RunningEmulator, how: str, refresh: tuple[str, ...]
):
    deployment.deploy(CRM)
    made = deployment.outputs()["id"]
    deployment.program(_adopting(_renamed(CRM, "salesforce", "crm"), how, made))
    deployment.up("--skip-preview", *refresh, "--replace", "**:Connection::crm").ok()
    assert deployment.resources() == ["crm"]
    assert _one_left_in_the_stack(deployment, emulator) != made


@pytest.mark.torture
@pytest.mark.parametrize("how", ["adopt", "adopt_id"])
def test_a_replacement_that_failed_halfway_goes_on_in_the_next_run_while_adopt_is_left(
    deployment: Deployment, emulator: RunningEmulator, how: str
):
    deployment.deploy(CRM)
    made = deployment.outputs()["id"]
    deployment.program(_of_another_type(_adopting(CRM, how, made)))
    emulator.fail(kind="status", status=422, method="POST", path="^/api/connections$", times=9)
    deployment.up("--skip-preview").failed()
    assert emulator.connections() == []
    emulator.clear_faults()
    deployment.up("--refresh").ok()
    _one_left_in_the_stack(deployment, emulator)


@pytest.mark.torture
def test_making_the_new_one_before_the_old_one_is_deleted_is_refused(
    deployment: Deployment, emulator: RunningEmulator
):
    option = "opts=pulumi.ResourceOptions(delete_before_replace=False), type="
    deployment.program(CRM.replace("type=", option, 1))
    assert "`delete_before_replace=False` does not work" in deployment.preview().failed().text
    assert emulator.connections() == []


class TestWithConsentByItself:
    """Connections that somebody has consented to."""

    @pytest.fixture
    def emulator(self) -> Iterator[RunningEmulator]:
        with RunningEmulator(consent_after=0.1) as running:
            yield running

    @pytest.mark.torture
    @pytest.mark.parametrize("how", ["adopt", "adopt_id"])
    def test_a_model_that_is_renamed_and_reads_another_connection_while_adopt_is_left(
        self, deployment: Deployment, emulator: RunningEmulator, how: str
    ):
        deployment.deploy(TWO_CONNECTIONS)
        made = deployment.outputs()["id"]
        renamed = TWO_CONNECTIONS.replace('"contacts", name', '"people", name').replace(
            "depends_on=gates", 'depends_on=gates, aliases=[pulumi.Alias(name="contacts")]'
        )
        program = renamed.replace("connection_id=first", "connection_id=second")
        deployment.program(_adopting(program, how, made))
        deployment.up("--refresh").ok()
        (model,) = emulator.models()
        assert model["id"] == deployment.outputs()["id"] != made
        assert "people" in deployment.resources()
        assert "contacts" not in deployment.resources()
        deployment.preview("--refresh", "--expect-no-changes").ok()
