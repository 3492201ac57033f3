from collections import Counter

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.pipelines import Pipeline

FIVE_WAYS = {"failure_rate": 0.25}


def _what_happens(emulator: RunningEmulator, requests: int) -> list[str]:
    """How each of some requests ended, one after the other."""
    headers = {"Authorization": f"Bearer {emulator.api_key}"}
    seen: list[str] = []
    with httpx.Client(base_url=emulator.url, headers=headers) as http:
        for _ in range(requests):
            try:
                seen.append(str(http.get("/api/me").status_code))
            except httpx.TransportError as error:
                seen.append("cut" if "complete message" in str(error) else "dropped")
    return seen


def test_the_same_seed_meets_the_same_faults_and_another_seed_others() -> None:
    def run(seed: int) -> list[str]:
        with RunningEmulator(seed=seed, faults=FIVE_WAYS) as emulator:
            return _what_happens(emulator, 120)

    first = run(7)
    assert run(7) == first
    assert run(8) != first
    assert set(first) == {"200", "500", "503", "dropped", "cut"}


def test_a_reset_begins_the_draws_anew() -> None:
    with RunningEmulator(faults=FIVE_WAYS) as emulator:
        first = _what_happens(emulator, 40)
        assert _what_happens(emulator, 40) != first
        emulator.reset()
        assert _what_happens(emulator, 40) == first


def test_a_failure_rate_is_the_share_of_requests_that_fail() -> None:
    with RunningEmulator(faults={"failure_rate": 1}) as failing:
        assert "200" not in _what_happens(failing, 30)
    with RunningEmulator(faults={"failure_rate": 0}) as sound:
        assert Counter(_what_happens(sound, 30)) == {"200": 30}
    with RunningEmulator(seed=3, faults={"failure_rate": 0.5}) as half:
        failed = 400 - Counter(_what_happens(half, 400))["200"]
        # By the seed always the same number; any that is not near the half is a wrong share.
        assert 160 < failed < 240


def test_another_fault_does_not_change_what_a_fault_draws(emulator: RunningEmulator) -> None:
    def run(*more: dict[str, object]) -> list[str]:
        emulator.reset()
        emulator.fail(kind="status", status=500, probability=0.3)
        for fault in more:
            emulator.fail(**fault)
        return _what_happens(emulator, 30)

    alone = run()
    assert "500" in alone
    assert run({"kind": "status", "status": 503, "path": "nowhere"}) == alone


def test_a_probability_goes_with_times(http: httpx.Client, emulator: RunningEmulator) -> None:
    emulator.fail(kind="status", status=500, probability=1, times=2)
    assert [http.get("/api/me").status_code for _ in range(3)] == [500, 500, 200]
    emulator.clear_faults()
    emulator.fail(kind="status", status=500, probability=0)
    assert http.get("/api/me").status_code == 200


def test_a_route_is_named_by_its_template(
    http: httpx.Client, emulator: RunningEmulator, contacts: Pipeline
) -> None:
    model, connection = f"/api/models/{contacts.model}", f"/api/connections/{contacts.netsuite}"
    emulator.fail(kind="status", status=503, route="/api/models/{id}", times=None)
    assert http.get(model).status_code == 503
    assert http.get("/api/models").status_code == 200
    assert http.get(connection).status_code == 200
    emulator.clear_faults()
    emulator.fail(kind="status", status=503, method="DELETE", route="/api/models/{model_id}")
    assert http.get(model).status_code == 200
    assert http.delete(model).status_code == 503


def test_a_route_is_not_the_one_whose_template_only_looks_alike(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.fail(kind="status", status=503, route="/api/connections/{id}", times=None)
    assert http.post("/api/connections/test", json={"type": "netsuite"}).status_code == 400
    assert http.get("/api/connections/some-id").status_code == 503


def test_an_unknown_route_or_method_is_refused_with_the_known_ones(
    emulator: RunningEmulator,
) -> None:
    with pytest.raises(ControlError, match=r"/api/models/\{id\}"):
        emulator.fail(kind="drop", route="/api/model/{id}")
    with pytest.raises(ControlError, match="PUT"):
        emulator.fail(kind="drop", route="/api/models/{id}", method="POST")
    with pytest.raises(ControlError, match="DELETE"):
        emulator.fail(kind="drop", method="delete")
    assert emulator.control("GET", "faults") == []


def test_several_faults_are_added_together_or_not_at_all(emulator: RunningEmulator) -> None:
    faults = [{"kind": "drop"}, {"kind": "meteor"}]
    with pytest.raises(ControlError, match=r"faults\[1\]\.kind"):
        emulator.control("POST", "faults", {"faults": faults})
    assert emulator.control("GET", "faults") == []


def test_latency_is_drawn_from_a_range_and_aimed_by_route(
    http: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.delay(200, up_to_milliseconds=220, route="/api/me", method="GET")
    assert http.get("/api/me").elapsed.total_seconds() >= 0.2
    assert [one["route"] for one in emulator.control("GET", "latency")] == ["/api/me"]
    emulator.delay(0, route="/api/me", method="GET")
    assert emulator.control("GET", "latency") == []
    with pytest.raises(ControlError, match="from 200 on"):
        emulator.delay(200, up_to_milliseconds=100)
