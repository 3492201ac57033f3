"""The official client uses every route that the emulator serves, and its types read the replies."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from polytomic import AsyncPolytomic

from polytomic_emulator.http.routes import ROUTES
from tests.emulator.exercises import READS, WRITES, Stage
from tests.emulator.pipelines import Pipeline
from tests.official import GROUPS, Operation, groups, operations

_USAGE = "what a sync's upstream calls cost is not emulated; no resource or function asks"
_PROXY = "calls a service through Polytomic; there is no service behind an emulated connection"
_EVENTS = "the emulator sends no events, so there are no deliveries to list"
_BULK_LOGS = "the files and the log of an execution say the same; no resource or function asks"
BULK_LOGS = ("export_logs", "get_schema_console_logs", "get_ingest_console_logs")
LEFT_OUT = {
    "connections.get_usage": _USAGE,
    "connections.proxy.execute_proxy": _PROXY,
    "connections.proxy.get_proxy_info": _PROXY,
    "connections.proxy.get_proxy_settings": _PROXY,
    "connections.proxy.update_proxy_settings": _PROXY,
    "webhooks.list_deliveries": _EVENTS,
    **{f"bulk_sync.executions.{method}": _BULK_LOGS for method in BULK_LOGS},
}
"""Methods of the served groups that nothing answers, each with the reason."""
_NO_RESOURCE = "no resource or function of this package uses them"
GROUPS_LEFT_OUT = {
    **dict.fromkeys(("harbors", "activity", "operations", "record_view_links"), _NO_RESOURCE),
    **dict.fromkeys(("entities", "temporary_credentials"), _NO_RESOURCE),
}
OF_OLDER_CLIENTS = {("GET", "/api/connections/{}/modelsync/target")}
"""Routes of API 2024-02-08 for which the Python package, which speaks the newer, has no method."""
SERVED = {(route.method, re.sub(r"\{\w+(:path)?\}", "{}", route.path)) for route in ROUTES}


def _route(operation: Operation) -> tuple[str, str]:
    return operation.method, re.sub(r"\{\w+\}", "{}", operation.template)


@pytest.fixture
def stage(contacts: Pipeline) -> Stage:
    return Stage(contacts)


def test_every_method_of_a_served_route_is_used() -> None:
    served = {one.name for one in operations() if _route(one) in SERVED}
    assert {*READS, *WRITES} == served


def test_every_other_method_is_left_out_for_a_reason() -> None:
    assert {one.name for one in operations() if _route(one) not in SERVED} == set(LEFT_OUT)
    assert set(groups()) - set(GROUPS) == set(GROUPS_LEFT_OUT)


def test_the_official_client_knows_every_route_that_is_served() -> None:
    assert {_route(one) for one in operations()} >= SERVED - OF_OLDER_CLIENTS


def _check_asked(stage: Stage, name: str) -> None:
    """The use named so must have made the request of that method."""
    operation = next(one for one in operations() if one.name == name)
    made = [(one["method"], one["path"]) for one in stage.emulator.requests()]
    assert any(operation.matches(*one) for one in made), f"{name} was not asked: {made}"


def _lasting(read: Any) -> str:
    """A reply without the signatures of addresses, which change with every second."""
    text = re.sub(r"\?expires=\d+&signature=\w+", "", read.model_dump_json())
    return re.sub(r'"expires":"[^"]*"', "", text)


@pytest.mark.parametrize("name", READS)
def test_both_clients_read_the_same(stage: Stage, name: str) -> None:
    use = READS[name]
    use(stage.client, stage)  # whatever the use needs is made now
    stage.emulator.clear_requests()
    read = use(stage.client, stage)
    _check_asked(stage, name)
    assert read is not None

    async def again() -> Any:
        async with httpx.AsyncClient() as transport:
            client = AsyncPolytomic(
                base_url=stage.emulator.url,
                token=stage.emulator.api_key,
                max_retries=0,
                httpx_client=transport,
            )
            return await use(client, stage)

    assert _lasting(_in_a_thread(again)) == _lasting(read)


@pytest.mark.parametrize("name", WRITES)
def test_what_the_client_writes_has_its_effect(stage: Stage, name: str) -> None:
    use, has_effect = WRITES[name]
    stage.emulator.clear_requests()
    reply = use(stage.client, stage)
    _check_asked(stage, name)
    assert has_effect(reply, stage)


def _in_a_thread(ask: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """The thread of a browser test has a loop that runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(ask())).result()
