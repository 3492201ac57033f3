"""Secrets reach nothing that is written or shown, whoever forgot to mark them."""

import json

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import NETSUITE_CONFIGURATION, Code, connection

SECRETS = [value for value in NETSUITE_CONFIGURATION.values() if value.startswith("canary-")]


def _is_ciphertext(value: object) -> bool:
    return isinstance(value, dict) and "ciphertext" in value


def test_a_secret_that_the_user_forgot_is_encrypted_in_inputs_and_outputs(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(connection())
    deployment.up("--json").ok()
    # Pulumi's own debug events would show an exported secret in `up --json`.
    deployment.deploy(connection() + '\npulumi.export("configuration", made.configuration)\n')
    deployment.refresh().ok()
    deployment.preview("--json").ok()
    stored = deployment.resource("netsuite")
    for side in ("inputs", "outputs"):
        configuration = stored[side]["configuration"]
        assert configuration["account_id"] == "1234567_SB1"
        assert all(_is_ciphertext(configuration[key]) for key in ("token", "consumer_key"))
    # The fixture looks for the secrets in all that was printed, stored and logged.
    log = (deployment.folder / "home" / "requests.log").read_text()
    assert "POST /api/connections 201" in log
    assert '"account_id": "********"' in log
    assert emulator.connection(deployment.outputs()["id"])["configuration"] == (
        NETSUITE_CONFIGURATION
    )


@pytest.mark.torture
def test_a_configuration_that_is_an_output_becomes_secret_whole(deployment: Deployment):
    configuration = Code(f"pulumi.Output.from_input({NETSUITE_CONFIGURATION!r})")
    deployment.deploy(connection(configuration=configuration))
    deployment.refresh().ok()
    stored = deployment.resource("netsuite")
    assert _is_ciphertext(stored["inputs"]["configuration"])
    assert _is_ciphertext(stored["outputs"]["configuration"])
    deployment.preview("--expect-no-changes").ok()


@pytest.mark.torture
def test_secrets_of_unknown_types_and_nested_headers_are_found(deployment: Deployment):
    deployment.deploy(
        connection(
            "webhooks",
            type="csv",
            configuration={
                "url": "https://files.example.com/a.csv",
                "headers": [{"name": "Authorization", "value": "canary-header"}],
                "auth": {"basic": {"username": "ann", "password": "canary-password"}},
            },
        )
    )
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.parametrize(
    "status",
    [
        422,
        pytest.param(400, marks=pytest.mark.torture),
        pytest.param(500, marks=pytest.mark.torture),
    ],
)
def test_a_server_that_repeats_secrets_in_its_errors_gives_nothing_away(
    deployment: Deployment, emulator: RunningEmulator, status: int
):
    echo = f"refused: {json.dumps(NETSUITE_CONFIGURATION)} with {emulator.api_key}"
    emulator.fail(
        kind="status",
        status=status,
        method="POST",
        path="^/api/connections$",
        times=99,
        body={"message": echo, "status": status},
    )
    deployment.program(connection())
    shown = deployment.up("--skip-preview").failed().text
    assert "[secret]" in shown
    assert "1234567_SB1" in shown


@pytest.mark.torture
def test_a_key_in_the_stacks_configuration_stays_encrypted(
    deployment: Deployment, emulator: RunningEmulator
):
    for name, value in (("apiKey", emulator.api_key), ("url", emulator.url)):
        flag = ("--secret",) if name == "apiKey" else ()
        deployment.pulumi("config", "set", *flag, f"polytomic:{name}", value).ok()
    environment = {"POLYTOMIC_API_KEY": "", "POLYTOMIC_DEPLOYMENT_URL": ""}
    deployment.deploy(connection(), environment=environment)
    deployment.refresh(environment=environment).ok()
    assert len(emulator.connections()) == 1


def test_a_key_in_clear_in_the_stacks_configuration_is_refused(
    deployment: Deployment, emulator: RunningEmulator
):
    key = "key-0123456789"
    deployment.pulumi("config", "set", "--plaintext", "polytomic:apiKey", key).ok()
    deployment.program(connection())
    shown = deployment.up("--skip-preview").failed().text
    assert "pulumi config set --secret polytomic:apiKey" in shown
    assert "Traceback" not in shown
    assert key not in shown
    assert emulator.connections() == []


@pytest.mark.torture
def test_the_state_of_a_connection_stays_small(deployment: Deployment):
    deployment.deploy(connection(type="salesforce", configuration={"domain": "acme.example"}))
    stored = deployment.resource("netsuite")
    assert len(json.dumps([stored["inputs"], stored["outputs"]])) <= 1536


MISTAKEN = """
from polytomic_provider import Connection, Sync

Connection("misspelled", type="netsuite", configuration={"tokn": "canary-misspelled"})
Connection("nothing", type="netsuit", configuration={"token": "canary-of-no-type"})
Connection("list", type="netsuite", configuration={"token": ["canary-in-a-list"]})
Connection("number", type="postgresql", configuration={"password": {"a": "canary-in-an-object"}})
Connection(
    "port", type="postgresql", configuration={"port": "no", "password": ["canary-in-two", 1]},
)
Connection(
    "headers", type="csv",
    configuration={"headers": [{"name": "A", "value": "canary-header", "odd": "canary-odd"}]},
)
Connection("both", type="netsuite", configuration={"token": "canary-pair"}, healthcheck_interval=7)
"""


def test_no_preview_of_mistakes_shows_the_values_that_are_wrong(deployment: Deployment):
    deployment.program(MISTAKEN)
    for flags in ((), ("--json",), ("--diff",)):
        assert "tokn" in deployment.pulumi("preview", *flags).failed().text
    deployment.up("--skip-preview", "--json").failed()


@pytest.mark.torture
def test_no_preview_of_changes_and_drift_shows_what_is_secret(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(connection())
    made = deployment.outputs()["id"]
    words = f"{NETSUITE_CONFIGURATION['token']} is not the token of {emulator.api_key}"
    emulator.change(made, configuration={**NETSUITE_CONFIGURATION, "token": "canary-drift"})
    emulator.break_connection(made, status_error=words)
    deployment.preview("--refresh", "--json").ok()
    shown = deployment.preview("--refresh").ok().text
    assert "[secret] is not the token of [secret]" in shown
    deployment.refresh().ok()
    assert "[secret]" in deployment.resource("netsuite")["outputs"]["status_error"]

    emulator.break_connection(made, status_error="it is ill")
    changed = {**NETSUITE_CONFIGURATION, "token": "canary-changed"}
    deployment.program(connection(configuration=changed))
    assert '"update"' in deployment.pulumi("preview", "--json").ok().text
    assert "configuration" in deployment.preview().ok().text
    deployment.program(connection(type="shopify", configuration=changed))
    for flag in ("--json", "--diff"):
        assert "is not a key" in deployment.pulumi("preview", flag).failed().text
