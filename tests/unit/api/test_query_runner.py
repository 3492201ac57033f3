"""A query is followed to its end, its rows are read page by page, and its failure is told."""

from collections.abc import Callable
from typing import Any

import pytest
from polytomic import Polytomic as Official

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import Polytomic, TimedOut, resolve_settings
from polytomic_provider.api.routes.query_runner import QueryFailed
from tests.emulator.pipelines import connect as connect_to
from tests.unit.api.scripted_server import Clock, Server, answer, data


def _query(status: str, **more: Any) -> dict[str, Any]:
    return {"id": "q1", "status": status, **more}


def _page(rows: list[dict[str, Any]], following: str | None) -> Any:
    links = {"next": f"/api/queries/q1?page={following}" if following else None}
    return answer(200, {"data": _query("done", results=rows), "links": links})


def test_it_is_followed_until_it_is_done_and_pages_are_read_until_there_are_enough(
    server: Server, polytomic: Polytomic, clock: Clock
) -> None:
    server.play(
        data(_query("created")),
        data(_query("running")),
        _page([{"n": 1}, {"n": 2}], "b"),
        _page([{"n": 3}, {"n": 4}], "c"),
    )
    rows = polytomic.queries.run("c1", "SELECT n FROM t WHERE a = 'b&c'", most=3)
    assert rows == [{"n": 1}, {"n": 2}, {"n": 3}]
    first, *others = server.requests
    assert (first.method, first.path) == ("POST", "/api/connections/c1/query")
    assert first.query == {"query": ["SELECT n FROM t WHERE a = 'b&c'"]}
    assert [(one.path, one.query) for one in others] == [
        ("/api/queries/q1", {}),
        ("/api/queries/q1", {}),
        ("/api/queries/q1", {"page": ["b"]}),
    ]
    assert len(clock.sleeps) == 2


def test_its_failure_has_the_words_of_the_service_and_no_key(
    server: Server, polytomic: Polytomic, key: str
) -> None:
    said = f"relation does not exist\n{key}"
    server.play(data(_query("running")), data(_query("failed", error=said)))
    with pytest.raises(QueryFailed, match="the query failed: relation does not exist") as caught:
        polytomic.queries.run("c1", "SELECT 1", most=1)
    assert key not in str(caught.value)


def test_one_that_does_not_end_uses_up_the_time_and_no_more(
    server: Server, connect: Callable[..., Polytomic], clock: Clock
) -> None:
    server.always(data(_query("running")))
    with pytest.raises(TimedOut, match="the query is still 'running' after 10 s"):
        connect(server.url, operationTimeout="10s").queries.run("c1", "SELECT 1", most=1)
    assert sum(clock.sleeps) == 10.0


def test_the_emulator_answers_with_the_rows_of_its_database() -> None:
    with RunningEmulator() as emulator:
        config = {"polytomic:apiKey": emulator.api_key, "polytomic:url": emulator.url}
        polytomic = Polytomic(resolve_settings(config, {}))
        client = Official(base_url=emulator.url, token=emulator.api_key)
        made = connect_to(emulator, client, "postgresql")
        rows = polytomic.queries.run(made, "SELECT id FROM public.contacts ORDER BY id", most=150)
        assert 1 < len(rows) <= 150
        assert rows == sorted(rows, key=lambda one: one["id"])
        with pytest.raises(QueryFailed, match='column "nonsense" does not exist'):
            polytomic.queries.run(made, "SELECT nonsense FROM public.contacts", most=1)
