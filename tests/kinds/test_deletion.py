"""Deleting what runs, and what others still read."""

import threading
from collections.abc import Callable

import pytest

from polytomic_provider.api import Interrupted, Interruption
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.model_users import ModelInUse
from polytomic_provider.kinds.sync.deletion import StillRunning
from tests.kinds.conftest import Workbench

MakeSync = Callable[..., State]
READINGS = pytest.mark.parametrize("reading", ["refuse", "cancel"])


def _syncs(workbench: Workbench) -> list[str]:
    return [one.id for one in workbench.session.polytomic(None).syncs.list().data]


@READINGS
def test_a_sync_that_runs_is_left_alone_and_the_error_says_what_runs_since_when(
    workbench: Workbench, make_sync: MakeSync, reading: str
):
    workbench.emulator.behave(running_delete=reading)
    made = make_sync()
    execution = workbench.emulator.start_execution(made.id)
    with pytest.raises(StillRunning) as raised:
        workbench.delete("Sync", made)
    text = str(raised.value)
    assert f"execution {execution} is 'running' since 20" in text
    assert "cancel_running=True" in text
    assert _syncs(workbench) == [made.id]
    workbench.emulator.finish_execution(made.id)
    workbench.delete("Sync", made)
    assert _syncs(workbench) == []


@READINGS
def test_a_running_sync_is_canceled_and_waited_for_when_told(
    workbench: Workbench, make_sync: MakeSync, reading: str
):
    workbench.emulator.behave(running_delete=reading, cancel_seconds=0.7)
    made = make_sync(cancel_running=True)
    workbench.emulator.start_execution(made.id)
    workbench.emulator.clear_requests()
    workbench.delete("Sync", made)
    assert _syncs(workbench) == []
    sent = [(one["method"], one["path"].rsplit("/", 1)[1]) for one in workbench.emulator.requests()]
    assert sent.count(("POST", "cancel")) == 1
    assert sent.index(("DELETE", made.id)) > sent.index(("POST", "cancel"))
    assert any("second Ctrl-C" in text for text in workbench.said)


def test_a_cancellation_that_does_not_end_in_time_says_so(
    workbench: Workbench, make_sync: MakeSync
):
    workbench.emulator.behave(cancel_seconds=3600)
    made = make_sync(cancel_running=True)
    workbench.emulator.start_execution(made.id)
    scope = workbench.scope(made.identity)
    with (
        allowing(0.6),
        pytest.raises(StillRunning, match=r"'canceling' since .*; it was told to cancel"),
    ):
        HANDLERS["Sync"].delete(scope, made)
    assert _syncs(workbench) == [made.id]


def test_ctrl_c_ends_the_wait_for_a_cancellation_before_anything_is_deleted(
    workbench: Workbench, make_sync: MakeSync
):
    workbench.emulator.behave(cancel_seconds=3600)
    made = make_sync(cancel_running=True)
    workbench.emulator.start_execution(made.id)
    interruption = Interruption()

    def press(message: str, *, warning: bool = False, passing: bool = False) -> None:
        interruption.ask()

    scope = workbench.session.scope(made.identity, None, press, interruption=interruption)
    with pytest.raises(Interrupted, match=r"was not deleted yet: execution .* is 'running'"):
        HANDLERS["Sync"].delete(scope, made)
    assert _syncs(workbench) == [made.id]


def test_a_server_that_does_not_tell_what_runs_decides_by_itself(
    workbench: Workbench, make_sync: MakeSync
):
    made = make_sync()
    workbench.emulator.fail(kind="status", status=403, path="/status$", times=9)
    workbench.emulator.start_execution(made.id)
    with pytest.raises(StillRunning, match="the sync is running"):
        workbench.delete("Sync", made)
    workbench.emulator.finish_execution(made.id)
    workbench.delete("Sync", made)
    assert _syncs(workbench) == []


@pytest.mark.parametrize("lost", ["drop", "truncate"])
def test_a_delete_whose_reply_is_lost_has_deleted(
    workbench: Workbench, make_sync: MakeSync, lost: str
):
    made = make_sync()
    workbench.emulator.fail(kind=lost, when="after", method="DELETE")
    workbench.delete("Sync", made)
    workbench.delete("Sync", made)
    assert _syncs(workbench) == []


def test_a_model_that_a_foreign_sync_reads_is_not_deleted(
    workbench: Workbench, make_sync: MakeSync
):
    made = make_sync()
    model = State(made.arguments["model"], {"name": "contacts"}, {}, identity="urn:Model:contacts")
    workbench.restart()
    with pytest.raises(ModelInUse, match=rf"model 'contacts' .*'sync' \({made.id}\)"):
        workbench.delete("Model", model)
    workbench.restart()
    workbench.delete("Sync", made)
    workbench.delete("Model", model)
    assert workbench.read("Model", model) is None


def test_the_programs_own_syncs_do_not_stand_in_a_models_way(
    workbench: Workbench, make_sync: MakeSync
):
    made = make_sync()
    model = State(made.arguments["model"], {"name": "contacts"}, {}, identity="urn:Model:contacts")
    workbench.restart()
    workbench.read("Sync", made)
    workbench.delete("Model", model)
    assert workbench.read("Model", model) is None


def test_a_run_lists_the_syncs_once_for_all_its_models(workbench: Workbench, make_sync: MakeSync):
    sync = make_sync()
    models = [
        workbench.create(
            "Model",
            f"more-{number}",
            connection_id=sync.arguments["target"]["connection_id"],
            configuration={"table": "Contact"},
        )
        for number in range(3)
    ]
    workbench.delete("Sync", sync)
    workbench.emulator.clear_requests()
    threads = [threading.Thread(target=workbench.delete, args=("Model", one)) for one in models]
    for thread in threads:
        thread.start()
        thread.join()
    assert len(workbench.emulator.requests("GET", "/api/syncs")) == 1
    assert len(workbench.emulator.requests("DELETE")) == 3
