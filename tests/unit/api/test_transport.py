"""Requests as they go out, and the retries, against a real HTTP server."""

import gc
import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from polytomic_provider.api import (
    Conflict,
    ConnectionDropped,
    Deadline,
    Polytomic,
    PolytomicError,
    RateLimited,
    ServerError,
    Transport,
    Unprocessable,
    Unreachable,
    api_path,
)
from polytomic_provider.api.http.operation import Operation, allowing, carrying_out
from tests.unit.api.scripted_server import (
    Clock,
    Handler,
    Server,
    Step,
    answer,
    cut_short,
    data,
    hang_up,
    text,
)

POST_KEY = "a-key-of-this-test"


def test_every_request_carries_the_headers(server: Server, transport: Transport, key: str) -> None:
    server.play(data({}))
    transport.request("GET", "/api/me")
    headers = server.requests[0].headers
    assert headers["authorization"] == f"Bearer {key}"
    assert headers["x-polytomic-version"] == "2025-09-18"
    assert headers["accept"] == "application/json"
    assert "idempotency-key" not in headers
    products = [product.split("/")[0] for product in headers["user-agent"].split()]
    assert products == ["pulumi-polytomic", "pulumi", "python"]
    assert "unknown" not in headers["user-agent"]


def test_a_partner_key_goes_out_as_basic(server: Server, connect: Callable[..., Polytomic]) -> None:
    server.play(data({}))
    polytomic = connect(server.url, apiKey="", partnerKey="secretkey", organizationId="org-1")
    polytomic.identity.me()
    assert server.requests[0].headers["authorization"] == "Basic b3JnLTE6c2VjcmV0a2V5"


def test_the_reply_is_unwrapped_and_knows_its_id_and_the_servers_clock(
    server: Server, transport: Transport
) -> None:
    server.play(answer(201, {"data": [1], "pagination": {}}, X_Request_Id="req_9"))
    reply = transport.request("GET", "/api/x")
    assert (reply.status, reply.data, reply.request_id) == (201, [1], "req_9")
    assert reply.body == {"data": [1], "pagination": {}}
    assert reply.date is not None
    assert abs(reply.date - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("status", [200, 202, 204])
def test_an_empty_body_is_no_data(server: Server, transport: Transport, status: int) -> None:
    server.play(answer(status))
    assert transport.request("DELETE", "/api/x").data is None


def test_a_body_without_envelope_is_the_data(server: Server, transport: Transport) -> None:
    server.play(answer(200, {"type": "object"}))
    assert transport.request("GET", "/api/x").data == {"type": "object"}


def test_ids_with_any_characters_stay_one_segment(server: Server, transport: Transport) -> None:
    server.play(data({}))
    transport.request("GET", api_path("connections", "public.users/x y?#%"))
    assert server.requests[0].path == "/api/connections/public.users%2Fx%20y%3F%23%25"


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_an_empty_id_is_refused_before_it_reads_the_whole_list(part: str) -> None:
    with pytest.raises(PolytomicError, match="not an id"):
        api_path("connections", part)


def test_queries_leave_out_none_and_spell_booleans(server: Server, transport: Transport) -> None:
    server.play(data({}))
    transport.request("GET", "/api/x", params={"force": True, "none": None, "many": ["a", "b"]})
    assert server.requests[0].query == {"force": ["true"], "many": ["a", "b"]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_json_cannot_carry_is_refused(
    server: Server, transport: Transport, value: float | str
) -> None:
    with pytest.raises(PolytomicError, match="PUT /api/x"):
        transport.request("PUT", "/api/x", json={"a": value})
    assert server.requests == []


@pytest.mark.parametrize("bad", ["short", "x" * 256, "with space", "ümlaut-key"])
def test_an_idempotency_key_is_of_the_documented_form(transport: Transport, bad: str) -> None:
    with pytest.raises(PolytomicError, match="8 to 255"):
        transport.request("POST", "/api/x", idempotency_key=bad)


@pytest.mark.parametrize(
    "step", [answer(503), answer(429), answer(408), answer(500), hang_up, cut_short]
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_passing_failure_is_not_seen(
    server: Server, transport: Transport, method: str, step: Step
) -> None:
    server.play(step, step, data("fine"))
    assert transport.request(method, "/api/x").data == "fine"
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "step", [answer(503), answer(429), hang_up, cut_short, answer(409, {"message": "in flight"})]
)
def test_a_keyed_post_is_sent_again_under_the_same_key(
    server: Server, transport: Transport, step: Step
) -> None:
    server.play(step, step, data("made"))
    reply = transport.request("POST", "/api/x", json={"a": 1}, idempotency_key=POST_KEY)
    assert reply.data == "made"
    assert [r.headers["idempotency-key"] for r in server.requests] == [POST_KEY] * 3
    assert [r.json for r in server.requests] == [{"a": 1}] * 3


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (answer(503), ServerError),
        (answer(429), RateLimited),
        (answer(409, {"message": "in progress elsewhere"}), Conflict),
        (hang_up, ConnectionDropped),
        (cut_short, ConnectionDropped),
    ],
)
def test_a_post_without_a_key_is_sent_once(
    server: Server, transport: Transport, step: Step, error: type[PolytomicError]
) -> None:
    server.play(step)
    with pytest.raises(error):
        transport.request("POST", "/api/x", json={})
    assert len(server.requests) == 1


def test_a_busy_object_is_asked_again(server: Server, transport: Transport) -> None:
    server.play(answer(409, {"message": "an update is in progress"}), data("fine"))
    assert transport.request("PUT", "/api/x", json={}).data == "fine"


@pytest.mark.parametrize(
    ("step", "asked"),
    [(hang_up, 1), (cut_short, 1), (answer(503), 1), (answer(502), 1), (answer(429), 0)],
)
def test_before_a_request_is_repeated_that_may_have_taken_effect_the_caller_may_look(
    server: Server, transport: Transport, step: Step, asked: int
) -> None:
    server.play(step, data({"id": "1"}))
    looks: list[int] = []
    transport.request(
        "POST",
        "/api/x",
        idempotency_key=POST_KEY,
        before_repeat=lambda: looks.append(len(server.requests)),
    )
    assert looks == [1] * asked


def test_what_the_look_before_a_repetition_raises_ends_it(
    server: Server, transport: Transport
) -> None:
    def found() -> None:
        raise LookupError("found")

    server.always(hang_up)
    with pytest.raises(LookupError):
        transport.request("POST", "/api/x", idempotency_key=POST_KEY, before_repeat=found)
    assert len(server.requests) == 1


def test_a_500_to_a_keyed_post_is_an_outcome(server: Server, transport: Transport) -> None:
    server.play(answer(500, {"message": "it failed"}))
    with pytest.raises(ServerError) as caught:
        transport.request("POST", "/api/x", idempotency_key=POST_KEY)
    assert len(server.requests) == 1
    assert caught.value.status == 500
    assert not caught.value.retryable


def test_a_cache_refresh_answered_to_a_keyed_post_is_an_outcome(
    server: Server, transport: Transport
) -> None:
    server.play(answer(422, {"message": "cache refresh in progress"}))
    with pytest.raises(Unprocessable):
        transport.request("POST", "/api/x", idempotency_key=POST_KEY)
    assert len(server.requests) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_business_conflict_comes_through_at_once(
    server: Server, transport: Transport, method: str
) -> None:
    server.play(answer(409, {"message": "an execution is already running"}))
    key = POST_KEY if method == "POST" else None
    with pytest.raises(Conflict):
        transport.request(method, "/api/x", idempotency_key=key)
    assert len(server.requests) == 1


def test_retry_can_be_switched_off(server: Server, transport: Transport) -> None:
    server.play(answer(503))
    with pytest.raises(ServerError) as caught:
        transport.request("GET", "/api/x", retry=False)
    assert len(server.requests) == 1
    assert "tried" not in str(caught.value)


def test_a_500_that_stays_ends_after_a_few_tries(
    server: Server, transport: Transport, clock: Clock
) -> None:
    server.always(answer(500, {"message": "boom"}))
    with pytest.raises(ServerError, match=r"boom.*tried 5 times in 7.5 s"):
        transport.request("GET", "/api/x")
    assert clock.sleeps == [0.5, 1, 2, 4]


def test_failures_of_another_kind_do_not_use_up_the_tries_of_a_500(
    server: Server, transport: Transport
) -> None:
    server.play(*[answer(503), answer(500)] * 4)
    server.always(data({"id": 1}))
    assert transport.request("GET", "/api/x").data == {"id": 1}
    assert len(server.requests) == 9


def test_a_503_that_stays_ends_with_the_budget(
    server: Server, connect: Callable[..., Polytomic], clock: Clock
) -> None:
    server.always(answer(503))
    with pytest.raises(ServerError, match="the operation's time of 60 s is over"):
        connect(server.url, operationTimeout="60s").transport.request("GET", "/api/x")
    assert sum(clock.sleeps) <= 60
    assert max(clock.sleeps) <= 20


def test_retry_after_in_seconds_is_honoured(
    server: Server, transport: Transport, clock: Clock
) -> None:
    server.play(answer(429, None, Retry_After="30"), data("fine"))
    assert transport.request("GET", "/api/x").data == "fine"
    assert clock.sleeps == [31.0]


def test_retry_after_as_a_date_counts_from_the_servers_clock(
    server: Server, transport: Transport, clock: Clock
) -> None:
    server.clock_ahead = 5000.0
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=5100), usegmt=True)
    server.play(answer(503, None, Retry_After=until), data("fine"))
    assert transport.request("GET", "/api/x").data == "fine"
    assert 98 <= clock.sleeps[0] <= 101


def test_a_wait_that_just_fits_is_not_stretched_beyond_the_budget(
    server: Server, connect: Callable[..., Polytomic], clock: Clock
) -> None:
    server.play(answer(429, None, Retry_After="30"), data("fine"))
    transport = connect(server.url, operationTimeout="30s").transport
    assert transport.request("GET", "/api/x").data == "fine"
    assert clock.sleeps == [30.0]


def test_a_wait_longer_than_the_budget_ends_at_once_and_says_so(
    server: Server, transport: Transport, clock: Clock
) -> None:
    server.play(answer(429, {"message": "slow down"}, Retry_After="3600"))
    with pytest.raises(RateLimited) as caught:
        transport.request("GET", "/api/x")
    assert clock.sleeps == []
    assert "it asks to wait 60 min, longer than the 10 min that are left" in caught.value.message


def test_several_requests_share_one_budget(
    server: Server, transport: Transport, clock: Clock
) -> None:
    server.always(answer(503))
    with allowing(10, clock.now):
        for _ in range(2):
            with pytest.raises(ServerError):
                transport.request("GET", "/api/x")
    assert sum(clock.sleeps) <= 10


def test_nothing_listening_is_tried_a_few_times_then_explained(
    connect: Callable[..., Polytomic], clock: Clock
) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        with pytest.raises(Unreachable) as caught:
            connect(url).transport.request("POST", "/api/x", json={})
    assert len(clock.sleeps) == 5
    assert "no connection to 127.0.0.1" in caught.value.message
    assert "The address is from stack configuration polytomic:url." in str(caught.value)


def test_each_wait_is_told_before_it_begins(server: Server, polytomic: Polytomic) -> None:
    told: list[tuple[str, bool]] = []

    def say(message: str, *, warning: bool = False, passing: bool = False) -> None:
        told.append((message, passing))

    server.play(answer(503, {"message": "deploying"}), answer(503), data("fine"))
    transport = Transport(polytomic.settings, sleep=lambda _: None, random=lambda: 1.0)
    with carrying_out(Operation(Deadline.after(600), say=say)):
        transport.request("GET", "/api/x")
    transport.close()
    (first, passing), (second, _) = told
    assert "deploying" in first
    assert first.endswith("trying again in 0.5 s; a second Ctrl-C stops waiting")
    assert passing
    assert second.endswith("trying again in 1 s")


def test_a_closed_transport_opens_again(server: Server, transport: Transport) -> None:
    server.play(data(1), data(2))
    transport.request("GET", "/api/x")
    transport.close()
    assert transport.request("GET", "/api/x").data == 2


def test_the_clients_of_threads_that_have_ended_are_kept_by_nobody(
    server: Server, transport: Transport
) -> None:
    server.always(data({}))
    transport.request("GET", "/api/x")
    for _ in range(3):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(transport.request, "GET", "/api/x").result(20)
    gc.collect()
    assert len(transport._opened) == 1


def test_a_load_balancers_page_with_503_is_retried(server: Server, transport: Transport) -> None:
    server.play(text(503, "<html>down</html>", "text/html"), data("fine"))
    assert transport.request("GET", "/api/x").data == "fine"


def test_no_log_holds_a_key_or_a_body(
    server: Server, transport: Transport, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.play(hang_up, data({"auth_code": "hidden-answer"}))
    transport.request("PUT", "/api/x", json={"token": "hidden-body"})
    assert "/api/x" in caplog.text
    for hidden in (key, "hidden-body", "hidden-answer"):
        assert hidden not in caplog.text


def test_32_threads_share_one_transport(server: Server, transport: Transport) -> None:
    together = threading.Barrier(32)

    def meet(handler: Handler) -> None:
        together.wait(10)
        data("met")(handler)

    server.always(meet)
    with ThreadPoolExecutor(32) as pool:
        replies = [pool.submit(transport.request, "GET", "/api/x") for _ in range(32)]
        assert {reply.result(20).data for reply in replies} == {"met"}
