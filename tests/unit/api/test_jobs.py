"""Replies that only name a job: it is followed to its end, within the time of the operation."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_provider.api import (
    APIError,
    JobFailed,
    Polytomic,
    TimedOut,
    Transport,
    TransportError,
    UnexpectedReply,
    resolve_settings,
)
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.api.routes.models import Models
from polytomic_provider.api.wire.model import ModelRequest
from tests.unit.api.scripted_server import Clock, Server, answer, data

REQUEST = ModelRequest(name="Contacts", connection_id="c1", configuration={"table": "Contact"})
KEY = "a-key-of-this-test"


def job(status: str | None, **more: Any) -> dict[str, Any]:
    return {"job_id": "j1", "type": "createmodel", "status": status, **more}


def started(status: str | None = "created", **more: Any) -> Any:
    return answer(200, {"data": None, "job": job(status, **more)})


def test_a_job_is_followed_until_it_is_done(
    server: Server, polytomic: Polytomic, clock: Clock
) -> None:
    server.play(
        started(),
        *[data(job("running"))] * 5,
        data(job("done", result={"id": "m1", "name": "Contacts"})),
    )
    reply = polytomic.models.create(REQUEST, idempotency_key=KEY)
    assert (reply.data.id, reply.data.name) == ("m1", "Contacts")
    asked = [(r.method, r.path) for r in server.requests]
    assert asked == [("POST", "/api/models")] + [("GET", "/api/jobs/createmodel/j1")] * 6
    assert clock.sleeps == [0.5 * 1.5**look for look in range(6)]


@pytest.mark.parametrize("result", [{"id": "m1"}, {"data": {"id": "m1"}}])
def test_a_result_is_read_with_its_envelope_and_without(
    server: Server, polytomic: Polytomic, result: Any
) -> None:
    server.play(answer(202, {"job": job("running")}), data(job("DONE", result=result)))
    assert polytomic.models.get("m1").data.id == "m1"


def test_a_job_that_is_done_at_once_costs_no_request(
    server: Server, polytomic: Polytomic, clock: Clock
) -> None:
    server.play(started("done", result={"id": "m1"}))
    assert polytomic.models.update("m1", REQUEST).data.id == "m1"
    assert (len(server.requests), clock.sleeps) == (1, [])


def test_the_result_of_a_job_that_is_done_is_fetched(
    server: Server, polytomic: Polytomic, clock: Clock
) -> None:
    server.play(started("done"), data(job("done", result={"id": "m1"})))
    assert polytomic.models.create(REQUEST, idempotency_key=KEY).data.id == "m1"
    assert clock.sleeps == []


def test_a_done_job_without_any_result_is_an_error(server: Server, polytomic: Polytomic) -> None:
    server.play(started("done"), data(job("done")))
    with pytest.raises(UnexpectedReply, match="POST /api/models: the reply is empty"):
        polytomic.models.create(REQUEST, idempotency_key=KEY)


@pytest.mark.parametrize("status", ["running", "failed", "done"])
def test_a_reply_that_has_its_data_does_not_wait_for_a_job(
    server: Server, polytomic: Polytomic, status: str
) -> None:
    server.play(answer(200, {"data": {"id": "m1"}, "job": job(status, error="later")}))
    assert polytomic.models.get("m1").data.id == "m1"
    assert len(server.requests) == 1


@pytest.mark.parametrize("words", ["the table is gone", {"reason": "the table is gone"}])
def test_a_failed_job_is_an_error_with_its_words(
    server: Server, polytomic: Polytomic, words: Any
) -> None:
    server.play(
        answer(200, {"job": job("running")}, X_Request_Id="req_7"),
        data(job("failed", error=words)),
    )
    with pytest.raises(JobFailed) as caught:
        polytomic.models.create(REQUEST, idempotency_key=KEY)
    message = caught.value.message
    assert message.startswith("POST /api/models: the job createmodel j1 failed: ")
    assert message.endswith(" (request req_7)")
    assert "the table is gone" in message
    assert (caught.value.request_id, caught.value.path) == ("req_7", "/api/models")
    assert caught.value.retryable is False


def test_a_job_that_fails_at_once_and_without_words_is_an_error(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(started("failed"))
    with pytest.raises(JobFailed, match="job createmodel j1 failed: no message was given"):
        polytomic.models.create(REQUEST, idempotency_key=KEY)


def test_the_words_of_a_job_never_show_the_key(
    server: Server, polytomic: Polytomic, key: str
) -> None:
    server.play(started("failed", error=f"with {key}\n\x1b[31m", job_id=key))
    with pytest.raises(JobFailed) as caught:
        polytomic.models.create(REQUEST, idempotency_key=KEY)
    assert key not in f"{caught.value} {caught.value!r} {caught.value.server_message}"
    assert "\x1b" not in str(caught.value)


def test_a_job_that_does_not_end_uses_up_the_time_and_no_more(
    server: Server, connect: Callable[..., Polytomic], clock: Clock
) -> None:
    server.play(started())
    server.always(data(job("queued")))
    with pytest.raises(TimedOut) as caught:
        connect(server.url, operationTimeout="30s").models.create(REQUEST, idempotency_key=KEY)
    said = "POST /api/models: the job createmodel j1 is still 'queued' after 30 s"
    assert caught.value.message == said
    assert "operationTimeout" in str(caught.value)
    assert caught.value.arrived
    assert sum(clock.sleeps) == 30.0


def test_the_given_deadline_counts_for_request_and_job_together(
    server: Server, polytomic: Polytomic, clock: Clock
) -> None:
    server.play(answer(503, None, Retry_After="6"), started())
    server.always(data(job("running")))
    with allowing(10.0, clock.now), pytest.raises(TimedOut, match="after 10 s"):
        polytomic.models.create(REQUEST, idempotency_key=KEY)
    assert sum(clock.sleeps) == pytest.approx(10.0)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_job_that_cannot_be_read_says_nothing_about_the_model(
    server: Server, polytomic: Polytomic, status: int
) -> None:
    server.play(started(), answer(status, {"message": "no such job"}))
    with pytest.raises(TransportError) as caught:
        polytomic.models.create(REQUEST, idempotency_key=KEY)
    assert not isinstance(caught.value, APIError)
    assert caught.value.arrived
    assert "the job that it started cannot be read" in caught.value.message
    assert "no such job" in caught.value.message


@pytest.mark.parametrize("named", [{"status": "running"}, {"job_id": "j1"}, {"type": "t"}])
def test_a_job_without_a_name_cannot_be_followed(
    server: Server, polytomic: Polytomic, named: dict[str, Any]
) -> None:
    server.play(answer(200, {"data": {}, "job": named}))
    with pytest.raises(UnexpectedReply, match="a job without its type or id"):
        polytomic.models.get("m1")


def test_a_cold_server_is_asked_again_for_the_job(server: Server, polytomic: Polytomic) -> None:
    server.play(started(), answer(503), data(job("done", result={"id": "m1"})))
    assert polytomic.models.create(REQUEST, idempotency_key=KEY).data.id == "m1"


@settings(deadline=None)
@given(polls=st.integers(0, 60), budget=st.floats(0.1, 200.0))
def test_pauses_grow_to_five_seconds_and_never_outlast_the_time(polls: int, budget: float) -> None:
    answers = [{"data": job("running")}] * polls + [{"data": job("done", result={"id": "m1"})}]
    answers.insert(0, {"job": job("created")})
    clock = Clock()
    with httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, json=answers.pop(0)))
    ) as http:
        configured = resolve_settings({}, {"POLYTOMIC_API_KEY": "pk-0123456789"})
        transport = Transport(configured, http=http, sleep=clock.sleep, now=clock.now)
        with allowing(budget, clock.now) as deadline:
            try:
                assert Models(transport).get("m1").data.id == "m1"
            except TimedOut:
                assert deadline.remaining() == 0
    assert sum(clock.sleeps) <= budget + 1e-6
    assert clock.sleeps[0] == pytest.approx(min(0.5, budget))
    assert all(pause <= 5.0 for pause in clock.sleeps)
    unshortened = clock.sleeps[:-1]
    assert unshortened == sorted(unshortened)
