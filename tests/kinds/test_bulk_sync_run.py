"""What is special about a run of a bulk sync: schemas, which fail one by one."""

from collections.abc import Iterator
from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.comparison import compare
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.runs.run import RunNotDone
from polytomic_provider.live import LiveContext, Schemas
from polytomic_provider.validation import UNKNOWN
from tests.kinds.conftest import Workbench
from tests.kinds.runs import EventfulClock, Runnable, a_bulk_sync

HANDLER = HANDLERS["BulkSyncRun"]


@pytest.fixture
def workbench() -> Iterator[Workbench]:
    with RunningEmulator(consent_after=0) as emulator:
        yield Workbench(emulator, clock=EventfulClock(emulator))


@pytest.fixture
def copies(workbench: Workbench, salesforce: State) -> Runnable:
    return a_bulk_sync(workbench, salesforce)


@pytest.mark.parametrize(
    "asked",
    [
        {"schemas": ["Lead"]},
        {"resync_mode": "rebuild"},
        {"resync_mode": "refetch", "fetch_mode": "full", "schemas": ["Lead", "Contact"]},
        {"fetch_mode": "none"},
        {"test": True},
    ],
    ids=str,
)
def test_what_is_run_is_what_the_program_says(
    workbench: Workbench, copies: Runnable, asked: dict[str, Any]
):
    workbench.emulator.clear_requests()
    run = copies.create(wait=False, **asked)
    (post,) = [one for one in workbench.emulator.requests("POST") if "executions" in one["path"]]
    assert post["body"] == asked
    (execution,) = copies.executions
    assert execution["id"] == run.computed["execution_id"]
    chosen = asked.get("schemas", ["Contact", "Lead"])
    assert [one["schema"] for one in execution["schemas"]] == chosen


def test_it_tells_how_many_records_of_each_schema(
    workbench: Workbench, copies: Runnable, salesforce: State
):
    run = copies.create(tolerate=copies.failing)
    there = {
        name: len(workbench.emulator.records(salesforce.id, name)) for name in ("Contact", "Lead")
    }
    assert run.computed["records"] == there
    assert run.computed["failed_schemas"] == []
    assert run.computed["counts"] == {
        "total": sum(there.values()),
        "error": copies.failing,
        "warnings": 0,
    }


def test_records_that_fail_are_counted_by_schema(copies: Runnable):
    with pytest.raises(RunNotDone) as raised:
        copies.create()
    assert f"\n  - Contact: {copies.failing} records failed\n" in raised.value.message
    assert "Email is empty: there is no primary key" in raised.value.message


def _unreadable(workbench: Workbench, copies: Runnable) -> None:
    """Give one schema a condition that no value can meet or miss."""
    stored = workbench.emulator.stored("bulk_sync", copies.id)["schemas"]
    at = next(i for i, one in enumerate(stored) if one["id"] == "Lead")
    wrong = {"field_id": "CreatedDate", "function": "InTheLast", "value": "a while"}
    workbench.emulator.edit("bulk_sync", copies.id, f"schemas[{at}].filters", [wrong])


def test_a_schema_that_fails_is_an_error_that_nothing_tolerates(
    workbench: Workbench, copies: Runnable
):
    _unreadable(workbench, copies)
    with pytest.raises(RunNotDone) as raised:
        copies.create(tolerate=10**6)
    failure = raised.value
    (execution,) = copies.executions
    why = {one["schema"]: one.get("status_message") for one in execution["schemas"]}
    assert why["Lead"]
    assert f"\n  - Lead failed: {why['Lead']}" in failure.message
    assert "it is 'failed'" in failure.message
    assert failure.state.computed["failed_schemas"] == ["Lead"]
    assert failure.state.computed["records"]["Contact"] > 100
    workbench.restart()
    with pytest.raises(RunNotDone):
        copies.update(failure.state, tolerate=10**7)
    assert len(copies.executions) == 2, "more tolerance mends no schema: it runs again"


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        ({"status": "completed", "schemas": [("Lead", "failed")]}, "schemas were not copied: Lead"),
        ({"status": "errors", "error_count": 4}, "4 records failed, where `tolerate` allows 3"),
        ({"status": "errors", "error_count": 3}, None),
        ({"status": "completed", "error_count": 3, "schemas": [("Lead", "completed")]}, None),
        ({"status": "other"}, "it is 'other'"),
    ],
    ids=str,
)
def test_readings_of_the_api_that_its_documents_allow(
    workbench: Workbench, copies: Runnable, reply: dict[str, Any], what: str | None
):
    """An execution may be over with errors, or completed while a schema is not."""
    schemas = [{"schema": name, "status": status} for name, status in reply.pop("schemas", ())]
    told = {"id": "e", "completed_at": "2026-01-01T00:00:00Z", "schemas": schemas, **reply}
    path = f"/api/bulk/syncs/{copies.id}/executions/[^/]+$"
    body = {"data": told}
    workbench.emulator.fail(kind="status", status=200, body=body, method="GET", path=path, times=9)
    if what is None:
        assert not copies.create(tolerate=3).unfinished
    else:
        with pytest.raises(RunNotDone) as raised:
            copies.create(tolerate=3)
        assert what in raised.value.message


def test_a_schema_that_is_not_enabled_starts_nothing(copies: Runnable):
    with pytest.raises(PolytomicError, match="'Account' is not enabled"):
        copies.create(schemas=["Account"])
    assert copies.executions == []


def _wrong(workbench: Workbench, declared: Any, **arguments: Any) -> list[str]:
    """The problems of a preview; `declared`: what the program says of the bulk sync, if it does."""
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    live = LiveContext(schemas) if declared is None else LiveContext(schemas, None, declared)
    return [str(one) for one in HANDLER.check_live(live, arguments).problems]


def test_a_preview_holds_schemas_to_those_that_are_copied(workbench: Workbench, copies: Runnable):
    given = {"bulk_sync": copies.id, "schemas": ["Lead", "Acount"]}
    (wrong,) = _wrong(workbench, None, **given)
    assert wrong == (
        "schemas[1]: the bulk sync does not copy 'Acount'; known schemas: Contact, Lead"
    )
    assert _wrong(workbench, None, bulk_sync=copies.id) == []
    nobody = LiveContext(Schemas(workbench.session.polytomic(None), of_one_moment=True))
    gone = HANDLER.check_live(nobody, {"bulk_sync": "no-such", "schemas": ["Lead"]})
    assert gone.unchecked == ("there is no bulk sync no-such",)


@pytest.mark.parametrize(
    ("declared", "count"),
    [
        ({"schemas": ["Lead", {"id": "Account"}]}, 0),
        ({"schemas": ["Lead", {"id": "Account", "enabled": False}]}, 1),
        ({"schemas": ["Lead"], "automatically_add_new_objects": "all"}, 0),
        ({"schemas": UNKNOWN}, 0),
        ({}, 1),
    ],
    ids=str,
)
def test_what_the_program_makes_of_the_bulk_sync_counts(
    workbench: Workbench, copies: Runnable, declared: dict[str, Any], count: int
):
    """Its schemas may change in the same deployment, before the run starts."""

    def program(value: Any, kind: str = "Model", /) -> Any:
        return declared if (value, kind) == (copies.id, "BulkSync") else None

    found = _wrong(workbench, program, bulk_sync=copies.id, schemas=["Account"])
    assert len(found) == count


def test_a_test_and_a_resync_exclude_each_other():
    wrong = {"bulk_sync": "248d", "test": True, "resync_mode": "resync"}
    (problem,) = HANDLER.problems(wrong)
    assert str(problem).startswith("test: excludes `resync_mode`")
    assert HANDLER.problems({**wrong, "test": False}) == []
    (unknown,) = HANDLER.problems({"bulk_sync": "248d", "resync_mode": "all"})
    assert "refetch" in str(unknown)


def test_the_order_of_schemas_makes_no_difference():
    old = {"bulk_sync": "s", "schemas": ["a", "b"]}
    assert not compare(HANDLER.arguments, old, {**old, "schemas": ["b", "a"]}).differs
    assert compare(HANDLER.arguments, old, {**old, "schemas": ["a"]}).differs


def test_a_preview_says_which_schemas_and_rows(workbench: Workbench):
    arguments = {"bulk_sync": "248d", "schemas": ["Contact", "Lead"], "resync_mode": "resync"}
    assert HANDLER.foresee(workbench.scope("urn"), {**arguments, "wait": False}) == (
        "runs bulk sync 248d (only Contact, Lead, resync_mode 'resync', without waiting for its "
        "end)"
    )
