"""The guide's pipeline, from two connections to a sync, by the real `pulumi`."""

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment, Run
from tests.engine.programs import PIPELINE


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    """Consents by itself, as the pipeline's tests need it unless they say otherwise."""
    with RunningEmulator(consent_after=0.2) as running:
        yield running


def test_the_pipeline_deploys_from_nothing_previews_empty_and_leaves_nothing(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(PIPELINE)
    deployment.up().ok()
    outputs = deployment.outputs()
    deployment.preview("--refresh", "--expect-no-changes").ok()

    (model,) = emulator.models()
    assert model["id"] == outputs["model_id"]
    assert model["connection_id"] == outputs["salesforce_id"]
    (sync,) = emulator.syncs()
    assert sync["id"] == outputs["sync_id"]
    assert sync["active"] is True
    assert sync["mode"] == "updateOrCreate"

    deployment.destroy().ok()
    assert emulator.syncs() == []
    assert emulator.models() == []
    assert emulator.connections() == []


@pytest.mark.torture
def test_a_refresh_from_lists_asks_for_what_changed_alone_and_sees_an_edit(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.pulumi("config", "set", "polytomic:refreshMode", "lists").ok()
    deployment.deploy(PIPELINE)
    emulator.clear_requests()
    deployment.preview("--refresh", "--expect-no-changes").ok()
    outputs = deployment.outputs()
    single = re.compile(r"/api/(connections|models|syncs)/[^/]+$")
    asked = [one["path"] for one in emulator.requests() if single.match(one["path"])]
    # One has become healthy since it was made; the check of the mapping reads the model.
    changed, checked = outputs["salesforce_id"], outputs["model_id"]
    assert sorted(asked) == [f"/api/connections/{changed}", f"/api/models/{checked}"]

    emulator.change_sync(outputs["sync_id"], mode="update")
    assert "~ 1 to update" in deployment.preview("--refresh").ok().text


@pytest.mark.torture
def test_one_more_mapping_is_one_more_line(deployment: Deployment, emulator: RunningEmulator):
    deployment.deploy(PIPELINE)
    before = deployment.outputs()
    deployment.program(
        PIPELINE.replace('"Email": "email", ', '"Email": "email", "Phone": "phone", ')
    )
    shown = deployment.preview().ok().text
    changed = [line.strip() for line in shown.splitlines() if line.strip()[:1] in "~+-="]
    assert [line for line in changed if "phone" in line] == ['+ Phone: "phone"']
    assert "~ 1 to update" in shown
    deployment.up("--skip-preview").ok()
    assert deployment.outputs() == before
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_another_type_of_the_first_connection_replaces_all_that_is_behind_it_in_one_up(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    before = deployment.outputs()
    changed = PIPELINE.replace(
        '"salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}',
        '"salesforce", type="hubspot", configuration={}',
    ).replace('{"table": "Contact"}', '{"table": "contacts"}')
    changed = changed.replace(
        'fields=["Id", "Email", "FirstName", "LastName", "Phone"],', ""
    ).replace('identifier="Id",', "")
    changed = changed.replace(
        '{"Email": "email", "FirstName": "firstName", "LastName": "lastName"}',
        '{"email": "email", "lastname": "lastName"}',
    )
    changed = changed.replace('("Email", "email")', '("email", "email")')
    changed = changed.replace('is_not_null("LastName")', 'is_not_null("lastname")')
    deployment.program(changed)
    deployment.up().ok()
    after = deployment.outputs()
    for name in ("salesforce_id", "model_id", "sync_id"):
        assert after[name] != before[name]
    assert after["netsuite_id"] == before["netsuite_id"]
    assert len(emulator.models()) == len(emulator.syncs()) == 1
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_a_model_renamed_with_an_alias_is_no_difference(
    deployment: Deployment, emulator: RunningEmulator
):
    named = PIPELINE.replace('"contacts",', '"contacts", name="Contacts",')
    deployment.deploy(named)
    deployment.program(
        named.replace(
            '"contacts", name="Contacts",',
            '"people", name="Contacts", '
            'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="contacts")]),',
        )
    )
    deployment.preview("--expect-no-changes").ok()


@pytest.mark.torture
def test_drift_of_model_and_sync_is_shown_in_the_programs_words_and_repaired(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    outputs = deployment.outputs()
    emulator.change_model(outputs["model_id"], name="Renamed by hand")
    emulator.change_sync(outputs["sync_id"], name="Edited by hand", mode="update")
    shown = deployment.preview("--refresh").ok().text
    assert '"Renamed by hand" => "contacts"' in shown
    assert '"update" => "updateOrCreate"' in shown
    deployment.up("--refresh", "--skip-preview").ok()
    assert emulator.model(outputs["model_id"])["name"] == "contacts"
    assert emulator.sync(outputs["sync_id"])["mode"] == "updateOrCreate"
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_model_and_sync_deleted_outside_are_created_again_and_delete_twice_succeeds(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    before = deployment.outputs()
    emulator.delete_sync(before["sync_id"])
    deployment.up("--refresh", "--skip-preview").ok()
    after = deployment.outputs()
    assert after["sync_id"] != before["sync_id"]
    assert [sync["id"] for sync in emulator.syncs()] == [after["sync_id"]]
    emulator.delete_sync(after["sync_id"])
    emulator.delete_model(after["model_id"])
    deployment.destroy().ok()
    assert emulator.connections() == []


def _in_background(deployment: Deployment) -> tuple[threading.Thread, list[Run]]:
    runs: list[Run] = []
    thread = threading.Thread(target=lambda: runs.append(deployment.up("--skip-preview")))
    thread.start()
    return thread, runs


def _wait_for(look: object, seconds: float = 60) -> object:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()  # type: ignore[operator]
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


class TestWithoutConsentByItself:
    """A person consents, late or never."""

    @pytest.fixture
    def emulator(self) -> Iterator[RunningEmulator]:
        with RunningEmulator() as running:
            yield running

    def test_consent_given_during_up_lets_it_go_on(
        self, deployment: Deployment, emulator: RunningEmulator
    ):
        deployment.program(PIPELINE)
        thread, runs = _in_background(deployment)
        made = _wait_for(lambda: [c for c in emulator.connections() if c["type"] == "salesforce"])
        status = f"/api/connections/{made[0]['id']}"  # type: ignore[index]
        _wait_for(lambda: len(emulator.requests("GET", status)) >= 2)
        assert emulator.models() == []
        emulator.authorize(made[0]["id"])  # type: ignore[index]
        thread.join(timeout=120)
        text = runs[0].ok().text
        assert "open http" in text
        assert len(emulator.syncs()) == 1

    @pytest.mark.torture
    def test_consent_never_given_ends_the_wait_with_the_address_and_the_next_up_goes_on(
        self, deployment: Deployment, emulator: RunningEmulator
    ):
        deployment.program(PIPELINE.replace('timeout="60s", trig', 'timeout="2s", trig'))
        text = deployment.up("--skip-preview").failed().text
        auth_url = deployment.resource("salesforce")["outputs"]["auth_url"]
        assert f"Open {auth_url} to give consent" in text
        assert "was not ready after 2 s" in text
        assert "Traceback" not in text
        ids = {made["id"] for made in emulator.connections()}
        emulator.authorize(deployment.resource("salesforce")["id"])
        deployment.up("--skip-preview").ok()
        assert {made["id"] for made in emulator.connections()} == ids
        deployment.preview("--refresh", "--expect-no-changes").ok()

    @pytest.mark.torture
    def test_a_wait_never_stops_other_pipelines(
        self, deployment: Deployment, emulator: RunningEmulator
    ):
        deployment.program("""
            from polytomic_provider import Connection, ConnectionReadiness, Model

            for number in range(8):
                made = Connection(
                    f"crm-{number}", type="salesforce",
                    configuration={"domain": "acme.my.salesforce.com"},
                )
                ready = ConnectionReadiness(f"ready-{number}", connection=made, timeout="100s")
                Model(f"model-{number}", connection_id=ready, configuration={"table": "Contact"})
        """)
        thread, runs = _in_background(deployment)
        made = _wait_for(lambda: len(emulator.connections()) == 8 and emulator.connections())
        ids = {one["name"]: one["id"] for one in made}  # type: ignore[attr-defined]
        # Every gate has looked, and so said its address, before the first consent.
        _wait_for(
            lambda: all(
                len(emulator.requests("GET", f"/api/connections/{one}")) >= 2
                for one in ids.values()
            )
        )
        for number in reversed(range(8)):
            emulator.authorize(ids[f"crm-{number}"])
            _wait_for(lambda wanted=8 - number: len(emulator.models()) == wanted)
        thread.join(timeout=120)
        text = runs[0].ok().text
        for number in range(8):
            url = deployment.resource(f"crm-{number}")["outputs"]["auth_url"]
            assert f"open {url}" in text


FIVE_WRONG = """
    from polytomic_provider import Connection, ConnectionReadiness, Model, Sync

    made = Connection("crm", type="salesforce", configuration={"domian": "acme"})
    ready = ConnectionReadiness("ready", connection=made, timeout="soon")
    model = Model("model", connection_id=ready, configuration={"table": "Contact"},
                  fields=["Email", 5], policies="all")
    Sync("sync", model=model, mode="upsert", target={"connection_id": ready, "object": "contact"},
         fields={"Email": {"sync_mode": "create"}},
         filters=[{"field": "Email", "function": "IsNotNul"},
                  {"field": "Email", "function": "IsNull", "value": 5}],
         filter_logic="A or C", schedule={"frequency": "daily", "hour": 5})
    Sync("other", model=model, mode="update", target={"object": "contact"},
         fields={"Email": "email"}, schedule={"frequency": "dayly"})
"""

EXPECTED = [
    "Connection 'crm': configuration.domian: is not a key; did you mean 'domain'?",
    "ConnectionReadiness 'ready': timeout: expected a length of time",
    "Model 'model': fields[1]: expected text, got an integer",
    "Model 'model': policies: expected a list, got text",
    "Sync 'sync': mode: 'upsert' is not a mode; known modes: append, create",
    "Sync 'sync': fields.Email.target: is required",
    "Sync 'sync': filters[0].function: 'IsNotNul' is not a function; did you mean 'IsNotNull'?",
    "Sync 'sync': filters[1].value: IsNull takes none",
    "Sync 'sync': filter_logic: names C, but the 2 filters on the model are called A, B",
    "Sync 'sync': filter_logic: must name every filter; B is missing",
    "Sync 'sync': schedule.minute: is required where the frequency is daily",
    "Sync 'other': identity: is required where the mode is update",
    "Sync 'other': target.connection_id: is required",
    "Sync 'other': schedule.frequency: 'dayly' is not a frequency; did you mean 'daily'?",
    "5 resources have problems",
]


def test_one_preview_reports_five_wrong_resources(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(FIVE_WRONG)
    shown = deployment.preview().failed().text
    assert [text for text in EXPECTED if text not in shown] == []
    assert emulator.connections() == []


@pytest.mark.torture
def test_references_to_a_foreign_model_and_sync_read_and_never_delete(
    deployment: Deployment, emulator: RunningEmulator, tmp_path: Path
):
    deployment.deploy(PIPELINE)
    outputs = deployment.outputs()
    other = Deployment(tmp_path / "other", deployment.environment).create()
    other.deploy(f"""
        import pulumi
        from polytomic_provider import Model, Sync

        model = Model.get("model", {outputs["model_id"]!r})
        sync = Sync.get("sync", {outputs["sync_id"]!r})
        pulumi.export("table", model.configuration["table"])
        pulumi.export("mode", sync.mode)
        pulumi.export("target", sync.target["object"])
        pulumi.export("fields", sync.fields)
    """)
    found = other.outputs()
    assert (found["table"], found["mode"], found["target"]) == (
        "Contact",
        "updateOrCreate",
        "contact",
    )
    assert found["fields"]["LastName"] == "lastName"
    other.preview("--refresh", "--expect-no-changes").ok()
    other.destroy().ok()
    assert len(emulator.models()) == len(emulator.syncs()) == 1


@pytest.mark.torture
def test_a_field_that_the_model_does_not_declare_is_reported(deployment: Deployment):
    deployment.program(PIPELINE.replace('"LastName": "lastName"', '"Lastname": "lastName"'))
    shown = deployment.preview().failed().text
    assert "Sync 'sync': fields.Lastname: the model declares no such field" in shown
    assert "did you mean 'LastName'?" in shown


@pytest.mark.torture
def test_states_stay_small(deployment: Deployment, emulator: RunningEmulator):
    deployment.deploy(PIPELINE)
    for name in ("salesforce", "salesforce-ready", "contacts", "sync"):
        stored = deployment.resource(name)
        assert len(str([stored["inputs"], stored["outputs"]])) <= 1536, name
