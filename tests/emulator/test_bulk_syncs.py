"""Bulk syncs of the emulator, by the official client."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from polytomic import BadRequestError, ConflictError, Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.bulk_uses import bulk_body
from tests.emulator.pipelines import connect

CONTACTS = "crm.contact"


@pytest.fixture
def ends(emulator: RunningEmulator, polytomic: Polytomic) -> tuple[str, str]:
    """Salesforce and a database, ready."""
    made = [connect(emulator, polytomic, kind) for kind in ("salesforce", "postgresql")]
    return made[0], made[1]


Create = Callable[..., Any]


@pytest.fixture
def create(polytomic: Polytomic, ends: tuple[str, str]) -> Create:
    return lambda **more: polytomic.bulk_sync.create(**bulk_body(*ends, **more)).data


def _schema(polytomic: Polytomic, sync: Any, schema: str = "Contact") -> Any:
    return polytomic.bulk_sync.schemas.get(sync.id, schema).data


def _enabled(polytomic: Polytomic, sync: Any) -> list[str]:
    listed = polytomic.bulk_sync.schemas.list(sync.id, filters={"enabled": "true"}).data
    return [one.id for one in listed]


def _without(sync: Any, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in sync.model_dump().items() if key not in keys}


def test_a_bulk_sync_comes_back_with_the_defaults_of_the_server(
    polytomic: Polytomic, create: Create
) -> None:
    made = create()
    assert (made.mode, made.active, made.normalize_names) == ("replicate", False, "enabled")
    adds = (made.automatically_add_new_objects, made.automatically_add_new_fields)
    assert adds == ("none", "all")
    assert made.destination_configuration == {"schema": "crm", "mirror_schemas": False}
    assert made.default_schedule.id
    assert polytomic.bulk_sync.get(made.id).data == made
    assert polytomic.bulk_sync.list().data == [made]


def test_without_schemas_all_are_selected(polytomic: Polytomic, create: Create) -> None:
    everything = ["Contact", "Account", "Lead", "Opportunity", "User"]
    assert _enabled(polytomic, create(schemas=None)) == everything
    assert _enabled(polytomic, create(schemas=["Lead", "User"])) == ["Lead", "User"]


def test_the_list_of_schemas_has_no_fields(polytomic: Polytomic, create: Create) -> None:
    made = create()
    (listed,) = polytomic.bulk_sync.schemas.list(made.id, filters={"enabled": "true"}).data
    assert not hasattr(listed, "fields")
    assert (listed.output_name, listed.tracking_field) == ("contact", "LastModifiedDate")
    assert len(_schema(polytomic, made).fields) == 21


def test_fields_that_a_list_leaves_out_are_not_copied(polytomic: Polytomic, create: Create) -> None:
    fields = ["Id", {"id": "Email", "obfuscate": True, "user_output_name": "mail"}]
    made = create(schemas=[{"id": "Contact", "fields": fields}])
    found = {one.id: one for one in _schema(polytomic, made).fields if one.enabled}
    assert list(found) == ["Id", "Email"]
    assert (found["Email"].obfuscated, found["Email"].output_name) == (True, "mail")


def test_a_put_without_schemas_leaves_them_and_resets_what_it_leaves_out(
    polytomic: Polytomic, create: Create, ends: tuple[str, str]
) -> None:
    made = create(concurrency_limit=3, automatically_add_new_fields="none", policies=["p"])
    body = bulk_body(*ends, name="Renamed")
    del body["schemas"]
    changed = polytomic.bulk_sync.update(made.id, **body).data
    assert (changed.name, changed.concurrency_limit, changed.policies) == ("Renamed", None, [])
    assert changed.automatically_add_new_fields == "all"
    assert changed.default_schedule.id != made.default_schedule.id
    assert _enabled(polytomic, made) == ["Contact"]


def test_a_put_with_schemas_disables_the_others(
    polytomic: Polytomic, create: Create, ends: tuple[str, str]
) -> None:
    made = create()
    polytomic.bulk_sync.update(made.id, **bulk_body(*ends, schemas=["Lead"]))
    assert _enabled(polytomic, made) == ["Lead"]


def test_a_schedule_keeps_its_id_where_a_put_names_it(
    polytomic: Polytomic, create: Create, ends: tuple[str, str]
) -> None:
    hourly: Any = {"frequency": "hourly", "minute": "5"}
    made = create(additional_schedules=[hourly])
    ids = [made.default_schedule.id, made.additional_schedules[0].id]
    more: Any = {
        "default_schedule": {"frequency": "manual", "id": ids[0]},
        "additional_schedules": [{**hourly, "id": ids[1], "schemas": ["Contact"]}],
    }
    changed = polytomic.bulk_sync.update(made.id, **bulk_body(*ends, **more)).data
    assert [changed.default_schedule.id, changed.additional_schedules[0].id] == ids
    assert changed.additional_schedules[0].schemas == ["Contact"]


def test_a_patch_changes_the_keys_that_it_has(polytomic: Polytomic, create: Create) -> None:
    made = create(schemas=[{"id": "Contact", "user_output_name": "people"}])
    one: Any = {"id": "Contact", "history_enabled": True}
    polytomic.bulk_sync.schemas.patch(made.id, schemas=[one])
    found = _schema(polytomic, made)
    assert (found.user_output_name, found.history_enabled) == ("people", True)
    assert found.destination_history_output_name == "people_history"
    assert found.tracking_field == "LastModifiedDate"


def test_a_put_of_a_schema_clears_what_it_leaves_out(polytomic: Polytomic, create: Create) -> None:
    condition: Any = {"field_id": "LastName", "function": "IsNotNull"}
    made = create(schemas=[{"id": "Contact", "filters": [condition], "fields": ["Id"]}])
    polytomic.bulk_sync.schemas.update(made.id, "Contact", enabled=True)
    found = _schema(polytomic, made)
    assert (found.filters, found.tracking_field) == ([], None)
    assert all(one.enabled for one in found.fields)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mode": "snapshot"}, "mode 'snapshot' is not known"),
        ({"destination_configuration": {"shema": "a"}}, "destination_configuration.shema"),
        ({"destination_configuration": {}}, "destination_configuration.schema is required"),
        ({"source_configuration": {"lookback_minutes": "x"}}, "must be a whole number"),
        ({"schemas": ["Contacts"]}, "the source has no 'Contacts'"),
        ({"schemas": ["Contact", "Contact"]}, "a second time"),
        ({"schemas": [{"id": "Contact", "fields": ["Mail"]}]}, "the source has no 'Mail'"),
        ({"schemas": [{"id": "Contact", "tracking_field": "x"}]}, "tracking_field 'x'"),
        ({"schemas": [{"id": "Contact", "filters": [{"function": "Is"}]}]}, "function 'Is'"),
        ({"default_schedule": {"frequency": "runafter"}}, "frequency 'runafter'"),
        ({"default_schedule": {"frequency": "hourly"}}, "default_schedule.minute is required"),
        ({"automatically_add_new_fields": "some"}, "automatically_add_new_fields 'some'"),
        ({"concurrency_limit": -1}, "from 1 on"),
        ({"data_cutoff_timestamp": "yesterday"}, "must be a time"),
        ({"name": " "}, "must not be empty"),
    ],
)
def test_what_no_bulk_sync_can_be_is_refused(
    create: Create, http: httpx.Client, ends: tuple[str, str], wrong: dict[str, Any], said: str
) -> None:
    reply = http.post("/api/bulk/syncs", json=bulk_body(*ends, **wrong))
    assert reply.status_code == 400
    assert said in reply.json()["message"]
    with pytest.raises(BadRequestError):
        create(**wrong) if "data_cutoff_timestamp" not in wrong else http_error(reply)


def http_error(reply: httpx.Response) -> None:
    """The client itself would refuse a time that is none."""
    raise BadRequestError(body=reply.json())


def test_a_source_that_was_never_read_is_not_ready(
    polytomic: Polytomic, emulator: RunningEmulator, create: Create, ends: tuple[str, str]
) -> None:
    made = polytomic.connections.create(name="Other", type="hubspot", configuration={}).data
    emulator.hold_schema(made.id)
    emulator.authorize(made.id)
    with pytest.raises(UnprocessableEntityError) as refused:
        create(source_connection_id=made.id)
    assert "cache refresh in progress" in str(refused.value.body.message)


def test_rows_are_copied_with_chosen_fields_and_counts(
    polytomic: Polytomic, emulator: RunningEmulator, create: Create, ends: tuple[str, str]
) -> None:
    fields = ["Id", {"id": "Email", "obfuscate": True}, {"id": "LastName", "user_output_name": "n"}]
    condition: Any = {"field_id": "LastName", "function": "IsNotNull"}
    made = create(
        schemas=[{"id": "Contact", "fields": fields, "filters": [condition]}],
        disable_record_timestamps=True,
    )
    ran = emulator.run_bulk_sync(made.id)
    source = [row for row in emulator.records(ends[0], "Contact") if row["LastName"] is not None]
    copied = emulator.records(ends[1], CONTACTS)
    assert (ran["status"], ran["record_count"]) == ("completed", len(source))
    assert [(row["id"], row["n"]) for row in copied] == [(r["Id"], r["LastName"]) for r in source]
    clear = {row["Email"] for row in source} - {None}
    assert clear.isdisjoint({row["email"] for row in copied})
    read = polytomic.bulk_sync.executions.list(made.id).data[0]
    assert (read.schemas[0].schema_, read.schemas[0].record_count) == ("Contact", len(source))


def test_a_second_run_reads_what_has_changed(
    emulator: RunningEmulator, create: Create, ends: tuple[str, str]
) -> None:
    made = create()
    first = emulator.run_bulk_sync(made.id)
    assert emulator.run_bulk_sync(made.id)["record_count"] == 0
    person = emulator.records(ends[0], "Contact")[0]["Id"]
    emulator.change_record(ends[0], "Contact", person, LastName="Changed")
    assert emulator.run_bulk_sync(made.id)["record_count"] == 1
    copied = emulator.records(ends[1], CONTACTS)
    assert len(copied) == first["record_count"]
    assert [row["lastname"] for row in copied if row["id"] == person] == ["Changed"]
    again = emulator.run_bulk_sync(made.id, resync_mode="resync")
    assert again["record_count"] == first["record_count"]


def test_append_adds_and_a_test_writes_nothing(
    emulator: RunningEmulator, create: Create, ends: tuple[str, str]
) -> None:
    made = create(mode="append", schemas=["Contact"])
    tested = emulator.run_bulk_sync(made.id, test=True)
    assert (tested["record_count"], tested["is_test"]) == (5, True)
    count = emulator.run_bulk_sync(made.id)["record_count"]
    emulator.run_bulk_sync(made.id, resync_mode="refetch")
    assert len(emulator.records(ends[1], CONTACTS)) == 2 * count


def test_each_schedule_runs_its_schemas_on_the_clock_of_the_emulator(
    polytomic: Polytomic, emulator: RunningEmulator, create: Create
) -> None:
    daily: Any = {"frequency": "daily", "hour": "3", "minute": "0"}
    more: Any = {"frequency": "hourly", "minute": "30", "schemas": ["Lead"]}
    made = create(
        schemas=["Contact", "Lead"],
        default_schedule=daily,
        additional_schedules=[more],
        active=True,
    )
    emulator.advance_clock(3600)
    polytomic.bulk_sync.get(made.id)
    (ran,) = polytomic.bulk_sync.executions.list(made.id).data
    assert ran.type == "scheduled"
    if [one.schema_ for one in ran.schemas] != ["Contact", "Lead"]:  # it is three o'clock
        assert [one.schema_ for one in ran.schemas] == ["Lead"]
    assert polytomic.bulk_sync.get_status(made.id).data.next_execution_time is not None


def test_one_run_at_a_time_and_switching_off_cancels_it(
    polytomic: Polytomic, emulator: RunningEmulator, create: Create
) -> None:
    made = create(active=True)
    execution = emulator.start_bulk_execution(made.id)
    with pytest.raises(ConflictError):
        polytomic.bulk_sync.start(made.id)
    polytomic.bulk_sync.activate(made.id, active=False)
    emulator.advance_clock(10)
    ended = polytomic.bulk_sync.executions.get(made.id, execution).data
    assert (ended.status, ended.schemas[0].status) == ("canceled", "canceled")


def test_a_connection_of_a_bulk_sync_is_in_use(
    polytomic: Polytomic, create: Create, ends: tuple[str, str]
) -> None:
    made = create()
    for end in ends:
        with pytest.raises(UnprocessableEntityError) as refused:
            polytomic.connections.delete(end)
        used_by = refused.value.body.metadata["used_by"]
        assert used_by == [{"type": "bulk_sync", "name": "CRM", "id": made.id}]
    polytomic.connections.delete(ends[1], force=True)
    assert polytomic.bulk_sync.list().data == []


def test_a_new_field_of_the_source_follows_the_setting(
    polytomic: Polytomic, emulator: RunningEmulator, create: Create, ends: tuple[str, str]
) -> None:
    made = [create(automatically_add_new_fields=one) for one in ("all", "none")]
    emulator.change_field(ends[0], "Contact", "Shoe__c", type="string")
    found = [{one.id: one.enabled for one in _schema(polytomic, sync).fields} for sync in made]
    assert [one["Shoe__c"] for one in found] == [True, False]


def test_a_stored_bulk_sync_has_its_schemas_and_can_be_edited(
    polytomic: Polytomic, emulator: RunningEmulator, create: Create
) -> None:
    made = create()
    stored = emulator.stored("bulk_sync", made.id)
    contact = next(i for i, one in enumerate(stored["schemas"]) if one["id"] == "Contact")
    emulator.edit("bulk_sync", made.id, f"schemas[{contact}].fields[1].obfuscated", True)
    emulator.edit("bulk_sync", made.id, "concurrency_limit", 4)
    assert _schema(polytomic, made).fields[1].obfuscated
    assert polytomic.bulk_sync.get(made.id).data.concurrency_limit == 4
    emulator.delete(made.id)
    assert emulator.list_stored("bulk_sync") == []


def test_the_older_api_says_schedule(http: httpx.Client, ends: tuple[str, str]) -> None:
    body = bulk_body(*ends, discover=True)
    body["schedule"] = body.pop("default_schedule")
    headers = {"x-polytomic-version": "2024-02-08"}
    made = http.post("/api/bulk/syncs", json=body, headers=headers).json()["data"]
    assert made["schedule"]["frequency"] == "manual"
    assert made["automatically_add_new_objects"] == "all"
    listed = http.get(f"/api/bulk/syncs/{made['id']}/schemas", headers=headers).json()["data"]
    assert not {"fields", "filters"} & listed[0].keys()


def test_a_row_without_a_primary_key_fails_and_is_read_again(
    polytomic: Polytomic,
    emulator: RunningEmulator,
    http: httpx.Client,
    create: Create,
    ends: tuple[str, str],
) -> None:
    keys = [{"field_id": one, "is_primary_key": one == "Email"} for one in ("Id", "Email")]
    http.put(f"/api/connections/{ends[0]}/schemas/Contact/primary_keys", json={"fields": keys})
    made = create()
    ran = emulator.run_bulk_sync(made.id)
    source = emulator.records(ends[0], "Contact")
    without = [row["Id"] for row in source if not row["Email"]]
    assert (ran["status"], ran["record_count"]) == ("completed", len(source))
    assert ran["error_count"] == ran["schemas"][0]["error_count"] == len(without) > 0
    failed = emulator.results(ran["id"], status="failed")
    assert [one["record"] for one in failed] == [f"Contact {one}" for one in without]
    assert not {row["id"] for row in emulator.records(ends[1], CONTACTS)} & set(without)
    found = polytomic.bulk_sync.executions.get_logs(made.id, ran["id"]).data
    (url,) = found.ur_ls
    lines = httpx.get(url).text.splitlines()
    assert len(lines) == len(without)
    assert "Email is empty" in lines[0]
    assert found.expires is not None
    again = emulator.run_bulk_sync(made.id)
    assert again["error_count"] == len(without)
    tested = emulator.run_bulk_sync(made.id, test=True)
    assert tested["record_count"] == 5


def test_a_schema_that_cannot_be_copied_fails_by_itself(
    polytomic: Polytomic, emulator: RunningEmulator, create: Create, ends: tuple[str, str]
) -> None:
    wrong: Any = {"field_id": "CreatedDate", "function": "InTheLast", "value": "a while"}
    made = create(schemas=["Lead", {"id": "Contact", "filters": [wrong]}])
    ran = emulator.run_bulk_sync(made.id)
    read = polytomic.bulk_sync.executions.get(made.id, ran["id"]).data
    assert (read.status, read.status_message) == ("failed", "1 of 2 schemas failed")
    by_name = {one.schema_: one for one in read.schemas}
    assert by_name["Lead"].status == "completed"
    assert by_name["Contact"].status == "failed"
    assert by_name["Contact"].status_message
    assert emulator.records(ends[1], "crm.lead")
    said = polytomic.bulk_sync.executions.get_console_logs(made.id, ran["id"]).data.entries
    assert sorted(one.level for one in said) == ["error", "error", "info", "info"]
    assert any(by_name["Contact"].status_message in one.message for one in said)
    assert polytomic.bulk_sync.executions.get_logs(made.id, ran["id"]).data.ur_ls == []


def test_what_a_run_leaves_goes_with_its_bulk_sync(
    polytomic: Polytomic, emulator: RunningEmulator, create: Create
) -> None:
    made = create()
    ran = emulator.run_bulk_sync(made.id)
    assert [one["id"] for one in emulator.bulk_executions(made.id)] == [ran["id"]]
    polytomic.bulk_sync.delete(made.id)
    with pytest.raises(ControlError):
        emulator.results(ran["id"])
