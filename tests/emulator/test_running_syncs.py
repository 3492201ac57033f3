"""Syncs that run: what lands in the target, what does not, and what the API says of it."""

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, connect, model_over, pipeline


def _guide(contacts: Pipeline, **more: Any) -> str:
    """The guide's sync: e-mail and names of contacts with a last name, matched by e-mail."""
    fields = [
        contacts.mapping("Email", "email"),
        contacts.mapping("FirstName", "firstName"),
        contacts.mapping("LastName", "lastName"),
    ]
    filters = [contacts.filter("LastName", "IsNotNull")]
    return contacts.sync(**{"fields": fields, "filters": filters, **more}).id


def _counts(execution: Any) -> dict[str, int]:
    counts = execution["counts"] if isinstance(execution, dict) else execution.counts.dict()
    return {key: count for key, count in counts.items() if count}


def _by_email(rows: list[dict[str, Any]]) -> Counter[str]:
    return Counter(row["email"].lower() for row in rows if row["email"])


def test_the_pipeline_of_the_guide(contacts: Pipeline, emulator: RunningEmulator) -> None:
    syncs = contacts.client.model_sync
    people = emulator.records(contacts.salesforce, "Contact")
    before = emulator.records(contacts.netsuite, "contact")
    sync = _guide(contacts)
    started = syncs.start(sync).data.id
    emulator.end_of(started)
    done = syncs.get_status(sync).data.last_execution
    assert (done.id, done.status, done.type) == (started, "completed", "manual")
    assert _counts(done) == {"total": 270, "insert": 165, "update": 87, "error": 18, "warnings": 7}
    assert done.errors == ["Email is empty: there is no identity to match records by (18 records)"]
    results = emulator.results(started)
    assert Counter(one["status"] for one in results) == {
        "inserted": 165,
        "updated": 87,
        "failed": 18,
        "filtered": 13,
        "skipped": 4,
    }
    assert [one["record"] for one in results] == [row["Id"] for row in people]
    filtered = {one["record"] for one in results if one["status"] == "filtered"}
    assert filtered == {row["Id"] for row in people if not row["LastName"]}

    after = emulator.records(contacts.netsuite, "contact")
    assert len(after) == len(before) + 165
    wanted = {row["Email"].lower() for row in people if row["Email"] and row["LastName"]}
    fresh = _by_email(after[len(before) :])
    assert set(fresh) == wanted - set(_by_email(before))
    assert set(fresh.values()) == {1}
    assert wanted <= set(_by_email(after))
    landed = next(one for one in results if one["status"] == "inserted")
    person = next(row for row in people if row["Id"] == landed["record"])
    contact = next(row for row in after if row["id"] == landed["target_id"])
    assert (contact["email"], contact["firstName"], contact["lastName"]) == (
        person["Email"],
        person["FirstName"],
        person["LastName"],
    )

    again = emulator.run_sync(sync)
    assert _counts(again) == {"total": 18, "error": 18}
    assert emulator.records(contacts.netsuite, "contact") == after


def test_a_change_in_the_source_is_all_that_the_next_run_sends(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = _guide(contacts)
    emulator.run_sync(sync)
    handling = contacts.client.model_sync.error_handling
    handling.update(sync, auto_retry_record_errors=False)
    emulator.run_sync(sync)
    person = next(row for row in emulator.records(contacts.salesforce, "Contact") if row["Email"])
    emulator.change_record(contacts.salesforce, "Contact", person["Id"], LastName="Changed")
    emulator.add_record(contacts.salesforce, "Contact", Email="n@example.com", LastName="New")
    run = emulator.run_sync(sync)
    assert _counts(run) == {"total": 2, "insert": 1, "update": 1}
    (updated,) = emulator.results(run["id"], status="updated")
    assert updated["target"]["lastName"] == "Changed"
    assert updated["before"]["lastName"] != "Changed"


def test_only_named_records_are_synced(contacts: Pipeline, emulator: RunningEmulator) -> None:
    emulator.add_record(contacts.salesforce, "Contact", Email="n@example.com", LastName="New")
    sync = _guide(contacts)
    syncs = contacts.client.model_sync
    for request in (
        {"identities": ["n@example.com", "nobody@example.com"]},
        {"source_identities": [[{"source": contacts.source("Email"), "value": "n@example.com"}]]},
    ):
        run = syncs.start(sync, **request).data.id
        assert _counts(emulator.end_of(run))["total"] == 1
    lines = syncs.executions.get_console_logs(sync, emulator.executions(sync)[1]["id"]).data.entries
    assert "The source has no record with Email 'nobody@example.com'" in [
        one.message for one in lines
    ]
    test = syncs.start(sync, test=True).data.id
    assert _counts(emulator.end_of(test))["total"] == 5


def test_what_a_run_did_can_be_downloaded(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client
) -> None:
    runs = contacts.client.model_sync.executions
    sync = _guide(contacts)
    run = emulator.run_sync(sync)["id"]
    index = runs.get_logs_index(sync, run).data
    counts = {kind: found.count for kind, found in index if found is not None}
    assert counts == {"records": 270, "errors": 18, "warnings": 7, "inserts": 165, "updates": 87}
    assert http.get(index.errors.url).json()["data"]["urls"]
    for kind, count in counts.items():
        signed = runs.get_log_urls(sync, run, kind).data
        lines = [
            json.loads(line)
            for url in signed.urls
            for line in httpx.get(url).raise_for_status().text.splitlines()
        ]
        assert len(lines) == count
        assert all(line["record"] for line in lines)
    (url,) = runs.get_log_urls(sync, run, "errors").data.urls
    assert json.loads(httpx.get(url).text.splitlines()[0])["reason"].startswith("Email is empty")
    assert runs.get_log_urls(sync, run, "deletes").data.urls == []
    runs.get_logs(sync, run, "errors", "errors-00001.json")
    answer = http.get(f"/api/syncs/{sync}/executions/{run}/errors/errors-00001.json")
    assert (answer.status_code, httpx.get(answer.headers["location"]).status_code) == (302, 200)


def test_a_signed_address_opens_its_own_file_for_a_while(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client
) -> None:
    sync = _guide(contacts)
    run = emulator.run_sync(sync)["id"]
    (url,) = contacts.client.model_sync.executions.get_log_urls(sync, run, "errors").data.urls
    assert httpx.get(url.replace("errors", "updates")).status_code == 403
    assert httpx.get(f"{url}0").status_code == 403
    emulator.advance_clock(900)
    assert "expired" in httpx.get(url).json()["message"]
    path = f"/api/syncs/{sync}/executions/{run}"
    assert http.get(f"{path}/secrets").json()["metadata"]["known_values"][0] == "records"
    assert http.get(f"{path}/errors/none.json").status_code == 404


@pytest.mark.parametrize("end", ["salesforce", "netsuite"])
def test_a_connection_that_is_not_healthy_fails_the_run(
    contacts: Pipeline, emulator: RunningEmulator, end: str
) -> None:
    sync = _guide(contacts)
    emulator.control("POST", f"connections/{getattr(contacts, end)}/break", {"status_error": "x"})
    run = emulator.run_sync(sync)
    assert run["status"] == "failed"
    assert "is error: x" in run["errors"][0]
    assert _counts(run) == {}
    assert emulator.results(run["id"]) == []
    emulator.control("POST", f"connections/{getattr(contacts, end)}/heal")
    assert emulator.run_sync(sync)["counts"]["insert"] == 165


def test_a_model_that_is_gone_fails_the_run(contacts: Pipeline, emulator: RunningEmulator) -> None:
    sync = _guide(contacts)
    emulator.delete_model(contacts.model)
    run = emulator.run_sync(sync)
    assert (run["status"], "there is no model" in run["errors"][0]) == ("failed", True)


@pytest.mark.parametrize("field", ["firstName", "email"])
def test_a_field_that_the_target_has_no_more_fails_the_run(
    contacts: Pipeline, emulator: RunningEmulator, field: str
) -> None:
    sync = _guide(contacts)
    emulator.change_field(contacts.netsuite, "contact", "firstName", removed=True, announced=False)
    run = emulator.run_sync(sync)
    assert run["status"] == "failed"
    assert "contact has no field 'firstName' any more" in run["errors"][0]


def test_a_field_that_became_required_fails_records(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = _guide(contacts)
    emulator.change_field(contacts.netsuite, "contact", "title", required=True, announced=False)
    run = emulator.run_sync(sync)
    assert (run["counts"]["insert"], run["counts"]["update"]) == (0, 87)
    assert run["errors"][0] == "title is required (165 records)"


def test_a_sync_creates_its_target_with_encrypted_columns(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    database = connect(emulator, contacts.client, "postgresql")
    sync = contacts.sync(
        mode="replace",
        identity=None,
        fields=[
            contacts.mapping("Email", "email", new=True),
            contacts.mapping("LastName", "last_name", new=True, encryption_enabled=True),
        ],
        target={"connection_id": database, "create": {"name": "analytics.people"}},
        encryption_passphrase="canary-passphrase",
    )
    for _ in range(2):
        run = emulator.run_sync(sync.id)
        rows = emulator.records(database, "analytics.people")
        assert run["counts"]["insert"] == len(rows) == 287
    assert run["counts"]["delete"] == 287
    people = emulator.records(contacts.salesforce, "Contact")
    assert [row["email"] for row in rows] == [row["Email"] for row in people]
    clear = {row["LastName"] for row in people if row["LastName"]}
    assert not clear & {row["last_name"] for row in rows}
    results = json.dumps(emulator.results(run["id"]), ensure_ascii=False)
    assert not [name for name in clear if f'"LastName": "{name}"' in results]


def test_fields_of_a_related_model_are_joined(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    accounts = model_over(
        contacts.client,
        contacts.salesforce,
        name="Accounts",
        configuration={"table": "Account"},
        fields=["Id", "Name", "Industry"],
    )
    company = {
        "source": {"model_id": accounts.id, "field": "Name"},
        "target": "comments",
    }
    fields = [
        contacts.mapping("Email", "email"),
        contacts.mapping("LastName", "lastName"),
        company,
    ]
    sync = contacts.sync(fields=fields).id
    run = emulator.run_sync(sync)
    assert run["status"] == "failed"
    assert 'model "Accounts" is not related to model "Contacts"' in run["errors"][0]
    relation = {"from": "AccountId", "to": {"model_id": accounts.id, "field": "Id"}}
    emulator.change_model(contacts.model, relations=[relation])
    run = emulator.run_sync(sync)
    names = {row["Id"]: row["Name"] for row in emulator.records(contacts.salesforce, "Account")}
    people = {row["Id"]: row for row in emulator.records(contacts.salesforce, "Contact")}
    inserted = emulator.results(run["id"], status="inserted")
    assert len(inserted) > 100
    for one in inserted:
        assert one["target"]["comments"] == names.get(people[one["record"]]["AccountId"])
        assert one["source"]["Accounts.Name"] == one["target"]["comments"]


def test_a_query_with_renamed_columns_is_read(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    model = model_over(
        contacts.client,
        contacts.salesforce,
        name="Renamed",
        configuration={"query": "SELECT Id, Email AS mail, LastName FROM Contact"},
        fields=["mail", "LastName"],
    )
    named = {"model_id": model.id}
    sync = contacts.sync(
        fields=[
            {"source": {**named, "field": "mail"}, "target": "email"},
            {"source": {**named, "field": "LastName"}, "target": "lastName"},
        ],
        identity={
            "source": {**named, "field": "mail"},
            "target": "email",
            "function": "Equality",
        },
    ).id
    assert emulator.run_sync(sync)["counts"]["insert"] == 165


def test_nothing_is_written_by_a_run_that_is_canceled_or_made_to_fail(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    before = emulator.records(contacts.netsuite, "contact")
    sync = _guide(contacts)
    for status in ("canceled", "failed", "interrupted"):
        emulator.start_execution(sync)
        emulator.finish_execution(sync, status=status)
    emulator.behave(cancel_seconds=0)
    run = contacts.client.model_sync.start(sync).data.id
    contacts.client.model_sync.cancel(sync)
    assert emulator.end_of(run)["status"] == "canceled"
    assert emulator.records(contacts.netsuite, "contact") == before


def test_a_killed_emulator_runs_what_was_started_once(tmp_path: Path) -> None:
    with RunningEmulator(data=tmp_path) as first:
        first.behave(run_seconds=0.05)
        client = Polytomic(base_url=first.url, token=first.api_key, max_retries=0)
        contacts = pipeline(first, client)
        sync = _guide(contacts)
        before = len(first.records(contacts.netsuite, "contact"))
        key = first.api_key
    program = (
        "import sys, time; from pathlib import Path\n"
        "from polytomic_emulator import RunningEmulator\n"
        "running = RunningEmulator(data=Path(sys.argv[1])).start()\n"
        "print(running.url, flush=True); time.sleep(60)"
    )
    arguments = [sys.executable, "-c", program, str(tmp_path)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        client = Polytomic(base_url=url, token=key, max_retries=0)
        run = client.model_sync.start(sync).data.id
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close() if process.stdout else None
    with RunningEmulator(data=tmp_path) as second:
        assert second.end_of(run)["status"] == "completed"
        assert len(second.results(run, status="inserted")) == 165
        assert len(second.records(contacts.netsuite, "contact")) == before + 165


def test_a_schema_that_is_not_ready_fails_the_run(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = _guide(contacts)
    emulator.change_sync(sync, name="Still there")
    emulator._running().state.schemas.forget(contacts.netsuite)  # pyright: ignore[reportPrivateUsage]
    run = emulator.run_sync(sync)
    assert (run["status"], "cache refresh in progress" in run["errors"][0]) == ("failed", True)


def test_a_new_field_of_the_target_is_made_by_the_first_run(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    database = connect(emulator, contacts.client, "postgresql")
    sync = contacts.sync(
        mode="update",
        identity=contacts.identity("Email", "email"),
        fields=[contacts.mapping("LastName", "surname", new=True)],
        target={"connection_id": database, "object": "public.contacts"},
    )
    targets = contacts.client.model_sync.targets
    run = emulator.run_sync(sync.id)
    assert run["counts"]["update"] > 50
    found = targets.get_target_fields(database, target="public.contacts").data.fields
    assert "surname" in {one.id for one in found}
    rows = emulator.records(database, "public.contacts")
    assert sum(row["surname"] is not None for row in rows) > 50


def test_a_value_that_is_too_long_is_cut_with_a_warning(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.replace_records(
        contacts.salesforce, "Contact", [{"Email": "l@example.com", "LastName": "L" * 40}]
    )
    run = emulator.run_sync(_guide(contacts))
    assert _counts(run) == {"total": 1, "insert": 1, "warnings": 1}
    (landed,) = emulator.results(run["id"], status="inserted")
    assert landed["target"]["lastName"] == "L" * 32
    assert landed["warnings"] == ["lastName: cut from 40 to 32 characters"]


def test_a_deleted_sync_leaves_nothing_of_its_runs(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = _guide(contacts, active=True, schedule={"frequency": "hourly", "minute": "0"})
    emulator.run_sync(sync)
    emulator.start_execution(sync)
    emulator.delete_sync(sync)
    database = emulator._running().state.database  # pyright: ignore[reportPrivateUsage]
    tables = (
        "executions",
        "pending_executions",
        "results",
        "console_logs",
        "timetable",
        "synced_before",
        "synced_records",
    )
    with database.transaction() as rows:
        left = {
            table: rows.execute(f"SELECT count(*) AS n FROM {table}").fetchone()["n"]  # noqa: S608
            for table in tables
        }
    assert left == dict.fromkeys(tables, 0)


def test_the_records_of_old_runs_are_forgotten_but_not_their_counts(
    contacts: Pipeline, emulator: RunningEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polytomic_emulator.state.results.KEPT", 2)
    sync = _guide(contacts)
    runs = [emulator.run_sync(sync)["id"] for _ in range(3)]
    assert [bool(emulator.results(run)) for run in runs] == [False, True, True]
    assert emulator.executions(sync)[-1]["counts"]["insert"] == 165
