"""Queries: SQLite runs them on a service's rows, for models and for the query runner."""

from typing import Any

import httpx
import pytest
from polytomic import BadRequestError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import connect, model_over


@pytest.fixture
def postgres(emulator: RunningEmulator, polytomic: Polytomic) -> str:
    made = connect(emulator, polytomic, "postgresql")
    rows = [{"email": f"{n}@example.com", "subscribed": n % 2 == 0} for n in range(250)]
    emulator.replace_records(made, "contacts", rows)
    return made


def fields_of(client: Polytomic, connection_id: str, query: str) -> list[tuple[Any, Any]]:
    found = client.model_sync.get_source_fields(connection_id, params={"query": [query]}).data
    return [(one.name, one.type) for one in found]


def answer(client: Polytomic, connection_id: str, query: str) -> Any:
    """The query's run, once it is over."""
    run = client.query_runner.run_query(connection_id, query=query).data
    assert run.status == "created"
    while True:
        found = client.query_runner.get_query(run.id)
        if found.data.status not in ("created", "running"):
            return found


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("SELECT c.*, k.name FROM contacts c JOIN companies k ON k.id = c.company_id",
         [("id", "number"), ("email", "string"), ("first_name", "string"), ("last_name", "string"),
          ("company_id", "number"), ("subscribed", "boolean"), ("tags", "array"),
          ("created_at", "datetime"), ("updated_at", "datetime"), ("name", "string")]),
        ("WITH few AS (SELECT email AS mail FROM public.contacts LIMIT 3)"
         " SELECT mail, count(*) AS n FROM few GROUP BY mail",
         [("mail", "string"), ("n", "number")]),
        ("SELECT email FROM contacts UNION SELECT domain FROM companies", [("email", "string")]),
        ("SELECT (SELECT max(employees) FROM companies) AS most", [("most", "number")]),
        ("SELECT a.id, b.id FROM contacts a, contacts b WHERE a.id = b.id",
         [("id", "number"), ("id:1", "number")]),
    ],
)  # fmt: skip
def test_the_fields_of_any_query_are_known(
    polytomic: Polytomic, postgres: str, query: str, fields: list[tuple[str, str]]
) -> None:
    assert fields_of(polytomic, postgres, query) == fields


@pytest.mark.parametrize(
    ("kind", "query", "words", "known"),
    [
        ("postgresql", "SELECT emial FROM contacts", 'column "emial" does not exist', "email"),
        ("postgresql", "SELECT id FROM contacts WHERE nope > 1", 'column "nope" does not', "id"),
        ("postgresql", "SELECT id FROM contcats", 'relation "contcats" does not exist',
         "public.contacts"),
        ("postgresql", "SELECT id FORM contacts", 'syntax error at or near "contacts"', None),
        ("salesforce", "SELECT Emial FROM Contact", "No such column 'Emial'", "Email"),
        ("salesforce", "SELECT Id FROM Kontakt", "sObject type 'Kontakt' is not supported",
         "Contact"),
        ("snowflake", "SELECT EMIAL FROM CUSTOMERS", "invalid identifier 'EMIAL'", "EMAIL"),
        ("snowflake", "SELECT ID FROM MISSING",
         "Object 'MISSING' does not exist or not authorized", "PUBLIC.CUSTOMERS"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_an_error_in_the_words_of_the_service(
    emulator: RunningEmulator,
    polytomic: Polytomic,
    kind: str,
    query: str,
    words: str,
    known: str | None,
) -> None:
    made = connect(emulator, polytomic, kind)
    with pytest.raises(BadRequestError) as refusal:
        model_over(polytomic, made, configuration={"query": query}, fields=None)
    body = refusal.value.body
    assert words in body.message
    assert body.metadata["field"] == "configuration.query"
    assert known is None or known in body.metadata["known_values"]
    failed = answer(polytomic, made, query).data
    assert failed.status == "failed"
    assert words in failed.error


@pytest.mark.parametrize(
    "query",
    [
        "ATTACH '/etc/passwd' AS secrets",
        "PRAGMA database_list",
        "SELECT * FROM pragma_database_list",
        "INSERT INTO contacts (email) VALUES ('x')",
        "DELETE FROM contacts",
        "SELECT 1; SELECT 2",
        "SELECT load_extension('x')",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
    ],
)
def test_a_query_reads_and_does_nothing_else(
    emulator: RunningEmulator, polytomic: Polytomic, postgres: str, query: str
) -> None:
    before = emulator.records(postgres, "contacts")
    failed = answer(polytomic, postgres, query).data
    assert (failed.status, failed.results) == ("failed", None)
    assert emulator.records(postgres, "contacts") == before


def test_the_query_runner_answers_rows_in_pages(polytomic: Polytomic, postgres: str) -> None:
    """What official clients read: fields, count, rows, the time they are kept, links."""
    query = "SELECT id, subscribed FROM contacts ORDER BY id DESC"
    first = answer(polytomic, postgres, query)
    found = first.data
    assert (found.status, found.count, found.fields) == ("done", 250, ["id", "subscribed"])
    assert len(found.results) == 100
    assert {type(one["subscribed"]) for one in found.results} == {bool}
    assert (found.expires is not None, first.links.previous) == (True, None)
    ids = [one["id"] for one in found.results]
    page = first
    while page.links.next:
        number = page.links.next.partition("page=")[2]
        page = polytomic.query_runner.get_query(found.id, page=number)
        ids += [one["id"] for one in page.data.results]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 250
    with pytest.raises(BadRequestError):
        polytomic.query_runner.get_query(found.id, page="77")


def test_a_query_is_running_first_and_its_rows_expire(
    emulator: RunningEmulator, polytomic: Polytomic, postgres: str
) -> None:
    emulator.behave(job_polls=2)
    run = polytomic.query_runner.run_query(postgres, query="SELECT 1 AS one").data
    found = [polytomic.query_runner.get_query(run.id).data for _ in range(3)]
    assert [one.status for one in found] == ["running", "running", "done"]
    assert [one.results for one in found] == [None, None, [{"one": 1}]]
    emulator.advance_clock(2 * 86400)
    assert polytomic.query_runner.get_query(run.id).data.status == "unknown"


def test_the_query_may_stand_in_the_body(
    http: httpx.Client, emulator: RunningEmulator, postgres: str
) -> None:
    path = f"/api/connections/{postgres}/query"
    assert http.post(path, json={"query": "SELECT 1"}).json()["data"]["status"] == "created"
    assert http.post(path).status_code == 400
    assert http.post(path, json={}).json()["metadata"]["field"] == "query"
    emulator.break_connection(postgres)
    assert http.post(path, json={"query": "SELECT 1"}).status_code == 400


def test_what_cannot_run_queries_and_what_is_not_ones_own_is_refused(
    emulator: RunningEmulator, polytomic: Polytomic, postgres: str
) -> None:
    with pytest.raises(BadRequestError, match="cannot run queries"):
        polytomic.query_runner.run_query(connect(emulator, polytomic, "s3"), query="SELECT 1")
    run = polytomic.query_runner.run_query(postgres, query="SELECT 1").data
    other = Polytomic(base_url=emulator.url, token=emulator.workspace()["api_key"], max_retries=0)
    with pytest.raises(NotFoundError):
        other.query_runner.get_query(run.id)


def test_soql_compares_with_dates(emulator: RunningEmulator, polytomic: Polytomic) -> None:
    made = connect(emulator, polytomic, "salesforce")
    rows = emulator.records(made, "Contact")
    day = "2022-01-01T00:00:00Z"
    query = f"SELECT Id FROM Contact WHERE CreatedDate < {day}"  # noqa: S608
    wanted = [one["Id"] for one in rows if one["CreatedDate"] < day]
    found = answer(polytomic, made, query).data
    assert 0 < found.count == len(wanted) < len(rows)


def test_a_number_is_found_by_its_text_as_databases_do(
    emulator: RunningEmulator, polytomic: Polytomic
) -> None:
    made = connect(emulator, polytomic, "snowflake")
    found = answer(polytomic, made, "SELECT id FROM customers WHERE ID = '5'").data
    assert found.results == [{"ID": 5}]
