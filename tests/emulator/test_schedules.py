import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state import clock
from tests.emulator.pipelines import Pipeline, pipeline


@pytest.fixture(autouse=True)
def _quick(emulator: RunningEmulator) -> None:
    """An execution that is started is over when anybody looks."""
    emulator.behave(run_seconds=0)


def _next(contacts: Pipeline, sync_id: str) -> datetime | None:
    return contacts.client.model_sync.get_status(sync_id).data.next_execution_time


def _runs(emulator: RunningEmulator, sync_id: str) -> list[tuple[str, str]]:
    return [(one["type"], one["status"]) for one in emulator.executions(sync_id)]


def _scheduled(contacts: Pipeline, **more: Any) -> str:
    schedule: dict[str, Any] = {"frequency": "hourly", "minute": "15"}
    return contacts.sync(**{"active": True, "schedule": schedule, **more}).id


def test_the_next_execution_of_an_active_sync_is_told_in_utc(contacts: Pipeline) -> None:
    now = datetime.now(UTC)
    found = _next(contacts, _scheduled(contacts))
    assert found is not None
    assert (found.minute, found.second, found.utcoffset()) == (15, 0, timedelta())
    assert now < found <= now + timedelta(hours=1)


def test_schedules_rest_while_a_sync_is_not_active(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = _scheduled(contacts, active=False)
    assert _next(contacts, sync) is None
    emulator.advance_clock(3600)
    assert _runs(emulator, sync) == []
    contacts.client.model_sync.activate(sync, active=True)
    assert _next(contacts, sync) is not None
    emulator.advance_clock(3600)
    assert _runs(emulator, sync) == [("scheduled", "completed")]
    contacts.client.model_sync.activate(sync, active=False)
    emulator.advance_clock(7200)
    assert len(_runs(emulator, sync)) == 1
    contacts.client.model_sync.start(sync)
    assert _runs(emulator, sync)[0][0] == "manual"


def test_a_jump_over_several_times_runs_a_sync_once(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = _scheduled(contacts)
    emulator.advance_clock(5 * 3600)
    assert _runs(emulator, sync) == [("scheduled", "completed")]
    due = _next(contacts, sync)
    for _ in range(2):
        emulator.advance_clock(3600)
    assert len(_runs(emulator, sync)) == 3
    assert due is not None
    assert _next(contacts, sync) == due + timedelta(hours=2)


def test_a_time_that_comes_while_the_sync_runs_is_passed_over(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = _scheduled(contacts)
    held = emulator.start_execution(sync)
    emulator.advance_clock(3600)
    assert [one["id"] for one in emulator.executions(sync)] == [held]
    emulator.finish_execution(sync)
    emulator.advance_clock(3600)
    assert len(_runs(emulator, sync)) == 2


def test_a_changed_schedule_counts_from_then_on(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = _scheduled(contacts)
    daily = {"frequency": "daily", "hour": "10", "minute": "30", "day_of_week": None}
    emulator.change_sync(sync, schedule=daily)
    found = _next(contacts, sync)
    assert found is not None
    assert (found.hour, found.minute) == (10, 30)
    emulator.change_sync(sync, schedule={"frequency": "manual", "hour": None, "minute": None})
    assert _next(contacts, sync) is None


def test_a_continuous_sync_runs_again_some_time_after_it_ended(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.behave(continuous_seconds=60)
    sync = _scheduled(contacts)
    emulator.change_sync(sync, schedule={"frequency": "continuous"})
    assert _runs(emulator, sync) == [("scheduled", "completed")]
    emulator.advance_clock(59)
    assert len(_runs(emulator, sync)) == 1
    emulator.advance_clock(1)
    assert len(_runs(emulator, sync)) == 2


def _after(*syncs: str, **more: Any) -> dict[str, Any]:
    return {"frequency": "runafter", "run_after": {"sync_ids": list(syncs)}, **more}


def test_a_sync_runs_after_every_sync_that_it_waits_for(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    first, second = contacts.sync(name="First").id, contacts.sync(name="Second").id
    follower = _scheduled(contacts, schedule=_after(first, second))
    last = _scheduled(contacts, schedule=_after(follower))
    assert _next(contacts, follower) is None
    emulator.run_sync(first)
    assert _runs(emulator, follower) == []
    emulator.run_sync(second)
    assert _runs(emulator, follower) == [("scheduled", "completed")]
    assert _runs(emulator, last) == [("scheduled", "completed")]
    emulator.run_sync(first)
    assert len(_runs(emulator, follower)) == 1


@pytest.mark.parametrize(("only", "count"), [(True, 0), (False, 1)])
def test_a_failure_can_keep_the_follower_from_running(
    contacts: Pipeline, emulator: RunningEmulator, only: bool, count: int
) -> None:
    first = contacts.sync().id
    follower = _scheduled(contacts, schedule=_after(first, run_after_success_only=only))
    emulator.start_execution(first)
    emulator.finish_execution(first, status="failed")
    assert len(_runs(emulator, follower)) == count


def test_two_syncs_that_wait_for_each_other_do_not_hang_the_emulator(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    first = contacts.sync().id
    second = _scheduled(contacts, schedule=_after(first))
    emulator.change_sync(first, active=True, schedule=_after(second))
    emulator.run_sync(first)
    assert ("scheduled", "completed") in _runs(emulator, second)


def test_a_schedule_that_can_never_be_due_is_refused(contacts: Pipeline) -> None:
    for minute in ("61", "*/0", "9-3", "1,"):
        with pytest.raises(Exception, match=r"schedule\.minute must be from 0 to 59"):
            contacts.sync(schedule={"frequency": "custom", "minute": minute})


def test_a_time_that_passed_while_nothing_ran_is_caught_up_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RunningEmulator(data=tmp_path) as kept:
        kept.behave(run_seconds=0)
        client = Polytomic(base_url=kept.url, token=kept.api_key, max_retries=0)
        sync = _scheduled(pipeline(kept, client))
        kept.stop()
        now = time.time
        monkeypatch.setattr(clock.time, "time", lambda: now() + 5 * 3600)
        kept.start()
        assert _runs(kept, sync) == [("scheduled", "completed")]
