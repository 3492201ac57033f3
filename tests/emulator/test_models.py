from typing import Any

import httpx
import pytest
from polytomic import (
    BadRequestError,
    NotFoundError,
    Polytomic,
    UnprocessableEntityError,
)

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import FIELDS, Pipeline, connect, model_over


@pytest.fixture
def salesforce(emulator: RunningEmulator, polytomic: Polytomic) -> str:
    return connect(emulator, polytomic, "salesforce")


def test_a_model_has_the_fields_that_were_chosen(polytomic: Polytomic, salesforce: str) -> None:
    configuration = {"table": "Contact", "include_deleted": True}
    made = model_over(polytomic, salesforce, configuration=configuration, policies=["p"])
    assert (made.name, made.type, made.version) == ("Contacts", "salesforce", 1)
    assert made.connection_id == salesforce
    assert made.configuration == configuration
    assert [one.name for one in made.fields] == FIELDS
    email = made.fields[0]
    assert (email.label, email.type, email.remote_type) == ("Email", "string", "email")
    assert email.user_added is False
    assert email.id
    assert made.organization_id == polytomic.identity.get().data.organization_id
    assert (made.policies, made.labels, made.relations) == (["p"], [], [])
    assert made.created_by.type == "user"
    assert polytomic.models.get(made.id).data == made
    assert polytomic.models.list().data == [made]


@pytest.mark.parametrize("key", ["tabel", "options", "schema"])
def test_a_key_that_the_service_does_not_have_is_refused(
    polytomic: Polytomic, salesforce: str, key: str
) -> None:
    with pytest.raises(BadRequestError) as refusal:
        model_over(polytomic, salesforce, configuration={"table": "Contact", key: "x"})
    assert refusal.value.body.metadata["field"] == f"configuration.{key}"
    assert {"table", "query", "include_deleted"} <= set(refusal.value.body.metadata["known_values"])


@pytest.mark.parametrize("id_of", ["{model}%2Fsample", "%2E%2E%2F{model}", "{model}%20"])
def test_an_encoded_slash_in_an_id_does_not_part_the_path(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator, id_of: str
) -> None:
    path = f"/api/models/{id_of.format(model=contacts.model)}"
    answer = http.get(path)
    assert (answer.status_code, answer.json()["message"]) == (404, "model not found")
    emulator.fail(kind="status", status=503, route="/api/models/{id}")
    assert http.get(path).status_code == 503


def test_a_model_without_chosen_fields_has_all(polytomic: Polytomic, salesforce: str) -> None:
    made = model_over(polytomic, salesforce, fields=None)
    offered = polytomic.model_sync.get_source_fields(salesforce, params={"table": ["Contact"]}).data
    assert [one.name for one in made.fields] == [one.name for one in offered]


def test_a_model_over_a_query_has_what_it_selects(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = model_over(
        polytomic,
        connect(emulator, polytomic, "postgresql"),
        configuration={"query": "SELECT id, email FROM public.contacts"},
        fields=["email"],
        identifier="id",
    )
    assert [one.name for one in made.fields] == ["email"]
    assert made.identifier == "id"


def test_an_update_replaces_and_keeps_the_version(polytomic: Polytomic, salesforce: str) -> None:
    made = model_over(
        polytomic,
        salesforce,
        identifier="Email",
        tracking_columns=["LastModifiedDate"],
        labels=["crm"],
        policies=["p"],
        additional_fields=[{"name": "Score", "label": "Score", "type": "number"}],
    )
    changed = polytomic.models.update(
        made.id,
        name="People",
        connection_id=salesforce,
        configuration={"table": "Lead"},
        fields=["Email", "Company"],
    ).data
    assert (changed.id, changed.name, changed.version) == (made.id, "People", 1)
    assert [one.name for one in changed.fields] == ["Email", "Company"]
    assert (changed.identifier, changed.tracking_columns) == (None, [])
    assert (changed.labels, changed.policies) == ([], [])
    assert changed.updated_at > changed.created_at == made.created_at
    assert polytomic.models.get(made.id).data == changed


def test_a_fields_id_outlives_updates(polytomic: Polytomic, salesforce: str) -> None:
    made = model_over(polytomic, salesforce)
    ids = {one.name: one.id for one in made.fields}
    changed = polytomic.models.update(
        made.id,
        name="Contacts",
        connection_id=salesforce,
        configuration={"table": "Contact"},
        fields=["Phone", "Email"],
    ).data
    assert {one.name: one.id for one in changed.fields}["Email"] == ids["Email"]
    other = model_over(polytomic, salesforce)
    assert {one.id for one in other.fields}.isdisjoint(ids.values())


def test_added_fields_relations_labels_and_enricher_come_back(
    polytomic: Polytomic, salesforce: str, http: httpx.Client
) -> None:
    accounts = model_over(polytomic, salesforce, configuration={"table": "Account"}, fields=["Id"])
    made = model_over(
        polytomic,
        salesforce,
        additional_fields=[
            {"name": "Score", "label": "Lead score", "type": "number", "example": "5"}
        ],
        relations=[{"from": "AccountId", "to": {"model_id": accounts.id, "field": "Id"}}],
        labels=["crm", "eu"],
        enricher={
            "connection_id": salesforce,
            "configuration": {"depth": 2},
            "mappings": {"email": "Email"},
            "fields": [{"name": "company_size", "type": "number"}],
        },
    )
    score = made.fields[-1]
    assert (score.name, score.label, score.example, score.user_added) == (
        "Score",
        "Lead score",
        "5",
        True,
    )
    assert (made.relations[0].from_, made.relations[0].to.model_id) == ("AccountId", accounts.id)
    assert [one["name"] for one in made.labels] == ["crm", "eu"]
    assert made.enricher.configuration == {"depth": 2}
    assert made.enricher.enricher_id
    again = http.put(
        f"/api/models/{made.id}",
        json={
            "name": "Contacts",
            "connection_id": salesforce,
            "configuration": {"table": "Contact"},
            "labels": [made.labels[0]["id"], "new"],
            "enricher": {"connection_id": salesforce},
        },
    ).json()["data"]
    assert again["labels"][0] == made.labels[0]
    assert again["labels"][1]["name"] == "new"
    assert again["enricher"]["enricher_id"] == made.enricher.enricher_id


@pytest.mark.parametrize(
    ("wrong", "field", "known"),
    [
        ({"configuration": {"table": "Kontakt"}}, "configuration.table", "Contact"),
        ({"configuration": {}}, "configuration", None),
        ({"configuration": {"table": 5}}, "configuration.table", None),
        ({"fields": ["Email", "Nothing"]}, "fields[1]", "LastName"),
        ({"identifier": "Nothing"}, "identifier", "Id"),
        ({"tracking_columns": ["Nothing"]}, "tracking_columns[0]", "LastModifiedDate"),
        ({"name": " "}, "name", None),
        ({"connection_id": "none"}, "connection_id", None),
        ({"enricher": {"connection_id": "none"}}, "enricher.connection_id", None),
        (
            {"relations": [{"from": "Id", "to": {"model_id": "none", "field": "Id"}}]},
            "relations[0].to",
            None,
        ),
        (
            {"additional_fields": [{"name": "Email", "label": "E", "type": "string"}]},
            "additional_fields[0].name",
            None,
        ),
    ],
)
def test_a_model_that_cannot_be_is_a_400_that_names_the_key(
    polytomic: Polytomic, salesforce: str, wrong: dict[str, Any], field: str, known: str | None
) -> None:
    body = {"name": "M", "connection_id": salesforce, "configuration": {"table": "Contact"}}
    with pytest.raises(BadRequestError) as refusal:
        polytomic.models.create(**body | wrong)
    assert refusal.value.body.metadata["field"] == field
    assert known is None or known in refusal.value.body.metadata["known_values"]
    assert polytomic.models.list().data == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": None}, "name"),
        ({"fields": "Email"}, "fields"),
        ({"fields": [5]}, "fields"),
        ({"configuration": []}, "configuration"),
        ({"labels": [{}]}, "labels"),
        ({"relations": [5]}, "relations[0]"),
        (
            {"enricher": {"connection_id": "c", "fields": [{"name": 1.5}]}},
            "enricher.fields[0].name",
        ),
        ({"enricher": {"connection_id": "c", "mappings": {"a": 1}}}, "enricher.mappings.a"),
        ({"relations": [{"from": "Id"}]}, "relations[0].to"),
        ({"additional_fields": [{"name": "x", "label": 5, "type": "string"}]}, "additional_fields"),
    ],
)
def test_a_value_of_the_wrong_json_type_is_a_400_that_names_its_path(
    http: httpx.Client, salesforce: str, wrong: dict[str, Any], field: str
) -> None:
    body = {"name": "M", "connection_id": salesforce, "configuration": {"table": "Contact"}}
    reply = http.post("/api/models", json=body | wrong)
    assert reply.status_code == 400
    assert reply.json()["metadata"]["field"].startswith(field)


def test_a_deleted_model_is_gone_and_breaks_its_syncs(contacts: Pipeline) -> None:
    client = contacts.client
    sync = contacts.sync()
    assert not sync.problems
    client.models.delete(contacts.model)
    for call in (client.models.get, client.models.delete):
        with pytest.raises(NotFoundError, match="model not found"):
            call(contacts.model)
    broken = client.model_sync.get(sync.id).data
    assert broken.fields == sync.fields
    assert {one.code for one in broken.problems} == {"model_not_found"}
    assert broken.problems[0].path == "fields[0].source"


def test_a_field_that_a_model_lost_is_a_problem_of_its_syncs(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = contacts.sync()
    emulator.change_model(contacts.model, fields=["Email"])
    problems = contacts.client.model_sync.get(sync.id).data.problems
    assert [(one.code, one.path) for one in problems] == [("field_not_found", "fields[1].source")]


def test_deleting_a_used_model_is_refused_on_demand(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client
) -> None:
    emulator.behave(used_model_delete="refuse")
    sync = contacts.sync()
    reply = http.delete(f"/api/models/{contacts.model}")
    assert reply.status_code == 422
    assert reply.json()["metadata"]["used_by"] == [
        {"type": "sync", "name": "Contacts", "id": sync.id}
    ]
    contacts.client.model_sync.delete(sync.id)
    contacts.client.models.delete(contacts.model)


def test_another_workspace_sees_no_model(contacts: Pipeline, emulator: RunningEmulator) -> None:
    key = emulator.workspace()["api_key"]
    stranger = Polytomic(base_url=emulator.url, token=key, max_retries=0)
    assert stranger.models.list().data == []
    with pytest.raises(NotFoundError):
        stranger.models.get(contacts.model)
    with pytest.raises(BadRequestError, match="connection not found"):
        model_over(stranger, contacts.salesforce)


def test_a_connection_names_the_models_and_syncs_that_use_it(contacts: Pipeline) -> None:
    client = contacts.client
    sync = contacts.sync()
    model = {"type": "model", "name": "Contacts", "id": contacts.model}
    syncs = {"type": "sync", "name": "Contacts", "id": sync.id}
    for connection, users in (
        (contacts.salesforce, [model, syncs]),
        (contacts.netsuite, [syncs]),
    ):
        with pytest.raises(UnprocessableEntityError, match="connection in use") as refusal:
            client.connections.delete(connection, force=False)
        assert refusal.value.body.metadata["used_by"] == users
    client.connections.delete(contacts.salesforce, force=True)
    assert client.models.list().data == []
    assert client.model_sync.list().data == []
    client.connections.delete(contacts.netsuite, force=False)
