import httpx
import pytest
from polytomic import BadRequestError, Polytomic
from polytomic.types.connection_response_schema import ConnectionResponseSchema

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.pipelines import Pipeline, connect, model_over
from tests.emulator.samples import NETSUITE, SALESFORCE, netsuite
from tests.emulator.waiting import until


def _read(polytomic: Polytomic, connection_id: str) -> ConnectionResponseSchema:
    return polytomic.connections.get(connection_id).data


def test_a_withdrawn_consent_shows_in_status_and_status_error(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    salesforce = connect(emulator, polytomic, "salesforce")
    emulator.revoke(salesforce)
    read = _read(polytomic, salesforce)
    assert (read.status, read.saved) == ("unauthorized", True)
    assert "revoked" in read.status_error
    assert "oauth_refresh_token" not in emulator.connection(salesforce)["configuration"]


def test_the_reason_can_be_the_services_own(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    salesforce = connect(emulator, polytomic, "salesforce")
    emulator.revoke(salesforce, status_error="invalid_grant: expired access/refresh token")
    assert _read(polytomic, salesforce).status_error.startswith("invalid_grant")
    polytomic.connections.update(salesforce, name="Renamed", configuration=SALESFORCE)
    assert _read(polytomic, salesforce).status_error.startswith("invalid_grant")


def test_what_needs_the_connection_is_refused_while_it_is_revoked(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.revoke(contacts.salesforce)
    with pytest.raises(BadRequestError, match="revoked"):
        contacts.client.schemas.refresh(contacts.salesforce)
    with pytest.raises(BadRequestError, match="revoked"):
        model_over(contacts.client, contacts.salesforce)


def test_a_sync_fails_while_its_source_or_target_does_and_then_runs_again(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = contacts.sync().id

    def run() -> tuple[str, str]:
        started = contacts.client.model_sync.start(sync).data.id
        emulator.end_of(started)
        found = contacts.client.model_sync.executions.get(sync, started).data
        return found.status, " ".join(found.errors or [])

    emulator.revoke(contacts.salesforce)
    status, errors = run()
    assert (status, "revoked" in errors) == ("failed", True)
    emulator.authorize(contacts.salesforce)
    emulator.break_connection(contacts.netsuite, status_error="the account is locked")
    status, errors = run()
    assert (status, "the account is locked" in errors) == ("failed", True)
    emulator.heal(contacts.netsuite)
    assert run()[0] == "completed"


def test_it_comes_back_with_a_new_consent_and_not_before(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    salesforce = connect(emulator, polytomic, "salesforce")
    old = emulator.connection(salesforce)["consent"]["token"]
    emulator.revoke(salesforce)
    asked = polytomic.connections.update(
        salesforce, name="Salesforce", configuration=SALESFORCE, reconnect=True
    ).data
    assert asked.status == "unauthorized"
    assert asked.auth_url
    assert old not in asked.auth_url
    assert httpx.post(asked.auth_url, data={"decision": "allow"}).status_code == 303
    healed = _read(polytomic, salesforce)
    assert (healed.status, healed.status_error) == ("healthy", "")


def test_consent_that_comes_by_itself_does_not_undo_a_revocation() -> None:
    with RunningEmulator(consent_after=0.05) as emulator:
        polytomic = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        first, second = (
            polytomic.connections.create(
                name=name, type="salesforce", configuration=SALESFORCE
            ).data.id
            for name in ("First", "Second")
        )
        until(lambda: _read(polytomic, first).status == "healthy")
        emulator.revoke(first)
        later = polytomic.connections.create(
            name="Later", type="salesforce", configuration=SALESFORCE
        ).data.id
        for healthy in (second, later):
            until(lambda connection=healthy: _read(polytomic, connection).status == "healthy")
        assert _read(polytomic, first).status == "unauthorized"
        polytomic.connections.update(first, name="First", configuration=SALESFORCE, reconnect=True)
        until(lambda: _read(polytomic, first).status == "healthy")


def test_there_is_nothing_to_revoke_where_nobody_consented(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    plain = polytomic.connections.create(**netsuite()).data.id
    waiting = polytomic.connections.create(
        name="S", type="salesforce", configuration=SALESFORCE
    ).data.id
    for connection in (plain, waiting):
        with pytest.raises(ControlError, match="nobody's authorization"):
            emulator.revoke(connection)
    with pytest.raises(ControlError, match="authorize"):
        emulator.heal(waiting)


def test_broken_health_shows_until_it_is_healed(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(name="N", type="netsuite", configuration=NETSUITE).data.id
    emulator.break_connection(made, status_error="the account is locked")
    broken = _read(polytomic, made)
    assert (broken.status, broken.status_error) == ("error", "the account is locked")
    with pytest.raises(BadRequestError, match="the account is locked"):
        polytomic.schemas.refresh(made)
    emulator.heal(made)
    assert (_read(polytomic, made).status, _read(polytomic, made).status_error) == ("healthy", "")
    polytomic.schemas.refresh(made)
