from datetime import timedelta

import httpx
import pytest
from polytomic import Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline


def test_an_execution_tells_when_it_began_and_how_it_ended(
    contacts: Pipeline, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    sync = contacts.sync().id
    assert polytomic.events.list().data == []
    ran = emulator.run_sync(sync)
    ended, began = polytomic.events.list().data
    assert (began.type, ended.type) == ("sync.running", "sync.completed_with_errors")
    assert ran["counts"]["error"] > 0
    assert began.organization_id == emulator.organization_id
    told = ended.event
    assert (told.sync_id, told.execution_id) == (sync, ran["id"])
    assert told.record_count == ran["counts"]["total"]
    assert {began.type, ended.type} <= set(polytomic.events.get_types().data)


def test_a_failed_and_a_running_execution_are_told_apart(
    contacts: Pipeline, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    sync = contacts.sync().id
    emulator.start_execution(sync)
    assert [one.type for one in polytomic.events.list().data] == ["sync.running"]
    emulator.finish_execution(sync, status="failed")
    found = polytomic.events.list(type="sync.failed").data
    assert [one.event.sync_id for one in found] == [sync]


def test_events_are_chosen_by_type_time_and_number(
    contacts: Pipeline, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    sync = contacts.sync().id
    for _ in range(6):
        emulator.run_sync(sync)
        emulator.advance_clock(60)
    assert len(polytomic.events.list().data) == 10
    every = polytomic.events.list(limit=100).data
    assert len(every) == 12
    assert [one.created_at for one in every] == sorted(
        (one.created_at for one in every), reverse=True
    )
    assert len(polytomic.events.list(type="sync.running", limit=100).data) == 6
    middle = every[5].created_at
    later = polytomic.events.list(starting_after=middle, limit=100).data
    earlier = polytomic.events.list(ending_before=middle, limit=100).data
    assert all(one.created_at > middle for one in later)
    assert all(one.created_at < middle for one in earlier)
    assert 0 < len(later) + len(earlier) < 12
    assert polytomic.events.list(starting_after=every[0].created_at + timedelta(days=1)).data == []
    with pytest.raises(UnprocessableEntityError):
        polytomic.events.list(type="sync.exploded")


def test_another_organization_has_events_of_its_own(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.run_sync(contacts.sync().id)
    other = Polytomic(base_url=emulator.url, token=emulator.workspace()["api_key"], max_retries=0)
    assert other.events.list().data == []


def test_a_time_that_cannot_be_read_is_refused(http: httpx.Client) -> None:
    for text in ("yesterday", "2026-01-01T00:00:00"):
        refused = http.get("/api/events", params={"starting_after": text})
        assert (refused.status_code, refused.json()["metadata"]["field"]) == (422, "starting_after")
