from dataclasses import replace
from typing import Any

import pytest

from polytomic_emulator.running_syncs.planning import counts_of
from polytomic_emulator.state.execution import Named, StartRequest
from polytomic_emulator.state.results import Outcome
from polytomic_emulator.state.sync import Condition, Override
from polytomic_emulator.state.sync import Mapping as FieldMapping
from polytomic_provider.facts.secrets import MASK
from polytomic_provider.filtering import CannotEvaluate
from tests.unit.emulator.jobs import (
    CONTACT,
    Service,
    condition,
    identity,
    mapped,
    rows,
    source,
    sync,
    told,
)

ADA = {"key": "ada", "email": "ada@example.com", "name": "Ada"}
BOB = {"key": "bob", "email": "bob@example.com", "name": "Bob"}
SKIPPED = "skipped"


def _counts(outcomes: list[Outcome], *keys: str) -> dict[str, int]:
    found = counts_of(outcomes)
    return {key: found[key] for key in keys} if keys else {k: n for k, n in found.items() if n}


def test_records_that_match_are_updated_and_others_are_inserted() -> None:
    service = Service()
    service.add(email="ADA@example.com", name="Old", number="7")
    outcomes = service.run(sync(), rows(ADA, BOB))
    assert [one.status for one in outcomes] == ["updated", "inserted"]
    assert service.values() == [
        {"email": "ada@example.com", "name": "Ada", "number": "7"},
        {"email": "bob@example.com", "name": "Bob"},
    ]
    assert outcomes[0].before == {"email": "ADA@example.com", "name": "Old"}
    assert (outcomes[0].record, outcomes[0].target_id) == ("ada", "r1")
    assert _counts(outcomes) == {"total": 2, "insert": 1, "update": 1}


@pytest.mark.parametrize(
    ("mode", "statuses", "names"),
    [
        ("create", [SKIPPED, "inserted"], ["Old", "Bob"]),
        ("update", ["updated", SKIPPED], ["Ada"]),
        ("updateOrCreate", ["updated", "inserted"], ["Ada", "Bob"]),
        ("append", ["inserted", "inserted"], ["Old", "Ada", "Bob"]),
        ("replace", ["deleted", "inserted", "inserted"], ["Ada", "Bob"]),
        ("snapshot", ["inserted", "inserted"], ["Old", "Ada", "Bob"]),
        ("remove", ["deleted", SKIPPED], []),
    ],
)
def test_each_mode_does_its_own_to_the_target(
    mode: str, statuses: list[str], names: list[str]
) -> None:
    service = Service()
    service.add(email="ada@example.com", name="Old")
    outcomes = service.run(sync(mode), rows(ADA, BOB))
    assert [one.status for one in outcomes] == statuses
    assert [one["name"] for one in service.values()] == names


def test_filters_drop_rows_and_say_by_which() -> None:
    filters = [condition("name", "IsNotNull"), condition("email", "StringContains", "example")]
    people = rows(ADA, {"email": "x@example.com", "name": None}, {"email": "x", "name": "X"})
    outcomes = Service().run(sync(conditions=filters, model_logic="A and B"), people)
    assert [(one.status, one.filter) for one in outcomes] == [
        ("inserted", None),
        ("filtered", "A"),
        ("filtered", "B"),
    ]
    either = Service().run(sync(conditions=filters, model_logic="A or B"), people)
    assert [one.status for one in either] == ["inserted", "failed", "inserted"]


def test_a_filter_without_sense_fails_the_run() -> None:
    with pytest.raises(CannotEvaluate, match="Between"):
        Service().run(sync(conditions=[condition("name", "Between", "a")]), rows(ADA))


def test_only_rows_that_changed_are_sent_again() -> None:
    service = Service()
    service.run(sync(), rows(ADA, BOB))
    changed = BOB | {"name": "Robert"}
    outcomes = service.run(sync(), rows(ADA, changed))
    assert [one.status for one in outcomes] == ["unchanged", "updated"]
    assert _counts(outcomes) == {"total": 1, "update": 1}


@pytest.mark.parametrize(
    ("more", "request_"),
    [({"sync_all_records": True}, StartRequest()), ({}, StartRequest(resync=True))],
)
def test_every_row_is_sent_again_on_demand(more: Any, request_: StartRequest) -> None:
    service = Service()
    service.run(sync(**more), rows(ADA, BOB))
    outcomes = service.run(sync(**more), rows(ADA, BOB), request=request_)
    assert _counts(outcomes) == {"total": 2, "update": 2}


def test_a_change_of_the_mapping_sends_every_row_again() -> None:
    service = Service()
    service.run(sync(), rows(ADA))
    more = [mapped("email"), mapped("name"), mapped("name", "number")]
    assert service.run(sync(fields=more), rows(ADA))[0].status == "updated"


def test_a_tracking_column_decides_what_changed() -> None:
    service = Service()
    tracked = [replace(one, tracked=("v1",)) for one in rows(ADA)]
    service.run(sync(), tracked)
    renamed = [replace(one, tracked=("v1",)) for one in rows(ADA | {"name": "Other"})]
    assert service.run(sync(), renamed)[0].status == "unchanged"
    later = [replace(one, tracked=("v2",)) for one in renamed]
    assert service.run(sync(), later)[0].status == "updated"


def test_only_changes_of_the_base_model_count_where_told() -> None:
    service = Service()
    only = sync(only_enrich_updates=True)
    own = frozenset([source("email")])
    service.run(only, [replace(one, own=own) for one in rows(ADA)])
    renamed = [replace(one, own=own) for one in rows(ADA | {"name": "Other"})]
    assert service.run(only, renamed)[0].status == "unchanged"


def test_the_backfill_is_skipped_where_told() -> None:
    service = Service()
    skipping = sync(skip_initial_backfill=True)
    assert told(service.run(skipping, rows(ADA))) == [(SKIPPED, "the backfill is skipped")]
    outcomes = service.run(skipping, rows(ADA, BOB))
    assert [one.status for one in outcomes] == ["unchanged", "inserted"]
    forced = Service().run(skipping, rows(ADA), request=StartRequest(resync=True))
    assert forced[0].status == "inserted"


def test_named_records_alone_are_synced() -> None:
    service = Service()
    service.run(sync(), rows(ADA, BOB))
    chosen = [[Named(source("email"), "bob@example.com")], [Named(source("email"), "none")]]
    outcomes = service.run(sync(), rows(ADA, BOB), request=StartRequest(chosen))
    assert [(one.record, one.status) for one in outcomes] == [("bob", "updated")]
    assert [one.status for one in service.run(sync(), rows(ADA, BOB))] == ["unchanged"] * 2


def test_a_test_run_syncs_a_few_rows() -> None:
    many = rows(*({"email": f"{n}@example.com", "name": str(n)} for n in range(8)))
    service = Service()
    assert _counts(service.run(sync(), many, request=StartRequest(test=True)))["total"] == 5
    outcomes = service.run(sync(), many)
    assert [one.status for one in outcomes] == ["unchanged"] * 5 + ["inserted"] * 3


def test_an_empty_identity_fails_its_record_only() -> None:
    outcomes = Service().run(sync(), rows(ADA, BOB | {"email": ""}))
    assert [one.status for one in outcomes] == ["inserted", "failed"]
    assert outcomes[1].reason.startswith("email is empty")
    assert _counts(outcomes) == {"total": 2, "insert": 1, "error": 1}


@pytest.mark.parametrize(("retry", "status"), [(True, "failed"), (False, "unchanged")])
def test_a_failed_record_is_tried_again_as_told(retry: bool, status: str) -> None:
    service = Service()
    service.run(sync(), rows(BOB | {"email": None}), retry_errors=retry)
    again = service.run(sync(), rows(BOB | {"email": None}), retry_errors=retry)
    assert [one.status for one in again] == [status]


def test_a_second_row_with_the_same_identity_is_skipped_with_a_warning() -> None:
    service = Service()
    twin = ADA | {"key": "twin", "email": "Ada@Example.com"}
    outcomes = service.run(sync(), rows(ADA, twin))
    assert outcomes[1].status == SKIPPED
    assert outcomes[1].warnings == ["record ada has the same identity and was synced instead"]
    assert _counts(outcomes) == {"total": 1, "insert": 1, "warnings": 1}
    assert [one.status for one in service.run(sync(), rows(ADA, twin))] == ["unchanged"] * 2
    assert service.run(sync(), rows(twin))[0].status == "updated"


def test_the_first_of_several_matching_records_is_updated_with_a_warning() -> None:
    service = Service()
    for name in ("One", "Two"):
        service.add(email="ada@example.com", name=name)
    outcomes = service.run(sync(), rows(ADA))
    assert (outcomes[0].status, outcomes[0].target_id) == ("updated", "r1")
    assert outcomes[0].warnings == ["2 records of the target match; the first was updated"]
    removed = service.run(sync("remove"), rows(ADA))
    assert [one.status for one in removed] == ["deleted"] * 2


def test_required_unique_and_typed_fields_fail_their_records() -> None:
    service = Service()
    service.add(email="x@example.com", name="X", number="7")
    fields = [mapped(name) for name in ("email", "name", "number", "age", "level")]
    people = rows(
        ADA | {"name": ""},
        ADA | {"email": "1@example.com", "number": 7},
        ADA | {"email": "2@example.com", "age": "old"},
        ADA | {"email": "3@example.com", "level": "Silver"},
        ADA | {"email": "x@example.com", "name": None},
    )
    assert [one.reason for one in service.run(sync(fields=fields), people)] == [
        "name is required",
        'number must be unique; another record has "7"',
        'age must be a number; "old" is not one',
        'level cannot be "Silver": it is one of 1, 2',
        "name is required",
    ]
    assert len(service.stored) == 1


def test_a_required_field_without_a_mapping_fails_new_records_only() -> None:
    service = Service()
    service.add(email="ada@example.com", name="Ada")
    outcomes = service.run(sync(fields=[mapped("email")]), rows(ADA, BOB))
    assert told(outcomes) == [("updated", ""), ("failed", "name is required")]


def test_values_are_converted_with_a_warning() -> None:
    fields = [mapped("email"), mapped("name"), mapped("age"), mapped("born"), mapped("level")]
    person = ADA | {"age": "36", "born": "1815-12-10T01:00:00Z", "level": "gold"}
    service = Service()
    (outcome,) = service.run(sync(fields=fields), rows(person))
    assert outcome.target["age"] == 36
    assert outcome.target["born"] == "1815-12-10"
    assert outcome.target["level"] == "1"
    assert [one.split(":")[0] for one in outcome.warnings] == ["age", "born", "level"]


def test_override_fields_and_overrides_replace_values() -> None:
    constant = FieldMapping("age", None, "40")
    override = Override(source("name"), "Equality", "Ada", "Countess")
    second = Override(source("name"), "IsNotNull", None, "Somebody")
    made = sync(fields=[mapped("email"), mapped("name"), constant], overrides=[override, second])
    outcomes = Service().run(made, rows(ADA, BOB))
    assert [one.target["name"] for one in outcomes] == ["Countess", "Somebody"]
    assert (outcomes[0].target["age"], outcomes[0].warnings) == (40, [])
    assert outcomes[0].source["name"] == "Ada"


def test_fields_that_are_written_once_keep_what_the_record_has() -> None:
    service = Service()
    service.add(email="ada@example.com", name="Old", number="")
    gentle = [
        mapped("email"),
        mapped("name", sync_mode="create"),
        mapped("number", sync_mode="create"),
    ]
    outcomes = service.run(sync(fields=gentle), rows(ADA | {"number": "5"}))
    assert outcomes[0].target == {"email": "ada@example.com", "number": "5"}


def test_fields_that_cannot_be_changed_are_written_in_new_records_only() -> None:
    service = Service()
    service.add(email="ada@example.com", name="Ada", since="1833")
    fields = [mapped("email"), mapped("name"), mapped("name", "since")]
    service.run(sync(fields=fields), rows(ADA, BOB))
    assert [one["since"] for one in service.values()] == ["1833", "Bob"]


def test_a_new_record_gets_its_identity_even_without_a_mapping() -> None:
    service = Service()
    made = sync(fields=[mapped("name")])
    service.run(made, rows(ADA))
    assert service.values() == [{"email": "ada@example.com", "name": "Ada"}]
    assert service.run(made, rows(ADA), request=StartRequest(resync=True))[0].status == "updated"


def test_encrypted_values_are_nowhere_in_clear() -> None:
    service = Service()
    fields = [mapped("email"), mapped("name", encryption_enabled=True)]
    made = sync(fields=fields, encryption_passphrase="canary")
    outcomes = service.run(made, rows(ADA | {"name": "Ada Lovelace"}))
    assert service.values()[0]["name"].startswith("encrypted:")
    assert outcomes[0].source["name"] == MASK
    assert "Lovelace" not in repr(outcomes)
    other = Service()
    other.run(replace(made, encryption_passphrase="else"), rows(ADA | {"name": "Ada Lovelace"}))
    assert other.values()[0]["name"] != service.values()[0]["name"]


def test_an_encrypted_identity_still_finds_its_record() -> None:
    service = Service()
    fields = [mapped("email", encryption_enabled=True), mapped("name")]
    made = sync(fields=fields, encryption_passphrase="canary")
    service.run(made, rows(ADA))
    again = service.run(made, rows(ADA), request=StartRequest(resync=True))
    assert [one.status for one in again] == ["updated"]
    assert len(service.stored) == 1


def test_target_filters_choose_the_records_that_may_change() -> None:
    service = Service()
    service.add(email="ada@example.com", name="Ada", level="1")
    service.add(email="bob@example.com", name="Bob", level="2")
    on_target = Condition("Target", "Equality", target="level", value="1")
    outcomes = service.run(
        sync("update", conditions=[on_target]), rows(ADA | {"name": "A"}, BOB | {"name": "B"})
    )
    assert [(one.status, one.filter) for one in outcomes] == [("updated", None), ("filtered", "A")]
    same = Condition("Target", "Equality", target="name", value_source=source("name"))
    outcomes = service.run(sync("update", conditions=[same]), rows(ADA, BOB))
    assert [one.status for one in outcomes] == ["filtered", "updated"]


def test_several_identities_match_by_priority_or_all_together() -> None:
    both = [identity(), identity("number")]
    person = ADA | {"number": "7"}
    service = Service()
    service.add(email="ada@example.com", name="By mail", number="1")
    service.add(email="x@example.com", name="By number", number="7")
    fields = [mapped("name")]
    first = service.run(sync(fields=fields, identities=both, strategy="priority"), rows(person))
    assert first[0].target_id == "r1"
    no_mail = person | {"email": None}
    second = service.run(sync(fields=fields, identities=both, strategy="priority"), rows(no_mail))
    assert second[0].target_id == "r2"
    every = sync("update", fields=fields, identities=both, strategy="and")
    assert service.run(every, rows(person))[0].status == SKIPPED
    assert service.run(every, rows(no_mail))[0].status == "failed"


def test_a_target_that_reports_no_operations_counts_upserts() -> None:
    outcomes = Service().run(
        sync(), rows(ADA), properties={"does_not_report_operation_counts": True}
    )
    assert _counts(outcomes) == {"total": 1, "upserts": 1}


def test_a_snapshot_dates_its_copies_where_columns_can_be_added() -> None:
    service = Service(target=replace(CONTACT, fields={}, open=True))
    for _ in range(2):
        service.run(sync("snapshot", identities=[]), rows(ADA))
    assert [one["_polytomic_snapshot_at"] for one in service.values()] == [
        "2026-11-24T18:00:00Z"
    ] * 2
