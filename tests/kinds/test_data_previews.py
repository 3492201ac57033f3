"""What a preview tells of a sync's data and of its impact, against a real HTTP server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from polytomic_provider.api.http.operation import allowing
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.live import LiveContext, Schemas
from polytomic_provider.previews.forecast import Forecast, Planned, forecast
from polytomic_provider.previews.sampling import SampleOptions
from polytomic_provider.validation import UNKNOWN
from tests.kinds.conftest import Workbench

MakeSync = Callable[..., State]
PEOPLE = [
    {"Email": "jane@example.com", "LastName": "Roe", "Phone": "1"},
    {"Email": "max@example.com", "LastName": None, "Phone": "2"},
    {"Email": "kim@example.com", "LastName": "Poe", "Phone": None},
]
HAS_NAME = {"field": "LastName", "function": "IsNotNull"}
HAS_PHONE = {"field": "Phone", "function": "IsNotNull"}
ROWS = SampleOptions(rows=True)


@pytest.fixture
def sync(workbench: Workbench, salesforce: State, make_sync: MakeSync) -> State:
    """A sync of three contacts, of whom one has no name."""
    workbench.emulator.replace_records(salesforce.id, "Contact", PEOPLE)
    return make_sync(filters=[HAS_NAME], active=False)


def look_at(workbench: Workbench, planned: Planned, look: SampleOptions = ROWS) -> Forecast:
    """With what one preview reads, of this moment."""
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    with allowing(10):
        return forecast(schemas, planned, look)


def new(sync: State, **arguments: Any) -> Planned:
    return Planned({**sync.arguments, **arguments}, None)


def changed(sync: State, **arguments: Any) -> Planned:
    return Planned({**sync.arguments, **arguments}, sync.id)


def model_of(salesforce: State, **arguments: Any) -> dict[str, Any]:
    return {
        "connection_id": salesforce.id,
        "configuration": {"table": "Contact"},
        "fields": ["Id", "Email", "LastName", "Phone"],
        **arguments,
    }


def test_a_new_sync_of_a_model_that_is_there(workbench: Workbench, sync: State):
    found = look_at(workbench, new(sync))
    assert found.missing is None
    assert found.messages == (
        "Sample of 3 rows: 2 kept, 1 dropped (A: LastName is not null: 1).\n"
        '  Row 1: Email → Email: "j***@e***.com", LastName → LastName: "R***"\n'
        '  Row 2: Email → Email: "k***@e***.com", LastName → LastName: "P***"',
        "Impact of the new sync: Mode updateOrCreate updates records that match and creates the "
        "others. Its first run is the initial backfill. It is not active, so neither its schedule "
        "nor a manual trigger runs it.",
    )


def test_a_new_sync_of_a_new_model_reads_the_object(
    workbench: Workbench, salesforce: State, sync: State
):
    planned = Planned({**sync.arguments, "model": UNKNOWN}, None, model_of(salesforce))
    found = look_at(workbench, planned, SampleOptions())
    assert found.messages[0] == "Sample of 3 rows: 2 kept, 1 dropped (A: LastName is not null: 1)."
    assert [one["path"].rpartition("/")[2] for one in workbench.emulator.requests()][
        -1
    ] == "records"


def test_a_field_that_the_same_change_adds_to_the_model_is_in_the_sample(
    workbench: Workbench, salesforce: State, sync: State
):
    fields = {**sync.arguments["fields"], "FirstName": "FirstName"}
    names = ["Id", "Email", "LastName", "Phone", "FirstName"]
    planned = Planned(
        {**sync.arguments, "fields": fields}, sync.id, model_of(salesforce, fields=names)
    )
    found = look_at(workbench, planned, SampleOptions())
    assert found.messages[0] == (
        "Sample of 3 rows: 2 kept, 1 dropped (A: LastName is not null: 1).\n"
        "  Before this change: 2 kept, 1 dropped. The change lands 2 rows differently "
        "(FirstName)."
    )


def test_another_object_of_the_model_is_not_counted_with_the_rows_of_before(
    workbench: Workbench, salesforce: State, sync: State
):
    leads = [{"Email": f"{number}@example.com", "LastName": None} for number in range(4)]
    workbench.emulator.replace_records(salesforce.id, "Lead", leads)
    model = model_of(
        salesforce, configuration={"table": "Lead"}, fields=["Id", "Email", "LastName"]
    )
    planned = Planned({**sync.arguments, "active": True}, sync.id, model)
    assert look_at(workbench, planned, SampleOptions()).messages[0] == (
        "Sample of 4 rows: 0 kept, 4 dropped (A: LastName is not null: 4).\n"
        "  Of the data that it reads now: 2 of 3 rows kept. The change of its model brings other "
        "rows."
    )


def test_a_changed_filter_shows_before_and_after_of_the_same_rows(
    workbench: Workbench, sync: State
):
    found = look_at(workbench, changed(sync, filters=[HAS_PHONE]))
    assert found.messages == (
        "Sample of 3 rows: 2 kept, 1 dropped (A: Phone is not null: 1).\n"
        "  Before this change: 2 kept, 1 dropped. The change drops 1 of the kept and keeps 1 of "
        "the dropped.\n"
        '  Row 1: Email → Email: "m***@e***.com", LastName → LastName: null (kept now)\n'
        '  Row 2: Email → Email: "k***@e***.com", LastName → LastName: "P***" (dropped now, A: '
        "Phone is not null)\n"
        '  Row 3: Email → Email: "j***@e***.com", LastName → LastName: "R***"',
        "Impact: The change of filters takes effect on its next run. It has not run yet.",
    )


def test_a_change_of_the_schedule_alone_has_no_before(workbench: Workbench, sync: State):
    found = look_at(workbench, changed(sync, schedule={"frequency": "hourly", "minute": 5}))
    assert found.messages[0].startswith("Sample of 3 rows: 2 kept, 1 dropped (A")
    assert "Before" not in found.messages[0]
    assert found.messages[1] == (
        "Impact: The schedule changes at once: it runs every hour at minute 05. It has not run yet."
    )


def test_a_sync_that_is_what_the_program_says_already_has_nothing_to_tell(
    workbench: Workbench, sync: State
):
    workbench.emulator.clear_requests()
    assert look_at(workbench, changed(sync, cancel_running=True)) == Forecast(())
    assert len(workbench.emulator.requests()) == 1


def test_constants_and_mappings_that_polytomic_merges_are_no_difference(
    workbench: Workbench, sync: State
):
    constants = {"override_fields": {"Company": "Acme"}}
    made = workbench.update("Sync", sync, **constants)
    found = look_at(workbench, changed(made, filters=[HAS_NAME, HAS_PHONE]), SampleOptions())
    assert "drops 1 of the kept.\n" not in found.messages[0]
    assert found.messages[0].endswith("The change drops 1 of the kept.")


def test_what_runs_now_is_said(workbench: Workbench, sync: State):
    made = workbench.update("Sync", sync, active=True)
    workbench.emulator.start_execution(made.id)
    found = look_at(workbench, changed(made, active=False))
    assert "It is deactivated at once, which does not cancel a run" in found.messages[1]
    assert "A run is in progress since 20" in found.messages[1]


def test_an_adopted_sync_shows_what_it_is_now(workbench: Workbench, sync: State):
    planned = new(sync, adopt_id=sync.id, filters=[HAS_PHONE])
    assert "Before this change: 2 kept" in look_at(workbench, planned).messages[0]
    assert len(look_at(workbench, new(sync, adopt=True)).messages) == 1


@pytest.mark.parametrize(
    ("arguments", "model", "reason"),
    [
        ({"model": UNKNOWN}, None, "the model does not exist yet"),
        (
            {"model": UNKNOWN},
            {"connection_id": UNKNOWN, "configuration": {"table": "Contact"}},
            "the connection does not exist yet",
        ),
        (
            {"model": UNKNOWN},
            {"configuration": {"query": "SELECT Id FROM Contact"}},
            "what its model will read can be sampled once the model is deployed",
        ),
        ({"fields": UNKNOWN}, None, "not all of its mappings and filters are known yet"),
        ({"filters": [UNKNOWN]}, None, "not all of its mappings and filters are known yet"),
    ],
)
def test_what_cannot_be_sampled_is_said_beside_the_impact(
    workbench: Workbench,
    salesforce: State,
    sync: State,
    arguments: dict[str, Any],
    model: dict[str, Any] | None,
    reason: str,
):
    declared = None if model is None else model_of(salesforce, **model)
    found = look_at(workbench, Planned({**sync.arguments, **arguments}, None, declared))
    assert found.missing == reason
    (impact,) = found.messages
    assert impact.startswith("Impact of the new sync: ")


def test_a_failing_sample_leaves_the_impact(workbench: Workbench, sync: State):
    workbench.emulator.fail(kind="status", status=400, route="/api/models/{id}/sample")
    found = look_at(workbench, new(sync))
    assert found.missing is not None
    assert "/sample" in found.missing
    assert "\n" not in found.missing
    assert len(found.messages) == 1


def test_an_unhealthy_source_is_the_reason(workbench: Workbench, salesforce: State, sync: State):
    workbench.emulator.revoke(salesforce.id, status_error="The token was revoked.")
    assert look_at(workbench, new(sync)).missing == (
        "connection 'crm' is not healthy: The token was revoked"
    )


def test_all_syncs_of_a_model_share_its_sample(workbench: Workbench, sync: State):
    workbench.emulator.clear_requests()
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    for number in range(5):
        planned = new(sync, name=f"sync-{number}")
        assert forecast(schemas, planned, ROWS).missing is None
    asked = [one["path"] for one in workbench.emulator.requests()]
    assert len(asked) == len(set(asked)) == 4
    assert {one["method"] for one in workbench.emulator.requests()} == {"GET"}


def test_fifty_syncs_at_once_read_each_schema_once(
    workbench: Workbench, salesforce: State, sync: State
):
    """Two objects over one connection: at most 2 + 2 * 2 requests for schemas."""
    model = model_of(salesforce)
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    workbench.emulator.clear_requests()

    def ask(number: int) -> str | None:
        planned = changed(sync, name=f"sync-{number}")
        result = HANDLERS["Sync"].check_live(
            LiveContext(schemas, sync.id, lambda _: model), planned.arguments
        )
        assert result.unchecked == ()
        with_model = Planned(planned.arguments, sync.id, model)
        return forecast(schemas, with_model, SampleOptions()).missing

    with ThreadPoolExecutor(32) as threads:
        assert set(threads.map(ask, range(50))) == {None}
    asked = [one["path"] for one in workbench.emulator.requests()]
    schema = [path for path in asked if "modelsync" in path or "/schemas/" in path]
    assert 0 < len(schema) <= 2 + 2 * 2
    assert len(asked) == len(set(asked))
