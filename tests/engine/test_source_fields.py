"""A model without `fields` follows its source, as far as the syncs of the program need it."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import PIPELINE

WITHOUT_FIELDS = PIPELINE.replace(
    '    fields=["Id", "Email", "FirstName", "LastName", "Phone"],\n', ""
)
MAPPED = WITHOUT_FIELDS.replace(
    '"FirstName": "firstName"', '"FirstName": "firstName", "Nickname__c": "title"'
)


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


@pytest.mark.torture
def test_a_column_that_the_source_gained_is_mapped_and_a_persons_selection_stays(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.deploy(WITHOUT_FIELDS)
    outputs = deployment.outputs()
    model, selected = outputs["model_id"], ["Id", "Email", "FirstName", "LastName"]
    emulator.change_model(model, fields=selected)
    emulator.change_field(outputs["salesforce_id"], "Contact", "Nickname__c", type="string")

    deployment.program(MAPPED)
    shown = deployment.preview().ok().text
    assert "Nickname__c: " in shown
    assert "error" not in shown
    shown = deployment.up("--skip-preview").ok().text
    assert "model 'contacts' exposes Nickname__c of its source from now on" in shown
    there = emulator.stored("model", model)["fields"]
    assert {one["name"] for one in there} == {*selected, "Nickname__c"}
    deployment.preview("--refresh", "--expect-no-changes").ok()
