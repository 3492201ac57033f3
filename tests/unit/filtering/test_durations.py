"""Lengths of time and points in time, as people write them."""

from datetime import UTC, date, datetime

import pytest

from polytomic_provider.filtering.durations import length_of, point_of

NOW = datetime(2024, 5, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "since"),
    [
        ("7 days", "2024-05-24T12:00"),
        ("7_days", "2024-05-24T12:00"),
        ("7-DAYS", "2024-05-24T12:00"),
        ("last 7 days", "2024-05-24T12:00"),
        ("in the last week", "2024-05-24T12:00"),
        ("a week", "2024-05-24T12:00"),
        ("48h", "2024-05-29T12:00"),
        ("48 hours ago", "2024-05-29T12:00"),
        ("1 day and 12 hours", "2024-05-30T00:00"),
        ("1h30m", "2024-05-31T10:30"),
        ("90 min", "2024-05-31T10:30"),
        ("3 months", "2024-02-29T12:00"),
        ("1 month and 2 days", "2024-04-28T12:00"),
        ("1 quarter", "2024-02-29T12:00"),
        ("one year", "2023-05-31T12:00"),
        ("P1M", "2024-04-30T12:00"),
        ("PT48H", "2024-05-29T12:00"),
        ("P1W", "2024-05-24T12:00"),
    ],
)
def test_a_length_reaches_back(written: str, since: str):
    length = length_of(written)
    assert length is not None
    assert length.before(NOW) == datetime.fromisoformat(since).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["", "soon", "7", "7 fortnights", "P", "PT", "days of old", "-", "in 2 days ago", "9 ms"],
)
def test_what_is_no_length(written: str):
    assert length_of(written) is None


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("now", NOW),
        ("Today", date(2024, 5, 31)),
        ("yesterday", date(2024, 5, 30)),
        ("tomorrow", date(2024, 6, 1)),
        ("2 days", datetime(2024, 5, 29, 12, tzinfo=UTC)),
        ("-2 days", datetime(2024, 5, 29, 12, tzinfo=UTC)),
        ("2 days from now", datetime(2024, 6, 2, 12, tzinfo=UTC)),
        ("+2d", datetime(2024, 6, 2, 12, tzinfo=UTC)),
        ("next month", datetime(2024, 6, 30, 12, tzinfo=UTC)),
    ],
)
def test_a_point_lies_before_or_after_now(written: str, point: date):
    assert point_of(written, NOW) == point


def test_a_length_beyond_the_calendar_ends_where_the_calendar_ends():
    for written in ("999999999 years", "999999999 weeks"):
        length = length_of(written)
        assert length is not None
        assert (length.before(NOW).year, length.after(NOW).year) == (1, 9999)
