"""Laws of `next_time`, against a slow and obvious search minute by minute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from polytomic_emulator.state.schedule_times import next_time, parts_of
from polytomic_emulator.state.sync import Schedule


def _part(lowest: int, highest: int) -> st.SearchStrategy[str]:
    number = st.integers(lowest, highest)
    span = st.tuples(number, number).map(lambda ends: f"{min(ends)}-{max(ends)}")
    step = st.integers(1, 9).map(lambda every: f"*/{every}")
    piece = st.one_of(number.map(str), span, step, st.just("*"))
    return st.lists(piece, min_size=1, max_size=3).map(",".join)


_times = st.datetimes(
    datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)
)  # fmt: skip
_cron = st.builds(
    Schedule,
    st.sampled_from(["custom", "builder"]),
    minute=_part(0, 59),
    hour=_part(0, 23),
    day_of_week=st.one_of(st.none(), _part(0, 7)),
    day_of_month=st.one_of(st.none(), _part(1, 28)),
)


def _fits(schedule: Schedule, moment: datetime) -> bool:
    parts = parts_of(schedule)
    assert parts is not None
    return moment.minute in parts.minutes and moment.hour in parts.hours and parts.has_day(moment)


@given(_cron, _times)
def test_the_next_time_is_later_and_one_of_the_schedule(schedule: Schedule, now: datetime) -> None:
    due = next_time(schedule, now)
    assert due is not None
    assert due > now
    assert (due.second, due.microsecond, due.tzinfo) == (0, 0, UTC)
    assert _fits(schedule, due)


@given(_cron, _times)
def test_no_earlier_time_was_passed_over(schedule: Schedule, now: datetime) -> None:
    due = next_time(schedule, now)
    assert due is not None
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    for step in range(500):
        earlier = minute + timedelta(minutes=step)
        if earlier >= due:
            break
        assert not _fits(schedule, earlier)


@given(_cron, _times)
def test_going_on_from_a_due_time_never_repeats_it(schedule: Schedule, now: datetime) -> None:
    first = next_time(schedule, now)
    assert first is not None
    second = next_time(schedule, first)
    assert second is not None
    assert second > first


@given(st.integers(0, 59), _times)
def test_an_hourly_schedule_is_due_within_the_hour(minute: int, now: datetime) -> None:
    due = next_time(Schedule("hourly", minute=str(minute)), now)
    assert due is not None
    assert due.minute == minute
    assert timedelta() < due - now <= timedelta(hours=1)
