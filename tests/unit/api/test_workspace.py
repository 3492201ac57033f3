"""The guard against a key of another workspace."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from polytomic_provider.api import (
    Deadline,
    Interruption,
    Polytomic,
    Unauthorized,
    WorkspaceMismatch,
)
from polytomic_provider.api.http.operation import Operation, carrying_out
from tests.unit.api.scripted_server import Handler, Server, answer, data

ACME = {"organization_id": "org-acme", "organization_name": "Acme"}


def test_an_object_of_the_same_workspace_passes(server: Server, polytomic: Polytomic) -> None:
    server.play(data(ACME))
    polytomic.workspace.check("ORG-acme", "connection c1")
    polytomic.workspace.check("org-acme", "connection c2")
    assert polytomic.workspace.organization_id() == "org-acme"
    assert len(server.requests) == 1


def test_another_workspace_is_named_with_the_way_out(
    server: Server, polytomic: Polytomic, key: str
) -> None:
    server.play(data(ACME))
    with pytest.raises(WorkspaceMismatch) as caught:
        polytomic.workspace.check("org-beta", "connection c1")
    assert (caught.value.expected, caught.value.actual) == ("org-beta", "org-acme")
    assert caught.value.message == (
        "connection c1 is in workspace org-beta, but the key from stack configuration "
        f"polytomic:apiKey is for workspace org-acme ('Acme') at {server.url}. "
        "Nothing was read or changed."
    )
    assert "polytomic:allowWorkspaceChange true" in str(caught.value)
    assert key not in str(caught.value)


def test_a_change_on_purpose_is_allowed(server: Server, connect: Callable[..., Polytomic]) -> None:
    connect(server.url, allowWorkspaceChange="true").workspace.check("org-beta", "connection c1")
    assert server.requests == []


def test_an_object_that_remembers_no_workspace_is_not_compared(
    server: Server, polytomic: Polytomic
) -> None:
    polytomic.workspace.check(None, "connection c1")
    assert server.requests == []


def test_a_key_that_names_no_workspace_is_compared_by_the_settings(
    server: Server, connect: Callable[..., Polytomic]
) -> None:
    server.play(data({"is_partner": True}))
    polytomic = connect(server.url, apiKey="", partnerKey="a-partner-key", organizationId="org-1")
    polytomic.workspace.check("org-1", "connection c1")
    with pytest.raises(WorkspaceMismatch, match="is for workspace org-1"):
        polytomic.workspace.check("org-2", "connection c1")


def test_a_key_and_settings_without_workspace_match_nothing(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(data({"is_system": True}))
    with pytest.raises(WorkspaceMismatch, match="no workspace that it names"):
        polytomic.workspace.check("org-1", "connection c1")


def test_a_key_of_another_workspace_than_the_settings_name_is_an_error(
    server: Server, connect: Callable[..., Polytomic]
) -> None:
    server.play(data(ACME))
    with pytest.raises(WorkspaceMismatch) as caught:
        connect(server.url, organizationId="org-beta").workspace.organization_id()
    assert "The settings name workspace org-beta" in caught.value.message
    assert "stack configuration polytomic:organizationId" in caught.value.message
    assert "workspace org-acme ('Acme')" in caught.value.message


def test_a_refused_key_is_said_to_be_that(server: Server, polytomic: Polytomic, key: str) -> None:
    server.play(answer(401, {"message": "invalid token"}))
    with pytest.raises(Unauthorized) as caught:
        polytomic.workspace.check("org-acme", "connection c1")
    assert "the apiKey from stack configuration polytomic:apiKey" in str(caught.value)
    assert key not in str(caught.value)


def test_32_threads_ask_once(server: Server, polytomic: Polytomic) -> None:
    all_ask = threading.Barrier(32)

    def ask(_: int) -> str | None:
        all_ask.wait(10)
        return polytomic.workspace.organization_id()

    server.play(data(ACME))
    with ThreadPoolExecutor(32) as pool:
        assert set(pool.map(ask, range(32))) == {"org-acme"}
    assert len(server.requests) == 1


def test_a_failure_reaches_all_who_wait_and_the_next_call_asks_again(
    server: Server, polytomic: Polytomic
) -> None:
    asked, waiting, all_wait = threading.Event(), threading.Semaphore(0), threading.Event()

    class Counted(Interruption):
        def wait_for(self, answer: Future[Any], seconds: float) -> None:
            waiting.release()
            super().wait_for(answer, seconds)

    def ask() -> str | None:
        with carrying_out(Operation(Deadline.after(600), Counted())):
            return polytomic.workspace.organization_id()

    def refuse_late(handler: Handler) -> None:
        asked.set()
        all_wait.wait(10)
        answer(401, {"message": "not yet"})(handler)

    server.play(refuse_late, data(ACME))
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(polytomic.workspace.organization_id)
        assert asked.wait(10)
        others = [pool.submit(ask) for _ in range(7)]
        assert all(waiting.acquire(timeout=10) for _ in others)
        all_wait.set()
        assert all(isinstance(f.exception(10), Unauthorized) for f in [first, *others])
    assert len(server.requests) == 1
    assert polytomic.workspace.organization_id() == "org-acme"
