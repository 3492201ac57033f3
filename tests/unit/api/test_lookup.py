"""Which object a function or a command takes for an id or a name."""

from dataclasses import dataclass

import pytest

from polytomic_provider.api import PolytomicError
from polytomic_provider.api.lookup import find_one


@dataclass
class Named:
    id: str
    name: str | None


EVERYTHING = [Named("1", "Admin"), Named("2", "Member"), Named("3", "Member"), Named("4", "1")]


def _found(wanted: str) -> str:
    return find_one("policy", EVERYTHING, wanted, lambda one: one.name).id


def test_an_id_counts_more_than_a_name():
    assert (_found("2"), _found("Admin"), _found("1")) == ("2", "1", "1")


def test_a_name_that_none_or_two_have_is_an_error_that_lists_the_candidates():
    with pytest.raises(PolytomicError) as none:
        _found("admin")
    assert str(none.value).startswith(
        "no policy has the id or name 'admin'; there are: '1' (4), 'Admin' (1), 'Member' (2)"
    )
    with pytest.raises(PolytomicError) as two:
        _found("Member")
    shown = "2 policies have the id or name 'Member'; there are: 'Member' (2), 'Member' (3)"
    assert str(two.value).startswith(shown)
    with pytest.raises(PolytomicError, match="there are: none"):
        find_one("role", [], "x", lambda one: one.name)


def test_of_many_candidates_the_nearest_are_named():
    many = [Named(f"id {number}", f"Invoices {number}") for number in range(200)]
    with pytest.raises(PolytomicError) as none:
        find_one("sync", [*many, Named("1", "Contacts")], "Contatcs", lambda one: one.name)
    assert str(none.value).startswith(
        "no sync has the id or name 'Contatcs'; there are: 'Contacts' (1) and 200 more"
    )
