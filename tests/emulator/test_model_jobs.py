import httpx
import pytest
from polytomic import BadRequestError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import FIELDS, Pipeline, connect, model_over

CONTACT = {"table": "Contact"}


def test_an_asynchronous_create_is_a_job_to_be_polled(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    reply = polytomic.models.create(
        name="M", connection_id=made, configuration=CONTACT, fields=FIELDS, async_=True
    )
    assert reply.data is None
    assert (reply.job.type, reply.job.status) == ("createmodel", "created")
    running = polytomic.jobs.get(reply.job.type, reply.job.job_id).data
    assert (running.status, running.result) == ("running", None)
    done = polytomic.jobs.get(reply.job.type, reply.job.job_id).data
    assert (done.status, done.error) == ("done", None)
    assert done.result["id"] == polytomic.models.list().data[0].id
    assert [one["name"] for one in done.result["fields"]] == FIELDS


def test_every_answer_can_be_a_job(contacts: Pipeline, emulator: RunningEmulator) -> None:
    client = contacts.client
    emulator.behave(model_jobs="on", job_polls=0)
    body = {"name": "N", "connection_id": contacts.salesforce, "configuration": CONTACT}
    replies = [
        client.models.create(**body),
        client.models.get(contacts.model),
        client.models.update(contacts.model, **body),
    ]
    assert [one.data for one in replies] == [None] * 3
    assert [one.job.type for one in replies] == ["createmodel", "previewmodel", "updatemodel"]
    results = [client.jobs.get(one.job.type, one.job.job_id).data.result for one in replies]
    assert [one["version"] for one in results] == [1, 1, 1]
    client.models.delete(contacts.model, async_=True)
    assert [one.id for one in client.models.list().data] == [results[0]["id"]]


def test_a_job_that_fails_says_why_and_changes_nothing(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    emulator.behave(job_polls=0)
    job = polytomic.models.create(
        name="M", connection_id=made, configuration={"table": "Kontakt"}, async_=True
    ).job
    failed = polytomic.jobs.get(job.type, job.job_id).data
    assert failed.status == "failed"
    assert "Kontakt" in failed.error
    assert polytomic.models.list().data == []


def test_a_job_is_known_by_type_and_workspace(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    job = polytomic.models.create(
        name="M", connection_id=made, configuration=CONTACT, async_=True
    ).job
    with pytest.raises(BadRequestError) as refusal:
        polytomic.jobs.get("nothing", job.job_id)
    assert "createmodel" in refusal.value.body.metadata["known_values"]
    with pytest.raises(NotFoundError):
        polytomic.jobs.get("updatemodel", job.job_id)
    stranger = Polytomic(
        base_url=emulator.url, token=emulator.workspace()["api_key"], max_retries=0
    )
    with pytest.raises(NotFoundError):
        stranger.jobs.get(job.type, job.job_id)


def test_a_wrong_body_is_refused_at_once_even_asynchronously(http: httpx.Client) -> None:
    assert http.post("/api/models?async=true", json={"name": 5}).status_code == 400
    assert http.put("/api/models/none?async=true", json={"name": "x"}).status_code == 404


def test_an_idempotency_key_makes_one_model(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    body = {"name": "M", "connection_id": made, "configuration": CONTACT}
    one = polytomic.models.create(**body, idempotency_key="model-key-1").data
    again = polytomic.models.create(**body, idempotency_key="model-key-1").data
    assert again == one
    assert len(emulator.models()) == 1
    wrong = body | {"configuration": {"table": "Kontakt"}}
    for body_now in (wrong, body):
        with pytest.raises(BadRequestError):
            polytomic.models.create(**body_now, idempotency_key="model-key-2")


def test_the_server_may_add_to_a_models_configuration(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.behave(model_configuration_extras=True)
    read = contacts.client.models.get(contacts.model).data
    assert read.configuration == {
        "table": "Contact",
        "tracking_columns": [],
        "query": "",
        "schema": "",
    }
    contacts.client.models.update(
        contacts.model,
        name="Contacts",
        connection_id=contacts.salesforce,
        configuration=read.configuration,
    )


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("as_sent", ["LastName", "Email", "FirstName"]),
        ("sorted", ["Email", "FirstName", "LastName"]),
        ("reversed", ["FirstName", "Email", "LastName"]),
    ],
)
def test_a_models_lists_come_back_in_the_order_asked_for(
    polytomic: Polytomic, emulator: RunningEmulator, order: str, expected: list[str]
) -> None:
    emulator.behave(list_order=order)
    names = ["LastName", "Email", "FirstName"]
    made = model_over(
        polytomic,
        connect(emulator, polytomic, "salesforce"),
        fields=names,
        tracking_columns=names,
        labels=names,
    )
    assert [one.name for one in made.fields] == expected
    assert made.tracking_columns == expected
    assert [one["name"] for one in made.labels] == expected


def test_whole_numbers_and_absent_values_follow_their_switches(
    http: httpx.Client, contacts: Pipeline, emulator: RunningEmulator
) -> None:
    path = f"/api/models/{contacts.model}"
    emulator.edit("model", contacts.model, "configuration.limit", 5)
    assert '"limit": 5}' in http.get(path).text
    assert "identifier" not in http.get(path).json()["data"]
    emulator.behave(numbers="float", null_for_absent=True)
    assert '"limit": 5.0}' in http.get(path).text
    assert http.get(path).json()["data"]["identifier"] is None


def test_models_come_in_pages_newest_change_first(
    http: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    ids = [model_over(polytomic, made, name=f"M{number}").id for number in range(5)]
    assert set(http.get("/api/models").json()) == {"data", "pagination"}
    emulator.behave(page_size=2)
    found, token = [], ""
    while True:
        page = http.get("/api/models", params={"page_token": token} if token else {}).json()
        assert len(page["data"]) <= 2
        found += [one["id"] for one in page["data"]]
        token = page["pagination"].get("next_page_token")
        if not token:
            break
        # A change between two pages neither hides nor repeats what comes after.
        emulator.change_model(found[0], name="changed")
    assert found == ids[::-1]
    assert http.get("/api/syncs", params={"page_token": token or "bm9uc2Vuc2U="}).status_code == 400
    emulator.behave(lists="plain")
    assert set(http.get("/api/models").json()) == {"data"}
    assert polytomic.models.list().data[0].id == ids[-1]


def test_a_second_model_of_a_name_is_refused_on_demand(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    model_over(contacts.client, contacts.salesforce)
    emulator.behave(duplicate_names="refuse")
    with pytest.raises(BadRequestError, match="already exists"):
        model_over(contacts.client, contacts.salesforce)


def test_a_change_from_outside_keeps_the_rest(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    model = model_over(
        contacts.client,
        contacts.salesforce,
        identifier="Email",
        labels=["crm"],
        additional_fields=[{"name": "Score", "label": "Score", "type": "number"}],
        relations=[{"from": "Id", "to": {"model_id": contacts.model, "field": "Email"}}],
        enricher={"connection_id": contacts.salesforce, "mappings": {"a": "b"}},
    )
    emulator.change_model(model.id, name="Renamed", configuration={"include_deleted": True})
    read = contacts.client.models.get(model.id).data
    assert (read.name, read.version) == ("Renamed", 1)
    assert read.configuration == {"table": "Contact", "include_deleted": True}
    kept = ("fields", "identifier", "labels", "relations", "enricher", "connection_id")
    for key in kept:
        before, after = getattr(model, key), getattr(read, key)
        if key == "fields":
            before, after = [one.id for one in before], [one.id for one in after]
        assert after == before
    assert emulator.model(model.id)["name"] == "Renamed"
    emulator.delete_model(model.id)
    assert [one["id"] for one in emulator.models()] == [contacts.model]
