from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest
from polytomic import Polytomic
from polytomic.core.api_error import ApiError

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.samples import netsuite


def _statuses(http: httpx.Client, requests: int, path: str = "/api/me") -> list[int]:
    return [http.get(path).status_code for _ in range(requests)]


def _now(emulator: RunningEmulator) -> datetime:
    return datetime.fromisoformat(emulator.control("GET", "clock")["now"])


def test_so_many_requests_are_answered_in_a_window(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.limit_rate(requests=3, seconds=60)
    assert _statuses(http, 5) == [200, 200, 200, 429, 429]
    emulator.advance_clock(60)
    assert _statuses(http, 4) == [200, 200, 200, 429]
    assert emulator.control("GET", "rate-limits")[0]["refused"] == 3


def test_a_refusal_says_in_how_many_seconds_there_is_room(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.limit_rate(requests_per_minute=1)
    http.get("/api/me")
    emulator.advance_clock(20)
    refused = http.get("/api/me")
    assert refused.status_code == 429
    assert 38 <= int(refused.headers["Retry-After"]) <= 40
    assert refused.json()["key"] == "too_many_requests"
    assert "1 requests in 60 s" in refused.json()["message"]
    emulator.advance_clock(int(refused.headers["Retry-After"]))
    assert http.get("/api/me").status_code == 200


def test_a_refusal_names_the_moment_on_demand(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.limit_rate(requests=1, seconds=30, retry_after_as="date")
    http.get("/api/me")
    refused = http.get("/api/me")
    moment = parsedate_to_datetime(refused.headers["Retry-After"])
    assert 0 < (moment - _now(emulator)).total_seconds() <= 31
    emulator.advance_clock((moment - _now(emulator)).total_seconds())
    assert http.get("/api/me").status_code == 200


def test_a_refusal_may_say_nothing_of_when(http: httpx.Client, emulator: RunningEmulator) -> None:
    emulator.limit_rate(requests=1, seconds=30, retry_after_as="none")
    assert _statuses(http, 2) == [200, 429]
    assert "Retry-After" not in http.get("/api/me").headers


def test_a_refused_request_changes_nothing(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    emulator.limit_rate(requests=1, seconds=60, method="POST")
    polytomic.connections.create(**netsuite("First"))
    with pytest.raises(ApiError) as refusal:
        polytomic.connections.create(**netsuite("Second"))
    assert refusal.value.status_code == 429
    assert [one["name"] for one in emulator.connections()] == ["First"]


def test_every_credential_is_limited_on_its_own(emulator: RunningEmulator) -> None:
    emulator.limit_rate(requests=2, seconds=60)
    keys = (emulator.api_key, emulator.workspace()["api_key"])
    for key in keys:
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client(base_url=emulator.url, headers=headers) as http:
            assert _statuses(http, 3) == [200, 200, 429]
    assert emulator.api_key not in str(emulator.control("GET", "rate-limits"))


def test_a_limit_is_aimed_at_some_requests_and_every_limit_counts(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.limit_rate(requests=2, seconds=60, route="/api/connections")
    emulator.limit_rate(requests=4, seconds=60)
    assert _statuses(http, 3, "/api/connections") == [200, 200, 429]
    # The refused one did not count against the wider limit.
    assert _statuses(http, 3) == [200, 200, 429]
    emulator.clear_rate_limits()
    assert _statuses(http, 2, "/api/connections") == [200, 200]


def test_the_official_client_waits_out_a_limit(emulator: RunningEmulator) -> None:
    emulator.limit_rate(requests=1, seconds=1)
    patient = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=5)
    for _ in range(2):
        assert patient.identity.get().data.organization_id == emulator.organization_id
    assert 429 in [one["status"] for one in emulator.requests()]


@pytest.mark.parametrize(("form", "waits"), [("seconds", "7"), ("date", "GMT")])
def test_a_single_refusal_carries_retry_after(
    http: httpx.Client, emulator: RunningEmulator, form: str, waits: str
) -> None:
    emulator.fail(kind="status", status=429, retry_after=6.5, retry_after_as=form)
    refused = http.get("/api/me")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"].endswith(waits)
    assert http.get("/api/me").status_code == 200


@pytest.mark.parametrize(
    "limit",
    [
        {},
        {"requests": 0, "seconds": 1},
        {"requests": 5, "requests_per_minute": 5},
        {"requests_per_minute": 5, "seconds": 1},
        {"requests": 5, "seconds": 0},
        {"requests": 5, "retry_after_as": "minutes"},
        {"requests": 5, "per": "key"},
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(
    emulator: RunningEmulator, limit: dict[str, object]
) -> None:
    with pytest.raises(ControlError, match="400"):
        emulator.limit_rate(**limit)
    assert emulator.control("GET", "rate-limits") == []
