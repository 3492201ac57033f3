"""A connection's life, in the handler."""

import httpx
import pytest

from polytomic_provider.facts import connection_types
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.live import LiveContext
from polytomic_provider.validation.problems import has_errors
from tests.kinds.conftest import Workbench

POSTGRES = {
    "hostname": "db.example.com",
    "username": "reader",
    "password": "canary-password",
    "database": "sales",
    "port": 5432,
}


def test_integers_that_the_server_shows_as_floats_go_back_as_integers(workbench: Workbench):
    workbench.emulator.behave(numbers="float")
    made = workbench.create("Connection", type="postgresql", configuration=POSTGRES)
    read = workbench.read("Connection", made)
    assert read is not None
    workbench.update("Connection", read, healthcheck_interval="12h")
    kept = workbench.emulator.connection(made.id)["configuration"]
    assert (kept["port"], type(kept["ssh_port"])) == (5432, int)


def test_what_a_type_requires_is_sent_with_its_default_and_the_rest_is_not(workbench: Workbench):
    configuration = {key: value for key, value in POSTGRES.items() if key != "port"}
    made = workbench.create("Connection", type="redshift", configuration=configuration)
    (posted,) = workbench.emulator.requests("POST", "/api/connections")
    defaults = {"port": 5439, "auth_mode": "access_key_and_secret"}
    assert posted["body"]["configuration"].keys() == {*configuration, *defaults}
    sent = posted["body"]["configuration"]
    assert {key: sent[key] for key in defaults} == defaults
    read = workbench.read("Connection", made)
    assert read is not None
    assert read.arguments["configuration"] == configuration
    assert not HANDLERS["Connection"].compare(read, made.arguments).differs

    mine = {**configuration, "port": 5440, "auth_mode": "iam_role"}
    workbench.create("Connection", "mine", type="redshift", configuration=mine)
    *_, posted = workbench.emulator.requests("POST", "/api/connections")
    sent = posted["body"]["configuration"]
    assert {key: sent[key] for key in defaults} == {"port": 5440, "auth_mode": "iam_role"}


SAMPLES = {"string": "x", "integer": 1, "number": 1, "boolean": True, "object": {}, "array": []}


@pytest.mark.parametrize("conditions", [False, pytest.param(True, marks=pytest.mark.torture)])
def test_what_a_type_with_required_defaults_lacks_is_refused_before_it_is_sent_or_not_at_all(
    workbench: Workbench, conditions: bool
):
    """For each such type: what its schema has no default for, once without the last key."""
    workbench.emulator.behave(schema_conditions=conditions)
    schemas = workbench.session.schemas(None)
    wrong: list[str] = []
    for kind in connection_types.all_types().values():
        found = map(kind.properties.get, kind.required)
        defaults = [one for one in found if one is not None and one.default is not None]
        if kind.use_oauth or not defaults:
            continue
        required = {
            key: one.enum[0] if one.enum else SAMPLES[one.json_type or "string"]
            for key in kind.required
            if (one := kind.properties.get(key)) and one.default is None
            if not one.read_only and not one.internal
        }
        for configuration in (required, dict(list(required.items())[:-1])):
            arguments = {"type": kind.id, "configuration": configuration}
            looked = HANDLERS["Connection"].check_live(LiveContext(schemas), arguments)
            request = HANDLERS["Connection"].create_request({"name": "x", **arguments})
            body = request.model_dump(mode="json", exclude_none=True)
            headers = {"Authorization": f"Bearer {workbench.emulator.api_key}"}
            url = f"{workbench.emulator.url}/api/connections"
            reply = httpx.post(url, headers=headers, json=body)
            if has_errors(looked.problems) is reply.is_success:
                wrong.append(f"{kind.id} {sorted(configuration)}: {reply.text}")
    assert wrong == []
