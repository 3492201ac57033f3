import httpx
import pytest
from polytomic import BadRequestError, NotFoundError, Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import FIELDS, Pipeline, connect, model_over
from tests.emulator.samples import SALESFORCE, netsuite
from tests.emulator.waiting import until


def test_a_new_connections_cache_refreshes_and_is_fresh_a_moment_later(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.behave(schema_seconds=60)
    made = polytomic.connections.create(**netsuite()).data
    status = polytomic.schemas.get_status(made.id).data
    assert status.cache_status == "refreshing"
    assert status.last_refresh_started is not None
    assert status.last_refresh_finished is None
    emulator.advance_clock(60)
    status = polytomic.schemas.get_status(made.id).data
    assert status.cache_status == "fresh"
    assert (status.last_refresh_finished - status.last_refresh_started).total_seconds() == 60


def test_by_default_a_cache_is_ready_without_any_help(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(**netsuite()).data
    until(lambda: polytomic.schemas.get_status(made.id).data.cache_status == "fresh")


def test_an_oauth_connections_cache_starts_at_consent(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(name="S", type="salesforce", configuration=SALESFORCE).data
    status = polytomic.schemas.get_status(made.id).data
    assert (status.cache_status, status.last_refresh_started) == ("", None)
    assert emulator.schema(made.id) == {}
    emulator.authorize(made.id)
    assert polytomic.schemas.get_status(made.id).data.last_refresh_started is not None


def test_a_cache_can_need_a_number_of_polls(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.behave(schema_polls=3)
    made = polytomic.connections.create(**netsuite()).data
    seen = [polytomic.schemas.get_status(made.id).data.cache_status for _ in range(5)]
    assert seen == ["refreshing"] * 3 + ["fresh"] * 2


@pytest.mark.parametrize("ready", ["fresh", "cached", "completed", "true", True])
def test_ready_reads_as_asked(
    http: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator, ready: object
) -> None:
    emulator.behave(cache_status=ready, schema_polls=1)
    made = polytomic.connections.create(**netsuite()).data
    path = f"/api/connections/{made.id}/schemas/status"
    assert http.get(path).json()["data"]["cache_status"] == "refreshing"
    again = http.get(path).json()["data"]["cache_status"]
    assert again == ready
    assert type(again) is type(ready)


def test_ready_may_only_show_in_the_finish_time(
    http: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.behave(cache_status="finish_time_only", schema_polls=1)
    made = polytomic.connections.create(**netsuite()).data
    path = f"/api/connections/{made.id}/schemas/status"
    assert set(http.get(path).json()["data"]) == {"last_refresh_started"}
    ready = http.get(path).json()["data"]
    assert ready["last_refresh_finished"] >= ready["last_refresh_started"]
    assert len(ready) == 2


def test_a_refresh_is_accepted_and_says_where_to_ask(
    http: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic)
    before = polytomic.schemas.get_status(made).data
    emulator.behave(schema_seconds=60)
    reply = http.post(f"/api/connections/{made}/schemas/refresh")
    assert (reply.status_code, reply.json()) == (202, {})
    assert reply.headers["Location"] == f"/api/connections/{made}/schemas/status"
    status = polytomic.schemas.get_status(made).data
    assert status.cache_status == "refreshing"
    assert status.last_refresh_started > status.last_refresh_finished
    assert status.last_refresh_finished == before.last_refresh_finished
    polytomic.schemas.refresh(made)


def test_only_a_healthy_connection_can_be_refreshed(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(name="S", type="salesforce", configuration=SALESFORCE).data
    with pytest.raises(BadRequestError, match="only healthy"):
        polytomic.schemas.refresh(made.id)
    ready = connect(emulator, polytomic)
    emulator.control("POST", f"connections/{ready}/break", {"status_error": "It went away."})
    with pytest.raises(BadRequestError, match=r"It went away\."):
        polytomic.schemas.refresh(ready)
    with pytest.raises(NotFoundError):
        polytomic.schemas.refresh("none")
    with pytest.raises(NotFoundError):
        polytomic.schemas.get_status("none")


def test_a_held_cache_refreshes_until_it_is_let_go(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(name="S", type="salesforce", configuration=SALESFORCE).data
    emulator.hold_schema(made.id)
    emulator.authorize(made.id)
    emulator.advance_clock(3600)
    assert polytomic.schemas.get_status(made.id).data.cache_status == "refreshing"
    emulator.finish_schema(made.id)
    assert polytomic.schemas.get_status(made.id).data.cache_status == "fresh"
    emulator.refresh_schema(made.id)
    emulator.advance_clock(1)
    assert polytomic.schemas.get_status(made.id).data.cache_status == "fresh"


def test_nothing_can_be_built_before_the_first_cache_is_ready(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    client = contacts.client
    new = client.connections.create(**netsuite()).data.id
    emulator.hold_schema(new)
    for call in (
        lambda: model_over(client, new, configuration={"table": "contact"}, fields=["email"]),
        lambda: client.model_sync.get_source(new),
        lambda: client.model_sync.targets.list(new),
    ):
        with pytest.raises(BadRequestError, match="cache refresh in progress"):
            call()
    with pytest.raises(UnprocessableEntityError, match="cache refresh in progress"):
        contacts.sync(target={"connection_id": new, "object": "contact"})
    emulator.behave(unready_cache="allow")
    contacts.sync(target={"connection_id": new, "object": "contact"})


def test_a_stale_cache_serves_while_it_is_refreshed(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    emulator.hold_schema(made)
    assert [one.name for one in model_over(polytomic, made).fields] == FIELDS


def test_consent_taken_back_stops_models_and_discovery(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.deny(contacts.salesforce)
    with pytest.raises(BadRequestError, match="unauthorized"):
        model_over(contacts.client, contacts.salesforce)
    with pytest.raises(BadRequestError, match="Authorization was denied"):
        contacts.client.model_sync.get_source(contacts.salesforce)
