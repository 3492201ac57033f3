"""The decisions to try again: pure functions over every case."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_provider.api.http.retries import (
    CAP_SECONDS,
    TRIES,
    Attempt,
    Cause,
    Deadline,
    backoff,
    full_jitter,
    is_busy,
    parse_http_date,
    parse_retry_after,
    should_retry,
)

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def answered(method: str, status: int, message: str = "", *, keyed: bool = False) -> bool:
    return should_retry(Attempt(method, keyed, 1, Cause.STATUS, status, message))


@pytest.mark.parametrize("status", [408, 425, 429, 502, 503, 504])
def test_what_may_pass_is_retried_where_it_is_safe(status: int) -> None:
    assert answered("GET", status)
    assert answered("PUT", status)
    assert answered("DELETE", status)
    assert answered("POST", status, keyed=True)
    assert not answered("POST", status)


def test_a_500_on_a_keyed_post_is_a_recorded_outcome() -> None:
    assert answered("GET", 500)
    assert answered("DELETE", 500)
    assert not answered("POST", 500, keyed=True)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422, 501])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
def test_what_stays_is_never_retried(method: str, status: int) -> None:
    assert not answered(method, status, keyed=method == "POST")


@pytest.mark.parametrize("cause", [c for c in Cause if not c.arrived and c is not Cause.FINAL])
def test_a_post_without_a_key_is_retried_where_no_connection_was_made(cause: Cause) -> None:
    assert should_retry(Attempt("POST", keyed_post=False, number=1, cause=cause))


@pytest.mark.parametrize("cause", [Cause.DROPPED, Cause.SILENT])
def test_a_post_that_may_have_arrived_is_retried_with_a_key_only(cause: Cause) -> None:
    assert should_retry(Attempt("POST", keyed_post=True, number=1, cause=cause))
    assert not should_retry(Attempt("POST", keyed_post=False, number=1, cause=cause))
    assert should_retry(Attempt("PUT", keyed_post=False, number=1, cause=cause))


@pytest.mark.parametrize("cause", TRIES)
def test_a_wrong_address_is_not_asked_for_the_whole_budget(cause: Cause) -> None:
    assert not should_retry(Attempt("GET", keyed_post=False, number=TRIES[cause], cause=cause))


def test_a_409_to_a_keyed_post_means_that_the_first_request_is_in_flight() -> None:
    assert is_busy("", keyed_post=True)
    assert answered("POST", 409, "idempotency key in use", keyed=True)
    assert not answered("POST", 409, "idempotency key in use")


@pytest.mark.parametrize(
    "message",
    [
        "an execution is already running",
        "name must be unique",
        "already exists",
        "connection is backed by a Harbor",
        "cache refresh in progress",
    ],
)
def test_a_conflict_is_never_retried(message: str) -> None:
    assert not is_busy(message, keyed_post=True)
    assert not is_busy(message, keyed_post=False)


@pytest.mark.parametrize("message", ["Update in progress", "resource is busy", "try again later"])
def test_a_busy_object_is_retried(message: str) -> None:
    assert answered("PUT", 409, message)
    assert not answered("PUT", 409, "some other conflict")


@settings(deadline=None)
@given(number=st.integers(1, 10_000), jitter=st.floats(0, 1))
def test_a_wait_is_never_negative_and_never_beyond_the_cap(number: int, jitter: float) -> None:
    assert 0 <= backoff(number, jitter=jitter) <= CAP_SECONDS


@settings(deadline=None)
@given(number=st.integers(1, 100), jitter=st.floats(0, 1), asked=st.floats(0, 1e6))
def test_no_one_returns_earlier_than_asked_nor_much_later(
    number: int, jitter: float, asked: float
) -> None:
    wait = backoff(number, jitter=jitter, retry_after=asked)
    assert asked <= wait <= max(CAP_SECONDS, asked + 1.0)


@settings(deadline=None)
@given(ceiling=st.floats(0, 1e9), jitter=st.floats(allow_nan=False))
def test_jitter_stays_between_nothing_and_the_ceiling(ceiling: float, jitter: float) -> None:
    assert 0 <= full_jitter(ceiling, jitter) <= ceiling


def test_the_ceiling_doubles_up_to_the_cap() -> None:
    waits = [backoff(number, jitter=1.0) for number in range(1, 9)]
    assert waits == [0.5, 1, 2, 4, 8, 16, 20, 20]


def test_retry_after_is_read_in_seconds() -> None:
    assert parse_retry_after(" 120 ", at=NOW) == 120
    assert parse_retry_after("1.5", at=NOW) == 1.5


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_retry_after_is_read_as_a_date(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert parse_retry_after(date, at=NOW) == seconds


def test_a_date_that_has_passed_means_now() -> None:
    assert parse_retry_after("Sun, 01 Feb 2026 12:00:00 GMT", at=NOW) == 0


@settings(deadline=None)
@given(
    st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ \d+:\d+:\d+ \S+")
)
def test_reading_retry_after_never_raises_and_is_never_negative(text: str) -> None:
    seconds = parse_retry_after(text, at=NOW)
    assert seconds is None or seconds >= 0
    date = parse_http_date(text)
    assert date is None or date.tzinfo is not None


@settings(deadline=None)
@given(budget=st.floats(0, 1e6), passed=st.floats(0, 1e7))
def test_what_is_left_of_a_budget_is_never_negative(budget: float, passed: float) -> None:
    time = [0.0]
    deadline = Deadline.after(budget, now=lambda: time[0])
    time[0] = passed
    assert 0 <= deadline.remaining() <= budget
