import httpx
import pytest
from polytomic import ConflictError, NotFoundError, Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import NETSUITE, POSTGRESQL, SALESFORCE, netsuite


def test_a_connection_with_valid_keys_is_saved_and_healthy(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(
        name="NetSuite", type="netsuite", configuration=NETSUITE, policies=["p"]
    ).data
    assert made is not None
    assert (made.name, made.saved, made.status, made.status_error) == (
        "NetSuite",
        True,
        "healthy",
        "",
    )
    assert made.auth_url is None
    assert made.type is not None
    assert (made.type.id, made.type.name) == ("netsuite", "NetSuite")
    assert made.policies == ["p"]


def test_a_connection_reads_and_lists_as_it_was_created(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(
        name="Postgres", type="postgresql", configuration=POSTGRESQL
    ).data
    read = polytomic.connections.get(made.id).data
    assert (read.id, read.name, read.status) == (made.id, "Postgres", "healthy")
    assert read.organization_id == polytomic.identity.get().data.organization_id
    assert read.created_at is not None
    assert read.created_at.tzinfo is not None
    assert read.created_by.type == "user"
    assert polytomic.connections.list().data == [read]


def test_update_replaces_everything_that_was_not_sent(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(
        name="Postgres",
        type="postgresql",
        configuration=POSTGRESQL | {"publication": "all_tables"},
        policies=["one", "two"],
        healthcheck_interval="1h",
    ).data
    kept = {key: POSTGRESQL[key] for key in ("hostname", "username", "password", "database")}
    changed = polytomic.connections.update(made.id, name="Renamed", configuration=kept).data
    assert changed.name == "Renamed"
    assert "publication" not in changed.configuration
    assert changed.healthcheck_interval is None
    read = polytomic.connections.get(made.id).data
    assert (read.name, read.policies) == ("Renamed", [])
    assert read.updated_at > read.created_at


def test_a_deleted_connection_is_gone(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(**netsuite()).data
    polytomic.connections.delete(made.id, force=False)
    for call in (polytomic.connections.get, polytomic.connections.delete):
        with pytest.raises(NotFoundError) as refusal:
            call(made.id)
        assert refusal.value.body.status == 404
        assert refusal.value.body.message == "connection not found"


def test_a_connection_in_use_names_its_users_and_goes_with_them_by_force(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(**netsuite()).data
    user = emulator.use(made.id, kind="bulk_sync", name="Nightly copy")
    with pytest.raises(UnprocessableEntityError) as refusal:
        polytomic.connections.delete(made.id, force=False)
    body = refusal.value.body
    assert "connection in use" in body.message
    assert body.metadata == {"used_by": [{"type": "bulk_sync", "name": "Nightly copy", "id": user}]}
    polytomic.connections.delete(made.id, force=True)
    assert emulator.control("GET", "dependents") == []


def test_a_harbor_holds_its_connection_even_against_force(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    made = http.post("/api/connections", json=netsuite()).json()["data"]["id"]
    emulator.use(made, kind="harbor", name="Harbor")
    assert http.delete(f"/api/connections/{made}?force=true").status_code == 409
    assert http.put(f"/api/connections/{made}", json=netsuite()).status_code == 200


def test_a_managed_harbors_connection_cannot_be_changed(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(**netsuite()).data.id
    harbor = emulator.use(made, kind="managed_harbor", name="Harbor")
    with pytest.raises(ConflictError) as owned:
        polytomic.connections.update(made, name="Renamed", configuration=NETSUITE)
    assert owned.value.body.metadata["used_by"][0]["id"] == harbor
    with pytest.raises(ConflictError):
        polytomic.connections.delete(made, force=True)
    assert polytomic.connections.get(made).data.name == "NetSuite"


def test_another_workspaces_key_reads_a_clean_404(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(**netsuite()).data
    other = emulator.workspace("Other")
    stranger = Polytomic(base_url=emulator.url, token=other["api_key"], max_retries=0)
    assert stranger.identity.get().data.organization_id == other["organization_id"]
    assert stranger.connections.list().data == []
    with pytest.raises(NotFoundError):
        stranger.connections.get(made.id)
    with pytest.raises(NotFoundError):
        stranger.connections.update(made.id, name="Mine", configuration=NETSUITE)
    with pytest.raises(NotFoundError):
        stranger.connections.delete(made.id)
    assert polytomic.connections.get(made.id).data.name == "NetSuite"


def test_every_type_is_listed_and_its_schema_is_bare(polytomic: Polytomic) -> None:
    types = polytomic.connections.get_types().data
    assert len(types) == 262
    assert {one.id for one in types if one.use_oauth} >= {"salesforce", "hubspot"}
    schema = polytomic.connections.get_connection_type_schema("salesforce")
    assert schema.type == "object"
    assert schema.id is not None
    assert "salesforce" in schema.id
    assert schema.required == ["domain", "connect_mode"]
    with pytest.raises(NotFoundError):
        polytomic.connections.get_connection_type_schema("nothing")


def test_testing_a_configuration_stores_nothing(polytomic: Polytomic) -> None:
    polytomic.connections.test_connection(type="netsuite", configuration=NETSUITE)
    assert polytomic.connections.list().data == []


def test_testing_lays_the_sent_configuration_over_the_stored_one(http: httpx.Client) -> None:
    made = http.post("/api/connections", json=netsuite()).json()["data"]["id"]
    body = {"type": "netsuite", "configuration": {"account_id": "7"}, "connection_id": made}
    assert http.post("/api/connections/test", json=body).status_code == 200
    body["configuration"] = {"token": "invalid"}
    assert http.post("/api/connections/test", json=body).status_code == 400
    del body["connection_id"]
    assert http.post("/api/connections/test", json=body).json()["metadata"]["missing"]


def test_a_go_client_may_leave_an_empty_configuration_out(http: httpx.Client) -> None:
    made = http.post("/api/connections", json={"name": "HubSpot", "type": "hubspot"})
    assert made.status_code == 201
    assert made.json()["data"]["configuration"] == {"use_search_api": True}


def test_null_means_left_out(http: httpx.Client) -> None:
    body = {
        "name": "Salesforce",
        "type": "salesforce",
        "configuration": SALESFORCE | {"username": None, "client_id": None},
        "policies": None,
        "organization_id": None,
        "validate": None,
    }
    assert http.post("/api/connections", json=body).status_code == 201
