"""Executions, rows and queries by a program: by id, by name, and where there is none."""

from polytomic_emulator import RunningEmulator
from tests.docs.examples import _a_copy, _a_run, _a_warehouse
from tests.engine.deployment import Deployment

PROGRAM = """
import pulumi
from polytomic_provider import (
    get_model_sample_output,
    get_sync_execution_output,
    get_sync_executions,
    get_sync_executions_output,
    run_query,
    run_query_output,
)

(last,) = get_sync_executions("Contacts to leads")
pulumi.export("status", last["status"])
pulumi.export("later", get_sync_executions_output("Contacts to leads").apply(len))
run = get_sync_execution_output("Contacts to leads", last["id"])
pulumi.export("total", run.apply(lambda one: one["counts"]["total"]))
query = "SELECT count(*) AS n FROM public.contacts"
pulumi.export("counted", [run_query("warehouse", query), run_query_output("warehouse", query)])
pulumi.export("rows", get_model_sample_output("contacts").apply(lambda one: len(one["records"])))
"""


def test_executions_and_rows_are_looked_up(deployment: Deployment, emulator: RunningEmulator):
    execution = _a_run(emulator)["248d..."]
    _a_warehouse(emulator)
    deployment.deploy(PROGRAM)
    found = deployment.outputs()
    ended = emulator.end_of(execution)
    assert (found["status"], found["later"]) == (ended["status"], 1)
    assert found["total"] == ended["counts"]["total"]
    assert found["rows"] > 0
    (now,), (later,) = found["counted"]
    assert now == later
    assert now["n"] > 0
    deployment.program(PROGRAM.replace('("Contacts to leads")', '("Contacts")', 1))
    refused = deployment.preview().failed().text
    assert "Contacts to leads" in refused


COPIES = """
import pulumi
from polytomic_provider import (
    get_bulk_sync_execution,
    get_bulk_sync_execution_output,
    get_bulk_sync_executions,
    get_bulk_sync_executions_output,
)

(last,) = get_bulk_sync_executions("CRM to warehouse")
pulumi.export("later", get_bulk_sync_executions_output("CRM to warehouse").apply(len))
run = get_bulk_sync_execution("CRM to warehouse", last["id"])
pulumi.export("schemas", {one["schema_id"]: one["record_count"] for one in run["schemas"]})
again = get_bulk_sync_execution_output("CRM to warehouse", last["id"])
pulumi.export("told", again.apply(lambda one: [one["status"], one["counts"]["total"]]))
"""


def test_executions_of_bulk_syncs_are_looked_up(deployment: Deployment, emulator: RunningEmulator):
    _a_copy(emulator)
    (copies,) = emulator.list_stored("bulk_sync")
    (ran,) = emulator.bulk_executions(copies["id"])
    deployment.deploy(COPIES)
    found = deployment.outputs()
    assert found["later"] == 1
    assert found["schemas"] == {one["schema"]: one["record_count"] for one in ran["schemas"]}
    assert found["told"] == ["completed", ran["record_count"]]
