"""`polytomic run`, `logs` and `status` tell of syncs what the emulator did with them."""

import os
import re
import signal
import subprocess
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from tests.cli.command import COMMAND, environment, polytomic
from tests.cli.on_terminal import on_terminal
from tests.emulator.bulk_uses import bulk_body
from tests.emulator.pipelines import Pipeline, connect
from tests.emulator.waiting import until


def test_a_run_that_is_waited_for_shows_the_records_that_failed(
    emulator: RunningEmulator, made: Pipeline
):
    sync = made.sync()
    told = polytomic("run", "Contacts", "--wait", "--no-stack", emulator=emulator)
    (run,) = emulator.executions(sync.id)
    errors = run["counts"]["error"]
    assert errors > 10
    assert told.code == 1
    first, *rest = told.output.splitlines()
    assert first.startswith(f"Contacts: completed, {run['counts']['total']} records: ")
    assert f"{errors} errors" in first
    failed = emulator.results(run["id"], status="failed")
    assert f"  {failed[0]['record']}: {failed[0]['reason']}" in rest
    assert rest[-1].startswith(f"  … and {errors - 10} more: polytomic logs {sync.id}")


def test_a_run_without_failures_ends_with_0(emulator: RunningEmulator, made: Pipeline):
    emulator.replace_records(
        made.salesforce, "Contact", [{"Email": "a@example.com", "LastName": "A"}]
    )
    sync = made.sync()
    told = polytomic("run", sync.id, "--wait", "--json", "--no-stack", emulator=emulator).ok()
    assert told.json()["run"]["status"] == "completed"
    assert told.json()["run"]["counts"] == {"total": 1, "insert": 1}
    assert told.json()["failed_records"] == []


def test_a_run_that_is_not_waited_for_is_started_once(emulator: RunningEmulator, made: Pipeline):
    sync = made.sync()
    emulator.behave(hold_runs=True)
    told = polytomic("run", "Contacts", "--test", "--no-stack", emulator=emulator).ok()
    (run,) = emulator.executions(sync.id)
    assert f"run {run['id']}" in told.output
    again = polytomic("run", "Contacts", "--no-stack", emulator=emulator)
    assert again.code == 1
    assert f"'Contacts' runs already: run {run['id']}" in again.errors
    (posted,) = emulator.requests("POST", f"/api/syncs/{sync.id}/executions")
    assert posted["body"] == {"test": True}


def _heed_ctrl_c() -> None:
    """Where the tests run in the background, a shell has them ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_the_waiting_and_not_the_run(emulator: RunningEmulator, made: Pipeline):
    sync = made.sync()
    emulator.behave(hold_runs=True)
    waiting = subprocess.Popen(
        [COMMAND, "run", sync.id, "--wait", "--no-stack"],
        env=environment(emulator),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,
    )
    until(lambda: _asked(emulator, sync.id) >= 2, 60)
    waiting.send_signal(signal.SIGINT)
    _, errors = waiting.communicate(timeout=60)
    assert waiting.returncode == 1
    (run,) = emulator.executions(sync.id)
    assert f"Run {run['id']} goes on." in errors
    assert run["completed_at"] is None


def _asked(emulator: RunningEmulator, sync_id: str) -> int:
    path = f"/api/syncs/{sync_id}/executions/"
    return sum(one["path"].startswith(path) for one in emulator.requests("GET"))


@pytest.mark.parametrize("command", ["run", "logs"])
def test_a_sync_that_is_not_there_is_an_error_with_near_names(
    command: str, emulator: RunningEmulator, made: Pipeline
):
    first, second = made.sync(name="Twice").id, made.sync(name="Twice").id
    made.sync(name="Once")
    unknown = polytomic(command, "Onze", "--no-stack", emulator=emulator)
    assert unknown.code == 1
    assert "there are: 'Once'" in unknown.errors
    assert "To fix: give the id or the exact name of one sync or bulk sync." in unknown.errors
    several = polytomic(command, "Twice", "--no-stack", emulator=emulator)
    assert several.code == 1
    assert first in several.errors
    assert second in several.errors
    part = polytomic(command, "Onc", "--no-stack", emulator=emulator)
    assert part.code == 1


def test_logs_tell_of_the_latest_run_or_of_another(emulator: RunningEmulator, made: Pipeline):
    sync = made.sync()
    nothing = polytomic("logs", "Contacts", "--no-stack", emulator=emulator).ok()
    assert nothing.output == "Contacts has not run yet.\n"
    first = emulator.run_sync(sync.id)
    emulator.start_execution(sync.id)
    last = emulator.finish_execution(sync.id, status="failed")
    told = polytomic("logs", "Contacts", "--no-stack", emulator=emulator)
    assert told.code == 1
    assert f"run {last['id']}: failed" in told.output
    other = polytomic(
        "logs", sync.id, "--run", first["id"], "--records", "3", "--no-stack", emulator=emulator
    )
    assert other.code == 1
    failed = emulator.results(first["id"], status="failed")
    for record in failed[:3]:
        assert f"  {record['record']}: {record['reason']}\n" in other.output
    assert failed[3]["record"] not in other.output
    assert f"… and {len(failed) - 3} more" in other.output
    assert re.search(r"info Read \d+ records", other.output)
    told_json = polytomic(
        "logs", sync.id, "--run", first["id"], "--records", "999", "--json", "--no-stack",
        emulator=emulator,
    ).json()  # fmt: skip
    assert [one["record"] for one in told_json["records"]["errors"]] == [
        one["record"] for one in failed
    ]


@pytest.fixture
def copies(emulator: RunningEmulator, made: Pipeline) -> str:
    """A bulk sync of leads, and of contacts by an e-mail address that some of them lack."""
    database = connect(emulator, made.client, "postgresql")
    keys: Any = [{"field_id": one, "is_primary_key": one == "Email"} for one in ("Id", "Email")]
    made.client.schemas.set_primary_keys(made.salesforce, "Contact", fields=keys)
    body = bulk_body(made.salesforce, database, name="Copies", schemas=["Contact", "Lead"])
    return str(made.client.bulk_sync.create(**body).data.id)


def test_a_bulk_sync_runs_by_its_name_and_shows_what_failed(emulator: RunningEmulator, copies: str):
    told = polytomic("run", "Copies", "--wait", "--no-stack", emulator=emulator)
    (run,) = emulator.bulk_executions(copies)
    assert run["error_count"] > 10
    assert told.code == 1
    first, second, third, *rest = told.output.splitlines()
    counts = f"{run['record_count']} records: {run['error_count']} errors"
    assert first == f"Copies: completed, {counts}"
    assert second == f"  Contact: {run['error_count']} records failed"
    assert third == "Records with errors:"
    failed = emulator.results(run["id"], status="failed")
    assert rest[0] == f"  {failed[0]['record']}: {failed[0]['reason']}"
    more = f"polytomic logs {copies} --records 1000"
    assert rest[-1] == f"  … and {len(failed) - 10} more: {more}"
    logs = polytomic("logs", copies, "--records", "1000", "--no-stack", emulator=emulator)
    assert logs.code == 1
    assert f"Copies, run {run['id']}: completed " in logs.output
    assert 'Bulk sync "Copies" was started by hand: Contact, Lead' in logs.output
    assert all(f"  {one['record']}: " in logs.output for one in failed)
    shown = polytomic("logs", copies, "--json", "--no-stack", emulator=emulator).json()
    assert (shown["kind"], shown["sync"], shown["name"]) == ("bulk", copies, "Copies")
    assert len(shown["records"]["errors"]) == len(failed[:20])
    assert {one["id"]: one["errors"] for one in shown["run"]["schemas"]} == {
        "Contact": len(failed),
        "Lead": 0,
    }


def test_some_schemas_of_a_bulk_sync_are_copied_again(emulator: RunningEmulator, copies: str):
    asked = ("--schema", "Lead", "--resync-mode", "refetch", "--wait", "--json", "--no-stack")
    told = polytomic("run", copies, *asked, emulator=emulator).ok().json()
    (run,) = emulator.bulk_executions(copies)
    assert (run["request"]["schemas"], run["request"]["resync_mode"]) == (["Lead"], "refetch")
    assert told["run"]["schemas"] == [
        {
            "id": "Lead",
            "status": "completed",
            "message": None,
            "records": run["record_count"],
            "errors": 0,
        }
    ]


def test_a_schema_that_fails_is_told_with_its_reason(emulator: RunningEmulator, copies: str):
    stored = emulator.stored("bulk_sync", copies)["schemas"]
    at = next(i for i, one in enumerate(stored) if one["id"] == "Lead")
    wrong = {"field_id": "CreatedDate", "function": "InTheLast", "value": "a while"}
    emulator.edit("bulk_sync", copies, f"schemas[{at}].filters", [wrong])
    told = polytomic("run", copies, "--schema", "Lead", "--wait", "--no-stack", emulator=emulator)
    (run,) = emulator.bulk_executions(copies)
    assert told.code == 1
    (lead,) = run["schemas"]
    assert f"  Lead failed: {lead['status_message']}" in told.output
    assert "  1 of 1 schemas failed" in told.output


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("Copies", ["--resync"], "'Copies' is a bulk sync: give --resync-mode."),
        ("Copies", ["--test", "--resync-mode", "resync"], "do not go together"),
        ("Contacts", ["--schema", "Lead"], "'Contacts' is no bulk sync: leave --schema out."),
        ("Contacts", ["--resync-mode", "refetch"], "leave --resync-mode out."),
    ],
)
def test_what_a_run_does_not_take_is_wrong_usage(
    emulator: RunningEmulator, made: Pipeline, copies: str, name: str, options: list[str], said: str
):
    sync = made.sync()
    refused = polytomic("run", name, *options, "--no-stack", emulator=emulator)
    assert refused.code == 2
    assert said in refused.errors
    assert emulator.executions(sync.id) == emulator.bulk_executions(copies) == []


def test_log_files_of_another_form_are_named(emulator: RunningEmulator, copies: str):
    emulator.fail(kind="status", status=200, body={"data": {"URLs": []}}, path="/logs$", times=None)
    told = polytomic("run", copies, "--wait", "--no-stack", emulator=emulator)
    (run,) = emulator.bulk_executions(copies)
    count, last = run["error_count"], told.output.splitlines()[-1]
    assert last.startswith(f"Records with errors: {count}. Why, the log files say: http")
    assert last.endswith(f"/api/bulk/syncs/{copies}/executions/{run['id']}/logs")


def test_a_name_of_a_sync_and_of_a_bulk_sync_is_none_of_the_two(
    emulator: RunningEmulator, made: Pipeline, copies: str
):
    sync = made.sync(name="Copies")
    several = polytomic("run", "Copies", "--no-stack", emulator=emulator)
    assert several.code == 1
    assert sync.id in several.errors
    assert copies in several.errors
    polytomic("run", copies, "--no-stack", emulator=emulator).ok()
    assert emulator.executions(sync.id) == []


def test_status_shows_runs_and_what_comes_next(emulator: RunningEmulator, made: Pipeline):
    daily = {"frequency": "daily", "hour": "10", "minute": "30"}
    fine, off = made.sync(name="Fine", active=True, schedule=daily), made.sync(name="Off")
    broken = made.sync(name="A broken one", active=True)
    emulator.run_sync(fine.id)
    emulator.start_execution(broken.id)
    emulator.finish_execution(broken.id, status="failed")
    emulator.behave(hold_runs=True)
    emulator.start_execution(off.id)
    rows = polytomic("status", "--json", "--no-stack", emulator=emulator).ok().json()
    by_name = {one["name"]: one for one in rows}
    assert by_name["Fine"]["last_run"]["status"] == "completed"
    assert by_name["Fine"]["next_run_at"].startswith("20")
    assert by_name["A broken one"]["last_run"]["status"] == "failed"
    assert by_name["Off"]["current_run"]["id"] == emulator.executions(off.id)[0]["id"]
    shown = (
        polytomic("status", "--no-stack", emulator=emulator, variables={"COLUMNS": "80"})
        .ok()
        .output
    )
    assert [line for line in shown.splitlines() if len(line) > 80] == []
    names = [line.split("  ")[0] for line in shown.splitlines()[2:]]
    assert [one for one in names if one in by_name] == ["A broken one", "Fine", "Off"]
    code, coloured = on_terminal("status", "--no-stack", environment=environment(emulator))
    assert code == 0
    assert "\x1b[1;31mfailed" in coloured


def test_bulk_syncs_are_among_the_syncs(emulator: RunningEmulator, made: Pipeline):
    database = connect(emulator, made.client, "postgresql")
    bulk = made.client.bulk_sync.create(**bulk_body(made.salesforce, database, active=True)).data
    made.client.bulk_sync.start(bulk.id)

    def ended() -> bool:
        return made.client.bulk_sync.get_status(bulk.id).data.last_execution is not None

    until(ended, 60)
    (row,) = polytomic("status", "--json", "--no-stack", emulator=emulator).ok().json()
    last = made.client.bulk_sync.get_status(bulk.id).data.last_execution
    assert (row["kind"], row["id"], row["active"]) == ("bulk", bulk.id, True)
    assert row["last_run"]["id"] == last.id
    assert row["last_run"]["status"] == "completed"
    assert row["last_run"]["counts"]["total"] == last.record_count
    shown = polytomic("status", "--no-stack", emulator=emulator).ok().output
    assert "CRM (bulk)" in shown


def test_status_watches_until_ctrl_c(emulator: RunningEmulator, made: Pipeline):
    sync = made.sync()
    watching = subprocess.Popen(
        [COMMAND, "status", "--watch", "--every", "0.1", "--no-stack"],
        env=environment(emulator),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_heed_ctrl_c,
    )
    path = f"/api/syncs/{sync.id}/status"
    until(lambda: len(emulator.requests("GET", path)) > 2, 60)
    os.kill(watching.pid, signal.SIGINT)
    printed, _ = watching.communicate(timeout=60)
    assert watching.returncode == 0
    assert "Contacts" in printed
    assert "Traceback" not in printed
    assert polytomic("status", "--watch", "--json", "--no-stack", emulator=emulator).code == 2


def test_the_key_is_not_sent_to_where_the_records_are(emulator: RunningEmulator, made: Pipeline):
    sync = made.sync()
    polytomic("run", sync.id, "--wait", "--no-stack", emulator=emulator)
    outside = [one for one in emulator.requests() if not one["path"].startswith("/api/")]
    assert all("authorization" not in str(one).lower() for one in outside)


def test_without_a_network_or_key_it_says_so_and_never_shows_the_key():
    wrong = {
        "POLYTOMIC_DEPLOYMENT_URL": "http://127.0.0.1:9",
        "POLYTOMIC_API_KEY": "canary-key-0123456789",
    }
    refused = polytomic("status", "--no-stack", variables=wrong)
    assert refused.code == 1
    assert "no connection to 127.0.0.1:9" in refused.errors
    assert "canary" not in refused.errors + refused.output
    assert polytomic("status", "--no-stack").code == 1
