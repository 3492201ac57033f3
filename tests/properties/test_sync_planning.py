"""Laws of running a sync, over any rows, any target, any mode."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_emulator.running_syncs.matching import Matcher, agrees
from polytomic_emulator.running_syncs.planning import counts_of
from polytomic_emulator.state.execution import StartRequest
from polytomic_emulator.state.results import Outcome
from polytomic_emulator.state.sync import Identity, Sync
from tests.unit.emulator.jobs import CONTACT, Service, condition, identity, mapped, rows, sync

MODES = ("create", "update", "updateOrCreate", "replace", "append", "remove", "snapshot")
FUNCTIONS = ("Equality", "ISubstring", "OneOf", "DomainMatch", "HostnameMatch")

_emails = st.sampled_from([None, "", *(f"{who}@{at}.com" for who in "abAB" for at in "xy")])
_people = st.lists(
    st.fixed_dictionaries(
        {
            "email": _emails,
            "name": st.sampled_from([None, "", "Ada", "Bob", "Cy"]),
            "age": st.sampled_from([None, 5, 5.5, "7", "old"]),
            "number": st.sampled_from([None, "1", "2", 3]),
        }
    ),
    max_size=8,
)
_fields = [mapped(name) for name in ("email", "name", "age", "number")]
_syncs = st.builds(
    lambda mode, function, filters, every: sync(
        mode,
        fields=_fields,
        identities=[identity(function=function)],
        conditions=filters,
        sync_all_records=every,
    ),
    st.sampled_from(MODES),
    st.sampled_from(FUNCTIONS),
    st.sampled_from([[], [condition("name", "IsNotNull")]]),
    st.booleans(),
)


def _service(people: list[dict[str, Any]]) -> Service:
    """A target that holds some people, with numbers of their own."""
    service = Service()
    for position, values in enumerate(people):
        service.add(**values | {"name": values["name"] or "There", "number": f"t{position}"})
    return service


@given(_syncs, _people, _people)
def test_counts_add_up_and_tell_what_changed(
    made: Sync, people: list[dict[str, Any]], there: list[dict[str, Any]]
) -> None:
    service = _service(there)
    before = len(service.stored)
    outcomes = service.run(made, rows(*people))
    counts = counts_of(outcomes)
    parts = ("insert", "update", "upserts", "delete", "error")
    assert counts["total"] == sum(counts[part] for part in parts)
    assert len(service.stored) == before + counts["insert"] - counts["delete"]
    looked_at = {one.record for one in outcomes} - {""}
    assert looked_at == {row.key for row in rows(*people)}


@given(_syncs, _people, _people)
def test_whatever_was_not_written_has_a_reason(
    made: Sync, people: list[dict[str, Any]], there: list[dict[str, Any]]
) -> None:
    for one in _service(there).run(made, rows(*people)):
        written = one.status in ("inserted", "updated", "deleted", "unchanged")
        assert bool(one.reason) != written
        assert (one.target_id is not None) or one.status not in ("inserted", "updated", "deleted")


@given(_syncs, _people, _people)
def test_a_second_run_changes_nothing(
    made: Sync, people: list[dict[str, Any]], there: list[dict[str, Any]]
) -> None:
    if (made.mode in ("append", "snapshot") and made.sync_all_records) or made.mode == "snapshot":
        return
    service = _service(there)
    service.run(made, rows(*people))
    first = [dict(one) for one in service.values()]
    second = service.run(made, rows(*people))
    assert service.values() == first
    if not made.sync_all_records and made.mode != "replace":
        # What failed is tried again, and may find a record that was made after it.
        assert {one.status for one in second} <= {"unchanged", "filtered", "failed", "skipped"}


def _kept(outcomes: list[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.status in ("inserted", "updated")]


@given(_people, _people, st.sampled_from([None, StartRequest(resync=True)]))
def test_update_or_create_leaves_every_kept_row_in_the_target_once(
    people: list[dict[str, Any]], there: list[dict[str, Any]], again: StartRequest | None
) -> None:
    service = _service(there)
    made = sync(fields=_fields)
    outcomes = service.run(made, rows(*people))
    if again is not None:
        outcomes = service.run(made, rows(*people), request=again)
    kept = _kept(outcomes)
    assert len({one.target_id for one in kept}) == len(kept)
    for one in kept:
        same = [
            held
            for held in service.values()
            if all(held.get(name) == value for name, value in one.target.items())
        ]
        assert same
    emails = [str(row["email"]).lower() for row in people if row["email"]]
    fresh = [str(one["email"]).lower() for one in service.values()[len(there) :]]
    assert len(fresh) == len(set(fresh))
    assert set(fresh) <= set(emails)


@given(_people, _people)
def test_after_replace_the_target_is_the_source(
    people: list[dict[str, Any]], there: list[dict[str, Any]]
) -> None:
    service = _service(there)
    outcomes = service.run(sync("replace", fields=_fields), rows(*people))
    assert service.values() == [one.target for one in outcomes if one.status == "inserted"]
    failed = sum(one.status == "failed" for one in outcomes)
    assert len(service.stored) + failed == len(people)


@given(_people, _people)
@settings(max_examples=50)
def test_remove_leaves_nothing_that_the_source_names(
    people: list[dict[str, Any]], there: list[dict[str, Any]]
) -> None:
    service = _service(there)
    service.run(sync("remove", fields=[]), rows(*people))
    emails = {str(row["email"]).lower() for row in people if row["email"]}
    assert not any(str(one["email"]).lower() in emails for one in service.values())


@given(_people, st.sampled_from(FUNCTIONS))
def test_records_found_by_any_function_are_those_that_a_search_finds(
    there: list[dict[str, Any]], function: str
) -> None:
    held = _service(there).stored
    field = CONTACT.fields["email"]
    matcher = Matcher([Identity(identity().source, "email", function)], None, CONTACT.fields, held)
    for value in ("a@x.com", "B@y.com", "x.com", "", None):
        found = [one.id for one in matcher.find([value])]
        assert found == [
            one.id for one in held if agrees(function, value, one.values["email"], field)
        ]
