import httpx
import pytest
from polytomic import ConflictError, NotFoundError

from polytomic_provider.emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline
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
    assert read.counts.total == 0
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
