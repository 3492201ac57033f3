"""Bulk syncs against the emulator: requests, drift, what a preview says, deletion."""

from collections.abc import Callable
from typing import Any

import pytest

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.live_check import DoesNotFit
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.sync.deletion import StillRunning
from polytomic_provider.live import LiveContext, Schemas
from polytomic_provider.live.bulk_checks import check_bulk_sync
from polytomic_provider.validation import UNKNOWN, Severity
from tests.faults.singletons import ask
from tests.kinds.conftest import Workbench

Make = Callable[..., State]
PHONE = {"id": "Contact", "fields": {"Phone": {"obfuscate": True}, "Title": False}}
WAREHOUSE = {"hostname": "db", "username": "u", "password": "p", "database": "d", "port": 5432}


@pytest.fixture
def ends(workbench: Workbench, salesforce: State) -> dict[str, Any]:
    """The arguments that every bulk sync needs."""
    warehouse = workbench.create("Connection", "db", type="postgresql", configuration=WAREHOUSE)
    return {
        "source_connection_id": salesforce.id,
        "destination_connection_id": warehouse.id,
        "destination_configuration": {"schema": "crm"},
    }


@pytest.fixture
def make(workbench: Workbench, ends: dict[str, Any]) -> Make:
    return lambda **more: workbench.create("BulkSync", "copies", **{**ends, **more})


def _schema(workbench: Workbench, made: State, name: str = "Contact") -> dict[str, Any]:
    stored = workbench.emulator.stored("bulk_sync", made.id)
    return next(one for one in stored["schemas"] if one["id"] == name)


def _enabled(workbench: Workbench, made: State) -> list[str]:
    stored = workbench.emulator.stored("bulk_sync", made.id)
    return [one["id"] for one in stored["schemas"] if one["enabled"]]


def _told(state: State) -> dict[str, Any]:
    """The arguments that a state holds."""
    return {key: value for key, value in state.arguments.items() if value is not None}


def _fields(schema: dict[str, Any], key: str = "enabled") -> set[str]:
    return {one["id"] for one in schema["fields"] if one.get(key)}


def _edit(workbench: Workbench, made: State, path: str, value: Any, name: str = "Contact") -> None:
    """Change a part of one schema by hand; `{Email}` in the path is the place of that field."""
    stored = workbench.emulator.stored("bulk_sync", made.id)["schemas"]
    at = next(i for i, one in enumerate(stored) if one["id"] == name)
    places = {one["id"]: i for i, one in enumerate(stored[at]["fields"])}
    where = f"schemas[{at}].{path.format_map(places)}"
    workbench.emulator.edit("bulk_sync", made.id, where, value)


def _sent(workbench: Workbench) -> list[tuple[str, str]]:
    asked = workbench.emulator.requests()
    return [(one["method"], one["path"]) for one in asked if one["method"] != "GET"]


def test_exceptions_leave_every_other_field_as_it_is(workbench: Workbench, make: Make):
    made = make(
        schemas=[{"id": "Contact", "fields": {"Phone": {"obfuscate": True}, "Title": False}}]
    )
    contact = _schema(workbench, made)
    everything = {one["id"] for one in contact["fields"]}
    assert _fields(contact) == everything - {"Title"}
    assert _fields(contact, "obfuscated") == {"Phone"}
    assert _enabled(workbench, made) == ["Contact"]


def test_a_list_of_fields_is_all_that_is_copied(workbench: Workbench, make: Make):
    made = make(schemas=[{"id": "Contact", "fields": ["Id", {"id": "Phone", "obfuscate": True}]}])
    assert _fields(_schema(workbench, made)) == {"Id", "Phone"}
    assert _fields(_schema(workbench, made), "obfuscated") == {"Phone"}


def test_what_is_obfuscated_goes_out_with_the_request_that_makes_it(
    workbench: Workbench, make: Make
):
    make(schemas=[PHONE], active=True)
    (post,) = workbench.emulator.requests("POST", "/api/bulk/syncs")
    (sent,) = post["body"]["schemas"]
    assert {"id": "Phone", "enabled": True, "obfuscate": True} in sent["fields"]


def test_left_out_all_objects_are_copied_and_none_is_read(workbench: Workbench, make: Make):
    made = make()
    assert len(_enabled(workbench, made)) == 5
    assert not [one for one in workbench.emulator.requests() if "/schemas/" in one["path"]][1:]
    workbench.emulator.clear_requests()
    read = workbench.read("BulkSync", made)
    assert read is not None
    assert "schemas" not in _told(read)
    assert [one["path"] for one in workbench.emulator.requests()] == [f"/api/bulk/syncs/{made.id}"]


def test_schedules_that_stay_keep_their_ids(workbench: Workbench, make: Make):
    hourly = {"frequency": "hourly", "minute": 5, "schemas": ["Contact"]}
    daily = {"frequency": "daily", "hour": 3, "minute": 0}
    made = make(default_schedule=daily, additional_schedules=[hourly])
    before = workbench.emulator.stored("bulk_sync", made.id)
    other = {"frequency": "daily", "hour": 4, "minute": 0, "resync_mode": "resync"}
    changed = workbench.update(
        "BulkSync",
        made,
        default_schedule={**daily, "hour": 5},
        additional_schedules=[other, hourly],
    )
    after = workbench.emulator.stored("bulk_sync", made.id)
    assert after["default_schedule"]["id"] == before["default_schedule"]["id"]
    assert after["default_schedule"]["hour"] == "5"
    ids = {one["frequency"]: one["id"] for one in after["additional_schedules"]}
    assert ids["hourly"] == before["additional_schedules"][0]["id"]
    assert changed.computed["default_schedule_id"] == after["default_schedule"]["id"]


def test_an_update_of_something_else_sends_no_schema_and_keeps_what_is_not_managed(
    workbench: Workbench, make: Make
):
    made = make(schemas=[PHONE])
    workbench.emulator.edit("bulk_sync", made.id, "concurrency_limit", 7)
    workbench.emulator.clear_requests()
    workbench.update("BulkSync", made, disable_record_timestamps=True)
    assert _sent(workbench) == [("PUT", f"/api/bulk/syncs/{made.id}")]
    stored = workbench.emulator.stored("bulk_sync", made.id)
    assert (stored["concurrency_limit"], stored["disable_record_timestamps"]) == (7, True)
    assert stored["mode"] == "replicate"
    assert _fields(_schema(workbench, made), "obfuscated") == {"Phone"}


def test_other_schemas_are_chosen_in_one_request(workbench: Workbench, make: Make):
    made = make(schemas=["Contact", "Account", "Lead"])
    workbench.emulator.clear_requests()
    workbench.update("BulkSync", made, schemas=["User", "Lead"])
    assert _enabled(workbench, made) == ["Lead", "User"]
    assert _sent(workbench) == [("PUT", f"/api/bulk/syncs/{made.id}")]


def test_what_polytomic_tracks_changes_by_is_kept(workbench: Workbench, make: Make):
    made = make(schemas=["Contact"])
    assert _schema(workbench, made)["tracking_field"] == "LastModifiedDate"
    workbench.update("BulkSync", made, schemas=[{"id": "Contact", "fields": ["Id"]}])
    assert _schema(workbench, made)["tracking_field"] == "LastModifiedDate"


WHOLE = {
    "id": "Contact",
    "fields": {"Phone": {"obfuscate": True, "user_output_name": "tel"}, "Title": False},
    "filters": [{"field": "LastName", "function": "StringContains", "value": "a"}],
    "partition_key": "Id",
    "tracking_field": "CreatedDate",
    "data_cutoff_timestamp": "2024-01-31T00:00:00Z",
    "disable_data_cutoff": True,
    "history_enabled": True,
    "user_output_name": "people",
}
BY_HAND = [
    ("enabled", False),
    ("fields[{Email}].enabled", False),
    ("fields[{Email}].obfuscated", True),
    ("fields[{Email}].user_output_name", "mail"),
    ("fields[{Phone}].obfuscated", False),
    ("fields[{Phone}].user_output_name", "other"),
    ("fields[{Title}].enabled", True),
    ("filters[0].value", "b"),
    ("filters[0].function", "Equality"),
    ("filters[0].field_id", "FirstName"),
    ("filters", []),
    ("partition_key", "Email"),
    ("tracking_field", "LastModifiedDate"),
    ("data_cutoff_timestamp", "2024-02-01T00:00:00Z"),
    ("disable_data_cutoff", False),
    ("history_enabled", False),
    ("user_output_name", "firms"),
]


@pytest.mark.parametrize(("path", "value"), BY_HAND, ids=[one for one, _ in BY_HAND])
def test_a_change_of_a_schema_by_hand_is_seen_and_repaired(
    workbench: Workbench, make: Make, path: str, value: Any
):
    made = make(schemas=[WHOLE])
    before = _schema(workbench, made)
    _edit(workbench, made, path, value)
    read = workbench.read("BulkSync", made)
    assert read is not None
    assert HANDLERS["BulkSync"].compare(read, made.arguments).sent == ("schemas",)
    again = workbench.update("BulkSync", read, schemas=[WHOLE])
    assert _schema(workbench, made) == before
    quiet = workbench.read("BulkSync", again)
    assert quiet is not None
    assert _told(quiet) == made.arguments


def test_an_object_that_somebody_adds_is_switched_off_again(workbench: Workbench, make: Make):
    made = make(schemas=["Contact"])
    _edit(workbench, made, "enabled", True, "Lead")
    read = workbench.read("BulkSync", made)
    assert read is not None
    assert read.arguments["schemas"] == ["Contact", "Lead"]
    workbench.update("BulkSync", read, schemas=["Contact"])
    assert _enabled(workbench, made) == ["Contact"]


def test_what_the_program_lets_polytomic_add_is_no_drift(workbench: Workbench, make: Make):
    adds = {"automatically_add_new_objects": "all", "automatically_add_new_fields": "all"}
    listed = {"id": "Contact", "fields": ["Id"]}
    made = make(schemas=[listed], **adds)
    _edit(workbench, made, "enabled", True, "Lead")
    _edit(workbench, made, "fields[{Email}].enabled", True)
    read = workbench.read("BulkSync", made)
    assert read is not None
    assert _told(read) == made.arguments
    workbench.update("BulkSync", read, schemas=[listed, "User"])
    assert _enabled(workbench, made) == ["Contact", "Lead", "User"]
    assert _fields(_schema(workbench, made)) == {"Id", "Email"}


def test_a_field_that_the_source_gains_is_no_drift_where_none_are_added(
    workbench: Workbench, make: Make, salesforce: State
):
    made = make(schemas=["Contact"], automatically_add_new_fields="none")
    workbench.emulator.change_field(salesforce.id, "Contact", "Shoe__c", type="string")
    read = workbench.read("BulkSync", made)
    assert read is not None
    assert _told(read) == made.arguments
    assert "Shoe__c" not in _fields(_schema(workbench, made))


@pytest.mark.parametrize("adds", ["all", "onlyIncremental", "onlyNonIncremental", "none", None])
def test_exceptions_leave_every_other_field_on_whatever_is_added_later(
    workbench: Workbench, make: Make, adds: str | None
):
    """A server switches off what a new schema's list of fields leaves out."""
    exceptions = {"Phone": False, "Email": {"obfuscate": True}}
    schemas = [{"id": "Contact", "fields": exceptions}]
    made = make(schemas=schemas, automatically_add_new_fields=adds)
    every = {one["id"] for one in _schema(workbench, made)["fields"]}
    assert len(every) > len(exceptions)
    assert _fields(_schema(workbench, made)) == every - {"Phone"}


@pytest.mark.parametrize(
    "same",
    [
        [{"id": "Lead"}, PHONE],
        [{**PHONE, "enabled": True, "filters": []}, "Lead"],
        [
            {
                "id": "Contact",
                "fields": {"Title": {"enabled": False}, "Phone": {"obfuscate": True}},
            },
            {"id": "Lead", "user_output_name": "", "history_enabled": False},
        ],
    ],
)
def test_the_same_schemas_in_other_words_are_no_change(make: Make, same: Any):
    made = make(schemas=[PHONE, "Lead"])
    arguments = {**made.arguments, "schemas": same}
    assert not HANDLERS["BulkSync"].compare(made, arguments).sent


def _problems(ends: dict[str, Any], **more: Any) -> list[str]:
    named = {"name": "copies", **ends, **more}
    return [str(one) for one in HANDLERS["BulkSync"].problems(named)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"schemas": []}, "schemas: chooses no object; leave it out to copy every one"),
        ({"schemas": ["Lead", {"id": "Lead"}]}, "schemas[1]: names the schema 'Lead' again"),
        ({"schemas": [{"id": "Lead", "fields": []}]}, "schemas[0].fields: names no field"),
        ({"schemas": [{"fields": ["Id"]}]}, "schemas[0].id: is required"),
        ({"schemas": [{"id": "Lead", "feilds": []}]}, "did you mean 'fields'?"),
        (
            {"schemas": [{"id": "Lead", "fields": {"Id": {"obfuscated": True}}}]},
            "schemas[0].fields[0].obfuscated: is not a key; did you mean 'obfuscate'?",
        ),
        (
            {"schemas": [{"id": "Lead", "fields": {"Id": "yes"}}]},
            "expected True or False, got text",
        ),
        ({"schemas": [{"id": "Lead", "filters": [{"function": "Like"}]}]}, "is not a function"),
        (
            {"schemas": [{"id": "Lead", "filters": [{"field": "Id", "function": "Equality"}]}]},
            "schemas[0].filters[0].value: Equality needs a value",
        ),
        (
            {"schemas": [{"id": "Lead", "data_cutoff_timestamp": "last year"}]},
            "schemas[0].data_cutoff_timestamp: expected a time",
        ),
        ({"mode": "replica"}, "did you mean 'replicate'?"),
        (
            {"default_schedule": {"frequency": "daily", "hour": 25, "minute": 0}},
            "'25' does not fit",
        ),
        ({"default_schedule": {"frequency": "runafter"}}, "default_schedule.frequency"),
        ({"default_schedule": {"frequency": "daily", "hour": 1}}, "minute: is required"),
        ({"additional_schedules": [{"frequency": "manual", "resync_mode": "all"}]}, "resync_mode"),
        ({"automatically_add_new_fields": "some"}, "automatically_add_new_fields"),
        ({"concurrency_limit": 0}, "concurrency_limit"),
    ],
)
def test_what_no_bulk_sync_can_be_is_refused_without_a_request(
    ends: dict[str, Any], wrong: dict[str, Any], said: str
):
    assert any(said in one for one in _problems(ends, **wrong)), _problems(ends, **wrong)


@pytest.mark.parametrize(
    "strange",
    [
        *(5, "x", {"a": 1}, [5], [None], [{"id": 5}], [{"id": "a", "fields": 5}]),
        *([{"id": "a", "fields": [5]}], [{"id": "a", "filters": 5}], [{"id": "a", "filters": [5]}]),
        *([UNKNOWN], UNKNOWN, [{"id": UNKNOWN}], [{"id": "a", "fields": UNKNOWN}]),
        [{"id": "a", "fields": {"b": UNKNOWN, "c": {"obfuscate": UNKNOWN}}, "filters": [UNKNOWN]}],
    ],
)
def test_problems_never_raise_and_unknowns_fit(ends: dict[str, Any], strange: Any):
    found = _problems(ends, schemas=strange)
    found += _problems(ends, default_schedule=strange, additional_schedules=strange)
    assert (
        HANDLERS["BulkSync"]
        .compare(State("id", {"schemas": ["a"]}, {}), {**ends, "schemas": strange})
        .changed
    )


def _live(workbench: Workbench) -> LiveContext:
    return LiveContext(Schemas(workbench.session.polytomic(None), of_one_moment=True))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"schemas": ["Contacts"]}, "Salesforce has no 'Contacts'; did you mean 'Contact'?"),
        (
            {"schemas": [{"id": "Contact", "fields": ["Emial"]}]},
            "schemas[0].fields[0]: 'Emial' is not a field of Salesforce Contact; did you mean",
        ),
        (
            {"schemas": [{"id": "Contact", "fields": {"Emial": False}}]},
            "schemas[0].fields.Emial: 'Emial' is not a field",
        ),
        (
            {"schemas": [{"id": "Contact", "filters": [{"field": "X", "function": "IsNull"}]}]},
            "schemas[0].filters[0].field: 'X' is not a field",
        ),
        ({"schemas": [{"id": "Contact", "tracking_field": "X"}]}, "tracking_field: 'X'"),
        ({"mode": "snapshot"}, "PostgreSQL does not take it"),
        ({"destination_configuration": {"shema": "a"}}, "did you mean 'schema'?"),
        ({"destination_configuration": {"mirror_schemas": True}}, "schema: is required"),
        ({"source_configuration": {"lookback": 5}}, "source_configuration.lookback"),
        (
            {"additional_schedules": [{"frequency": "manual", "schemas": ["Leed"]}]},
            "additional_schedules[0].schemas[0]: Salesforce has no 'Leed'; did you mean 'Lead'?",
        ),
    ],
)
def test_a_preview_holds_it_to_both_connections(
    workbench: Workbench, ends: dict[str, Any], wrong: dict[str, Any], said: str
):
    found = check_bulk_sync(_live(workbench), {**ends, **wrong})
    texts = [str(one) for one in found.problems]
    assert any(said in one for one in texts), texts
    assert found.told == ()


def test_nothing_is_sent_that_does_not_fit(workbench: Workbench, make: Make):
    with pytest.raises(DoesNotFit, match="did you mean 'Contact'"):
        make(schemas=["Contakt"])
    assert ("POST", "/api/bulk/syncs") not in _sent(workbench)


def test_a_service_that_can_be_no_destination_is_told_in_its_own_words(
    workbench: Workbench, ends: dict[str, Any]
):
    both = {**ends, "destination_connection_id": ends["source_connection_id"]}
    (problem,) = check_bulk_sync(_live(workbench), both).problems
    assert problem.path == "destination_connection_id"
    assert "Salesforce cannot be the destination of a bulk sync" in problem.text


def test_a_preview_says_what_will_be_copied(workbench: Workbench, ends: dict[str, Any]):
    listed = {"id": "Account", "fields": ["Id", {"id": "Phone", "obfuscate": True}]}
    filtered = {"id": "Lead", "filters": [{"field": "Email", "function": "IsNotNull"}]}
    arguments = {**ends, "schemas": [PHONE, listed, filtered]}
    (told,) = check_bulk_sync(_live(workbench), arguments).told
    assert told == (
        "copies 3 of 5 objects of Salesforce to PostgreSQL: "
        "Contact (20 of 21 fields, Phone obfuscated), "
        "Account (2 of 13 fields, Phone obfuscated), Lead (13 fields, 1 filter)"
    )
    (every,) = check_bulk_sync(_live(workbench), ends).told
    assert "copies every object of Salesforce to PostgreSQL" in every
    assert "5 objects" in every


def test_a_new_one_with_a_schedule_that_is_not_switched_on_is_warned_of(
    workbench: Workbench, ends: dict[str, Any]
):
    hourly = {"frequency": "hourly", "minute": 5}
    (problem,) = check_bulk_sync(_live(workbench), {**ends, "default_schedule": hourly}).problems
    assert (problem.path, problem.severity) == ("active", Severity.WARNING)
    assert "switched off" in problem.text


def test_what_runs_is_canceled_only_when_told(workbench: Workbench, make: Make):
    made = make()
    execution = workbench.emulator.start_bulk_execution(made.id)
    with pytest.raises(StillRunning) as raised:
        workbench.delete("BulkSync", made)
    assert f"bulk sync 'copies' ({made.id}) was not deleted" in str(raised.value)
    assert execution in str(raised.value)
    told = workbench.update("BulkSync", made, cancel_running=True)
    workbench.delete("BulkSync", told)
    assert workbench.emulator.list_stored("bulk_sync") == []
    assert ("POST", f"/api/bulk/syncs/{made.id}/cancel") in _sent(workbench)


def test_one_that_is_there_is_adopted_and_its_schemas_are_changed(
    workbench: Workbench, make: Make, ends: dict[str, Any]
):
    made = make(schemas=["Lead", "Contact"], concurrency_limit=3)
    workbench.restart()
    wanted = {**ends, "schemas": ["Contact"], "adopt": True}
    adopted = workbench.create("BulkSync", "copies", **wanted)
    assert adopted.id == made.id
    assert _enabled(workbench, made) == ["Contact"]
    assert workbench.emulator.stored("bulk_sync", made.id)["concurrency_limit"] == 3
    assert len(workbench.emulator.list_stored("bulk_sync")) == 1
    assert any("schemas: ['Contact', 'Lead'] -> ['Contact']" in one for one in workbench.said), (
        workbench.said
    )


def test_a_creation_that_ended_before_its_schemas_were_mended_is_finished(
    workbench: Workbench, make: Make
):
    """A kill between the POST and what follows leaves an object that the next run finds again."""
    workbench.emulator.fail(kind="status", status=400, method="PUT", path=".*/schemas/Contact")
    with pytest.raises(Exception, match="was made"):
        make(schemas=[PHONE])
    workbench.emulator.clear_faults()
    workbench.restart()
    made = make(schemas=[PHONE])
    assert len(workbench.emulator.list_stored("bulk_sync")) == 1
    assert _fields(_schema(workbench, made), "obfuscated") == {"Phone"}
    assert "Email" in _fields(_schema(workbench, made))


def _handling(workbench: Workbench, made: State) -> dict[str, Any]:
    return ask(workbench.emulator, "GET", "BulkSyncErrorHandling", made.id)


def test_its_error_handling_is_taken_over_repaired_and_put_back(workbench: Workbench, make: Make):
    owner = make()
    default = _handling(workbench, owner)
    assert default == {"subscribers": [], "ingestion_failure_threshold": None}
    wanted = {"subscribers": ["Ada@acme.example"], "ingestion_failure_threshold": 60}
    made = workbench.create("BulkSyncErrorHandling", bulk_sync=owner.id, **wanted)
    assert _handling(workbench, owner) == wanted
    for key, value in (("subscribers", []), ("ingestion_failure_threshold", 5)):
        ask(workbench.emulator, "PUT", "BulkSyncErrorHandling", owner.id, {key: value})
        workbench.restart()
        read = workbench.read("BulkSyncErrorHandling", made)
        assert read is not None
        assert HANDLERS["BulkSyncErrorHandling"].compare(read, made.arguments).sent == (key,)
        workbench.update("BulkSyncErrorHandling", read, **wanted)
        assert _handling(workbench, owner) == wanted
    without = workbench.update("BulkSyncErrorHandling", made, ingestion_failure_threshold=0)
    assert _handling(workbench, owner)["ingestion_failure_threshold"] is None
    read = workbench.read("BulkSyncErrorHandling", without)
    assert read is not None
    assert not HANDLERS["BulkSyncErrorHandling"].compare(read, without.arguments).differs
    workbench.delete("BulkSyncErrorHandling", made)
    assert _handling(workbench, owner) == default


def test_an_update_of_a_bulk_sync_leaves_its_error_handling(workbench: Workbench, make: Make):
    owner = make(schemas=["Contact"])
    told = {"subscribers": ["ada@acme.example"]}
    workbench.create("BulkSyncErrorHandling", bulk_sync=owner.id, **told)
    workbench.update("BulkSync", owner, schemas=["Lead"], concurrency_limit=2)
    assert _handling(workbench, owner)["subscribers"] == told["subscribers"]
