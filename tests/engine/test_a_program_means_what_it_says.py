"""Small changes of a program are deployed, through the real engine, and what ends is kept."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.test_ids_as_text import SOURCE, SYNC

CHAIN = SOURCE + SYNC.format(model="contacts", connection="crm")


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    """Connections that somebody has consented to."""
    with RunningEmulator(consent_after=0.1) as running:
        yield running


def _with(**arguments: object) -> str:
    """The program with more arguments of its sync."""
    given = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
    return CHAIN.replace('"sync", model', f'"sync", {given}, model')


@pytest.mark.torture
def test_near_values_are_changes_and_the_preview_after_each_is_empty(
    deployment: Deployment, emulator: RunningEmulator
):
    steps = [
        {"override_fields": {"Company": "https://acme.com/"}},
        {"override_fields": {"Company": "acme.com", "FirstName": 0}},
    ]
    seen: list[object] = []
    for arguments in steps:
        deployment.program(_with(**arguments))
        if seen:
            assert "1 to update" in deployment.preview().ok().text
        deployment.up("--skip-preview").ok()
        deployment.preview("--refresh", "--expect-no-changes").ok()
        (sync,) = emulator.syncs()
        constants = emulator.stored("sync", sync["id"])["override_fields"]
        seen.append({one["target"]: one["override_value"] for one in constants})
    assert seen == [
        {"Company": "https://acme.com/"},
        {"Company": "acme.com", "FirstName": "0"},
    ]


@pytest.mark.torture
def test_what_ends_to_be_managed_is_said_and_kept(
    deployment: Deployment, emulator: RunningEmulator
):
    policy = "0b5f9c1e-0000-4000-8000-000000000001"
    deployment.deploy(_with(active=True, policies=[policy]))
    deployment.program(CHAIN)
    shown = deployment.preview().ok().text
    assert "no longer managed: active, policies. Polytomic keeps what it has" in shown
    emulator.clear_requests()
    deployment.up("--skip-preview").ok()
    assert emulator.requests("PUT") == []
    (sync,) = emulator.syncs()
    assert (sync["active"], sync["policies"]) == (True, [policy])
    deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_a_schedule_that_does_not_run_is_warned_of_in_the_preview_and_in_up(
    deployment: Deployment, emulator: RunningEmulator
):
    del emulator
    deployment.deploy(SOURCE)
    deployment.program(_with(schedule={"frequency": "daily", "hour": 1, "minute": 2}))
    warning = "active: is left out, so the new sync is switched off and its schedule does not run"
    assert f"warning: Sync 'sync': {warning}" in deployment.preview().ok().text
    assert f"warning: {warning}" in deployment.up("--skip-preview").ok().text
    assert warning not in deployment.preview("--expect-no-changes").ok().text
