"""Where documents contradict each other, and whatever a server does to what it keeps: no noise."""

from collections.abc import Iterator
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state.behaviour import KNOWN, Behaviour
from tests.engine.deployment import Deployment
from tests.engine.programs import PIPELINE

FULL = (
    PIPELINE.replace(
        'identifier="Id",',
        'identifier="Id", tracking_columns=["LastName"], labels=["crm"],\n'
        '    policies=["0b5f9c1e-0000-4000-8000-000000000002", '
        '"0b5f9c1e-0000-4000-8000-000000000001"],\n'
        '    additional_fields=[{"name": "Score", "type": "number", "label": "Score"}],',
    )
    .replace(
        'filters=[is_not_null("LastName")],',
        'filters=[starts_with("Email", "a"), is_not_null("LastName")], filter_logic="A or B",\n'
        '    overrides=[{"field": "Phone", "function": "IsNull", "override": "none"}],\n'
        '    override_fields={"title": "Contact"}, sync_all_records=True,',
    )
    .replace("import is_not_null", "import is_not_null, starts_with")
    .replace('"object": "contact"}', '"object": "contact", "configuration": {"batch": 50}}')
)

SERVERS: dict[str, dict[str, Any]] = {
    "newer shapes, reordered, nulls": {
        "cache_status": "cached",
        "list_order": "reversed",
        "filters_shape": "new",
        "identity_shape": "new",
        "identity_mapping": "drop",
        "schedule_parts": "null",
        "numbers": "float",
        "null_for_absent": True,
        "policies_order": "reversed",
    },
    "older shapes, ids, extras, paged": {
        "cache_status": "true",
        "list_order": "sorted",
        "filters_shape": "old",
        "filter_fields": "id",
        "identity_shape": "old",
        "override_fields_shape": "merged",
        "mapping_defaults": True,
        "schedule_parts": "empty",
        "model_configuration_extras": True,
        "lists": "paged",
    },
    "jobs, plain, cleared secrets": {
        "cache_status": "finish_time_only",
        "model_jobs": "on",
        "type_shape": "string",
        "fill_defaults": False,
        "lists": "plain",
        "omitted_secrets": "clear",
        "override_fields_shape": "merged_empty",
        "search_values": False,
    },
    "boolean cache, both": {
        "cache_status": True,
        "override_fields_shape": "both",
        "filter_fields": "name",
        "unauthorized_body": "v24",
        "nested_secrets": "shown",
    },
    "as official clients rely on": {},
    "strict, without keys": {
        "cache_status": "completed",
        "schema_polls": 3,
        "idempotency_keys": "off",
        "policies_order": "sorted",
        "duplicate_names": "refuse",
        "unready_cache": "allow",
        "used_model_delete": "refuse",
        "running_delete": "cancel",
        "schema_conditions": True,
        "hold_runs": True,
        "plain_secrets": "absent",
    },
    "rewrites what it keeps": {
        "server_keys": True,
        "scalars": "swapped",
        "unicode": "composed",
        "emails": "lower",
        "duplicate_fields": "once",
        "deleted_fields": "until_refreshed",
        "plain_secrets": "masked",
    },
}


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


def test_the_servers_have_every_reading_of_every_contradiction():
    usual = Behaviour().as_dict()
    missing = [
        (switch, value)
        for switch, known in KNOWN.items()
        for value in known
        if all(
            repr(server.get(switch, usual[switch])) != repr(value) for server in SERVERS.values()
        )
    ]
    assert missing == []


@pytest.mark.torture
@pytest.mark.parametrize("server", SERVERS)
def test_the_preview_after_an_up_and_after_an_update_is_empty(
    deployment: Deployment, emulator: RunningEmulator, server: str
):
    emulator.behave(**SERVERS[server])
    deployment.deploy(FULL)
    deployment.preview("--refresh", "--expect-no-changes").ok()

    renamed = FULL.replace('"contacts",', '"contacts", name="Renamed",').replace(
        '"sync",', '"sync", name="Renamed too",'
    )
    deployment.deploy(renamed)
    deployment.preview("--refresh", "--expect-no-changes").ok()
    (sync,) = emulator.syncs()
    assert sync["name"] == "Renamed too"
    assert sync["active"] is True
    assert emulator.models()[0]["name"] == "Renamed"
