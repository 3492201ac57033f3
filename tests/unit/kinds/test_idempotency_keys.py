"""The idempotency keys of a resource."""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.api import Secret
from polytomic_provider.kinds.lifecycle.idempotency_keys import Keys

NOW = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
BODY = {"name": "CRM", "type": "salesforce"}


def _keys(secret: str = "key", identity: str = "urn", namespace: str | None = None, **body: str):
    return Keys(Secret(secret), identity, namespace, {**BODY, **body})


def test_keys_have_the_form_that_the_api_takes():
    for key in (_keys().timeless(), _keys().at(NOW)):
        assert re.fullmatch(r"[A-Za-z0-9_-]{8,255}", key)


def test_whatever_distinguishes_two_objects_distinguishes_their_keys():
    keys = [
        _keys(),
        _keys(secret="other"),
        _keys(identity="other"),
        _keys(namespace="other"),
        _keys(name="other"),
    ]
    assert len({key.timeless() for key in keys}) == len(keys)
    assert _keys().timeless() == _keys().timeless()
    assert _keys().timeless() != _keys().at(NOW)


@given(st.floats(0, 10))
def test_the_key_that_made_an_object_is_among_those_that_are_tried(seconds: float):
    used = _keys().at(NOW - timedelta(seconds=seconds))
    assert used in list(_keys().that_may_have_made(NOW, NOW + timedelta(hours=23)))


def test_no_key_is_tried_for_an_object_older_than_the_keys_life():
    assert list(_keys().that_may_have_made(NOW, NOW + timedelta(hours=25))) == []
    long_ago = datetime.now(UTC) - timedelta(hours=25)
    assert list(_keys().that_may_have_made(long_ago, None)) == []


def test_an_object_of_unknown_age_is_asked_for_with_the_timeless_key():
    assert list(_keys().that_may_have_made(None, NOW)) == [_keys().timeless()]
