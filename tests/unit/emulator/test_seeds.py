"""The rows that services begin with: ids as the services write them, the same people everywhere."""

import json

import pytest

from polytomic_emulator.state.catalogs import catalog_of
from polytomic_emulator.state.sample_people import COMPANIES, company, person
from polytomic_emulator.state.seeds import seeded_rows, service_id


def test_salesforce_ids_stay_apart_where_case_is_lost():
    rows = catalog_of("salesforce").objects["Contact"].rows
    ids = [service_id(rows, position) for position in range(62 * 62)]
    assert all(len(one) == 18 and one.startswith("0035g") for one in ids)
    assert len({one[:15].lower() for one in ids}) < len({one.lower() for one in ids}) == len(ids)


def test_an_object_without_a_catalog_has_no_rows():
    assert seeded_rows("postgresql", "public.unknown") == ()


@pytest.mark.parametrize("index", [0, 1, 7, 299])
def test_a_person_is_the_same_at_every_asking(index: int):
    first = person(index)
    person.cache_clear()
    company.cache_clear()
    assert person(index) == first
    assert 0 <= first.company < COMPANIES


def test_addresses_are_plain_letters_whatever_the_name():
    emails = [email for index in range(400) if (email := person(index).email)]
    assert all(email.isascii() and email.count("@") == 1 and " " not in email for email in emails)


def test_the_rows_of_a_release_do_not_change_by_accident():
    (first, *_) = seeded_rows("salesforce", "Contact")
    row = json.loads(first)
    assert (row["Id"], row["Name"]) == ("0035g0000000KK5AAM", "Käthe Müller")
    assert row["Email"] == "kathe.muller0@helios-robotics57.example.com"
