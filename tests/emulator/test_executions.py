from pathlib import Path

import httpx
import pytest
from polytomic import ConflictError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.pipelines import Pipeline, pipeline
from tests.emulator.waiting import until


def test_a_running_sync_is_not_deleted_until_it_is_canceled(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    syncs = contacts.client.model_sync
    sync = contacts.sync()
    assert syncs.get_status(sync.id).data.current_execution is None
    execution = emulator.start_execution(sync.id)
    current = syncs.get_status(sync.id).data.current_execution
    assert (current.id, current.status) == (execution, "running")
    with pytest.raises(ConflictError, match="running"):
        syncs.delete(sync.id)
    emulator.behave(cancel_seconds=60)
    assert "requested" in syncs.cancel(sync.id).data.message
    assert syncs.get_status(sync.id).data.current_execution.status == "canceling"
    with pytest.raises(ConflictError):
        syncs.delete(sync.id)
    emulator.advance_clock(60)
    status = syncs.get_status(sync.id).data
    assert status.current_execution is None
    assert (status.last_execution.id, status.last_execution.status) == (execution, "canceled")
    syncs.delete(sync.id)


def test_a_cancellation_takes_a_moment_by_itself(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = contacts.sync()
    execution = emulator.start_execution(sync.id)
    contacts.client.model_sync.executions.cancel(sync.id, execution)
    until(lambda: not contacts.client.model_sync.get_status(sync.id).data.current_execution)


def test_deleting_a_running_sync_cancels_it_on_demand(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = contacts.sync()
    emulator.start_execution(sync.id)
    emulator.behave(running_delete="cancel")
    contacts.client.model_sync.delete(sync.id)
    assert emulator.syncs() == []


def test_executions_are_listed_newest_first(contacts: Pipeline, emulator: RunningEmulator) -> None:
    runs = contacts.client.model_sync.executions
    sync = contacts.sync()
    first = emulator.start_execution(sync.id)
    emulator.finish_execution(sync.id)
    second = emulator.start_execution(sync.id)
    assert [(one.id, one.status) for one in runs.list(sync.id).data] == [
        (second, "running"),
        (first, "completed"),
    ]
    assert [one.id for one in runs.list(sync.id, ascending=True).data] == [first, second]
    assert [one.id for one in runs.list(sync.id, only_completed=True).data] == [first]
    read = runs.get(sync.id, first).data
    assert read.completed_at >= read.started_at
    assert read.counts.total > 0
    assert "no running" in runs.cancel(sync.id, first).data.message
    with pytest.raises(NotFoundError):
        runs.get(sync.id, "none")
    contacts.client.model_sync.activate(sync.id, active=False)
    assert contacts.client.model_sync.get_status(sync.id).data.current_execution.id == second
    emulator.finish_execution(sync.id, status="failed")
    last = contacts.client.model_sync.get_status(sync.id).data.last_execution
    assert (last.id, last.status) == (second, "failed")


def test_activating_changes_only_that(contacts: Pipeline, http: httpx.Client) -> None:
    made = contacts.sync()
    answer = contacts.client.model_sync.activate(made.id, active=True).data
    assert (answer.id, answer.active) == (made.id, True)
    read = contacts.client.model_sync.get(made.id).data
    assert read.active is True
    assert read.fields == made.fields
    for wrong in ({}, {"active": "yes"}):
        assert http.post(f"/api/syncs/{made.id}/activate", json=wrong).status_code == 400


def test_an_execution_goes_through_its_stages_by_itself(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    syncs = contacts.client.model_sync
    emulator.behave(run_seconds=100)
    sync = contacts.sync()
    started = syncs.start(sync.id).data
    assert started.status == "created"
    with pytest.raises(ConflictError, match="running already"):
        syncs.start(sync.id)
    seen = [syncs.executions.get(sync.id, started.id).data.status]
    for _ in range(4):
        emulator.advance_clock(25)
        seen.append(syncs.executions.get(sync.id, started.id).data.status)
    assert seen == ["created", "running", "running", "running", "completed"]
    done = syncs.get_status(sync.id).data.last_execution
    assert done.id == started.id
    assert done.created_at < done.started_at <= done.completed_at


def test_nobody_needs_to_look_for_an_execution_to_end(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = contacts.sync()
    started = contacts.client.model_sync.start(sync.id).data.id
    executions = emulator._running().state.executions  # pyright: ignore[reportPrivateUsage]
    until(lambda: executions.get(started).ended)


def test_a_started_execution_outlives_a_restart_and_then_ends(tmp_path: Path) -> None:
    with RunningEmulator(data=tmp_path) as kept:
        kept.behave(run_seconds=100)
        client = Polytomic(base_url=kept.url, token=kept.api_key, max_retries=0)
        sync = pipeline(kept, client).sync()
        started = client.model_sync.start(sync.id).data.id
        kept.stop()
        kept.start()
        kept.advance_clock(100)
        assert [(one["id"], one["status"]) for one in kept.executions(sync.id)] == [
            (started, "completed")
        ]


def test_executions_are_held_on_demand(contacts: Pipeline, emulator: RunningEmulator) -> None:
    emulator.behave(hold_runs=True)
    sync = contacts.sync()
    started = contacts.client.model_sync.start(sync.id).data.id
    emulator.advance_clock(86400)
    assert contacts.client.model_sync.executions.get(sync.id, started).data.status == "running"
    with pytest.raises(ControlError, match="held"):
        emulator.end_of(started)
    assert emulator.finish_execution(sync.id)["status"] == "completed"


def test_the_end_of_an_execution_can_be_had_at_once(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.behave(run_seconds=3600, cancel_seconds=3600)
    sync = contacts.sync()
    started = contacts.client.model_sync.start(sync.id).data.id
    assert emulator.end_of(started)["status"] == "completed"
    assert emulator.end_of(started)["status"] == "completed"
    canceled = contacts.client.model_sync.start(sync.id).data.id
    contacts.client.model_sync.cancel(sync.id)
    assert emulator.end_of(canceled)["status"] == "canceled"
    assert emulator.run_sync(sync.id)["status"] == "completed"


def test_a_start_names_records_by_the_identity_of_the_sync(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    sync = contacts.sync()
    plain = contacts.sync(name="No identity", mode="create", identity=None)
    by_email = {"source": contacts.source("Email"), "value": "a@example.com"}
    by_name = {"source": contacts.source("LastName"), "value": "Lovelace"}
    wrong = [
        (sync, {"identities": "a@example.com"}, "identities must be a list"),
        (sync, {"identities": ["a"], "source_identities": [[by_email]]}, "cannot be combined"),
        (sync, {"source_identities": [by_email]}, "must be a list"),
        (sync, {"source_identities": [[]]}, "must name fields of one model"),
        (sync, {"source_identities": [[by_name]]}, "no source of this sync's identity"),
        (sync, {"source_identities": [[by_email]] * 1001}, "at most 1000 entries"),
        (sync, {"resync": "yes"}, "resync must be a boolean"),
        (plain, {"identities": ["a"]}, "no identity to name records by"),
    ]
    for about, body, message in wrong:
        refused = http.post(f"/api/syncs/{about.id}/executions", json=body)
        assert (refused.status_code, message in refused.json()["message"]) == (400, True), body
    right = http.post(f"/api/syncs/{sync.id}/executions", json={"source_identities": [[by_email]]})
    assert right.status_code == 200
    assert http.post("/api/syncs/none/executions", json={}).status_code == 404
    assert emulator.executions(plain.id) == []


def test_error_handling_changes_only_what_is_sent(contacts: Pipeline, http: httpx.Client) -> None:
    handling = contacts.client.model_sync.error_handling
    sync = contacts.sync()
    assert handling.get(sync.id).data.subscribers == []
    changed = handling.update(
        sync.id, subscribers=["ops@example.com"], notify_on_record_errors=True
    ).data
    assert (changed.subscribers, changed.notify_on_record_errors) == (["ops@example.com"], True)
    again = handling.update(sync.id, warning_notifications=True).data
    assert again == handling.get(sync.id).data
    assert (again.subscribers, again.warning_notifications) == (["ops@example.com"], True)
    assert handling.update(sync.id, subscribers=[]).data.subscribers == []
    path = f"/api/syncs/{sync.id}/error-handling"
    assert http.put(path, json={"subscribers": ["nobody"]}).status_code == 400
    assert http.get("/api/syncs/none/error-handling").status_code == 404


def test_the_console_log_is_read_on_from_a_cursor(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client
) -> None:
    runs = contacts.client.model_sync.executions
    sync = contacts.sync()
    run = emulator.start_execution(sync.id)
    first = runs.get_console_logs(sync.id, run).data
    assert [one.level for one in first.entries] == ["info"]
    assert "started by hand" in first.entries[0].message
    emulator.finish_execution(sync.id, status="interrupted")
    then = runs.get_console_logs(sync.id, run, after=first.next_cursor).data
    assert [(one.level, "interrupted" in one.message) for one in then.entries] == [("error", True)]
    assert runs.get_console_logs(sync.id, run, limit=1).data.entries == then.entries
    path = f"/api/syncs/{sync.id}/executions/{run}/consolelog"
    for query in ("after=yesterday", "limit=many"):
        assert http.get(f"{path}?{query}").status_code == 400
