"""What a change of a connection's arguments means."""

from typing import Any

import pytest

from polytomic_provider.kinds.connection import ConnectionHandler
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.validation import UNKNOWN

HANDLER = ConnectionHandler()
WORKSPACE = "b038f64f-5cc7-4dc0-a5ec-852775c0deef"
BASE: dict[str, Any] = {
    "type": "postgresql",
    "name": "Warehouse",
    "configuration": {"hostname": "db", "port": 5432, "password": "secret"},
    "policies": ["a", "b"],
}


def _compare(old: dict[str, Any], new: dict[str, Any]):
    return HANDLER.compare(State("id", old, {}, WORKSPACE), new)


def test_the_same_arguments_are_no_difference():
    assert not _compare(BASE, BASE).differs


@pytest.mark.parametrize(
    "change",
    [
        {"policies": ["b", "a"]},
        {"validate": False},
        {"redirect_url": "https://example.com"},
        {"organization_id": WORKSPACE},
        {"configuration": {"hostname": "db", "port": 5432.0, "password": "secret"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_means_the_same_is_no_difference(change: dict[str, Any]):
    assert not _compare(BASE, {**BASE, **change}).differs


@pytest.mark.parametrize(
    ("change", "replaces"),
    [
        ({"type": "mysql"}, True),
        ({"type": UNKNOWN}, True),
        ({"organization_id": "another"}, True),
        ({"name": "New"}, False),
        ({"name": UNKNOWN}, False),
        ({"configuration": UNKNOWN}, False),
        ({"policies": []}, False),
        ({"healthcheck_interval": "1h"}, False),
        ({"reconnect": "again"}, False),
    ],
    ids=str,
)
def test_a_difference_updates_or_replaces(change: dict[str, Any], replaces: bool):
    comparison = _compare(BASE, {**BASE, **change})
    assert comparison.changed == (next(iter(change)),)
    assert bool(comparison.replaces) is replaces
    assert comparison.sent == comparison.changed


@pytest.mark.parametrize(
    ("change", "ended"),
    [
        ({"policies": None}, "policies"),
        ({"configuration": {"hostname": "db", "password": "secret"}}, "configuration.port"),
    ],
    ids=str,
)
def test_to_end_managing_something_sends_nothing(change: dict[str, Any], ended: str):
    comparison = _compare(BASE, {**BASE, **change})
    assert comparison.changed == (next(iter(change)),)
    assert comparison.sent == ()
    assert comparison.ended == (ended,)


def test_to_end_managing_one_key_and_to_change_another_is_sent():
    comparison = _compare(BASE, {**BASE, "configuration": {"hostname": "x", "password": "secret"}})
    assert comparison.sent == ("configuration",)
    assert comparison.ended == ("configuration.port",)


def test_force_destroy_is_a_difference_that_sends_nothing():
    comparison = _compare(BASE, {**BASE, "force_destroy": True})
    assert comparison.changed == ("force_destroy",)
    assert comparison.sent == ()


def test_taking_reconnect_out_is_no_difference():
    assert not _compare({**BASE, "reconnect": "x"}, BASE).differs


def test_beginning_and_ending_to_manage_a_falsy_key_is_a_difference():
    with_ssl = {**BASE, "configuration": {**BASE["configuration"], "ssl": False}}
    assert _compare(BASE, with_ssl).differs
    assert _compare(with_ssl, BASE).differs
