"""`polytomic run`, `logs` and `status` tell of syncs what the emulator did with them."""

import os
import re
import signal
import subprocess

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
    assert "To fix: give the id or the exact name of one model sync." in unknown.errors
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
