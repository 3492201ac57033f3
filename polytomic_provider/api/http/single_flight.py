"""Sends each request once, however many threads want its answer at the same time."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from typing import Any, TypeVar

from polytomic_provider.api.http.durations import show_duration
from polytomic_provider.api.http.errors import (
    APIError,
    PolytomicError,
    RateLimited,
    ServerError,
    TimedOut,
)
from polytomic_provider.api.http.interruption import Interrupted
from polytomic_provider.api.http.operation import present

T = TypeVar("T")


class SingleFlight:
    """Answers by key; safe to use from many threads.

    A failure that lies in Polytomic reaches all who wait for the answer. One that may lie in who
    asked, whose time was shorter or who was interrupted, lets each of them ask again, once.

    Args:
        subject: What the answers are, for the error of who waits too long.
        keep_failures: Whoever comes later gets the same failure; else the question is asked again.
    """

    def __init__(self, subject: str, *, keep_failures: bool = False) -> None:
        self._subject = subject
        self._keep_failures = keep_failures
        self._lock = threading.Lock()
        self._answers: dict[Hashable, Future[Any]] = {}

    def ask(self, key: Hashable, question: Callable[[], T]) -> T:
        """The answer to `question`, asked now unless it was asked under `key` before.

        Args:
            key: What makes two questions the same.
            question: Asks on this thread.

        Raises:
            TimedOut: Another thread's answer was not there before the operation had to end.
            Interrupted: A person ended the operation meanwhile.
        """
        failures = 0
        while True:
            mine = Future[Any]()
            with self._lock:
                known = self._answers.setdefault(key, mine)
            if known is mine:
                return self._answer(key, question, mine)
            self._wait_for(known)
            failure = known.exception()
            if failure is None:
                return known.result()
            failures += 1
            if failures > 1 or self._is_kept(failure) or _is_for_all(failure):
                raise failure

    def _wait_for(self, answer: Future[Any]) -> None:
        operation = present()
        if operation is None:
            wait((answer,))
            return
        operation.interruption.wait_for(answer, operation.deadline.remaining())
        if not answer.done():
            raise TimedOut(
                f"{self._subject} was not there within {show_duration(operation.deadline.seconds)};"
                " another resource had asked for it already",
            )

    def keep(self, key: Hashable, answer: object) -> None:
        """Take an answer that came by another way."""
        known: Future[Any] = Future()
        known.set_result(answer)
        with self._lock:
            self._answers[key] = known

    def kept(self, key: Hashable) -> object | None:
        """The answer that is there already, asked for or kept; None where there is none."""
        with self._lock:
            known = self._answers.get(key)
        there = known is not None and known.done() and known.exception() is None
        return known.result() if known is not None and there else None

    def _answer(self, key: Hashable, question: Callable[[], T], mine: Future[Any]) -> T:
        try:
            answer = question()
        except BaseException as error:
            if not self._is_kept(error):
                with self._lock:
                    if self._answers.get(key) is mine:
                        del self._answers[key]
            mine.set_exception(error)
            raise
        mine.set_result(answer)
        return answer

    def _is_kept(self, failure: BaseException) -> bool:
        return (
            self._keep_failures
            and isinstance(failure, Exception)
            and not isinstance(failure, Interrupted)
        )


def _is_for_all(failure: BaseException) -> bool:
    """Return whether a failure would be the same for every thread."""
    if isinstance(failure, APIError):
        return not isinstance(failure, RateLimited | ServerError)
    return isinstance(failure, Exception) and not isinstance(failure, PolytomicError)
