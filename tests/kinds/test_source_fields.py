"""A model that names no fields gets those of its source that a sync of the program maps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from polytomic_provider.api import PolytomicError
from polytomic_provider.dynamic import DynamicProvider
from polytomic_provider.kinds.lifecycle.live_check import DoesNotFit
from polytomic_provider.kinds.lifecycle.state import State
from tests.kinds.conftest import Workbench

MakeModel = Callable[..., State]
MAPPED = {"Email": "Email", "LastName": "LastName", "Nickname__c": "FirstName"}


@pytest.fixture
def make_model(workbench: Workbench, salesforce: State) -> MakeModel:
    def make(**arguments: Any) -> State:
        given = {
            "connection_id": salesforce.id,
            "configuration": {"table": "Contact"},
            **arguments,
        }
        return workbench.create("Model", "contacts", **given)

    return make


def _sync(
    workbench: Workbench, salesforce: State, model: State, name: str = "sync", **arguments: Any
) -> State:
    given = {
        "model": model.id,
        "mode": "updateOrCreate",
        "target": {"connection_id": salesforce.id, "object": "Lead"},
        "identity": ["Email", "Email"],
        "fields": {"Email": "Email", "LastName": "LastName"},
        **arguments,
    }
    return workbench.create("Sync", name, **given)


def _next_run(workbench: Workbench, model: State) -> None:
    """Begin a process that judges the model first, as Pulumi does, and has nothing to change."""
    workbench.restart()
    provider = DynamicProvider("Model")
    provider._session = workbench.session
    news = {**model.arguments, "__identity": model.identity}
    assert provider.diff(model.id, provider.written(model), news).changes is False


def _fields(workbench: Workbench, model: State) -> list[str]:
    reply = workbench.session.polytomic(None).models.get(model.id).data
    return [field.name or "" for field in reply.fields or ()]


def test_a_column_that_the_source_gained_is_exposed_for_a_sync_that_maps_it(
    workbench: Workbench, salesforce: State, make_model: MakeModel
):
    model = make_model(
        identifier="Id",
        labels=["crm"],
        tracking_columns=["LastModifiedDate"],
        additional_fields=[{"name": "Score", "type": "number", "label": "Score"}],
    )
    sync = _sync(workbench, salesforce, model)
    before = workbench.emulator.stored("model", model.id)
    workbench.emulator.change_field(salesforce.id, "Contact", "Nickname__c", type="string")
    _next_run(workbench, model)
    assert "Nickname__c" not in _fields(workbench, model)

    workbench.update("Sync", sync, fields=MAPPED)
    assert "model 'contacts' exposes Nickname__c of its source from now on" in workbench.said
    after = workbench.emulator.stored("model", model.id)
    names = [[one["name"] for one in shown.pop("fields")] for shown in (before, after)]
    assert set(names[1]) - set(names[0]) == {"Nickname__c"}
    assert set(names[0]) < set(names[1])
    changing = ("updated_at", "updated_by", "version")
    for shown in (before, after):
        for key in changing:
            shown.pop(key, None)
    assert after == before
    _next_run(workbench, model)


def test_new_syncs_that_are_made_at_once_get_each_their_own_column(
    workbench: Workbench, salesforce: State, make_model: MakeModel
):
    model = make_model()
    columns = [f"Column_{number}__c" for number in range(6)]
    for name in columns:
        workbench.emulator.change_field(salesforce.id, "Contact", name, type="string")
    _next_run(workbench, model)

    def make(name: str) -> State:
        fields = {"Email": "Email", "LastName": "LastName", name: "FirstName"}
        return _sync(workbench, salesforce, model, f"of {name}", fields=fields)

    with ThreadPoolExecutor(6) as threads:
        assert len(list(threads.map(make, columns))) == 6
    assert set(columns) < set(_fields(workbench, model))


def test_what_a_person_has_selected_stays_selected_and_nothing_else_is_added(
    workbench: Workbench, salesforce: State, make_model: MakeModel
):
    model = make_model()
    sync = _sync(workbench, salesforce, model)
    workbench.emulator.change_model(model.id, fields=["Id", "Email", "LastName"])
    workbench.emulator.change_field(salesforce.id, "Contact", "Nickname__c", type="string")
    _next_run(workbench, model)
    workbench.update("Sync", sync, fields=MAPPED)
    assert set(_fields(workbench, model)) == {"Id", "Email", "LastName", "Nickname__c"}
    assert workbench.emulator.requests("PUT", f"/api/models/{model.id}")


@pytest.mark.parametrize("fields", [["Id", "Email", "LastName"], None])
def test_fields_that_the_program_names_and_those_of_no_source_are_left_to_the_check(
    workbench: Workbench, salesforce: State, make_model: MakeModel, fields: list[str] | None
):
    model = make_model(fields=fields)
    sync = _sync(workbench, salesforce, model)
    if fields is not None:
        workbench.emulator.change_field(salesforce.id, "Contact", "Nickname__c", type="string")
    _next_run(workbench, model)
    with pytest.raises(DoesNotFit, match="'Nickname__c' is not a field of model 'contacts'"):
        workbench.update("Sync", sync, fields=MAPPED)
    assert workbench.emulator.requests("PUT") == []


def test_a_model_that_cannot_be_changed_fails_the_sync_and_sends_nothing_of_it(
    workbench: Workbench, salesforce: State, make_model: MakeModel
):
    model = make_model()
    sync = _sync(workbench, salesforce, model)
    workbench.emulator.change_field(salesforce.id, "Contact", "Nickname__c", type="string")
    _next_run(workbench, model)
    workbench.emulator.fail(kind="status", status=403, method="PUT", path="^/api/models", times=9)
    with pytest.raises(PolytomicError, match="403"):
        workbench.update("Sync", sync, fields=MAPPED)
    assert workbench.emulator.requests("PUT", f"/api/syncs/{sync.id}") == []
