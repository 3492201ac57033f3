"""Rows that the API shows: samples of schemas and of models; and previews of models."""

from typing import Any

import pytest
from polytomic import BadRequestError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import FIELDS, Pipeline, connect, model_over
from tests.emulator.waiting import until


def sample(client: Polytomic, model_id: str) -> list[dict[str, Any]]:
    """The model's own fields in its sample."""
    found = client.models.sample(model_id).data
    assert found.warnings == []
    return [one[model_id] for one in found.records]


def result_of(client: Polytomic, job: Any) -> Any:
    """What came of a job."""
    until(lambda: client.jobs.get(job.type, job.job_id).data.status == "done")
    return client.jobs.get(job.type, job.job_id).data.result


def rows_of(client: Polytomic, connection_id: str, query: str) -> list[dict[str, Any]]:
    """What a query selects."""
    made = model_over(client, connection_id, configuration={"query": query}, fields=None)
    return sample(client, made.id)


def test_a_schema_shows_its_first_rows(contacts: Pipeline):
    shown = contacts.client.schemas.get_records(contacts.salesforce, "Contact").data
    assert shown == contacts.emulator.records(contacts.salesforce, "Contact")[:20]


def test_a_schema_with_a_dot_shows_rows(emulator: RunningEmulator, polytomic: Polytomic):
    postgres = connect(emulator, polytomic, "postgresql")
    shown = polytomic.schemas.get_records(postgres, "public.contacts").data
    assert shown[0]["id"] == 1
    with pytest.raises(NotFoundError, match=r"schema .* not found"):
        polytomic.schemas.get_records(postgres, "public.nothing")


def test_rows_are_shown_as_the_service_has_them_now(contacts: Pipeline):
    contacts.emulator.replace_records(contacts.salesforce, "Contact", [{"LastName": "Noether"}])
    shown = contacts.client.schemas.get_records(contacts.salesforce, "Contact").data
    assert [row["LastName"] for row in shown] == ["Noether"]


def test_a_connection_that_is_not_healthy_shows_no_rows(contacts: Pipeline):
    contacts.emulator.control("POST", f"connections/{contacts.salesforce}/break")
    with pytest.raises(BadRequestError, match="is error"):
        contacts.client.schemas.get_records(contacts.salesforce, "Contact")
    with pytest.raises(BadRequestError, match="is error"):
        contacts.client.models.sample(contacts.model)


def test_a_models_sample_has_its_fields_and_null_for_those_that_users_added(contacts: Pipeline):
    added = [{"name": "Score", "type": "number", "label": "Score"}]
    made = model_over(contacts.client, contacts.salesforce, additional_fields=added)
    rows = contacts.emulator.records(contacts.salesforce, "Contact")[:20]
    wanted = [{**{name: row[name] for name in FIELDS}, "Score": None} for row in rows]
    assert sample(contacts.client, made.id) == wanted


def test_a_models_sample_takes_in_the_bin_when_the_model_does(contacts: Pipeline):
    emulator, salesforce = contacts.emulator, contacts.salesforce
    rows = [{"LastName": "A"}, {"LastName": "B"}]
    kept, gone = emulator.replace_records(salesforce, "Contact", rows)
    emulator.delete_record(salesforce, "Contact", gone["Id"])
    configuration = {"table": "Contact", "include_deleted": True}
    made = model_over(
        contacts.client, salesforce, configuration=configuration, fields=["Id", "IsDeleted"]
    )
    assert sample(contacts.client, made.id) == [
        {"Id": kept["Id"], "IsDeleted": False},
        {"Id": gone["Id"], "IsDeleted": True},
    ]
    assert [row["LastName"] for row in sample(contacts.client, contacts.model)] == ["A"]


def test_what_an_enricher_adds_stands_under_its_id_and_a_warning_says_that_it_is_null(
    contacts: Pipeline,
):
    enricher = {
        "connection_id": contacts.netsuite,
        "enricher_id": "clearbit",
        "mappings": {"email": "Email"},
        "fields": [{"name": "employees"}],
    }
    made = model_over(contacts.client, contacts.salesforce, enricher=enricher)
    found = contacts.client.models.sample(made.id).data
    assert found.records[0]["clearbit"] == {"employees": None}
    assert found.warnings == ["The emulator enriches nothing: fields of the enricher are null."]


def test_a_sample_can_be_a_job(contacts: Pipeline):
    answer = contacts.client.models.sample(contacts.model, async_=True)
    assert answer.data is None
    result = result_of(contacts.client, answer.job)
    assert result == contacts.client.models.sample(contacts.model).data.model_dump()


def test_a_field_that_the_service_lost_is_named(contacts: Pipeline):
    contacts.emulator.change_field(contacts.salesforce, "Contact", "Email", removed=True)
    with pytest.raises(BadRequestError, match=r"has no field .*Email.* any more"):
        contacts.client.models.sample(contacts.model)
    contacts.emulator.change_field(contacts.salesforce, "Contact", "Email", type="string")
    assert sample(contacts.client, contacts.model)


def test_a_preview_says_what_creating_would_say_and_keeps_nothing(contacts: Pipeline):
    client = contacts.client
    body = {"connection_id": contacts.salesforce, "configuration": {"table": "Contact"}}
    before = client.models.list().data
    shown = client.models.preview(name="People", fields=FIELDS, **body).data
    assert ([one.name for one in shown.fields], shown.type) == (FIELDS, "salesforce")
    assert shown.id is shown.version is shown.created_at is None
    assert client.models.list().data == before
    with pytest.raises(BadRequestError, match="has no field 'Nope'"):
        client.models.preview(name="People", fields=["Nope"], **body)
    answer = client.models.preview(name="People", fields=FIELDS, async_=True, **body)
    assert [one["name"] for one in result_of(client, answer.job)["fields"]] == FIELDS
    assert client.models.list().data == before


@pytest.fixture
def postgres(emulator: RunningEmulator, polytomic: Polytomic) -> str:
    made = connect(emulator, polytomic, "postgresql")
    companies = [{"name": "Acme", "employees": 7}, {"name": "Élan", "employees": 70}]
    emulator.replace_records(made, "companies", companies)
    emulator.replace_records(
        made,
        "contacts",
        [
            {"email": "a@b", "subscribed": True, "tags": ["vip"], "company_id": 61},
            {"email": "C@D", "subscribed": False, "tags": [], "company_id": 62},
            {"email": None, "subscribed": None, "tags": None},
        ],
    )
    return made


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT email FROM public.contacts WHERE subscribed", [{"email": "a@b"}]),
        ("SELECT email FROM contacts WHERE subscribed = true", [{"email": "a@b"}]),
        ("select subscribed, tags from contacts limit 1", [{"subscribed": True, "tags": ["vip"]}]),
        ("SELECT email FROM contacts WHERE email LIKE 'c%'", []),
        ("SELECT lower(email) AS mail FROM contacts ORDER BY email LIMIT 1 OFFSET 1",
         [{"mail": "c@d"}]),
        ("SELECT name, employees FROM companies WHERE employees > 50",
         [{"name": "Élan", "employees": 70}]),
        ("SELECT email FROM contacts JOIN companies ON companies.id = company_id"
         " WHERE name = 'Élan'", [{"email": "C@D"}]),
        ("SELECT count(*) AS n FROM contacts", [{"n": 3}]),
    ],
)  # fmt: skip
def test_a_query_is_run(polytomic: Polytomic, postgres: str, query: str, rows: Any):
    assert rows_of(polytomic, postgres, query) == rows


def test_soql_knows_null_and_ignores_case(contacts: Pipeline):
    emulator, salesforce = contacts.emulator, contacts.salesforce
    rows = [{"LastName": "Noether", "Email": None}, {"LastName": "= null", "Email": "a@b"}]
    emulator.replace_records(salesforce, "Contact", rows)
    for where, names in (
        ("Email = null", ["Noether"]),
        ("Email != NULL", ["= null"]),
        ("LastName = '= null'", ["= null"]),
        ("LastName LIKE 'noe%'", ["Noether"]),
    ):
        query = f"SELECT LastName FROM Contact WHERE {where}"  # noqa: S608
        found = rows_of(contacts.client, salesforce, query)
        assert [row["LastName"] for row in found] == names


@pytest.mark.parametrize(
    "query",
    [
        "SELECT email FROM contacts WHERE nonsense(email)",
        "SELECT email FROM contacts; DROP TABLE contacts",
        "SELECT email FROM contacts WHERE email ILIKE 'a%'",
        "SELECT email FROM contacts WHERE ?",
        "SELECT zeroblob(2000000000) AS email FROM contacts",
        "SELECT a.email FROM contacts a, contacts b, contacts c, contacts d, contacts e,"
        " contacts f, contacts g, contacts h, contacts i, contacts j, contacts k, contacts l,"
        " contacts m, contacts n, contacts o, contacts p, contacts q",
    ],
)
def test_a_query_that_is_beyond_the_emulator_is_refused(
    polytomic: Polytomic, postgres: str, query: str
):
    with pytest.raises(BadRequestError, match=r"could not be run: .* runs queries in SQLite"):
        rows_of(polytomic, postgres, query)


def test_a_sync_moves_what_its_models_query_selects(contacts: Pipeline):
    emulator, salesforce = contacts.emulator, contacts.salesforce
    rows = [{"LastName": "A", "Email": "a@b"}, {"LastName": "B", "Email": "b@b"}]
    emulator.replace_records(salesforce, "Contact", rows)
    query = "SELECT Id, Email AS Mail, LastName FROM Contact WHERE LastName != 'A'"
    made = model_over(
        contacts.client, salesforce, configuration={"query": query}, fields=["Mail", "LastName"]
    )
    over = Pipeline(emulator, contacts.client, salesforce, contacts.netsuite, made.id)
    emulator.replace_records(contacts.netsuite, "contact", [])
    sync = over.sync(
        fields=[over.mapping("Mail", "email"), over.mapping("LastName", "lastName")],
        identity=over.identity("Mail"),
    )
    emulator.run_sync(sync.id)
    landed = emulator.records(contacts.netsuite, "contact")
    assert [(row["email"], row["lastName"]) for row in landed] == [("b@b", "B")]
