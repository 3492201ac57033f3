"""A sync is edited by hand in the console, by the rules of the API."""

from typing import Any

import httpx
import pytest
from polytomic.types.model_sync_v5response import ModelSyncV5Response

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline
from tests.emulator.web_pages import WebPage, send, visit

PARTS = ("mapping", "filters", "schedule", "settings")


@pytest.fixture
def sync(contacts: Pipeline) -> ModelSyncV5Response:
    """A sync that uses everything that the forms can show."""
    contacts.emulator.change_model(contacts.model, fields=["Email", "FirstName", "LastName", "Id"])
    return contacts.sync(
        fields=[
            contacts.mapping("Email", "email"),
            contacts.mapping("FirstName", "firstName", sync_mode="updateOrCreate"),
            contacts.mapping("LastName", "lastName"),
        ],
        override_fields=[{"target": "comments", "override_value": "From Salesforce"}],
        filters=[
            contacts.filter(),
            contacts.filter("Email", "StringOneOf", value=["a@x.example", "b,c@x.example"]),
            contacts.filter("FirstName", "Equality", value=7),
        ],
        filter_logic="A and (B or C)",
        overrides=[
            {
                "field": contacts.source("FirstName"),
                "function": "Equality",
                "value": 5,
                "override": {"nested": ["value"]},
            }
        ],
        schedule={"frequency": "weekly", "day_of_week": "1", "hour": "6", "minute": "30"},
        encryption_passphrase="canary-passphrase",
    )


def _saved(reply: httpx.Response) -> None:
    assert reply.status_code == 303, reply.text
    assert reply.headers["location"].endswith("?done=saved")


def _refused(reply: httpx.Response) -> WebPage:
    assert reply.status_code == 422
    return WebPage(reply.text)


@pytest.mark.parametrize("part", PARTS)
def test_saving_without_a_change_changes_nothing(
    person: httpx.Client, emulator: RunningEmulator, sync: ModelSyncV5Response, part: str
) -> None:
    before = emulator.sync(sync.id)
    _saved(send(person, f"/syncs/{sync.id}/edit/{part}"))
    assert emulator.sync(sync.id) | {"updated_at": ""} == before | {"updated_at": ""}


def test_a_mapping_edited_by_hand_is_what_the_client_reads(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    edit = f"/syncs/{sync.id}/edit/mapping"
    _saved(send(person, edit, {"mapping-2-target": "title", "mapping-1-mode": ""}))
    read = contacts.client.model_sync.get(sync.id).data
    assert [one.target for one in read.fields] == ["email", "firstName", "title"]
    assert [one.target for one in read.override_fields] == ["comments"]


def test_a_mapping_is_removed_and_another_added(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    edit = f"/syncs/{sync.id}/edit/mapping"
    source = f"{contacts.model}|Id"
    longer = person.post(edit, data={**dict(visit(person, edit).pairs), "add": "mapping"})
    assert longer.status_code == 200
    assert "mapping-4-source" in WebPage(longer.text).controls
    row = {"mapping-4-source": source, "mapping-4-target": "externalId", "mapping-1-remove": "on"}
    _saved(send(person, edit, row))
    read = contacts.client.model_sync.get(sync.id).data
    assert [one.target for one in read.fields] == ["email", "lastName", "externalId"]
    assert [one.target for one in read.override_fields] == ["comments"]


def test_the_identity_is_edited(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    edit = f"/syncs/{sync.id}/edit/mapping"
    changed = {"match-0-source": f"{contacts.model}|Id", "match-0-target": "externalId"}
    _saved(send(person, edit, changed))
    read = contacts.client.model_sync.get(sync.id).data.identity
    assert read is not None
    assert (read.source.field, read.target) == ("Id", "externalId")


def test_a_filter_is_edited_removed_and_added(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    edit = f"/syncs/{sync.id}/edit/filters"
    _saved(
        send(
            person,
            edit,
            {
                "filter-0-function": "StringStartsWith",
                "filter-0-value": "S",
                "filter-1-remove": "on",
                "filter-3-field": f"{contacts.model}|Email",
                "filter-3-function": "StringOneOf",
                "filter-3-value": "x, y",
                "logic": "A or C or D",
            },
        )
    )
    read = contacts.client.model_sync.get(sync.id).data
    shown = [(one.label, one.function, one.value) for one in read.filters or []]
    assert shown == [
        ("A", "StringStartsWith", "S"),
        ("B", "Equality", 7),
        ("C", "StringOneOf", ["x", "y"]),
    ]
    assert read.filter_logic == "A or B or C"


def test_a_filter_on_the_target_keeps_what_it_compares_with(
    person: httpx.Client, contacts: Pipeline
) -> None:
    """The mode update of Salesforce takes filters on the target, and compares with a field."""
    named = contacts.source("LastName")
    body = contacts.body(
        target={"connection_id": contacts.salesforce, "object": "Contact"},
        mode="update",
        fields=[contacts.mapping("FirstName", "FirstName")],
        identity=contacts.identity(target="Email"),
        target_filters={
            "conditions": [
                {"field": "LastName", "function": "Equality", "value_source": named},
                {"field": "Email", "function": "IsNotNull"},
            ],
            "logic": "A or B",
        },
    )
    made = contacts.client.model_sync.create(**body).data
    before = contacts.emulator.sync(made.id)
    edit = f"/syncs/{made.id}/edit/filters"
    assert "Target: Contact" in person.get(edit).text
    _saved(send(person, edit))
    assert contacts.emulator.sync(made.id)["conditions"] == before["conditions"]
    _saved(send(person, edit, {"filter-0-value": "Smith"}))
    changed = contacts.emulator.sync(made.id)["conditions"][0]
    assert (changed["target"], changed["value"]) == ("LastName", "Smith")
    assert changed["value_source"] is None


def test_a_field_is_written_only_when_its_record_is_created(
    person: httpx.Client, contacts: Pipeline
) -> None:
    made = contacts.sync(
        target={"connection_id": contacts.salesforce, "object": "Contact"},
        fields=[contacts.mapping("FirstName", "FirstName")],
        identity=contacts.identity(target="Email"),
    )
    _saved(send(person, f"/syncs/{made.id}/edit/mapping", {"mapping-0-mode": "create"}))
    read = contacts.client.model_sync.get(made.id).data
    assert [one.sync_mode for one in read.fields] == ["create"]
    assert "only when the record is created" in person.get(f"/syncs/{made.id}").text


def test_an_override_is_edited(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    edit = f"/syncs/{sync.id}/edit/filters"
    _saved(send(person, edit, {"override-0-becomes": "Somebody"}))
    read = contacts.client.model_sync.get(sync.id).data
    assert [one.override for one in read.overrides or []] == ["Somebody"]
    assert [one.value for one in read.overrides or []] == [5]


def test_the_schedule_is_edited(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    edit = f"/syncs/{sync.id}/edit/schedule"
    _saved(send(person, edit, {"frequency": "daily", "hour": "23"}))
    read = contacts.client.model_sync.get(sync.id).data.schedule
    assert (read.frequency, read.hour, read.minute, read.day_of_week) == ("daily", "23", "30", None)
    assert "Every day at 23:30 UTC" in person.get(f"/syncs/{sync.id}").text


def test_a_sync_runs_after_another(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    other = contacts.sync(name="First")
    edit = f"/syncs/{sync.id}/edit/schedule"
    _saved(send(person, edit, {"frequency": "runafter", "after": other.id, "success_only": "on"}))
    read = contacts.client.model_sync.get(sync.id).data.schedule
    assert read.run_after is not None
    assert (read.run_after.sync_ids, read.run_after_success_only) == ([other.id], True)
    assert "After First" in person.get(f"/syncs/{sync.id}").text


def test_name_mode_and_switches_are_edited(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    edit = f"/syncs/{sync.id}/edit/settings"
    _saved(send(person, edit, {"name": "By hand", "sync_all_records": "on"}))
    read = contacts.client.model_sync.get(sync.id).data
    assert (read.name, read.mode, read.sync_all_records) == ("By hand", "updateOrCreate", True)
    _saved(send(person, edit, without=("sync_all_records", "on")))
    assert contacts.client.model_sync.get(sync.id).data.sync_all_records is False


@pytest.mark.parametrize(
    ("part", "wrong", "at", "message"),
    [
        ("mapping", {"mapping-2-target": "dateCreated"}, "mapping-2-target", "cannot be written"),
        ("mapping", {"mapping-2-target": ""}, "mapping-2-target", "must not be empty"),
        ("mapping", {"mapping-2-target": "email"}, "mapping-0-target", "mapped more than once"),
        ("mapping", {"mapping-2-source": ""}, "mapping-2-source", "needs a source"),
        ("mapping", {"match-0-remove": "on"}, "match-0-source", "dentity is required"),
        ("mapping", {"match-0-function": "OneOf"}, "match-0-function", "does not match"),
        ("filters", {"filter-0-value": "x"}, "filter-0-value", "takes no value"),
        ("filters", {"filter-2-value": ""}, "filter-2-value", "takes exactly one value"),
        ("filters", {"filter-2-function": "Between"}, "filter-2-value", "takes a list"),
        ("filters", {"logic": "A and"}, "logic", "cannot be read"),
        ("filters", {"logic": "A and B"}, "logic", "C is missing"),
        ("filters", {"filter-1-remove": "on"}, "logic", "no filter has the label"),
        ("filters", {"override-0-value": ""}, "override-0-value", "takes exactly one value"),
        ("schedule", {"hour": "24"}, "hour", "from 0 to 23"),
        ("schedule", {"minute": ""}, "minute", "is required"),
        ("schedule", {"frequency": "sometimes"}, "frequency", "is not known"),
        ("settings", {"name": " "}, "name", "must not be empty"),
        ("settings", {"mode": "replace"}, "mode", "is not one of this target"),
    ],
)
def test_what_the_api_refuses_is_said_at_the_input(
    person: httpx.Client,
    emulator: RunningEmulator,
    sync: ModelSyncV5Response,
    part: str,
    wrong: dict[str, Any],
    at: str,
    message: str,
) -> None:
    before = emulator.sync(sync.id)
    page = _refused(send(person, f"/syncs/{sync.id}/edit/{part}", wrong))
    assert page.invalid == [at]
    assert message in page.text
    assert f"#{at}" in page.links
    assert f"{at}-error" in page.ids
    sent = dict(page.pairs)
    assert all(sent.get(name) == value for name, value in wrong.items() if "remove" not in name)
    assert emulator.sync(sync.id) == before


def test_a_form_is_refused_when_the_sync_has_changed_meanwhile(
    person: httpx.Client, emulator: RunningEmulator, sync: ModelSyncV5Response
) -> None:
    edit = f"/syncs/{sync.id}/edit/settings"
    pairs = dict(visit(person, edit).pairs)
    emulator.change_sync(sync.id, name="By a program")
    page = _refused(person.post(edit, data=pairs | {"name": "By hand"}))
    assert "has been changed since you opened this form" in page.text
    assert emulator.sync(sync.id)["name"] == "By a program"


def test_an_unhealthy_target_refuses_the_whole_form(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    person.post(f"/connections/{contacts.netsuite}/break")
    page = _refused(send(person, f"/syncs/{sync.id}/edit/settings"))
    assert page.invalid == []
    assert "Made unhealthy in the console." in page.text


def test_the_picture_names_what_is_gone(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    contacts.emulator.delete_model(contacts.model)
    text = visit(person, f"/syncs/{sync.id}").text
    assert "This sync cannot work as it is" in text
    assert "a model that is gone" in text
    contacts.emulator.change(contacts.netsuite, name="N")
    assert visit(person, f"/syncs/{sync.id}/edit/mapping").controls


def test_the_picture_is_a_list_of_what_goes_where(
    person: httpx.Client, sync: ModelSyncV5Response
) -> None:
    text = " ".join(visit(person, f"/syncs/{sync.id}").text.split())
    for shown in ("Only records where", "is not null", "A and (B or C)", "From Salesforce"):
        assert shown in text
    assert "canary-passphrase" not in text


def test_a_sync_is_activated_and_deactivated(
    person: httpx.Client, contacts: Pipeline, sync: ModelSyncV5Response
) -> None:
    for action, active in (("activate", True), ("deactivate", False)):
        reply = person.post(f"/syncs/{sync.id}/{action}")
        assert reply.headers["location"] == f"/syncs/{sync.id}?done={action}d"
        assert contacts.client.model_sync.get(sync.id).data.active is active


def test_a_run_is_canceled(
    person: httpx.Client, emulator: RunningEmulator, sync: ModelSyncV5Response
) -> None:
    emulator.start_execution(sync.id)
    assert "Cancel the run" in person.get(f"/syncs/{sync.id}").text
    assert person.post(f"/syncs/{sync.id}/cancel").status_code == 303
    emulator.advance_clock(5)
    assert "canceled" in person.get(f"/syncs/{sync.id}").text
