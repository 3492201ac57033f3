"""Executions of a sync on the wire, and the files in which records that failed are listed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from polytomic_provider.api import Polytomic, TransportError
from tests.unit.api.scripted_server import Server, answer
from tests.unit.api.scripted_server import text as words


def _failures(
    polytomic: Polytomic, server: Server, text: str, address: str = "", most: int = 5
) -> list[str]:
    url = address or f"{server.url}/files/errors-1.json?signature=secret"
    server.play(answer(200, {"data": {"urls": [url]}}), words(200, text, "text/plain"))
    return polytomic.executions_of("s").failures("e", most)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            '{"record": "1", "reason": "no name"}\n{"reason": "too long"}\n',
            ["1: no name", "too long"],
        ),
        (json.dumps([{"id": "1", "error": "no name"}, "too long"]), ["1: no name", "too long"]),
        ('{"errors": ["a", "b"]}', ['["a", "b"]']),
        ('{"record": "1", "reason": "no name"}\n{"record": "2", "rea', ["1: no name"]),
        ('{"other": 1}\n5\nnull\n[]', []),
        ("", []),
        ("<html>", []),
    ],
)
def test_reasons_are_found_in_any_usual_form(
    polytomic: Polytomic, server: Server, text: str, found: list[str]
):
    assert _failures(polytomic, server, text) == found


def test_the_key_does_not_travel_with_a_signed_address(polytomic: Polytomic, server: Server):
    _failures(polytomic, server, "")
    listed, file = server.requests
    assert "authorization" in listed.headers
    assert file.path == "/files/errors-1.json"
    assert file.query == {"signature": ["secret"]}
    assert "authorization" not in file.headers


@pytest.mark.parametrize(
    "address",
    [
        "http://storage.example.com/file",
        "file:///etc/passwd",
        "https://user:word@example.com/x",
        "//",
    ],
)
def test_an_address_that_is_not_safe_is_not_opened(
    polytomic: Polytomic, server: Server, address: str
):
    with pytest.raises(TransportError):
        _failures(polytomic, server, "", address)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [302, 403, 404, 500])
def test_a_file_that_does_not_come_is_an_error_without_its_signature(
    polytomic: Polytomic, server: Server, status: int
):
    server.play(
        answer(200, {"data": {"urls": [f"{server.url}/f?signature=secret"]}}),
        words(status, "", "text/plain", Location=f"{server.url}/other"),
    )
    with pytest.raises(TransportError) as raised:
        polytomic.executions_of("s").failures("e", 5)
    assert "secret" not in str(raised.value)
    assert len(server.requests) == 2


def test_no_more_of_a_file_is_read_than_is_asked_for(transport: Any, server: Server):
    server.play(words(200, "x" * 100_000, "text/plain"))
    assert transport.download(f"{server.url}/f", 1000) == "x" * 1000


def test_a_request_for_a_recorded_outcome_starts_nothing(
    server: Server, connect: Callable[..., Polytomic]
):
    """Each of its values is of a type that the API does not take."""
    server.play(answer(200, {"data": {"id": "e"}}))
    connect(server.url).executions_of("s").replay("a-key-of-a-run")
    (asked,) = server.requests
    assert asked.json == {"identities": False, "resync": "-", "test": "-"}
    assert asked.headers["idempotency-key"] == "a-key-of-a-run"
