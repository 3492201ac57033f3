"""What was changed behind Pulumi's back is seen, shown and repaired, and nothing else is."""

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import NETSUITE_CONFIGURATION, SALESFORCE, connection

POLICIES = [
    "0b5f9c1e-0000-4000-8000-000000000002",
    "0b5f9c1e-0000-4000-8000-000000000001",
]


def test_refresh_shows_a_change_made_outside_and_up_repairs_it(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(connection())
    made = deployment.outputs()["id"]
    emulator.change(made, name="Renamed by hand", configuration={"account_id": "999"})
    shown = deployment.preview("--refresh").ok().text
    assert '"netsuite" => "Renamed by hand"' in shown
    assert '"Renamed by hand" => "netsuite"' in shown
    assert '~ account_id: "999" => "1234567_SB1"' in shown
    deployment.up("--refresh", "--skip-preview").ok()
    repaired = emulator.connection(made)
    assert repaired["name"] == "netsuite"
    assert repaired["configuration"] == NETSUITE_CONFIGURATION
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_a_connection_deleted_outside_is_created_again(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    before = deployment.outputs()["id"]
    emulator.delete(before)
    assert "+ 1 to create" in deployment.preview("--refresh").ok().text
    deployment.up("--refresh", "--skip-preview").ok()
    after = deployment.outputs()["id"]
    assert after != before
    assert [made["id"] for made in emulator.connections()] == [after]


@pytest.mark.torture
def test_what_the_program_does_not_manage_survives_an_update(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    emulator.change(made, policies=POLICIES, configuration={"daily_api_calls": 500})
    deployment.preview("--refresh", "--expect-no-changes").ok()
    deployment.deploy(SALESFORCE.replace('type="salesforce"', 'name="New", type="salesforce"'))
    kept = emulator.connection(made)
    assert kept["name"] == "New"
    assert sorted(kept["policies"]) == sorted(POLICIES)
    assert kept["configuration"]["daily_api_calls"] == 500


@pytest.mark.torture
def test_what_the_program_no_longer_mentions_is_cleared(
    deployment: Deployment, emulator: RunningEmulator
):
    configuration = {"domain": "acme.my.salesforce.com", "daily_api_calls": 500}
    deployment.deploy(connection(type="salesforce", configuration=configuration, policies=POLICIES))
    made = deployment.outputs()["id"]
    del configuration["daily_api_calls"]
    deployment.deploy(connection(type="salesforce", configuration=configuration))
    cleared = emulator.connection(made)
    assert cleared["policies"] == []
    assert "daily_api_calls" not in cleared["configuration"]
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.parametrize(
    "behaviour",
    [
        {"policies_order": "reversed", "type_shape": "string", "numbers": "float"},
        pytest.param(
            {"policies_order": "sorted", "null_for_absent": True, "lists": "paged"},
            marks=pytest.mark.torture,
        ),
        pytest.param(
            {"fill_defaults": False, "unauthorized_body": "v24"}, marks=pytest.mark.torture
        ),
    ],
    ids=["reordered", "nulls", "bare"],
)
@pytest.mark.torture
def test_the_preview_after_an_up_is_empty_however_the_server_answers(
    deployment: Deployment, emulator: RunningEmulator, behaviour: dict[str, object]
):
    emulator.behave(**behaviour)
    configuration = {
        "hostname": "db.example.com",
        "username": "reader",
        "password": "canary-password",
        "database": "crm",
        "port": 5432,
        "ssl": False,
    }
    deployment.deploy(connection(type="postgresql", configuration=configuration, policies=POLICIES))
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_a_setting_turned_to_false_reaches_a_server_where_it_is_true(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    emulator.change(made, configuration={"enable_tooling": True})
    deployment.deploy(
        SALESFORCE.replace(
            '"domain": "acme.my.salesforce.com"',
            '"domain": "acme.my.salesforce.com", "enable_tooling": False',
        )
    )
    assert not emulator.connection(made)["configuration"].get("enable_tooling")


@pytest.mark.torture
@pytest.mark.parametrize("reading", ["clear", pytest.param("keep", marks=pytest.mark.torture)])
def test_secrets_survive_a_rename_whether_or_not_the_server_keeps_omitted_ones(
    deployment: Deployment, emulator: RunningEmulator, reading: str
):
    emulator.behave(omitted_secrets=reading)
    deployment.deploy(connection())
    made = deployment.outputs()["id"]
    deployment.refresh().ok()
    deployment.deploy(connection(name="Renamed"))
    renamed = emulator.connection(made)
    assert renamed["name"] == "Renamed"
    assert renamed["configuration"] == NETSUITE_CONFIGURATION


@pytest.mark.torture
def test_an_update_that_ends_the_authorization_says_so_on_its_row(
    deployment: Deployment, emulator: RunningEmulator
):
    emulator.behave(omitted_secrets="clear")
    deployment.deploy(SALESFORCE)
    made = deployment.outputs()["id"]
    emulator.authorize(made)
    run = deployment.deploy(SALESFORCE.replace('type="s', 'name="New", type="s'))
    assert "give consent again at" in run.text
    assert deployment.outputs()["auth_url"] in run.text
