"""A model's life, in the handler."""

from typing import Any

import pytest

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.validation import UNKNOWN
from tests.kinds.conftest import Workbench


def _model(workbench: Workbench, salesforce: State, **arguments: Any) -> State:
    given = {"connection_id": salesforce.id, "configuration": {"table": "Contact"}, **arguments}
    return workbench.create("Model", "contacts", **given)


def test_booleans_and_nested_values_of_the_configuration_survive(
    workbench: Workbench, salesforce: State
):
    workbench.emulator.behave(model_configuration_extras=True)
    configuration = {"table": "Contact", "include_deleted": True}
    made = _model(workbench, salesforce, configuration=configuration)
    again = workbench.read("Model", made)
    assert again is not None
    assert {k: v for k, v in again.arguments.items() if v is not None} == made.arguments
    workbench.update("Model", again, name="Renamed")
    kept = workbench.emulator.model(made.id)["configuration"]
    assert kept["include_deleted"] is True


def test_what_an_additional_field_lacks_is_named():
    field = {"name": "Score", "type": "number"}
    arguments: dict[str, Any] = {"connection_id": "c", "configuration": {}}
    arguments["additional_fields"] = [field]
    found = [str(one) for one in HANDLERS["Model"].problems(arguments)]
    assert found == ["additional_fields[0].label: is required"]
    whole = {**arguments, "additional_fields": [{**field, "label": UNKNOWN}]}
    assert HANDLERS["Model"].problems(whole) == []


def test_fields_that_the_program_leaves_to_the_server_survive_an_update(
    workbench: Workbench, salesforce: State
):
    made = _model(workbench, salesforce)
    workbench.emulator.change_model(made.id, fields=["Email", "LastName"])
    read = workbench.read("Model", made)
    assert read is not None
    assert "fields" not in {k for k, v in read.arguments.items() if v is not None}
    workbench.update("Model", read, name="Renamed")
    again = workbench.read("Model", read)
    assert again is not None
    reply = workbench.session.polytomic(None).models.get(made.id).data
    assert [field.name for field in reply.fields or ()] == ["Email", "LastName"]


def test_a_created_model_that_was_never_recorded_is_found_again(
    workbench: Workbench, salesforce: State
):
    first = _model(workbench, salesforce)
    workbench.restart()
    assert _model(workbench, salesforce).id == first.id
    assert len(workbench.emulator.models()) == 1


@pytest.mark.parametrize("name", ["connection_id", "relations", "enricher"])
def test_a_reference_that_changes_or_is_unknown_replaces(name: str):
    old = {"connection_id": "a", "configuration": {}, "name": "m"}
    state = State("1", old, {})
    for value in ("b", UNKNOWN):
        comparison = HANDLERS["Model"].compare(state, {**old, name: value})
        assert comparison.replaces == (name,)


def test_a_model_deleted_outside_reads_as_gone_and_deletes_in_peace(
    workbench: Workbench, salesforce: State
):
    made = _model(workbench, salesforce)
    workbench.emulator.delete_model(made.id)
    assert workbench.read("Model", made) is None
    workbench.delete("Model", made)


def test_another_object_brings_its_own_fields_where_the_program_names_none(
    workbench: Workbench, salesforce: State
):
    made = _model(workbench, salesforce, identifier="Id")
    workbench.update("Model", made, configuration={"table": "Opportunity"}, identifier=None)
    reply = workbench.session.polytomic(None).models.get(made.id).data
    names = {field.name for field in reply.fields or ()}
    assert "StageName" in names
    assert "Email" not in names
