"""The wait for a connection."""

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import NotFound
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.readiness import SchemaNotReady
from polytomic_provider.validation import UNKNOWN
from tests.kinds.conftest import Workbench

HANDLER = HANDLERS["ConnectionReadiness"]


@pytest.mark.parametrize(
    "reading", ["fresh", "cached", "completed", "true", True, "finish_time_only"]
)
def test_every_reading_of_a_ready_schema_ends_the_wait(
    workbench: Workbench, salesforce: State, reading: object
):
    workbench.emulator.behave(cache_status=reading)
    ready = workbench.create("ConnectionReadiness", connection=salesforce.id, timeout="20s")
    assert ready.id == salesforce.id
    assert ready.computed["status"] == "healthy"
    assert ready.computed["ready_at"]


def test_a_wait_that_ends_too_early_names_the_address_and_the_last_status():
    with RunningEmulator() as emulator:
        workbench = Workbench(emulator)
        made = workbench.create(
            "Connection", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
        )
        url = made.computed["auth_url"]
        with pytest.raises(SchemaNotReady) as raised:
            workbench.create(
                "ConnectionReadiness", connection=made.id, timeout="700ms", auth_url=url
            )
        assert f"Open {url}" in str(raised.value)
        assert "unauthorized" in str(raised.value)
        assert f"open {url}" in workbench.said
        waits = [one for one in workbench.said if one.startswith("Waiting for ")]
        assert waits
        assert all(one.startswith("Waiting for connection 'made' (") for one in waits)
        emulator.authorize(made.id)
        workbench.create("ConnectionReadiness", connection=made.id, timeout="20s")
        assert workbench.said[-1] == f"Connection 'made' ({made.id}) is ready"


def test_a_schema_that_never_gets_ready_is_named(workbench: Workbench, salesforce: State):
    workbench.emulator.hold_schema(salesforce.id)
    with pytest.raises(SchemaNotReady, match="schema cache 'refreshing'"):
        workbench.create("ConnectionReadiness", connection=salesforce.id, timeout="700ms")


def test_changed_triggers_and_refresh_schema_wait_again_and_nothing_else_does(
    workbench: Workbench, salesforce: State
):
    ready = workbench.create("ConnectionReadiness", connection=salesforce.id, triggers=["a"])
    workbench.emulator.clear_requests()
    assert workbench.update("ConnectionReadiness", ready, timeout="1m").computed == ready.computed
    assert workbench.emulator.requests() == []

    workbench.update("ConnectionReadiness", ready, triggers=["b"])
    status = f"/api/connections/{salesforce.id}/schemas/status"
    assert workbench.emulator.requests("GET", status)

    refresh = f"/api/connections/{salesforce.id}/schemas/refresh"
    assert workbench.emulator.requests("POST", refresh) == []
    workbench.update("ConnectionReadiness", ready, refresh_schema=True)
    assert len(workbench.emulator.requests("POST", refresh)) == 1


def test_reading_keeps_the_outputs_while_the_connection_exists_and_deleting_sends_nothing(
    workbench: Workbench, salesforce: State
):
    ready = workbench.create("ConnectionReadiness", connection=salesforce.id)
    assert workbench.read("ConnectionReadiness", ready) == ready
    workbench.emulator.clear_requests()
    workbench.delete("ConnectionReadiness", ready)
    assert workbench.emulator.requests() == []
    workbench.emulator.delete(salesforce.id)
    assert workbench.read("ConnectionReadiness", ready) is None


def test_another_connection_replaces_and_a_timeout_is_no_difference(salesforce: State):
    state = State(salesforce.id, {"connection": salesforce.id, "timeout": "10m"}, {})
    for connection in ("another", UNKNOWN):
        comparison = HANDLER.compare(state, {"connection": connection})
        assert comparison.replaces == ("connection",)
    assert not HANDLER.compare(state, {"connection": salesforce.id, "timeout": "1h"}).differs


def test_the_wait_looks_in_the_workspace_that_is_named(workbench: Workbench):
    other = workbench.emulator.workspace("Customer")["organization_id"]
    workbench.restart(
        apiKey="",
        partnerKey=workbench.emulator.partner_key,
        organizationId=workbench.emulator.organization_id,
    )
    made = workbench.create(
        "Connection",
        type="salesforce",
        configuration={"domain": "acme.my.salesforce.com"},
        organization_id=other,
    )
    with pytest.raises(NotFound):
        workbench.create("ConnectionReadiness", connection=made.id, timeout="20s")
    ready = workbench.create(
        "ConnectionReadiness", connection=made.id, timeout="20s", organization_id=other
    )
    assert ready.workspace == other
    assert workbench.read("ConnectionReadiness", ready) == ready
    workbench.update("ConnectionReadiness", ready, triggers=["b"])


def test_to_name_the_workspace_of_a_gate_that_has_none_in_its_state_sends_nothing(
    workbench: Workbench, salesforce: State
):
    ready = workbench.create("ConnectionReadiness", connection=salesforce.id)
    workbench.emulator.clear_requests()
    organization = workbench.emulator.organization_id
    updated = workbench.update("ConnectionReadiness", ready, organization_id=organization)
    assert updated.arguments["organization_id"] == organization
    assert workbench.emulator.requests() == []
    assert HANDLER.compare(ready, updated.arguments).replaces == ()


LONG = "https://app.polytomic.com/connect/authorize?" + "state=0123456789abcdef" * 12


def test_the_address_is_the_last_message_of_a_wait_and_stands_alone(workbench: Workbench):
    with RunningEmulator() as emulator:
        workbench = Workbench(emulator)
        made = workbench.create(
            "Connection", "crm", type="salesforce", configuration={"domain": "a.my.salesforce.com"}
        )
        for url in (made.computed["auth_url"], LONG):
            workbench.said.clear()
            with pytest.raises(SchemaNotReady) as raised:
                workbench.create(
                    "ConnectionReadiness", connection=made.id, timeout="1200ms", auth_url=url
                )
            assert workbench.said[-2:] == [
                f"Connection 'crm' ({made.id}) waits for consent in a browser",
                f"open {url}",
            ]
            assert workbench.said.count(f"open {url}") == 1
            assert str(raised.value).startswith(f"connection 'crm' ({made.id}) was not ready after")
        emulator.deny(made.id)
        with pytest.raises(SchemaNotReady, match="denied"):
            workbench.create(
                "ConnectionReadiness", connection=made.id, timeout="600ms", auth_url=LONG
            )
        assert workbench.said[-1] == f"open {LONG}"
