"""What is special about a run of a sync: which records it is told to sync."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.comparison import compare
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.sync_run import SyncRunArguments
from tests.kinds.conftest import Workbench
from tests.kinds.runs import EventfulClock, Runnable, a_sync


@pytest.fixture
def workbench() -> Iterator[Workbench]:
    with RunningEmulator(consent_after=0) as emulator:
        yield Workbench(emulator, clock=EventfulClock(emulator))


@pytest.fixture
def sync(workbench: Workbench, make_sync: Callable[..., State]) -> Runnable:
    return a_sync(workbench, make_sync)


@pytest.mark.parametrize("name", ["resync", "test", "identities"])
def test_what_is_run_is_what_the_program_says(sync: Runnable, name: str):
    value = ["nobody@example.com"] if name == "identities" else True
    sync.create(wait=False, **{name: value})
    request = sync.executions[0]["request"]
    if name == "identities":
        assert [one["value"] for (one,) in request["chosen"]] == value
    else:
        assert request[name] is True


def test_the_counts_are_those_of_the_execution(sync: Runnable):
    run = sync.create(tolerate=sync.failing)
    assert run.computed["counts"] == sync.executions[0]["counts"]
    assert run.computed["counts"]["insert"] > 100


@pytest.mark.parametrize("change", [{"resync": True}, {"identities": ["x"]}])
def test_other_records_are_another_run(change: dict[str, Any]):
    old = {"sync": "s", "triggers": ["a"]}
    assert compare(SyncRunArguments, old, {**old, **change}).differs


def test_a_preview_says_which_records(workbench: Workbench):
    arguments = {"sync": "248d", "test": True, "resync": True, "wait": False}
    assert HANDLERS["SyncRun"].foresee(workbench.scope("urn"), arguments) == (
        "runs sync 248d (with a few records only, all records, changed or not, without waiting for "
        "its end)"
    )
