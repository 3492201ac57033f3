"""Asks each question once, however many threads want the answer at the same time."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class Once:
    """Answers by key. A failure reaches all who wait for it.

    Args:
        keep_failures: Whoever comes later gets the same failure; else the question is asked again.
    """

    def __init__(self, *, keep_failures: bool) -> None:
        self._keep_failures = keep_failures
        self._lock = threading.Lock()
        self._answers: dict[Hashable, Future[Any]] = {}

    def ask(self, key: Hashable, question: Callable[[], T]) -> T:
        """The answer to `question`, asked now unless it was asked under `key` before."""
        with self._lock:
            known = self._answers.get(key)
            answer: Future[T] = known if known is not None else Future()
            if known is None:
                self._answers[key] = answer
        if known is None:
            try:
                answer.set_result(question())
            except BaseException as error:
                if not self._keep_failures:
                    with self._lock:
                        self._answers.pop(key, None)
                answer.set_exception(error)
        return answer.result()

    def keep(self, key: Hashable, answer: object) -> None:
        """Take an answer that came by another way."""
        known: Future[Any] = Future()
        known.set_result(answer)
        with self._lock:
            self._answers[key] = known
