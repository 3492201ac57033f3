"""The error tree: as drawn, and fit for people."""

import re

import pytest

import polytomic_provider.api.http.errors as errors
from polytomic_provider.api import (
    APIError,
    InUse,
    MissingSetting,
    NotFound,
    PolytomicError,
    ServerError,
    UsedBy,
)

CLASSES = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, PolytomicError)
]


def test_the_tree_drawn_in_the_docstring_is_the_tree_of_classes() -> None:
    drawn: dict[str, str | None] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"    ([ │├└]*)([A-Z]\w+)", line)
        if not found:
            continue
        depth, name = len(found[1]), found[2]
        above = [pair for pair in above if pair[0] < depth]
        drawn[name] = above[-1][1] if above else None
        above.append((depth, name))
    real = {c.__name__: c.__bases__[0].__name__ for c in CLASSES}
    assert drawn == {**real, "PolytomicError": None}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_says_in_one_sentence_when_it_happens(kind: type[PolytomicError]) -> None:
    assert (kind.__doc__ or "").splitlines()[0].endswith(".")


def test_the_hint_stands_on_a_line_of_its_own() -> None:
    assert str(PolytomicError("It broke.", hint="Mend it.")) == "It broke.\nMend it."
    assert str(PolytomicError("It broke.")) == "It broke."


def test_an_answer_of_polytomic_ends_with_the_request_id() -> None:
    error = NotFound(404, None, "no such connection", {}, "req_7", "GET", "/api/connections/1")
    assert str(error) == "GET /api/connections/1: 404 Not Found: no such connection (request req_7)"


def test_an_answer_without_id_and_message_still_says_what_happened() -> None:
    error = APIError(418, None, None, {}, None, "GET", "/api/me")
    assert error.message == "GET /api/me: 418 I'm a Teapot: no message was given"


def test_in_use_lists_who_uses_the_connection() -> None:
    users = [UsedBy("model", "Contacts", "m1"), UsedBy("sync", "Nightly", "s1")]
    error = InUse(
        None, "connection in use", {}, "req_1", "DELETE", "/api/connections/c", users=users
    )
    assert error.users == users
    assert "model 'Contacts' (m1), sync 'Nightly' (s1)" in error.message
    assert "force_destroy" in str(error)


def test_a_missing_setting_numbers_the_places_in_order() -> None:
    error = MissingSetting("A key", ["stack x", "environment Y"])
    assert (
        error.message
        == "A key was not found. Looked in this order:\n  1. stack x\n  2. environment Y"
    )
    assert error.looked_in == ("stack x", "environment Y")


def test_whether_trying_again_can_help_is_part_of_the_type() -> None:
    retryable = {c.__name__ for c in CLASSES if c.retryable}
    assert retryable == {
        "Unreachable", "TimedOut", "ConnectionDropped", "RateLimited", "ServerError",
    }  # fmt: skip
    assert not ServerError(500, None, None, {}, None, "POST", "/", retryable=False).retryable
