"""Model syncs: what is sent, and how leniently they and their runs are read."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from polytomic_provider.api import Conflict, NotFound, Polytomic, UnexpectedReply
from polytomic_provider.api.wire.sync import SyncRequest
from polytomic_provider.api.wire.sync_list import SyncItem
from polytomic_provider.api.wire.sync_reply import SyncReply
from tests.unit.api.scripted_server import Server, answer, data

EMAIL = {"model_id": "m1", "field": "Email"}
BODY: dict[str, Any] = {
    "name": "Contacts to NetSuite",
    "mode": "updateOrCreate",
    "active": True,
    "fields": [{"source": {"model_id": "m1", "field": "LastName"}, "target": "lastName"}],
    "identity": {"source": EMAIL, "target": "email", "function": "Equality"},
    "filters": [{"field": EMAIL, "field_type": "Model", "function": "IsNotNull"}],
    "schedule": {"frequency": "manual"},
    "target": {"connection_id": "c2", "object": "contact", "configuration": {}},
}


def test_create_posts_under_its_key(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"id": "s1", **BODY}))
    request = SyncRequest.model_validate(BODY)
    reply = polytomic.syncs.create(request, idempotency_key="a-key-of-this-test")
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("POST", "/api/syncs")
    assert sent.headers["idempotency-key"] == "a-key-of-this-test"
    assert sent.headers["x-polytomic-version"] == "2025-09-18"
    assert sent.json == BODY
    assert reply.data.id == "s1"


def test_update_replaces_by_put_and_can_clear(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"id": "s1"}))
    body = {**BODY, "identity": None, "filters": []}
    polytomic.syncs.update("s1", SyncRequest.model_validate(body))
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("PUT", "/api/syncs/s1")
    assert sent.json == body


def test_get_reads_what_the_server_makes_of_a_sync(server: Server, polytomic: Polytomic) -> None:
    zero = "00000000-0000-0000-0000-000000000000"
    server.play(
        data(
            {
                "id": "s1",
                **BODY,
                "mode": "a mode of tomorrow",
                "fields": [
                    {"source": EMAIL, "target": "email", "sync_mode": None},
                    {"source": {"model_id": zero}, "target": "source", "override_value": 5},
                    {"source": None, "target": "flag", "override_value": True},
                    None,
                ],
                "identity": None,
                "identities": {"mappings": None, "strategy": "priority"},
                "filters": [{"field_id": "f9", "function": "NewOne", "value": [1], "label": "A"}],
                "overrides": None,
                "target": {
                    "connection_id": "c2",
                    "object": "contact",
                    "configuration": None,
                    "search_values": {"table": "contact"},
                },
                "schedule": {"frequency": "daily", "hour": 10, "minute": "", "day_of_week": None},
                "model_ids": ["m1"],
                "problems": [{"code": "missing_field", "message": "x", "severity": "new"}],
                "encryption_passphrase": "hidden-value",
                "created_at": "2024-01-15T09:30:00Z",
                "created_by": {"id": "u"},
            }
        )
    )
    sync = polytomic.syncs.get("s1").data
    assert (server.requests[0].method, server.requests[0].path) == ("GET", "/api/syncs/s1")
    assert sync.mode == "a mode of tomorrow"
    assert [(f.target, f.override_value) for f in sync.fields or ()] == [
        ("email", None),
        ("source", "5"),
        ("flag", "true"),
    ]
    assert sync.schedule is not None
    assert (sync.schedule.hour, sync.schedule.minute, sync.schedule.month) == ("10", "", None)
    [condition] = sync.filters or []
    assert (condition.field_id, condition.function, condition.value, condition.label) == (
        "f9",
        "NewOne",
        [1],
        "A",
    )
    assert (sync.identity, sync.overrides, sync.model_ids) == (None, None, ["m1"])
    assert sync.target is not None
    assert (sync.target.object, sync.target.configuration) == ("contact", None)
    assert [problem.code for problem in sync.problems or ()] == ["missing_field"]
    assert sync.created_at == datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
    assert "hidden-value" not in str(sync.model_dump())


LIGHT = {"id": "s1", "name": "n", "target_connection_id": "c2", "target_object": "contact"}
FULL = {"id": "s1", "name": "n", "target": {"connection_id": "c2", "object": "contact"}}


@pytest.mark.parametrize(
    "item", [LIGHT, FULL, {**FULL, "target_object": None}, {**LIGHT, "target": None}]
)
def test_a_listed_sync_is_read_light_and_full(item: dict[str, Any]) -> None:
    read = SyncItem.model_validate({**item, "fields": [], "created_at": "2024-01-15T09:30:00Z"})
    assert (read.id, read.name) == ("s1", "n")
    assert (read.target_connection_id, read.target_object) == ("c2", "contact")
    assert read.created_at is not None


def test_a_list_is_whole_in_pages_and_in_one_piece(server: Server, polytomic: Polytomic) -> None:
    server.play(
        answer(200, {"data": [LIGHT], "pagination": {"next_page_token": "b"}}),
        answer(200, {"data": [{"id": "s2"}], "pagination": {"next_page_token": ""}}),
        data([FULL, {"id": "s2"}]),
    )
    paged = polytomic.syncs.list(active=True, mode="update", target_connection_id="c2").data
    assert [sync.id for sync in paged] == ["s1", "s2"]
    query = {"active": ["true"], "mode": ["update"], "target_connection_id": ["c2"]}
    assert [r.query for r in server.requests] == [query, {**query, "page_token": ["b"]}]
    assert [sync.id for sync in polytomic.syncs.list().data] == ["s1", "s2"]
    assert server.requests[2].query == {}


@pytest.mark.parametrize("item", [{"name": "no id"}, "s1", None])
def test_a_listed_sync_of_another_shape_is_said_to_be_that(
    server: Server, polytomic: Polytomic, item: Any
) -> None:
    server.play(data([item]))
    with pytest.raises(UnexpectedReply, match="GET /api/syncs: the reply"):
        polytomic.syncs.list()


@pytest.mark.parametrize("active", [True, False])
def test_activate_says_which_way(server: Server, polytomic: Polytomic, active: bool) -> None:
    server.play(data({"id": "s1", "active": active}))
    assert polytomic.syncs.activate("s1", active=active).data.active is active
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("POST", "/api/syncs/s1/activate")
    assert sent.json == {"active": active}


def test_cancel_needs_no_body(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"message": "canceling"}))
    assert polytomic.syncs.cancel("s1").data == {"message": "canceling"}
    sent = server.requests[0]
    assert (sent.method, sent.path, sent.body) == ("POST", "/api/syncs/s1/cancel", b"")


def test_a_delete_that_a_run_stands_in_the_way_of_is_a_conflict(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(answer(409, {"message": "an execution is in progress"}), answer(204))
    with pytest.raises(Conflict, match="an execution is in progress"):
        polytomic.syncs.delete("s1")
    assert polytomic.syncs.delete("s1").data is None
    assert [(r.method, r.path) for r in server.requests] == [("DELETE", "/api/syncs/s1")] * 2


def test_the_status_tells_the_runs(server: Server, polytomic: Polytomic) -> None:
    server.play(
        data(
            {
                "current_execution": None,
                "last_execution": {
                    "id": "e1",
                    "status": "completed",
                    "completed_at": "2024-01-15T09:30:00Z",
                    "counts": {"total": 3, "insert": 2, "error": 1},
                    "errors": ["row 1", {"row": 2}, None],
                },
                "next_execution_time": "2024-01-16T09:30:00Z",
            }
        )
    )
    status = polytomic.syncs.status("s1").data
    assert server.requests[0].path == "/api/syncs/s1/status"
    assert status.current_execution is None
    assert status.last_execution is not None
    assert status.last_execution.status == "completed"
    assert status.last_execution.counts is not None
    assert (status.last_execution.counts.total, status.last_execution.counts.delete) == (3, None)
    assert status.last_execution.errors == ["row 1", '{"row": 2}']
    assert status.next_execution_time == datetime(2024, 1, 16, 9, 30, tzinfo=UTC)


def test_what_is_gone_is_not_found(server: Server, polytomic: Polytomic) -> None:
    server.always(answer(404, {"message": "not found", "status": 404}))
    with pytest.raises(NotFound):
        polytomic.syncs.get("s1")
    with pytest.raises(NotFound):
        polytomic.syncs.delete("s1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"schedule": {"frequency": "daily", "hour": 10}},
        {"schedule": None},
        {"fields": [{"source": EMAIL}]},
        {"fields": [{"target": "a", "source": "Email"}]},
        {"identity": {"source": EMAIL, "target": "email"}},
        {"override_fields": [{"target": "a", "override_value": 5}]},
        {"target": {"object": "contact"}},
        {"active": "yes"},
        {"enricher": {}},
    ],
)
def test_requests_are_strict(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SyncRequest.model_validate({**BODY, **wrong})


def test_nothing_secret_is_in_a_repr_or_an_error() -> None:
    target = {"connection_id": "c", "configuration": {"token": "hidden-value"}}
    body = {**BODY, "target": target, "encryption_passphrase": "hidden-value"}
    request = SyncRequest.model_validate(body)
    reply = SyncReply.model_validate({"id": "s1", **body})
    assert request.encryption_passphrase == "hidden-value"
    assert "hidden-value" not in f"{request!r} {request} {reply!r} {reply} {reply.target!r}"
    with pytest.raises(ValidationError) as caught:
        SyncRequest.model_validate({**body, "encryption_passphrase": ["hidden-value"]})
    assert "hidden-value" not in str(caught.value)
