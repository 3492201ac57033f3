"""What a preview tells of the data that syncs would move, by the real `pulumi`."""

import time
from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import PIPELINE

PEOPLE = [
    {"Email": "jane@example.com", "FirstName": "Jane", "LastName": "Roe", "Phone": "1"},
    {"Email": "max@example.com", "FirstName": "Max", "LastName": None, "Phone": "2"},
    {"Email": "kim@example.com", "FirstName": "Kim", "LastName": "Poe", "Phone": None},
]
MAPPED = PIPELINE.index("sync = Sync(")
WITHOUT_SYNC = PIPELINE[:MAPPED] + PIPELINE[PIPELINE.index("pulumi.export") :].replace(
    'pulumi.export("sync_id", sync.id)', ""
)
IMPACT = (
    "Sync 'sync': Impact of the new sync: Mode updateOrCreate updates records that match and "
    "creates the others. Its first run is the initial backfill. It runs daily at 10:30 UTC."
)


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


def change(deployment: Deployment, old: str, new: str) -> None:
    assert old in PIPELINE
    deployment.program(PIPELINE.replace(old, new))


def test_a_preview_counts_what_a_sync_keeps_and_says_its_impact(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(PIPELINE)
    shown = deployment.preview().ok().text
    assert IMPACT in shown
    assert "No sample of the data of: Sync 'sync' (the connection does not exist yet)." in shown

    deployment.deploy(WITHOUT_SYNC)
    emulator.replace_records(deployment.outputs()["salesforce_id"], "Contact", PEOPLE)
    deployment.program(PIPELINE)
    shown = deployment.preview().ok().text
    assert (
        "Sync 'sync': Sample of 3 rows: 2 kept, 1 dropped (A: LastName is not null: 1).\n"
        f"{IMPACT}\n"
    ) in shown
    assert "example.com" not in shown

    emulator.fail(kind="status", status=400, route="/api/models/{id}/sample")
    shown = deployment.preview().ok().text
    assert "No sample of the data of: Sync 'sync' (" in shown
    assert IMPACT in shown


@pytest.mark.torture
def test_a_changed_filter_shows_before_and_after_of_the_same_rows_masked_or_plain(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    emulator.replace_records(deployment.outputs()["salesforce_id"], "Contact", PEOPLE)
    deployment.pulumi("config", "set", "polytomic:dataPreview", "rows").ok()
    change(deployment, 'is_not_null("LastName")', 'is_not_null("Phone")')
    shown = deployment.preview().ok().text
    assert (
        "Sync 'sync': Sample of 3 rows: 2 kept, 1 dropped (A: Phone is not null: 1).\n"
        "  Before this change: 2 kept, 1 dropped. The change drops 1 of the kept and keeps 1 of "
        "the dropped.\n"
        '  Row 1: Email → email: "m***@e***.com", FirstName → firstName: "M***", '
        "LastName → lastName: null (kept now)\n"
        '  Row 2: Email → email: "k***@e***.com", FirstName → firstName: "K***", '
        'LastName → lastName: "P***" (dropped now, A: Phone is not null)\n'
        '  Row 3: Email → email: "j***@e***.com", FirstName → firstName: "J***", '
        'LastName → lastName: "R***"\n'
        "Sync 'sync': Impact: The change of filters takes effect on its next run"
    ) in shown
    assert "jane" not in deployment.everything_written().lower()

    deployment.pulumi("config", "set", "polytomic:previewValues", "plain").ok()
    shown = deployment.preview().ok().text
    assert 'Row 3: Email → email: "jane@example.com", FirstName → firstName: "Jane"' in shown
    state = (deployment.folder / "backend").rglob("*.json")
    assert not [path for path in state if "jane@example.com" in path.read_text()]


@pytest.mark.torture
def test_a_sync_that_is_left_alone_says_nothing_and_asks_nothing_of_its_data(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    emulator.clear_requests()
    shown = deployment.preview("--expect-no-changes").ok().text
    assert "Sample" not in shown
    assert "Impact" not in shown
    asked = [one["path"] for one in emulator.requests()]
    assert not [
        path
        for path in asked
        if path.endswith(("/sample", "/records", "/status")) and "schemas/status" not in path
    ]
    assert not [path for path in asked if path.startswith("/api/syncs/")]


@pytest.mark.torture
@pytest.mark.parametrize("values", ["plain", "masked"])
def test_secret_constants_stay_secret(
    deployment: Deployment, emulator: RunningEmulator, values: str
):
    deployment.deploy(PIPELINE)
    deployment.pulumi("config", "set", "polytomic:dataPreview", "rows").ok()
    deployment.pulumi("config", "set", "polytomic:previewValues", values).ok()
    change(
        deployment,
        "active=True,",
        'active=True, override_fields={"title": pulumi.Output.secret("canary-7f3a91c0")},',
    )
    shown = deployment.preview().ok().text
    assert "a constant → title: [secret] (before: nothing)" in shown


@pytest.mark.torture
def test_a_slow_sample_holds_a_preview_up_for_its_budget_only(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(PIPELINE)
    emulator.delay(60_000, route="/api/models/{id}/sample")
    change(deployment, 'is_not_null("LastName")', 'is_not_null("Phone")')
    began = time.monotonic()
    shown = deployment.preview().ok().text
    assert time.monotonic() - began < 25
    assert "No sample of the data of: Sync 'sync' (" in shown


@pytest.mark.torture
def test_off_asks_for_nothing_and_says_nothing(deployment: Deployment, emulator: RunningEmulator):
    deployment.deploy(WITHOUT_SYNC)
    deployment.pulumi("config", "set", "polytomic:dataPreview", "off").ok()
    deployment.program(PIPELINE)
    emulator.clear_requests()
    shown = deployment.preview().ok().text
    assert "Sample" not in shown
    assert "Impact" not in shown
    assert not [one for one in emulator.requests() if one["path"].endswith("/sample")]
