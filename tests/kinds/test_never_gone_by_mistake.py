"""Only a clean 404 from Polytomic, in the object's own workspace, reads as deleted."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import PolytomicError, WorkspaceMismatch
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.singleton import SingletonHandler
from tests.faults import singletons
from tests.faults.samples import CHANGED, PIPELINE
from tests.kinds.conftest import Workbench, resolved

HTML = "<html><body>404 Not Found: nginx</body></html>"
ANSWERS: dict[str, dict[str, Any]] = {
    "400": {"kind": "status", "status": 400},
    "401": {"kind": "status", "status": 401},
    "403": {"kind": "status", "status": 403},
    "410": {"kind": "status", "status": 410},
    "404 as a page": {"kind": "html", "status": 404, "body": HTML},
    "404 as text": {
        "kind": "status",
        "status": 404,
        "body": "not found",
        "headers": {"content-type": "text/plain"},
    },
    "404 without a body": {"kind": "html", "status": 404, "body": " "},
    "404 of another API": {"kind": "status", "status": 404, "body": {"code": 5, "details": []}},
    "404 that is no object": {"kind": "status", "status": 404, "body": []},
    "500": {"kind": "status", "status": 500},
    "502": {"kind": "html", "status": 502},
    "503": {"kind": "status", "status": 503},
    "empty object": {"kind": "status", "status": 200, "body": {"data": {}}},
    "empty list": {"kind": "status", "status": 200, "body": {"data": []}},
    "null": {"kind": "status", "status": 200, "body": {"data": None}},
    "page": {"kind": "html", "status": 200},
    "truncated": {"kind": "truncate"},
    "dropped": {"kind": "drop"},
}
KINDS = tuple(HANDLERS)
SEND_NOTHING = {
    ("ConnectionReadiness", "_delete"),
    ("SyncRun", "_delete"),
    ("BulkSyncRun", "_delete"),
    ("UserApiKey", "_update"),
    ("SharedConnection", "_update"),
}
"""What sends no request: nothing in Polytomic belongs to a wait or a run; keys and copies stay."""
CHANGES = {PIPELINE[name].kind: change for name, change in CHANGED.items()}


@pytest.fixture(scope="module")
def standing() -> Any:
    """One emulator with one object of each kind: nothing of it is ever deleted here."""
    with RunningEmulator(consent_after=0.05) as emulator:
        workbench = Workbench(emulator, partner=True)
        yield workbench, _one_of_each(workbench)


def _one_of_each(workbench: Workbench) -> dict[str, State]:
    connection = workbench.create(
        "Connection", "crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
    )
    ready = workbench.create("ConnectionReadiness", connection=connection.id, timeout="30s")
    model = workbench.create(
        "Model",
        "contacts",
        connection_id=connection.id,
        configuration={"table": "Contact"},
        fields=["Id", "Email"],
    )
    sync = workbench.create(
        "Sync",
        "sync",
        model=model.id,
        mode="updateOrCreate",
        target={"connection_id": connection.id, "object": "Lead"},
        identity=["Email", "Email"],
        fields={"Email": "Email"},
    )
    run = workbench.create("SyncRun", sync=sync.id, wait=False)
    workbench.emulator.end_of(run.computed["execution_id"])
    states = {
        "Connection": connection,
        "ConnectionReadiness": ready,
        "Model": model,
        "Sync": sync,
        "SyncRun": run,
    }
    for one in PIPELINE.values():
        if one.kind not in states:
            states[one.kind] = workbench.create(one.kind, **resolved(workbench, one.arguments))
    assert set(states) == set(HANDLERS)
    return states


def _read(workbench: Workbench, kind: str, state: State) -> Any:
    return workbench.read(kind, state)


def _update(workbench: Workbench, kind: str, state: State) -> Any:
    change = {"timeout": "100ms"} if kind == "ConnectionReadiness" else {}
    return workbench.update(kind, state, **change, **resolved(workbench, CHANGES[kind]))


def _delete(workbench: Workbench, kind: str, state: State) -> Any:
    return workbench.delete(kind, state)


Operation = Callable[[Workbench, str, State], Any]


@pytest.mark.parametrize("operation", [_read, _update, _delete], ids=lambda one: one.__name__[1:])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_clean_404_is_an_error_and_the_object_stays(
    standing: tuple[Workbench, dict[str, State]], kind: str, operation: Operation
):
    workbench, states = standing
    workbench.restart(operationTimeout="100ms")  # waits for no retry
    if (kind, operation.__name__) in SEND_NOTHING:
        return
    # A key is read by using it.
    path = "/api/me$" if kind == "UserApiKey" else f"/{states[kind].id}$"
    is_singleton = isinstance(HANDLERS[kind], SingletonHandler)
    if is_singleton:
        path = f"/{singletons.path_of(kind, states[kind].id)}$"
    method = "DELETE" if operation is _delete and not is_singleton else "GET"
    taken_for_gone: list[str] = []
    for name, answer in ANSWERS.items():
        if operation is _delete and not _refuses(kind, answer):
            continue
        if (kind, name) == ("UserApiKey", "empty object"):
            continue  # a key that is accepted works, whatever else the reply says
        if is_singleton and kind != "SchemaField" and name == "empty object":
            continue  # settings that are all at their default
        workbench.emulator.fail(**answer, method=method, path=path, times=None)
        try:
            operation(workbench, kind, states[kind])
            taken_for_gone.append(name)
        except PolytomicError as error:
            if "deleted outside" in str(error):
                taken_for_gone.append(name)
        workbench.emulator.clear_faults()
    assert taken_for_gone == []
    workbench.restart()
    assert workbench.read(kind, states[kind]) is not None


def _refuses(kind: str, answer: dict[str, Any]) -> bool:
    """Whether a DELETE that is answered so did not happen; nothing sends one for a key."""
    return kind != "UserApiKey" and answer.get("status", 0) >= 400


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("operation", [_read, _update, _delete], ids=lambda one: one.__name__[1:])
def test_a_404_from_another_workspace_is_an_error(
    standing: tuple[Workbench, dict[str, State]], kind: str, operation: Operation
):
    workbench, states = standing
    if (kind, operation.__name__) in SEND_NOTHING or kind == "Organization":
        return  # an organization is in no workspace
    workbench.restart(apiKey=workbench.emulator.workspace()["api_key"])
    with pytest.raises(WorkspaceMismatch, match="Nothing was read or changed"):
        operation(workbench, kind, states[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_404_is_gone_to_read_an_error_to_update_and_done_to_delete(
    standing: tuple[Workbench, dict[str, State]], kind: str
):
    workbench, states = standing
    workbench.restart()
    handler = HANDLERS[kind]
    if isinstance(handler, SingletonHandler) and handler.of is None:
        return  # the settings of a workspace are always there
    gone = replace(states[kind], id="00000000-0000-4000-8000-000000000000")
    if isinstance(handler, SingletonHandler) and handler.within:
        _, *within = states[kind].id.split("/")
        gone = replace(gone, id="/".join((gone.id, *within)))
    if kind == "ConnectionReadiness":
        gone = replace(gone, arguments={"connection": gone.id})
    if kind == "UserApiKey":
        gone = replace(states[kind], computed={"value": "a-key-that-was-revoked"})
    assert workbench.read(kind, gone) is None
    workbench.delete(kind, gone)
    if (kind, "_update") in SEND_NOTHING:
        return
    with pytest.raises(PolytomicError):
        _update(workbench, kind, gone)
