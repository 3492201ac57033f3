"""What the parts of a sync's definition do to the records of another service when it runs."""

from typing import Any

import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, connect, model_over

ADA = {"Email": "ada@example.com", "FirstName": "Ada", "LastName": "Lovelace"}
BOB = {"Email": "bob@example.com", "FirstName": "Bob", "LastName": "Babbage"}


@pytest.fixture
def people(contacts: Pipeline, emulator: RunningEmulator) -> Pipeline:
    """Two contacts in Salesforce, none in NetSuite."""
    emulator.replace_records(contacts.salesforce, "Contact", [ADA, BOB])
    emulator.replace_records(contacts.netsuite, "contact", [])
    return contacts


def _to_salesforce(contacts: Pipeline, **more: Any) -> str:
    body: dict[str, Any] = {
        "target": {"connection_id": contacts.salesforce, "object": "Contact"},
        "identity": contacts.identity("Email", "Email"),
        "fields": [contacts.mapping("FirstName", "Title")],
    }
    return contacts.sync(**body | more).id


def _titles(contacts: Pipeline) -> dict[str, str | None]:
    rows = contacts.emulator.records(contacts.salesforce, "Contact")
    return {row["FirstName"]: row["Title"] for row in rows}


def _statuses(emulator: RunningEmulator, run: dict[str, Any]) -> dict[str, str]:
    return {
        one["source"]["Email"].partition("@")[0]: one["status"]
        for one in emulator.results(run["id"])
    }


@pytest.mark.parametrize("shape", ["older", "newer"])
def test_filters_of_either_shape_choose_source_and_target_records(
    people: Pipeline, emulator: RunningEmulator, shape: str
) -> None:
    emulator.add_record(
        people.salesforce, "Contact", **ADA | {"Email": "c@x.org", "FirstName": "C"}
    )
    bob = next(
        row for row in emulator.records(people.salesforce, "Contact") if row["FirstName"] == "Bob"
    )
    emulator.change_record(people.salesforce, "Contact", bob["Id"], LeadSource="Web")
    on_model = people.filter("Email", "StringContains", value="example")
    older = {
        "filters": [
            on_model,
            {
                "field_id": "LeadSource",
                "field_type": "Target",
                "function": "Equality",
                "value": "Web",
            },
        ]
    }
    newer = {
        "model_filters": {
            "conditions": [
                {
                    "source": people.source("Email"),
                    "function": "StringContains",
                    "value": "example",
                }
            ],
            "logic": "A",
        },
        "target_filters": {
            "conditions": [{"field": "LeadSource", "function": "Equality", "value": "Web"}],
            "logic": "A",
        },
    }
    shaped = older if shape == "older" else newer
    run = emulator.run_sync(_to_salesforce(people, mode="update", **shaped))
    assert _statuses(emulator, run) == {"ada": "filtered", "bob": "updated", "c": "filtered"}
    assert _titles(people) == {"Ada": None, "Bob": "Bob", "C": None}


def test_overrides_and_override_fields_are_written(
    people: Pipeline, emulator: RunningEmulator
) -> None:
    sync = people.sync(
        fields=[people.mapping("Email", "email"), people.mapping("LastName", "lastName")],
        overrides=[
            people.filter("LastName", "StringStartsWith", value="Love", override="Countess")
        ],
        override_fields=[
            {"target": "comments", "override_value": "from a sync"},
            {"target": "isPrivate", "override_value": "true"},
        ],
    )
    run = emulator.run_sync(sync.id)
    assert run["counts"]["warnings"] == 0
    rows = emulator.records(people.netsuite, "contact")
    assert [(row["lastName"], row["comments"], row["isPrivate"]) for row in rows] == [
        ("Countess", "from a sync", True),
        ("Babbage", "from a sync", True),
    ]


def test_a_fixed_value_wins_over_the_source_beside_it(
    people: Pipeline, emulator: RunningEmulator
) -> None:
    sync = people.sync(
        fields=[
            people.mapping("Email", "email"),
            people.mapping("LastName", "lastName"),
            people.mapping("FirstName", "title", override_value="static"),
        ],
        overrides=[people.filter("FirstName", override="from an override")],
    )
    emulator.run_sync(sync.id)
    rows = emulator.records(people.netsuite, "contact")
    assert [(row["lastName"], row["title"]) for row in rows] == [
        ("Lovelace", "static"),
        ("Babbage", "static"),
    ]


def test_a_field_with_sync_mode_create_is_written_where_it_is_empty(
    people: Pipeline, emulator: RunningEmulator
) -> None:
    ada = emulator.records(people.salesforce, "Contact")[0]
    emulator.change_record(people.salesforce, "Contact", ada["Id"], Title="Countess")
    gentle = [people.mapping("FirstName", "Title", sync_mode="create")]
    emulator.run_sync(_to_salesforce(people, fields=gentle))
    assert _titles(people) == {"Ada": "Countess", "Bob": "Bob"}


def test_remove_deletes_the_records_that_match(people: Pipeline, emulator: RunningEmulator) -> None:
    database = connect(emulator, people.client, "postgresql")
    emulator.replace_records(
        database, "public.contacts", [{"email": "BOB@example.com"}, {"email": "none@example.com"}]
    )
    model = model_over(
        people.client,
        database,
        name="Gone",
        configuration={"table": "public.contacts"},
        fields=["email"],
    )
    source = {"model_id": model.id, "field": "email"}
    sync = _to_salesforce(
        people,
        mode="remove",
        fields=[],
        identity={"source": source, "target": "Email", "function": "Equality"},
    )
    run = emulator.run_sync(sync)
    assert (run["counts"]["delete"], run["counts"]["total"]) == (1, 1)
    assert set(_titles(people)) == {"Ada"}
    assert len(emulator.records(people.salesforce, "Contact", deleted=True)) == 2


def test_a_create_sync_leaves_existing_records_alone(
    people: Pipeline, emulator: RunningEmulator
) -> None:
    emulator.add_record(people.netsuite, "contact", email="ada@example.com", lastName="Old")
    sync = people.sync(mode="create")
    emulator.run_sync(sync.id)
    rows = emulator.records(people.netsuite, "contact")
    assert [row["lastName"] for row in rows] == ["Old", "Babbage"]
    by_identity = _to_salesforce(
        people, mode="create", fields=[people.mapping("LastName", "LastName")]
    )
    assert set(_statuses(emulator, emulator.run_sync(by_identity)).values()) == {"skipped"}


def test_the_backfill_is_skipped_and_later_records_are_synced(
    people: Pipeline, emulator: RunningEmulator
) -> None:
    sync = people.sync(skip_initial_backfill=True).id
    assert emulator.run_sync(sync)["counts"]["total"] == 0
    new = ADA | {"Email": "new@example.com"}
    emulator.add_record(people.salesforce, "Contact", **new)
    assert emulator.run_sync(sync)["counts"]["insert"] == 1
    assert emulator.run_sync(sync, resync=True)["counts"] == {
        "total": 3,
        "insert": 2,
        "update": 1,
        "upserts": 0,
        "delete": 0,
        "error": 0,
        "warnings": 0,
    }


def test_a_sync_of_all_records_sends_them_in_every_run(
    people: Pipeline, emulator: RunningEmulator
) -> None:
    sync = people.sync(sync_all_records=True).id
    emulator.run_sync(sync)
    assert emulator.run_sync(sync)["counts"]["update"] == 2
    assert len(emulator.records(people.netsuite, "contact")) == 2
