from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline

NO_MODEL = "00000000-0000-0000-0000-000000000000"


def _three_filters(contacts: Pipeline) -> dict[str, Any]:
    """First name equals x, or both last name and e-mail are there."""
    return {
        "filters": [
            contacts.filter("FirstName", "Equality", value="x"),
            contacts.filter("LastName"),
            contacts.filter("Email"),
        ],
        "filter_logic": "A or (B AND C)",
    }


@pytest.mark.parametrize(
    ("order", "names", "logic"),
    [
        ("as_sent", ["FirstName", "LastName", "Email"], "A or (B AND C)"),
        ("sorted", ["Email", "FirstName", "LastName"], "B or (C AND A)"),
        ("reversed", ["Email", "LastName", "FirstName"], "C or (B AND A)"),
    ],
)
def test_reordered_filters_are_relabelled_and_their_logic_with_them(
    contacts: Pipeline, emulator: RunningEmulator, order: str, names: list[str], logic: str
) -> None:
    emulator.behave(list_order=order)
    made = contacts.sync(**_three_filters(contacts))
    assert [one.field.field for one in made.filters] == names
    assert [one.label for one in made.filters] == ["A", "B", "C"]
    assert made.filter_logic == made.model_filters.logic == logic
    assert [one.source.field for one in made.model_filters.conditions] == names


@pytest.mark.parametrize("order", ["as_sent", "sorted", "reversed"])
def test_what_was_answered_can_be_sent_back_in_any_order(
    contacts: Pipeline, emulator: RunningEmulator, order: str
) -> None:
    emulator.behave(list_order=order)
    made = contacts.sync(**_three_filters(contacts))
    again = contacts.client.model_sync.update(
        made.id,
        **contacts.body(filters=made.filters, filter_logic=made.filter_logic, fields=made.fields),
    ).data
    emulator.behave(list_order="sorted")
    both = contacts.client.model_sync.get(made.id).data, contacts.sync(**_three_filters(contacts))
    assert both[0].filters == both[1].filters
    assert both[0].filter_logic == both[1].filter_logic
    assert both[0].fields == both[1].fields
    assert again.id == made.id


@pytest.mark.parametrize(
    ("order", "targets"),
    [
        ("as_sent", ["lastName", "email"]),
        ("sorted", ["email", "lastName"]),
        ("reversed", ["email", "lastName"]),
    ],
)
def test_mappings_and_overrides_come_back_in_the_order_asked_for(
    contacts: Pipeline, emulator: RunningEmulator, order: str, targets: list[str]
) -> None:
    emulator.behave(list_order=order)
    made = contacts.sync(
        fields=[contacts.mapping("LastName", "lastName"), contacts.mapping("Email", "email")],
        override_fields=[
            {"target": "title", "override_value": "x"},
            {"target": "phone", "override_value": "y"},
        ],
        overrides=[contacts.filter("LastName", override=1), contacts.filter("Email", override=2)],
    )
    assert [one.target for one in made.fields] == targets
    constants = [one.target for one in made.override_fields]
    assert constants == (["title", "phone"] if order == "as_sent" else ["phone", "title"])
    overrides = [one.override for one in made.overrides]
    assert overrides == ([1, 2] if order == "as_sent" else [2, 1])


def test_labels_of_ones_own_are_replaced(contacts: Pipeline) -> None:
    filters = _three_filters(contacts)["filters"]
    for one, label in zip(filters, ["C", "second_one", "A"], strict=True):
        one["label"] = label
    made = contacts.sync(filters=filters, filter_logic="C OR (second_one and A)")
    assert [one.label for one in made.filters] == ["A", "B", "C"]
    assert made.filter_logic == "A OR (B and C)"
    filters = [contacts.filter(function="Equality", value=str(number)) for number in range(28)]
    assert [one.label for one in contacts.sync(filters=filters).filters][25:] == ["Z", "AA", "AB"]


@pytest.mark.parametrize(("shape", "old", "new"), [("old", 1, 0), ("new", 0, 1), ("both", 1, 1)])
def test_filters_come_in_the_shape_asked_for(
    contacts: Pipeline,
    http: httpx.Client,
    emulator: RunningEmulator,
    shape: str,
    old: int,
    new: int,
) -> None:
    sync = contacts.sync(filters=[contacts.filter()], filter_logic="A")
    emulator.behave(filters_shape=shape)
    shown = http.get(f"/api/syncs/{sync.id}").json()["data"]
    assert [key in shown for key in ("filters", "filter_logic")] == [bool(old)] * 2
    assert [key in shown for key in ("model_filters", "target_filters")] == [bool(new)] * 2
    contacts.client.model_sync.get(sync.id)


@pytest.mark.parametrize(("shape", "old", "new"), [("old", 1, 0), ("new", 0, 1), ("both", 1, 1)])
def test_the_identity_comes_in_the_shape_asked_for(
    contacts: Pipeline,
    http: httpx.Client,
    emulator: RunningEmulator,
    shape: str,
    old: int,
    new: int,
) -> None:
    sync = contacts.sync()
    emulator.behave(identity_shape=shape)
    shown = http.get(f"/api/syncs/{sync.id}").json()["data"]
    assert ("identity" in shown, "identities" in shown) == (bool(old), bool(new))
    contacts.client.model_sync.get(sync.id)


def test_filters_name_fields_by_name_by_id_or_by_both(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    fields = contacts.client.models.get(contacts.model).data.fields
    last_name = next(one.id for one in fields if one.name == "LastName")
    by_id = {"field_id": last_name, "field_type": "Model", "function": "IsNotNull"}
    sync = contacts.sync(filters=[by_id], overrides=[{**by_id, "override": "x"}])
    for by, name, field_id in (
        ("both", "LastName", last_name),
        ("name", "LastName", None),
        ("id", None, last_name),
    ):
        emulator.behave(filter_fields=by)
        read = contacts.client.model_sync.get(sync.id).data
        for one in (read.filters[0], read.overrides[0]):
            assert (one.field.field if one.field else None, one.field_id) == (name, field_id)
        changed = contacts.client.model_sync.update(
            sync.id, **contacts.body(filters=read.filters, overrides=read.overrides)
        ).data
        assert changed.filters == read.filters


def test_an_id_counts_more_than_a_name(contacts: Pipeline) -> None:
    fields = contacts.client.models.get(contacts.model).data.fields
    both = contacts.filter("Email", field_id=fields[2].id)
    assert contacts.sync(filters=[both]).filters[0].field.field == "LastName"


@pytest.mark.parametrize(
    ("shape", "merged_into", "own"),
    [
        ("merged", NO_MODEL, None),
        ("merged_empty", "", None),
        ("separate", None, ["title"]),
        ("both", NO_MODEL, ["title"]),
    ],
)
def test_override_fields_come_in_the_shape_asked_for(
    contacts: Pipeline,
    emulator: RunningEmulator,
    shape: str,
    merged_into: str | None,
    own: list[str] | None,
) -> None:
    emulator.behave(override_fields_shape=shape)
    made = contacts.sync(override_fields=[{"target": "title", "override_value": "x"}])
    merged = [one.source.model_id for one in made.fields if one.target == "title"]
    assert merged == ([] if merged_into is None else [merged_into])
    shown = made.override_fields
    assert (None if shown is None else [one.target for one in shown]) == own
    if own is None:
        again = contacts.client.model_sync.update(made.id, **contacts.body(fields=made.fields))
        assert again.data.fields == made.fields


def test_a_mapping_to_the_identity_can_get_lost(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.behave(identity_mapping="drop")
    made = contacts.sync()
    assert [one.target for one in made.fields] == ["lastName"]
    assert made.identity.target == "email"


def test_what_the_server_derives_can_be_missing(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.behave(search_values=False)
    assert contacts.sync().target.search_values is None


def test_defaults_of_mappings_are_filled_in_on_demand(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    sync = contacts.sync()
    path = f"/api/syncs/{sync.id}"
    emulator.behave(mapping_defaults=True)
    shown = http.get(path).json()["data"]
    defaults = {"new": False, "sync_mode": "updateOrCreate", "encryption_enabled": False}
    assert shown["fields"][0] == contacts.mapping("Email", "email", **defaults)
    assert shown["identity"] == contacts.identity() | {"new_field": False}


def test_parts_that_a_schedule_lacks_are_absent_null_or_empty(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    sync = contacts.sync(schedule={"frequency": "hourly", "minute": "15"})
    path = f"/api/syncs/{sync.id}"
    assert http.get(path).json()["data"]["schedule"] == {"frequency": "hourly", "minute": "15"}
    emulator.behave(schedule_parts="null")
    schedule = http.get(path).json()["data"]["schedule"]
    assert (schedule["hour"], schedule["run_after"], schedule["minute"]) == (None, None, "15")
    emulator.behave(schedule_parts="empty")
    schedule = http.get(path).json()["data"]["schedule"]
    assert (schedule["hour"], schedule["connection_id"], schedule["minute"]) == ("", "", "15")
    read = contacts.client.model_sync.get(sync.id).data
    changed = contacts.client.model_sync.update(sync.id, **contacts.body(schedule=read.schedule))
    assert changed.data.schedule == read.schedule


def test_whole_numbers_and_absent_values_follow_their_switches(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    sync = contacts.sync(
        filters=[contacts.filter(function="Between", value=[1, 2])],
        overrides=[contacts.filter(override=5)],
    )
    path = f"/api/syncs/{sync.id}"
    text = http.get(path).text
    assert '"value": [1, 2]' in text
    assert '"override": 5}' in text
    assert "null" not in text
    emulator.behave(numbers="float", null_for_absent=True)
    text = http.get(path).text
    assert '"value": [1.0, 2.0]' in text
    assert '"override": 5.0}' in text
    shown = http.get(path).json()["data"]
    assert shown["problems"] is None
    assert shown["filters"][0]["value_field"] is None
    assert contacts.client.model_sync.get(sync.id).data.overrides[0].override == 5
    assert contacts.client.model_sync.list().data
    assert contacts.client.model_sync.get_status(sync.id).data.last_execution is None


def test_policies_come_back_in_the_order_asked_for(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.behave(policies_order="reversed")
    assert contacts.sync(policies=["a", "c", "b"]).policies == ["b", "c", "a"]


def test_a_change_from_outside_keeps_the_rest(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    made = contacts.sync(
        **_three_filters(contacts),
        overrides=[contacts.filter(override="x")],
        override_fields=[{"target": "title", "override_value": "x"}],
        schedule={"frequency": "daily", "hour": "1", "minute": "2"},
        active=True,
        policies=["p"],
        encryption_passphrase="canary",
    )
    emulator.change_sync(made.id, name="Renamed", schedule={"hour": "5"})
    read = contacts.client.model_sync.get(made.id).data
    assert (read.name, read.schedule.hour, read.schedule.minute) == ("Renamed", "5", "2")
    same = (
        "fields override_fields filters filter_logic overrides identity target active policies "
        "mode created_at"
    ).split()
    assert {key: getattr(read, key) for key in same} == {key: getattr(made, key) for key in same}
    assert emulator.sync(made.id)["encryption_passphrase"] == "canary"
    emulator.change_sync(
        made.id, fields=[contacts.mapping("LastName", "lastName")], filters=[], filter_logic=""
    )
    read = contacts.client.model_sync.get(made.id).data
    assert [one.target for one in read.fields] == ["lastName"]
    assert read.override_fields == made.override_fields
    emulator.delete_sync(made.id)
    assert emulator.syncs() == []


def test_newer_shapes_can_be_changed_from_outside(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    made = contacts.sync(filters=[contacts.filter()])
    condition = {"source": contacts.source("Email"), "function": "IsNull"}
    emulator.change_sync(made.id, model_filters={"conditions": [condition]})
    identity = contacts.identity("LastName", "externalId")
    emulator.change_sync(made.id, identities={"mappings": [identity]})
    read = contacts.client.model_sync.get(made.id).data
    assert [(one.field.field, one.function) for one in read.filters] == [("Email", "IsNull")]
    assert read.identity.target == "externalId"
