"""What one process knows of the objects of a kind, and what makes two of them the same thing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.api import PolytomicError, TimedOut
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.known_objects import (
    InCreation,
    KnownObjects,
    Listing,
    Resource,
)
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.ownership import Deleted, Ownership, Wanted
from polytomic_provider.kinds.object_arguments import ObjectArguments

A, B = Resource("urn:a", "urn:a"), Resource("urn:b", "urn:b")
CRM = NaturalKey("CRM", "salesforce")
PARTS = st.sampled_from(["a", "b", None])
THINGS = st.builds(NaturalKey, st.sampled_from(["x", "y"]), PARTS, PARTS)


@given(THINGS, THINGS)
def test_to_be_the_same_thing_goes_both_ways_and_is_possible(one: NaturalKey, other: NaturalKey):
    assert one.is_same(other) == other.is_same(one)
    assert one.may_be(other) == other.may_be(one)
    assert one.is_same(one)
    if one.is_same(other):
        assert one.may_be(other)


def test_what_a_list_does_not_show_may_be_anything_but_is_not_taken_for_it():
    light, whole = NaturalKey("sync", None), NaturalKey("sync", "c1", "Lead")
    assert light.may_be(whole)
    assert not light.is_same(whole)
    assert not NaturalKey("sync", "c1", "Lead").may_be(NaturalKey("sync", "c1", "Account"))


def test_what_was_noted_since_the_list_was_taken_wins():
    known, listing = KnownObjects(), Listing({"1": CRM, "2": CRM}, None)
    known.note("1", None)
    known.note("2", NaturalKey("Renamed", "salesforce"))
    known.note("3", CRM)
    assert known.natural_keys(listing) == {"2": NaturalKey("Renamed", "salesforce"), "3": CRM}


def test_who_waits_for_the_list_of_another_waits_no_longer_than_its_own_time():
    known, begun, going = KnownObjects(), threading.Event(), threading.Event()

    def slow() -> Listing:
        begun.set()
        going.wait(5)
        return Listing({}, None)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(known.listing, slow)
        assert begun.wait(5)
        with allowing(0.02), pytest.raises(TimedOut):
            known.listing(slow)
        going.set()
        assert first.result().natural_keys == {}


def test_who_waited_for_a_list_that_failed_asks_itself():
    known, begun, going = KnownObjects(), threading.Event(), threading.Event()

    def fails() -> Listing:
        begun.set()
        going.wait(5)
        raise PolytomicError("its shorter time was over")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(known.listing, fails)
        assert begun.wait(5)
        second = pool.submit(known.listing, lambda: Listing({"1": CRM}, None))
        going.set()
        with pytest.raises(PolytomicError):
            first.result()
        assert second.result().natural_keys == {"1": CRM}


def test_a_thing_in_creation_is_that_of_one_resource():
    known = KnownObjects()
    with known.creating(A, CRM):
        with pytest.raises(InCreation) as raised, known.creating(B, CRM):
            pass
        assert raised.value.other == A
        with known.creating(B, NaturalKey("ERP", "salesforce")):
            pass
    with known.creating(B, CRM):
        pass


def test_one_look_serves_all_that_were_made_before_it_and_none_that_came_later():
    known, asked, going = KnownObjects(), threading.Event(), threading.Event()
    looks: list[int] = []
    made_first = threading.Barrier(3)

    def ask() -> Listing:
        looks.append(len(looks))
        asked.set()
        going.wait(5)
        return Listing({str(number): CRM for number in range(looks[-1] + 1)}, None)

    def make(name: str, together: bool) -> Listing:
        resource = Resource(name, name)
        with known.creating(resource, NaturalKey(name, None)):
            if together:
                made_first.wait(5)
            return known.look_again(resource, ask)

    with ThreadPoolExecutor(5) as pool:
        first = [pool.submit(make, f"urn:{number}", True) for number in range(3)]
        assert asked.wait(5)
        later = [pool.submit(make, f"urn:late-{number}", False) for number in range(2)]
        going.set()
        assert [len(one.result().natural_keys) for one in first] == [1, 1, 1]
        assert all(len(one.result().natural_keys) > 1 for one in later)
    assert len(looks) <= 3
    assert set(known.natural_keys(Listing({}, None))) >= {"0", "1"}


def test_a_creation_after_a_look_that_failed_looks_again():
    known = KnownObjects()

    def fails() -> Listing:
        raise PolytomicError("not now")

    for resource, ask in ((A, fails), (B, lambda: Listing({"1": CRM}, None))):
        with known.creating(resource, NaturalKey(resource.urn, None)):
            if ask is fails:
                with pytest.raises(PolytomicError):
                    known.look_again(resource, ask)
            else:
                assert known.look_again(resource, ask).natural_keys == {"1": CRM}


def test_a_reference_without_identity_owns_nothing():
    owners = Ownership()
    owners.note("1", Resource("urn:get", ""))
    assert owners.other_owner("1", A) is None


def test_a_resource_under_an_alias_is_no_other_owner_for_a_delete():
    owners = Ownership()
    owners.note("1", A)
    assert owners.in_the_way("1", CRM, Resource("urn:renamed", "urn:a")) is None
    assert owners.in_the_way("1", CRM, B) == A


def test_a_replacement_under_an_alias_is_the_resource_that_it_replaces():
    for link in ("alias", "state"):
        owners, new = Ownership(), Resource("urn:new", "urn:new")
        owners.note("1", A)
        assert owners.in_the_way("1", CRM, new) == A
        assert owners.object_of(new) is None
        if link == "alias":
            owners.note_aliases("urn:new", ["urn:a"])
        else:
            owners.note_state("1", Resource("urn:new", "urn:a"))
        assert owners.object_of(new) == "1"
        assert owners.in_the_way("1", CRM, new) is None
        assert owners.want(Wanted(new, "1", None)) is None
        assert owners.in_the_way("1", CRM, A) is None
        assert owners.in_the_way("1", CRM, B) is not None
        owners.note_deleted(Deleted("1", CRM, A))
        assert owners.deleted_by(new) == {"1"}
        assert owners.deleted_by_another("1", CRM, new) is None
        assert owners.deleted_by_another("1", CRM, B) is not None


def test_every_kind_of_object_can_be_adopted():
    kinds = [handler for handler in HANDLERS.values() if isinstance(handler, ObjectHandler)]
    assert len(kinds) >= 3
    assert all(issubclass(handler.arguments, ObjectArguments) for handler in kinds)


def _comparisons(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pairs of resources are compared in a run of so many that adopt, make and delete."""
    compared: list[None] = []
    renamed = Ownership._renamed  # pyright: ignore[reportPrivateUsage]

    def counting(self: Ownership, one: Resource, other: Resource) -> bool:
        compared.append(None)
        return renamed(self, one, other)

    monkeypatch.setattr(Ownership, "_renamed", counting)
    owners = Ownership()
    for number in range(count):
        resource = Resource(f"urn:{number}", f"urn:{number}")
        key = NaturalKey(f"crm-{number}", "salesforce")
        assert owners.object_of(resource) is None
        assert owners.want(Wanted(resource, None, key)) is None
        assert owners.deleted_by(resource) == frozenset()
        assert owners.deleted_by_another(None, key, resource) is None
        owners.note(str(number), resource, key)
        owners.note_deleted(Deleted(f"old-{number}", key, resource))
        assert owners.object_of(resource) == str(number)
        assert owners.in_the_way(str(number), key, resource) is None
        assert owners.want(Wanted(B, str(number), None)) == resource
    monkeypatch.undo()
    return len(compared)


def test_whose_an_object_is_shows_without_a_walk_through_all_resources(
    monkeypatch: pytest.MonkeyPatch,
):
    few, many = _comparisons(50, monkeypatch), _comparisons(100, monkeypatch)
    assert few > 0
    assert many <= 2 * few


def test_what_was_there_at_a_moment_does_not_change():
    known, listing = KnownObjects(), Listing({"1": CRM, "2": CRM}, None)
    known.note("2", None)
    known.note("3", CRM)
    before = known.moment()
    known.note("1", None)
    known.note("4", CRM)
    was = [id_ for id_ in "12345" if known.was_there(listing, id_, before)]
    now = [id_ for id_ in "12345" if known.was_there(listing, id_, known.moment())]
    assert (was, now) == (["1", "3"], ["3", "4"])
