"""Waits end when a person says so."""

import threading
import time
from collections.abc import Callable

import pytest

from polytomic_provider.api import Deadline, Interrupted, Interruption, Polytomic, Transport
from polytomic_provider.api.http.operation import Operation, carrying_out
from tests.unit.api.scripted_server import Server, answer, data

Connect = Callable[..., Polytomic]


def test_the_first_ctrl_c_ends_what_holds_nothing_and_leaves_what_has_begun() -> None:
    interruption = Interruption()
    interruption.rest(0.001)
    interruption.ask()
    with pytest.raises(Interrupted):
        interruption.rest(60)
    interruption.sleep(0.001)
    interruption.check()


def test_the_second_ctrl_c_ends_everything() -> None:
    interruption = Interruption()
    interruption.finish()
    for wait in (interruption.rest, interruption.sleep):
        with pytest.raises(Interrupted):
            wait(60)
    with pytest.raises(Interrupted):
        interruption.check()


def test_a_wait_between_two_attempts_ends_at_once_and_says_what_it_waited_for(
    server: Server, connect: Connect
) -> None:
    interruption = Interruption()
    waiting = threading.Event()

    def say(message: str, *, warning: bool = False, passing: bool = False) -> None:
        waiting.set()

    transport = Transport(connect(server.url).settings)
    operation = Operation(Deadline.after(600), interruption, say)
    server.always(answer(503, {"message": "deploying"}, Retry_After="60"))
    threading.Thread(target=lambda: (waiting.wait(), interruption.finish())).start()
    began = time.monotonic()
    with carrying_out(operation), pytest.raises(Interrupted, match="deploying") as raised:
        transport.request("GET", "/api/me")
    assert time.monotonic() - began < 30
    assert "nothing is made twice" in str(raised.value)
    transport.close()


def test_nothing_new_is_sent_when_nobody_listens_any_more(server: Server, connect: Connect) -> None:
    interruption = Interruption()
    transport = Transport(connect(server.url).settings)
    server.always(data({}))
    interruption.finish()
    operation = Operation(Deadline.after(600), interruption)
    with carrying_out(operation), pytest.raises(Interrupted):
        transport.request("POST", "/api/syncs", json={})
    assert server.requests == []
