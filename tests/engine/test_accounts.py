"""Two accounts in one program: two keys, two workspaces, through the real `pulumi`."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

PROGRAM = """
    import pulumi
    from polytomic_provider import (
        Connection, ConnectionReadiness, Model, Role, get_caller_identity, get_connection_output
    )

    Role("here", name="Here")
    crm = Connection(
        "crm",
        type="salesforce",
        configuration={"domain": "acme.my.salesforce.com"},
        account="ACCOUNT",
    )
    ready = ConnectionReadiness("crm-ready", connection=crm, timeout="60s")
    contacts = Model(
        "contacts",
        connection_id=ready,
        configuration={"table": "Contact"},
        fields=["Id", "Email"],
        account="ACCOUNT",
    )
    same = Connection.get("same", crm.id, account="ACCOUNT")
    pulumi.export("asked", get_caller_identity(account="ACCOUNT")["organization_id"])
    pulumi.export("found", get_connection_output(ready.id, account="ACCOUNT")["name"])
    pulumi.export("same", same.name)
"""
EU = PROGRAM.replace("ACCOUNT", "eu")
MIXED = EU.replace('fields=["Id", "Email"],\n        account="eu",', 'fields=["Id", "Email"],')


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


def _store(deployment: Deployment, setting: str, value: str, *options: str) -> None:
    name = f"polytomic:accounts.{setting}"
    deployment.pulumi("config", "set", "--path", *options, name, value).ok()


def test_a_program_over_two_accounts(deployment: Deployment, emulator: RunningEmulator):
    eu, us = (emulator.workspace(name) for name in ("Europe", "America"))
    for account, workspace in (("eu", eu), ("us", us)):
        _store(deployment, f"{account}.apiKey", workspace["api_key"], "--secret")
        _store(deployment, f"{account}.url", emulator.url)

    deployment.program(MIXED)
    told = deployment.preview().failed().text
    assert "Connection 'crm' is in account 'eu'" in told
    assert "this in the account of the settings" in told

    deployment.program(EU)
    deployment.preview().ok()
    deployment.deploy(EU)
    assert deployment.outputs() == {
        "asked": eu["organization_id"],
        "found": "crm",
        "same": "crm",
    }
    stored = [one for kind in ("connection", "model") for one in emulator.list_stored(kind)]
    assert {one["organization_id"] for one in stored} == {eu["organization_id"]}
    deployment.preview("--expect-no-changes").ok()
    deployment.preview("--refresh", "--expect-no-changes").ok()

    deployment.deploy(EU.replace('fields=["Id", "Email"]', 'fields=["Id"]'))
    (model,) = emulator.list_stored("model")
    assert [one["name"] for one in model["fields"]] == ["Id"]

    deployment.program(PROGRAM.replace("ACCOUNT", "us"))
    for run in (deployment.preview(), deployment.up("--skip-preview")):
        told = run.failed().text
        assert eu["organization_id"] in told
        assert us["organization_id"] in told

    deployment.program(PROGRAM.replace("ACCOUNT", "asia"))
    told = deployment.preview().failed().text
    assert "no account 'asia'" in told
    assert "pulumi config set --path --secret 'polytomic:accounts.asia.apiKey'" in told

    _store(deployment, "europe.apiKey", eu["api_key"], "--secret")
    _store(deployment, "europe.url", emulator.url)
    deployment.deploy(PROGRAM.replace("ACCOUNT", "europe").replace('["Id", "Email"]', '["Id"]'))
    deployment.preview("--expect-no-changes").ok()
    assert [one["id"] for one in emulator.list_stored("model")] == [model["id"]]

    deployment.pulumi("config", "set", "--path", "polytomic:accounts.us.apiKey", "in-clear").ok()
    told = deployment.preview().failed().text
    assert "polytomic:accounts.us.apiKey: the key stands there in clear" in told

    deployment.destroy().ok()
    assert emulator.connections() == []
    written = deployment.everything_written()
    assert eu["api_key"] not in written
    assert us["api_key"] not in written


def test_an_account_of_the_environment_that_is_gone_is_named(
    deployment: Deployment, emulator: RunningEmulator
):
    eu = emulator.workspace("Europe")
    deployment.environment |= {
        "POLYTOMIC_API_KEY_EU": eu["api_key"],
        "POLYTOMIC_DEPLOYMENT_URL_EU": emulator.url,
    }
    deployment.deploy(
        """
        from polytomic_provider import Role

        Role("there", name="There", account="eu")
        """
    )
    del deployment.environment["POLYTOMIC_API_KEY_EU"]
    told = deployment.destroy().failed().text
    assert "no account 'eu'" in told
    assert "POLYTOMIC_API_KEY_EU" in told
    deployment.environment["POLYTOMIC_API_KEY_EU"] = eu["api_key"]
    deployment.destroy().ok()
    assert eu["api_key"] not in deployment.everything_written()


TWINS = """
    from polytomic_provider import Connection, ConnectionReadiness, Model, Role

    ids = IDS
    for account in ("eu", "us"):
        role, connection, model = ids.get(account, (None, None, None))
        Role(f"role-{account}", name="Same", account=account, adopt_id=role)
        crm = Connection(
            f"crm-{account}",
            name="CRM",
            type="salesforce",
            configuration={"domain": "acme.my.salesforce.com"},
            account=account,
            adopt_id=connection,
        )
        ready = ConnectionReadiness(f"ready-{account}", connection=crm, timeout="60s")
        Model(
            f"contacts-{account}",
            name="Contacts",
            connection_id=ready,
            configuration={"table": "Contact"},
            account=account,
            adopt_id=model,
        )
"""


@pytest.mark.torture
def test_the_same_thing_is_in_each_of_two_accounts(
    deployment: Deployment, emulator: RunningEmulator
):
    accounts: dict[str, str] = {}
    for account, name in (("eu", "Europe"), ("us", "America")):
        workspace = emulator.workspace(name)
        accounts[account] = workspace["organization_id"]
        _store(deployment, f"{account}.apiKey", workspace["api_key"], "--secret")
        _store(deployment, f"{account}.url", emulator.url)
    made = TWINS.replace("IDS", "{}")
    deployment.program(made)
    deployment.preview().ok()
    deployment.deploy(made)
    ids = {account: _ids(emulator, organization) for account, organization in accounts.items()}
    deployment.preview("--refresh", "--expect-no-changes").ok()

    deployment.pulumi("stack", "rm", "--yes", "--force", "--preserve-config").ok()
    deployment.pulumi("stack", "init", "dev").ok()
    taken_up = TWINS.replace("IDS", repr(ids))
    deployment.program(taken_up)
    deployment.preview().ok()
    deployment.deploy(taken_up)
    assert {one: _ids(emulator, organization) for one, organization in accounts.items()} == ids
    deployment.preview("--expect-no-changes").ok()
    deployment.destroy().ok()
    assert emulator.connections() == []


def _ids(emulator: RunningEmulator, organization: str) -> tuple[str, ...]:
    """The ids of the one role, connection and model that an organization has of our names."""
    names = {"role": "Same", "connection": "CRM", "model": "Contacts"}
    found = {
        kind: [
            one["id"]
            for one in emulator.list_stored(kind)
            if one["name"] == name and one["organization_id"] == organization
        ]
        for kind, name in names.items()
    }
    assert {kind: len(ids) for kind, ids in found.items()} == dict.fromkeys(names, 1)
    return tuple(ids[0] for ids in found.values())
