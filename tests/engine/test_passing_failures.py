"""What passes by itself is waited for; what does not is said, within the time that was set."""

import time
from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import SALESFORCE

CHANCE = 0.05
FAULTS = (
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 500, "when": "after"},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 429, "retry_after": 1},
    {"kind": "drop", "when": "before"},
    {"kind": "drop", "when": "after"},
    {"kind": "truncate"},
)


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    """An emulator that consents by itself."""
    with RunningEmulator(consent_after=0.1) as running:
        yield running


def _pipelines(count: int) -> str:
    return f"""
from polytomic_provider import Connection, ConnectionReadiness, Model, Sync

for number in range({count}):
    crm = Connection(
        f"crm-{{number}}", type="salesforce", configuration={{"domain": "acme.my.salesforce.com"}}
    )
    ready = ConnectionReadiness(f"ready-{{number}}", connection=crm, timeout="20m")
    model = Model(
        f"contacts-{{number}}",
        connection_id=ready,
        configuration={{"table": "Contact"}},
        fields=["Id", "Email", "LastName"],
    )
    Sync(
        f"sync-{{number}}",
        model=model,
        mode="updateOrCreate",
        target={{"connection_id": ready, "object": "Lead"}},
        identity=("Email", "Email"),
        fields={{"Email": "Email", "LastName": "LastName"}},
    )
"""


def _assert_once(emulator: RunningEmulator, count: int) -> None:
    made = [len(emulator.control("GET", kind)) for kind in ("connections", "models", "syncs")]
    assert made == [count] * 3


def test_a_server_that_hangs_is_an_error_within_the_time_that_was_set(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.pulumi("config", "set", "polytomic:requestTimeout", "300ms").ok()
    deployment.pulumi("config", "set", "polytomic:operationTimeout", "1s").ok()
    emulator.fail(kind="hang", method="POST", path="^/api/connections$", times=None)
    deployment.program(SALESFORCE)
    began = time.monotonic()
    shown = deployment.up("--skip-preview").failed().text
    assert time.monotonic() - began < 60
    assert "POST /api/connections: no whole reply from" in shown
    assert "within 0.3 s (polytomic:requestTimeout)" in shown
    assert "the operation's time of 1 s is over" in shown
    assert "raise polytomic:requestTimeout" in shown


@pytest.mark.torture
@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: "-".join(map(str, one.values())))
def test_fifty_pipelines_converge_in_one_up_while_one_request_in_twenty_fails(
    deployment: Deployment, emulator: RunningEmulator, fault: dict[str, object]
):
    emulator.fail(**fault, probability=CHANCE)
    deployment.program(_pipelines(50))
    deployment.up("--skip-preview", "--parallel", "32").ok()
    emulator.clear_faults()
    _assert_once(emulator, 50)
    deployment.preview("--expect-no-changes").ok()


@pytest.mark.torture
@pytest.mark.timeout(900)
@pytest.mark.parametrize("keys", ["on", "off"])
def test_fifty_pipelines_converge_in_one_up_while_one_request_in_three_fails_in_any_way(
    deployment: Deployment, emulator: RunningEmulator, keys: str
):
    emulator.behave(idempotency_keys=keys)
    for fault in FAULTS:
        emulator.fail(**fault, probability=CHANCE)
    deployment.program(_pipelines(50))
    deployment.up("--skip-preview", "--parallel", "32", timeout=600).ok()
    emulator.clear_faults()
    _assert_once(emulator, 50)
    deployment.preview("--expect-no-changes").ok()


@pytest.mark.torture
@pytest.mark.timeout(1500)
def test_a_limit_of_sixty_requests_a_minute_still_converges_in_one_up(
    deployment: Deployment, emulator: RunningEmulator
):
    emulator.limit_rate(requests_per_minute=60)
    deployment.program(_pipelines(50))
    deployment.up("--skip-preview", "--parallel", "32", timeout=1200).ok()
    emulator.clear_rate_limits()
    _assert_once(emulator, 50)
    deployment.preview("--expect-no-changes").ok()
