"""The schema cache: what is asked, and when it counts as ready in each documented reading."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_provider.api import BadRequest, NotFound, Polytomic, UnexpectedReply
from polytomic_provider.api.wire.schemas import SchemaStatus
from tests.unit.api.scripted_server import Server, answer, data

EARLIER = "2024-01-15T09:30:00Z"
LATER = "2024-01-15T09:31:00Z"
READY = ["fresh", "cached", "completed", "true"]
WORDS = st.sampled_from([*READY, "refreshing", "false", "", "something new"])
MOMENTS = st.none() | st.datetimes(
    datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)
)


def status(**reply: Any) -> SchemaStatus:
    return SchemaStatus.model_validate(reply)


def test_status_reads_the_three_fields(server: Server, polytomic: Polytomic) -> None:
    server.play(
        data(
            {
                "cache_status": "fresh",
                "last_refresh_started": EARLIER,
                "last_refresh_finished": LATER,
            }
        )
    )
    found = polytomic.schemas.status("c/1").data
    assert server.requests[0].method == "GET"
    assert server.requests[0].path == "/api/connections/c%2F1/schemas/status"
    assert (found.cache_status, found.ready) == ("fresh", True)
    assert found.last_refresh_started == datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
    assert found.last_refresh_finished == datetime(2024, 1, 15, 9, 31, tzinfo=UTC)


@pytest.mark.parametrize("body", [None, {}, {"message": "accepted"}])
def test_refresh_posts_without_a_body_and_takes_any_reply(
    server: Server, polytomic: Polytomic, body: Any
) -> None:
    server.play(answer(202, body, Location="/api/connections/c1/schemas/status"))
    assert polytomic.schemas.refresh("c1").status == 202
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("POST", "/api/connections/c1/schemas/refresh")
    assert sent.body == b""


def test_a_connection_that_is_not_healthy_cannot_be_refreshed(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(answer(400, {"message": "connection is not healthy"}))
    with pytest.raises(BadRequest, match="not healthy"):
        polytomic.schemas.refresh("c1")


def test_the_status_of_a_connection_that_is_gone_is_not_found(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(answer(404, {"message": "no such connection", "status": 404}))
    with pytest.raises(NotFound):
        polytomic.schemas.status("c1")


@pytest.mark.parametrize("body", [{"data": None}, {"data": "fresh"}, None])
def test_a_status_of_another_shape_is_said_to_be_that(
    server: Server, polytomic: Polytomic, body: Any
) -> None:
    server.play(answer(200, body))
    with pytest.raises(UnexpectedReply):
        polytomic.schemas.status("c1")


@pytest.mark.parametrize("word", [*READY, True, "Fresh", "CACHED", " True ", "Completed"])
def test_a_good_word_is_ready(word: str | bool) -> None:
    assert status(cache_status=word).ready


@pytest.mark.parametrize("word", READY)
def test_a_good_word_is_ready_even_while_a_newer_refresh_runs(word: str) -> None:
    assert status(
        cache_status=word, last_refresh_started=LATER, last_refresh_finished=EARLIER
    ).ready


def test_the_word_counts_under_the_other_name_as_well() -> None:
    assert status(status="completed").ready
    assert not status(status="refreshing").ready
    assert not status(cache_status="refreshing", status="completed").ready


@pytest.mark.parametrize("word", ["refreshing", "REFRESHING", " refreshing ", False, "false"])
def test_a_refresh_that_runs_is_never_ready_whatever_an_older_one_did(word: str | bool) -> None:
    assert not status(cache_status=word).ready
    assert not status(
        cache_status=word, last_refresh_started=EARLIER, last_refresh_finished=LATER
    ).ready


@pytest.mark.parametrize("reply", [{}, {"cache_status": None}, {"cache_status": ""}])
def test_without_a_word_the_times_decide(reply: dict[str, Any]) -> None:
    times = {"last_refresh_started": EARLIER, "last_refresh_finished": LATER}
    backwards = {"last_refresh_started": LATER, "last_refresh_finished": EARLIER}
    assert not status(**reply).ready
    assert not status(**reply, last_refresh_started=EARLIER).ready
    assert not status(**reply, last_refresh_started=EARLIER, last_refresh_finished=None).ready
    assert not status(**reply, last_refresh_started=EARLIER, last_refresh_finished="").ready
    assert not status(**reply, **backwards).ready
    assert status(**reply, **times).ready
    assert status(**reply, last_refresh_finished=LATER).ready


def test_a_quick_refresh_that_ends_in_its_first_second_is_ready() -> None:
    assert status(last_refresh_started=EARLIER, last_refresh_finished=EARLIER).ready


def test_an_unknown_word_leaves_the_decision_to_the_times() -> None:
    assert not status(cache_status="warming").ready
    assert status(
        cache_status="warming", last_refresh_started=EARLIER, last_refresh_finished=LATER
    ).ready


@settings(deadline=None)
@given(word=WORDS, started=MOMENTS, finished=MOMENTS)
def test_case_and_space_around_a_word_mean_nothing(word: str, started: Any, finished: Any) -> None:
    times = {"last_refresh_started": started, "last_refresh_finished": finished}
    plain = status(cache_status=word, **times)
    assert status(cache_status=f" {word.upper()}\n", **times).ready == plain.ready


@settings(deadline=None)
@given(word=st.none() | WORDS, started=MOMENTS, finished=MOMENTS, late=st.timedeltas(timedelta(0)))
def test_a_later_end_never_makes_a_ready_schema_unready(
    word: str | None, started: Any, finished: Any, late: timedelta
) -> None:
    def ends(moment: Any) -> bool:
        return status(
            cache_status=word, last_refresh_started=started, last_refresh_finished=moment
        ).ready

    end = datetime.max.replace(tzinfo=UTC)
    later = end if finished is None or end - finished < late else finished + late
    assert ends(later) or not ends(finished)


@settings(deadline=None)
@given(value=st.booleans(), started=MOMENTS, finished=MOMENTS)
def test_a_boolean_and_its_word_are_one_reading(value: bool, started: Any, finished: Any) -> None:
    times = {"last_refresh_started": started, "last_refresh_finished": finished}
    assert (
        status(cache_status=value, **times).ready
        == status(cache_status=str(value).lower(), **times).ready
        == value
    )


def test_records_of_an_object_are_read_as_they_are(server: Server, polytomic: Polytomic) -> None:
    rows = [{"Email": "a@example.com", "Age": 5, "Tags": ["x"]}, {}]
    server.play(data(rows))
    assert polytomic.schemas.records("c1", "public.users/x").data == rows
    sent = server.requests[0]
    assert sent.path == "/api/connections/c1/schemas/public.users%2Fx/records"


def test_records_that_are_no_rows_are_an_error_that_shows_none(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(data(["canary-row"]))
    with pytest.raises(UnexpectedReply, match="not a list of JSON objects") as raised:
        polytomic.schemas.records("c1", "Contact")
    assert "canary" not in str(raised.value)
