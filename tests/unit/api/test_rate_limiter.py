"""How fast a process asks once it was told that it asks too fast."""

import threading
from collections.abc import Callable

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import Polytomic, RateLimiter, TimedOut, Transport
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.api.http.rate_limiter import FIRST_DISTANCE, LONGEST_DISTANCE
from tests.unit.api.scripted_server import Clock, Server, answer, data

Connect = Callable[..., Polytomic]


def test_nobody_waits_as_long_as_nothing_was_refused(clock: Clock) -> None:
    pace = RateLimiter(clock.now)
    assert [pace.take().at for _ in range(3)] == [clock.time] * 3


def test_after_a_refusal_nobody_asks_before_the_moment_that_was_named(clock: Clock) -> None:
    pace = RateLimiter(clock.now)
    pace.refused(pace.take(), 7)
    turns = [pace.take().at - clock.time for _ in range(3)]
    assert turns == pytest.approx([7, 7 + FIRST_DISTANCE, 7 + 2 * FIRST_DISTANCE])


def test_refusals_of_requests_that_were_on_their_way_together_count_once(clock: Clock) -> None:
    pace = RateLimiter(clock.now)
    together = [pace.take() for _ in range(30)]
    for turn in together:
        pace.refused(turn, 1)
    first, second = pace.take(), pace.take()
    assert second.at - first.at == pytest.approx(FIRST_DISTANCE)
    assert not any(pace.holds(turn) for turn in together)


def test_each_further_refusal_slows_down_up_to_a_limit_and_replies_end_it(clock: Clock) -> None:
    pace = RateLimiter(clock.now)
    for _ in range(20):
        pace.refused(pace.take(), 0)
    first, second = pace.take(), pace.take()
    assert second.at - first.at == pytest.approx(LONGEST_DISTANCE)
    clock.time += 1000
    for _ in range(1000):
        pace.answered()
    assert [pace.take().at for _ in range(2)] == [clock.time] * 2


@pytest.mark.parametrize(("replies", "slow"), [(15, False), (5, True)])
def test_a_few_refusals_among_many_replies_do_not_slow_down_for_good(
    clock: Clock, replies: int, slow: bool
) -> None:
    pace = RateLimiter(clock.now)
    for _ in range(50):
        pace.refused(pace.take(), 0)
        for _ in range(replies):
            pace.answered()
    first, second = pace.take(), pace.take()
    assert (second.at - first.at > 10 * FIRST_DISTANCE) is slow


def test_one_transport_waits_for_what_another_of_the_same_key_was_told(
    server: Server, connect: Connect, clock: Clock
) -> None:
    settings = connect(server.url).settings
    pace = RateLimiter(clock.now)
    one, other = (
        Transport(settings, sleep=clock.sleep, now=clock.now, random=lambda: 0.0, pace=pace)
        for _ in range(2)
    )
    server.play(answer(429, {"message": "slow down"}, Retry_After="9"))
    server.always(data({}))
    with pytest.raises(Exception, match="429"):
        one.request("GET", "/api/me", retry=False)
    assert clock.sleeps == []
    other.request("GET", "/api/me")
    assert sum(clock.sleeps) == pytest.approx(9)


def test_a_turn_that_does_not_fit_into_the_operations_time_is_an_error_at_once(
    server: Server, connect: Connect, clock: Clock
) -> None:
    transport = connect(server.url).transport
    server.play(answer(429, {"message": "slow down"}, Retry_After="60"))
    server.always(data({}))
    with pytest.raises(Exception, match="429"):
        transport.request("GET", "/api/me", retry=False)
    late = pytest.raises(TimedOut, match=r"limits the rate of requests .* time of 5 s")
    with allowing(5, clock.now), late:
        transport.request("GET", "/api/me")
    assert clock.sleeps == []


def test_many_threads_get_through_a_narrow_limit_with_few_refusals(
    connect: Connect, key: str
) -> None:
    with RunningEmulator(api_key=key) as emulator:
        emulator.limit_rate(requests=20, seconds=1)
        transport = Transport(connect(emulator.url).settings)
        failures: list[Exception] = []

        def ask() -> None:
            try:
                for _ in range(3):
                    transport.request("GET", "/api/me")
            except Exception as failure:
                failures.append(failure)

        threads = [threading.Thread(target=ask) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        refused = emulator.control("GET", "rate-limits")[0]["refused"]
        transport.close()
    assert failures == []
    assert refused <= 20
