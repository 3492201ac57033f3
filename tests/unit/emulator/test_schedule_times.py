from datetime import UTC, datetime

import pytest

from polytomic_emulator.state.schedule_times import next_time, values_of
from polytomic_emulator.state.sync import Schedule

# A Tuesday.
NOW = datetime(2026, 11, 24, 18, 16, 44, 500_000, tzinfo=UTC)


def _next(frequency: str, now: datetime = NOW, **parts: str) -> str | None:
    found = next_time(Schedule(frequency, **parts), now)
    return None if found is None else found.isoformat()[:16]


@pytest.mark.parametrize(
    ("frequency", "parts", "due"),
    [
        ("hourly", {"minute": "15"}, "2026-11-24T19:15"),
        ("hourly", {"minute": "16"}, "2026-11-24T19:16"),
        ("hourly", {"minute": "17"}, "2026-11-24T18:17"),
        ("daily", {"hour": "10", "minute": "30"}, "2026-11-25T10:30"),
        ("daily", {"hour": "23", "minute": "0"}, "2026-11-24T23:00"),
        ("weekly", {"day_of_week": "1", "hour": "8", "minute": "5"}, "2026-11-30T08:05"),
        ("weekly", {"day_of_week": "tuesday", "hour": "19", "minute": "0"}, "2026-11-24T19:00"),
        ("weekly", {"day_of_week": "Tuesday", "hour": "18", "minute": "0"}, "2026-12-01T18:00"),
        ("weekly", {"day_of_week": "0", "hour": "0", "minute": "0"}, "2026-11-29T00:00"),
        ("weekly", {"day_of_week": "7", "hour": "0", "minute": "0"}, "2026-11-29T00:00"),
        ("hourly", {"minute": "15", "hour": "3", "day_of_week": "1"}, "2026-11-24T19:15"),
        ("custom", {"hour": "*/8"}, "2026-11-25T00:00"),
        ("custom", {"minute": "*/20"}, "2026-11-24T18:20"),
        ("custom", {"minute": "5/20"}, "2026-11-24T18:25"),
        ("custom", {"minute": "0,45", "hour": "9-17", "day_of_week": "1-5"}, "2026-11-25T09:00"),
        ("builder", {"day_of_month": "1", "month": "3"}, "2027-03-01T00:00"),
        ("builder", {"day_of_month": "29", "month": "2"}, "2028-02-29T00:00"),
        ("custom", {"minute": "0", "hour": "0", "day_of_month": "28", "day_of_week": "4"},
         "2026-11-26T00:00"),
    ],
)  # fmt: skip
def test_the_next_time_of_a_schedule(frequency: str, parts: dict[str, str], due: str) -> None:
    assert _next(frequency, **parts) == due


@pytest.mark.parametrize(
    ("frequency", "parts"),
    [
        ("manual", {}),
        ("continuous", {}),
        ("runafter", {}),
        ("dbtcloud", {"minute": "5"}),
        ("custom", {}),
        ("custom", {"day_of_month": "31", "month": "2"}),
    ],
)
def test_some_schedules_have_no_next_time(frequency: str, parts: dict[str, str]) -> None:
    assert _next(frequency, **parts) is None


def test_february_29_is_found_across_a_century_without_it() -> None:
    late = datetime(2096, 3, 1, tzinfo=UTC)
    assert _next("custom", late, day_of_month="29", month="2") == "2104-02-29T00:00"


@pytest.mark.parametrize(
    "text", ["", "60", "-1", "*/0", "*/", "30-10", "1-", "a", "1,,2", "1.5", "٣", "99999999999"]
)
def test_unreadable_parts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no|has no|is not"):
        values_of("minute", text)
