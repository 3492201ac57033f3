"""What in the schedule of a reply differs from the program's."""

from typing import Any

import pytest

from polytomic_provider.spec.schedule import project_schedule

DAILY: dict[str, Any] = {"frequency": "daily", "hour": 7, "minute": 0}
AFTER: dict[str, Any] = {"frequency": "runafter", "run_after": {"sync_ids": ["a", "b"]}}


@pytest.mark.parametrize(
    ("server", "written"),
    [
        ({**DAILY, "hour": "07", "minute": "00"}, DAILY),
        (
            {"frequency": "weekly", "day_of_week": "1", "hour": "7", "minute": "5"},
            {"frequency": "weekly", "day_of_week": "Monday", "hour": "07", "minute": 5},
        ),
        (
            {"frequency": "custom", "minute": "*/5", "month": "JAN"},
            {"frequency": "custom", "minute": "*/5", "month": "january"},
        ),
        ({"frequency": "custom", "hour": "Mon-Fri "}, {"frequency": "custom", "hour": "mon-fri"}),
    ],
)
def test_another_spelling_of_a_time_is_no_drift(server: dict[str, Any], written: dict[str, Any]):
    assert project_schedule(server, written) == written


def test_what_runs_before_has_no_order():
    server = {**AFTER, "run_after": {"sync_ids": ["b", "a"], "bulk_sync_ids": None}}
    assert project_schedule(server, AFTER) == AFTER
    shown = project_schedule({**AFTER, "run_after": {"sync_ids": ["a"]}}, AFTER)
    assert shown == {**AFTER, "run_after": {"sync_ids": ["a"]}}


def test_a_server_may_leave_out_a_part_that_the_frequency_does_not_use():
    written = {**DAILY, "day_of_week": "monday"}
    assert project_schedule(DAILY, written) == written
    assert project_schedule({**DAILY, "hour": None}, written) == {
        "frequency": "daily",
        "minute": 0,
        "day_of_week": "monday",
    }


def test_a_part_that_neither_the_program_nor_the_frequency_uses_says_nothing():
    assert project_schedule({**DAILY, "month": "5", "job_id": 9}, DAILY) == DAILY


def test_a_part_that_the_frequency_uses_is_shown_also_where_the_program_leaves_it_out():
    written = {"frequency": "custom", "minute": "0"}
    assert project_schedule({**written, "hour": "0"}, written) == {**written, "hour": "0"}


def test_to_run_after_successes_only_is_shown_whatever_the_frequency():
    server = {**DAILY, "run_after_success_only": True}
    assert project_schedule(server, DAILY) == server
    assert project_schedule({**DAILY, "run_after_success_only": False}, DAILY) == DAILY


def test_no_schedule_is_a_manual_one():
    assert project_schedule({"frequency": "manual", "hour": "1"}, None) is None
    assert project_schedule(None, {"frequency": "manual"}) == {"frequency": "manual"}
    server = {"frequency": "daily", "hour": "7", "minute": "0"}
    assert project_schedule({**server, "month": ""}, None) == server
