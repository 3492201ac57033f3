"""One question for many threads, and what becomes of those that wait for its answer."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from polytomic_provider.api import (
    Deadline,
    Interrupted,
    Interruption,
    PolytomicError,
    SingleFlight,
    TimedOut,
)
from polytomic_provider.api.http.operation import Operation, carrying_out

LONG = 10.0


class Asker:
    """A thread that has asked and gets its answer when the test says so."""

    def __init__(self, once: SingleFlight, pool: ThreadPoolExecutor) -> None:
        self._go = threading.Event()
        self.fails: BaseException | None = None
        begun = threading.Event()

        def question() -> str:
            begun.set()
            assert self._go.wait(LONG)
            if self.fails is not None:
                raise self.fails
            return "first"

        self.result = pool.submit(once.ask, "key", question)
        assert begun.wait(LONG)

    def go(self, fails: BaseException | None = None) -> None:
        """Bring the answer, or the failure."""
        self.fails = fails
        self._go.set()


@contextmanager
def asking(once: SingleFlight) -> Iterator[tuple[Asker, ThreadPoolExecutor]]:
    """A thread that asks, and others that may wait for it."""
    with ThreadPoolExecutor(8) as pool:
        asker = Asker(once, pool)
        try:
            yield asker, pool
        finally:
            asker.go(asker.fails)


class _Counted(Interruption):
    """Tells when somebody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = threading.Semaphore(0)

    def wait_for(self, answer: Future[Any], seconds: float) -> None:
        self.waiting.release()
        super().wait_for(answer, seconds)


def _ask(once: SingleFlight, interruption: Interruption, seconds: float = LONG) -> str:
    with carrying_out(Operation(Deadline.after(seconds), interruption)):
        return once.ask("key", _second)


def _second() -> str:
    return "second"


def test_who_waits_notices_the_second_ctrl_c_while_the_asker_goes_on():
    once, interruption = SingleFlight("the list"), _Counted()
    with asking(once) as (asker, pool):
        waits = pool.submit(_ask, once, interruption)
        assert interruption.waiting.acquire(timeout=LONG)
        interruption.ask()
        assert not waits.done()
        interruption.finish()
        assert isinstance(waits.exception(LONG), Interrupted)
        assert not asker.result.done()
        asker.go()
        assert asker.result.result(LONG) == "first"
    assert once.ask("key", _second) == "first"


def test_the_second_ctrl_c_may_be_pressed_again():
    interruption = Interruption()
    interruption.finish()
    interruption.finish()
    with pytest.raises(Interrupted):
        interruption.sleep(LONG)


def test_who_waits_waits_no_longer_than_its_own_time_and_is_told_for_what():
    once = SingleFlight("the list")
    with asking(once), pytest.raises(TimedOut, match="the list was not there within"):
        _ask(once, Interruption(), 0.01)


@pytest.mark.parametrize(
    ("failure", "shared"),
    [
        (PolytomicError("its shorter time was over"), False),
        (Interrupted(), False),
        (KeyboardInterrupt(), False),
        (TypeError("a fault of the provider"), True),
    ],
    ids=lambda one: type(one).__name__,
)
def test_who_waited_asks_itself_where_the_failure_may_be_that_of_the_asker(
    failure: BaseException, shared: bool
):
    once = SingleFlight("the list")
    interruption = _Counted()
    with asking(once) as (asker, pool):
        waits = pool.submit(_ask, once, interruption)
        assert interruption.waiting.acquire(timeout=LONG)
        asker.go(failure)
        assert asker.result.exception(LONG) is failure
        if shared:
            assert waits.exception(LONG) is failure
        else:
            assert waits.result(LONG) == "second"


def _failing(error: BaseException) -> Callable[[], str]:
    def question() -> str:
        raise error

    return question


@pytest.mark.parametrize("keep_failures", [True, False])
@pytest.mark.parametrize("failure", [PolytomicError("no"), Interrupted()])
def test_a_failure_is_kept_where_that_is_asked_for_but_never_that_of_a_person(
    failure: PolytomicError, *, keep_failures: bool
):
    once = SingleFlight("the schema", keep_failures=keep_failures)
    with pytest.raises(PolytomicError):
        once.ask("key", _failing(failure))
    kept = keep_failures and not isinstance(failure, Interrupted)
    if kept:
        with pytest.raises(PolytomicError) as raised:
            once.ask("key", _second)
        assert raised.value is failure
    else:
        assert once.ask("key", _second) == "second"


def test_an_answer_that_was_kept_meanwhile_outlives_the_failure_of_who_asked():
    once = SingleFlight("the list")
    with asking(once) as (asker, _):
        once.keep("key", "kept")
        asker.go(PolytomicError("late"))
        assert asker.result.exception(LONG) is not None
    assert once.ask("key", _second) == "kept"


def test_of_many_threads_one_asks_at_a_time_until_one_succeeds():
    once, lock = SingleFlight("the list"), threading.Lock()
    asked: list[int] = []
    at_once = [0, 0]
    ready = threading.Barrier(16)

    def question() -> str:
        with lock:
            asked.append(1)
            at_once[0] += 1
            at_once[1] = max(at_once)
            fails = len(asked) == 1
        with lock:
            at_once[0] -= 1
        if fails:
            raise PolytomicError("the first one fails")
        return "found"

    def ask() -> str:
        ready.wait(LONG)
        return once.ask("key", question)

    with ThreadPoolExecutor(16) as pool:
        results = [pool.submit(ask) for _ in range(16)]
        failures = [one for one in results if one.exception(LONG) is not None]
    assert len(failures) == 1
    assert {one.result() for one in results if one not in failures} == {"found"}
    assert len(asked) == 2
    assert at_once[1] == 1
