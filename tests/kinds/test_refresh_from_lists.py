"""With `polytomic:refreshMode: lists`, a refresh asks only for what lists show as changed."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from polytomic_emulator.state.clock import Clock
from polytomic_provider.kinds.lifecycle.state import State
from tests.kinds.conftest import Workbench
from tests.kinds.runs import a_bulk_sync

PER_PAGE = 50
NETSUITE = dict.fromkeys(
    ("account_id", "consumer_key", "consumer_secret", "token", "token_secret"), "x"
)
Stack = list[tuple[str, State]]


@pytest.fixture
def workbench(workbench: Workbench) -> Workbench:
    workbench.restart(refreshMode="lists")
    return workbench


@pytest.fixture
def stack(workbench: Workbench, salesforce: State, make_sync: Callable[..., State]) -> Stack:
    """A connection, the wait for it, a model and a sync."""
    sync = make_sync()
    ready = workbench.create("ConnectionReadiness", connection=salesforce.id, timeout="30s")
    model = workbench.create(
        "Model", "people", connection_id=salesforce.id, configuration={"table": "Contact"}
    )
    run = workbench.create("SyncRun", sync=sync.id, wait=False)
    workbench.emulator.end_of(run.computed["execution_id"])
    read = workbench.read("Connection", salesforce)  # as healthy as it is by now
    assert read is not None
    return [
        ("Connection", read),
        ("ConnectionReadiness", ready),
        ("Model", model),
        ("Sync", sync),
        ("SyncRun", run),
    ]


def _refreshed(workbench: Workbench, stack: Stack) -> tuple[list[State | None], Counter[str]]:
    """A refresh in a process of its own, and what it asks."""
    workbench.restart(refreshMode="lists")
    workbench.emulator.clear_requests()
    read = [workbench.read(kind, state) for kind, state in stack]
    return read, _asked(workbench)


def _asked(workbench: Workbench) -> Counter[str]:
    """The requests since the last look, with `{id}` for ids."""
    return Counter(
        f"{one['method']} {re.sub('[0-9a-f-]{36}', '{id}', one['path'])}"
        for one in workbench.emulator.requests()
    )


def _single(asked: Counter[str]) -> dict[str, int]:
    """The requests for single objects."""
    return {path: count for path, count in asked.items() if path.endswith("/{id}")}


def test_what_is_unchanged_is_seen_in_lists_alone(workbench: Workbench, stack: Stack):
    read, asked = _refreshed(workbench, stack)
    assert read == [state for _, state in stack]
    assert asked == {
        "GET /api/me": 1,
        "GET /api/connections": 1,
        "GET /api/models": 1,
        "GET /api/syncs": 1,
    }


def test_a_run_of_a_bulk_sync_is_seen_in_the_list_of_bulk_syncs(
    workbench: Workbench, salesforce: State
):
    copies = a_bulk_sync(workbench, salesforce)
    run = copies.create(wait=False)
    read, asked = _refreshed(workbench, [("BulkSyncRun", run), ("BulkSyncRun", run)])
    assert read == [run, run]
    assert asked == {"GET /api/me": 1, "GET /api/bulk/syncs": 1}


def test_many_unchanged_objects_cost_no_more_than_their_pages(
    workbench: Workbench, salesforce: State
):
    workbench.emulator.behave(lists="paged", page_size=PER_PAGE)
    models: Stack = [
        (
            "Model",
            workbench.create(
                "Model",
                f"people {number}",
                connection_id=salesforce.id,
                configuration={"table": "Contact"},
            ),
        )
        for number in range(2 * PER_PAGE + 1)
    ]
    read, asked = _refreshed(workbench, models)
    assert read == [state for _, state in models]
    assert asked == {"GET /api/me": 1, "GET /api/models": 3}


def test_each_change_by_hand_is_seen(workbench: Workbench, stack: Stack):
    _change_all(workbench, stack)
    read, asked = _refreshed(workbench, stack)
    names = [one.arguments.get("name") for one in read if one is not None]
    assert names == ["by hand", None, "by hand", "by hand", None]
    assert sum(_single(asked).values()) == 3


def _change_all(workbench: Workbench, stack: Stack) -> None:
    """Rename everything as a person would."""
    emulator, by_kind = workbench.emulator, dict(stack)
    emulator.change(by_kind["Connection"].id, name="by hand")
    emulator.change_model(by_kind["Model"].id, name="by hand")
    emulator.change_sync(by_kind["Sync"].id, name="by hand")


def test_what_a_list_lacks_is_asked_for(workbench: Workbench, stack: Stack):
    """A list that is cut or behind says nothing of what it leaves out; only a 404 means gone."""
    by_kind = dict(stack)
    workbench.restart(refreshMode="lists")
    for kind in ("Connection", "Model", "Sync"):  # the lists of this run, before there is more
        workbench.read(kind, by_kind[kind])
    late = workbench.create(
        "Model",
        "late",
        connection_id=by_kind["Connection"].id,
        configuration={"table": "Contact"},
    )
    workbench.emulator.clear_requests()
    assert workbench.read("Model", late) is not None
    assert _single(_asked(workbench)) == {"GET /api/models/{id}": 1}
    gone = workbench.create(
        "Model",
        "gone",
        connection_id=by_kind["Connection"].id,
        configuration={"table": "Contact"},
    )
    workbench.emulator.delete_model(gone.id)
    assert workbench.read("Model", gone) is None


def test_what_this_run_has_changed_is_not_read_from_its_old_list(
    workbench: Workbench, stack: Stack
):
    by_kind = dict(stack)
    workbench.restart(refreshMode="lists")
    for kind in ("Connection", "Model", "Sync"):
        workbench.read(kind, by_kind[kind])
    renamed = {
        kind: workbench.update(kind, by_kind[kind], name="renamed")
        for kind in ("Connection", "Model", "Sync")
    }
    for kind, state in renamed.items():
        read = workbench.read(kind, state)
        assert read is not None
        assert read.arguments["name"] == "renamed"
    workbench.delete("Sync", renamed["Sync"])
    assert workbench.read("Sync", renamed["Sync"]) is None


def test_a_list_that_fails_is_tried_once_and_hides_nothing(workbench: Workbench, stack: Stack):
    _change_all(workbench, stack)
    for path in ("connections", "models", "syncs"):
        workbench.emulator.fail(
            kind="status", status=403, method="GET", path=f"/api/{path}$", times=None
        )
    read, asked = _refreshed(workbench, [*stack, *stack])
    names = [one.arguments.get("name") for one in read if one is not None]
    assert names == 2 * ["by hand", None, "by hand", "by hand", None]
    assert asked["GET /api/connections"] == asked["GET /api/syncs"] == 1


def test_a_sync_whose_time_of_change_is_in_whole_seconds_is_asked_for(
    workbench: Workbench, stack: Stack, monkeypatch: pytest.MonkeyPatch
):
    """Two changes within one second would have the same time."""
    by_kind = dict(stack)
    monkeypatch.setattr(Clock, "stamp", lambda clock: clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"))
    changed = workbench.update("Sync", by_kind["Sync"], name="renamed")
    assert changed.updated_at is None
    workbench.emulator.change_sync(changed.id, name="by hand")
    (read,), _ = _refreshed(workbench, [("Sync", changed)])
    assert read is not None
    assert read.arguments["name"] == "by hand"


def test_a_state_of_full_refreshes_learns_the_times_by_one_refresh(
    workbench: Workbench, stack: Stack
):
    before: list[Any] = [(kind, replace(state, updated_at=None)) for kind, state in stack]
    read, asked = _refreshed(workbench, before)
    assert _single(asked) == {"GET /api/syncs/{id}": 1}
    again = [(kind, state) for (kind, _), state in zip(stack, read, strict=True) if state]
    _, asked = _refreshed(workbench, again)
    assert _single(asked) == {}
