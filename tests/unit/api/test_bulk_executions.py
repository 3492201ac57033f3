"""Executions of a bulk sync on the wire, and which lines of its log files tell of an error."""

from collections.abc import Callable
from typing import Any

import pytest

from polytomic_provider.api import Polytomic
from polytomic_provider.api.wire.execution import BulkExecution
from tests.unit.api.scripted_server import Server, answer
from tests.unit.api.scripted_server import text as words

LINES = """
{"level": "info", "message": "Read 20 rows"}
{"level": "error", "message": "no key", "id": "1"}
{"severity": "ERROR", "message": "too long"}
{"record": "2", "status": "failed", "reason": "no name"}
{"schema": "Contact", "error": {"code": 7}}
{"type": "info", "errors": []}
7
"""
FOUND = ["1: no key", "too long", "2: no name", '{"code": 7}']


@pytest.mark.parametrize("key", ["URLs", "urls"])
def test_lines_that_tell_of_an_error_are_told_from_others(
    polytomic: Polytomic, server: Server, key: str
):
    url = f"{server.url}/files/log-1.json?signature=secret"
    server.play(answer(200, {"data": {key: [url]}}), words(200, LINES, "text/plain"))
    assert polytomic.bulk_executions_of("b").failures("e", 9) == FOUND
    listed, file = server.requests
    assert listed.path == "/api/bulk/syncs/b/executions/e/logs"
    assert "authorization" in listed.headers
    assert "authorization" not in file.headers


@pytest.mark.parametrize(("kind", "count"), [("errors", 2), ("warnings", 0)])
def test_only_errors_are_told_apart(polytomic: Polytomic, server: Server, kind: str, count: int):
    server.play(
        answer(200, {"data": {"URLs": [f"{server.url}/f"]}}), words(200, LINES, "text/plain")
    )
    assert len(polytomic.bulk_executions_of("b").records("e", kind, 2)) == count


def test_a_request_for_a_recorded_outcome_starts_nothing(
    server: Server, connect: Callable[..., Polytomic]
):
    """Each of its values is of a type that the API does not take."""
    server.play(answer(200, {"data": {"id": "e"}}))
    connect(server.url).bulk_executions_of("b").replay("a-key-of-a-run")
    (asked,) = server.requests
    assert asked.path == "/api/bulk/syncs/b/executions"
    wrong = {"schemas": False, "resync_mode": False, "fetch_mode": False, "test": "-"}
    assert asked.json == wrong
    assert asked.headers["idempotency-key"] == "a-key-of-a-run"


def _schema(name: str, **more: Any) -> dict[str, Any]:
    return {"schema": name, "output_name": name.lower(), **more}


def test_counts_and_reasons_are_read_from_keys_of_their_own():
    read = BulkExecution.model_validate(
        {
            "id": "e",
            "status": "failed",
            "status_message": "2 of 4 schemas failed",
            "record_count": 30,
            "error_count": 4,
            "warning_count": None,
            "schemas": [
                _schema("Contact", status="completed", error_count=4),
                _schema("Lead", status="failed", status_message="no such table"),
                _schema("User", status="interrupted"),
                _schema("Account", status="completed", error_count=0),
            ],
        }
    )
    assert read.in_words() == "30 records: 4 errors"
    assert read.failed_schemas == ["Lead", "User"]
    assert read.reasons == [
        "2 of 4 schemas failed",
        "Contact: 4 records failed",
        "Lead failed: no such table",
        "User interrupted",
    ]
    assert not read.went_well()


@pytest.mark.parametrize("reply", [{}, {"schemas": None}, {"schemas": [None, {}]}], ids=str)
def test_what_a_reply_leaves_out_is_nothing(reply: dict[str, Any]):
    read = BulkExecution.model_validate({"status": "completed", **reply})
    assert (read.reasons, read.failed_schemas, read.in_words()) == ([], [], "0 records")
    assert read.went_well()
