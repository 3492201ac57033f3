from typing import Any

import pytest

from polytomic_emulator.running_syncs.matching import Matcher, agrees, domain_of, host_of
from polytomic_emulator.state.catalogs import CatalogField
from tests.unit.emulator.jobs import CONTACT, Held, identity

EMAIL = CONTACT.fields["email"]
TEXT = CatalogField("f", "F", "string", "string")


@pytest.mark.parametrize(
    ("function", "source", "target", "field", "same"),
    [
        ("Equality", "a", "a", TEXT, True),
        ("Equality", "a", "A", TEXT, False),
        ("Equality", "a@example.com", " A@Example.com", EMAIL, True),
        ("Equality", 5, "5", TEXT, True),
        ("Equality", 5.0, 5, None, True),
        ("Equality", None, None, TEXT, False),
        ("Equality", "", "", TEXT, False),
        ("ISubstring", "ada", "Countess ADA", TEXT, True),
        ("ISubstring", "Countess Ada", "ada", TEXT, False),
        ("ISubstring", "", "ada", TEXT, False),
        ("OneOf", "a", ["b", "a"], TEXT, True),
        ("OneOf", ["a", "c"], "c", TEXT, True),
        ("OneOf", ["a"], ["b"], TEXT, False),
        ("OneOf", "a", "a", TEXT, True),
        ("DomainMatch", "ada@mail.example.com", "https://www.example.com/x", TEXT, True),
        ("DomainMatch", "a.example.co.uk", "b.example.co.uk", TEXT, True),
        ("DomainMatch", "one.co.uk", "two.co.uk", TEXT, False),
        ("HostnameMatch", "https://www.example.com/a", "EXAMPLE.com", TEXT, True),
        ("HostnameMatch", "shop.example.com", "example.com", TEXT, False),
        ("HostnameMatch", "http://[", "http://[", TEXT, False),
    ],
)
def test_identity_functions(
    function: str, source: Any, target: Any, field: CatalogField | None, same: bool
) -> None:
    assert agrees(function, source, target, field) is same


def test_hosts_and_domains() -> None:
    assert host_of("https://user:x@www.Example.com:8443/a?b") == "example.com"
    assert host_of("ada@example.com") == "example.com"
    assert host_of(None) is None
    assert domain_of("localhost") == "localhost"


def test_a_matcher_follows_what_is_put_and_dropped() -> None:
    matcher = Matcher([identity()], "priority", CONTACT.fields, [Held("1", {"email": "a@x.org"})])
    matcher.put(Held("1", {"email": "b@x.org"}))
    assert matcher.find(["a@x.org"]) == []
    assert [one.id for one in matcher.find(["B@x.org"])] == ["1"]
    matcher.drop("1")
    matcher.drop("1")
    assert matcher.find(["b@x.org"]) == []
