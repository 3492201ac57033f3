import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from polytomic import InternalServerError, Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.samples import netsuite
from tests.emulator.waiting import until

# What a client may see of a connection that was cut.
CUT = (httpx.RemoteProtocolError, httpx.ReadError)


def _create(http: httpx.Client) -> httpx.Response:
    return http.post("/api/connections", json=netsuite())


def test_a_status_replaces_the_answer_and_applies_nothing(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.fail(kind="status", status=500, method="POST")
    with pytest.raises(InternalServerError) as failure:
        polytomic.connections.create(**netsuite())
    assert failure.value.body.status == 500
    assert emulator.connections() == []
    polytomic.connections.create(**netsuite())


@pytest.mark.parametrize("retry_after", ["2", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_status_carries_the_headers_and_body_asked_for(
    http: httpx.Client, emulator: RunningEmulator, retry_after: str
) -> None:
    headers = {"Retry-After": retry_after}
    emulator.fail(kind="status", status=429, headers=headers, body={"message": "slow down"})
    reply = http.get("/api/me")
    assert (reply.status_code, reply.json()) == (429, {"message": "slow down"})
    assert reply.headers["Retry-After"] == retry_after
    assert reply.headers["X-Request-Id"]
    emulator.fail(kind="status", status=503, body="plain words")
    assert http.get("/api/me").text == "plain words"


def test_a_change_may_be_applied_before_its_answer_is_lost(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.fail(kind="status", status=502, when="after")
    assert _create(http).status_code == 502
    assert len(emulator.connections()) == 1


def test_a_gateway_answers_in_html(http: httpx.Client, emulator: RunningEmulator) -> None:
    emulator.fail(kind="html")
    reply = http.get("/api/me")
    assert (reply.status_code, reply.headers["Content-Type"]) == (502, "text/html")
    assert reply.text.startswith("<html>")


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_a_connection_is_dropped(
    http: httpx.Client, emulator: RunningEmulator, when: str, made: int
) -> None:
    emulator.fail(kind="drop", when=when)
    with pytest.raises(CUT):
        _create(http)
    assert len(emulator.connections()) == made
    assert emulator.requests()[0]["dropped"] is True


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_a_request_hangs_until_its_client_gives_up(
    http: httpx.Client, emulator: RunningEmulator, when: str, made: int
) -> None:
    emulator.fail(kind="hang", when=when)
    with pytest.raises(httpx.ReadTimeout):
        http.post("/api/connections", json=netsuite(), timeout=0.5)
    assert len(emulator.connections()) == made
    until(lambda: emulator.requests()[0]["finished"])
    assert emulator.requests()[0]["status"] is None


def test_a_hanging_request_does_not_keep_the_emulator_from_stopping() -> None:
    with ThreadPoolExecutor() as pool:
        with RunningEmulator() as emulator:
            emulator.fail(kind="hang")
            hanging = pool.submit(httpx.get, f"{emulator.url}/api/me", timeout=60)
            until(emulator.requests)
            started = time.monotonic()
        assert time.monotonic() - started < 10
        assert isinstance(hanging.exception(timeout=10), CUT)


def test_a_body_is_cut_short(http: httpx.Client, emulator: RunningEmulator) -> None:
    emulator.fail(kind="truncate", method="POST")
    with pytest.raises(httpx.RemoteProtocolError, match="complete message"):
        _create(http)
    assert len(emulator.connections()) == 1


def test_a_body_comes_slowly_but_whole(http: httpx.Client, emulator: RunningEmulator) -> None:
    emulator.fail(kind="slow_body", milliseconds=600)
    started = time.monotonic()
    assert http.get("/api/me").json()["data"]["is_user"] is True
    assert time.monotonic() - started >= 0.5


def test_a_request_is_delayed_without_holding_up_others(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.fail(kind="delay", milliseconds=1500, method="POST")
    with ThreadPoolExecutor() as pool:
        started = time.monotonic()
        slow = pool.submit(_create, http)
        until(lambda: emulator.requests("POST"))
        assert http.get("/api/me").status_code == 200
        assert not slow.done()
        assert slow.result().status_code == 201
    assert time.monotonic() - started >= 1.5


def test_latency_stays_until_it_is_taken_away(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.control("POST", "latency", {"milliseconds": 300, "path": "^/api/me$"})
    for _ in range(2):
        assert http.get("/api/me").elapsed.total_seconds() >= 0.3
    emulator.control("POST", "latency", {"milliseconds": 0, "path": "^/api/me$"})
    emulator.control("POST", "latency", {"milliseconds": 300, "path": "nothing"})
    # Not a measure of speed: without the latency above it is far below, whatever the machine does.
    assert min(http.get("/api/me").elapsed.total_seconds() for _ in range(5)) < 0.3


def test_a_fault_strikes_the_requests_that_it_is_meant_for(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.fail(
        kind="status", status=503, method="GET", path="/connections$", times=2, after_matches=1
    )
    asked = [http.get(path).status_code for path in ("/api/me", *["/api/connections"] * 4)]
    assert asked == [200, 200, 503, 503, 200]
    assert http.post("/api/connections", json=netsuite()).status_code == 201
    fault = emulator.control("GET", "faults")[0]
    assert (fault["matched"], fault["played"]) == (3, 2)


def test_faults_are_played_in_order_and_can_be_taken_away(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    faults = [{"kind": "status", "status": status} for status in (500, 502)]
    emulator.control("POST", "faults", {"faults": faults})
    assert [http.get("/api/me").status_code for _ in range(3)] == [500, 502, 200]
    emulator.fail(kind="status", status=504, times=None)
    assert [http.get("/api/me").status_code for _ in range(3)] == [504] * 3
    emulator.clear_faults()
    assert http.get("/api/me").status_code == 200


@pytest.mark.parametrize(
    "fault",
    [
        {},
        {"kind": "meteor"},
        {"kind": "drop", "when": "never"},
        {"kind": "status", "pth": "/api"},
        {"kind": "status", "path": "("},
        {"kind": "status", "times": "two"},
        {"kind": "status", "times": -1},
        {"kind": "drop", "record": True},
        {"kind": "status", "headers": ["a"]},
        {"kind": "status", "headers": {"Retry-After": 5}},
        {"kind": "status", "headers": {"X": "a\r\nb"}},
        {"kind": "status", "headers": {"no name": "a"}},
        {"kind": "status", "headers": {"": "a"}},
        {"kind": "status", "status": 99},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(
    http: httpx.Client, emulator: RunningEmulator, fault: dict[str, object]
) -> None:
    with pytest.raises(ControlError, match="400"):
        emulator.fail(**fault)
    assert http.get("/api/me").status_code == 200
