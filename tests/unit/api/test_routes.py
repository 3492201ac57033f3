"""The typed routes: what they send, and how leniently they read."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from polytomic_provider.api import NotFound, Polytomic, ServerError, UnexpectedReply
from polytomic_provider.api.wire.connection import (
    ConnectionReply,
    ConnectionRequest,
    ConnectionTestRequest,
)
from polytomic_provider.api.wire.identity import Me
from tests.unit.api.scripted_server import Clock, Server, answer, data, reply_with

TYPE = {"id": "salesforce", "name": "Salesforce", "operations": []}


def test_create_sends_only_what_is_set(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"id": "c1", "type": TYPE, "auth_url": "https://consent.example"}))
    request = ConnectionRequest(
        name="SF", type="salesforce", configuration={"domain": "x"}, validate=False
    )
    reply = polytomic.connections.create(request, idempotency_key="a-key-of-this-test")
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("POST", "/api/connections")
    assert sent.json == {
        "name": "SF",
        "type": "salesforce",
        "configuration": {"domain": "x"},
        "validate": False,
    }
    assert sent.headers["idempotency-key"] == "a-key-of-this-test"
    assert reply.data.auth_url == "https://consent.example"


def test_update_replaces_by_put(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"id": "c1", "name": "new"}))
    request = ConnectionRequest(name="new", configuration={}, reconnect=True, policies=[])
    assert polytomic.connections.update("c1", request).data.name == "new"
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("PUT", "/api/connections/c1")
    assert sent.json == {"name": "new", "configuration": {}, "reconnect": True, "policies": []}


def test_get_reads_a_connection(server: Server, polytomic: Polytomic) -> None:
    server.play(
        data(
            {
                "id": "c1",
                "name": "SF",
                "type": TYPE,
                "organization_id": "o1",
                "configuration": {"port": 5432, "password": "********"},
                "policies": None,
                "saved": True,
                "status": "healthy",
                "status_error": "",
                "created_at": "2024-01-15T09:30:00.123456789Z",
                "updated_at": "",
                "created_by": {"id": "u"},
                "something_new": 1,
            },
            X_Request_Id="req_1",
        )
    )
    reply = polytomic.connections.get("c1")
    connection = reply.data
    assert (connection.type, connection.organization_id) == ("salesforce", "o1")
    assert connection.configuration == {"port": 5432, "password": "********"}
    assert (connection.policies, connection.saved, connection.status) == (None, True, "healthy")
    assert connection.created_at == datetime(2024, 1, 15, 9, 30, 0, 123456, tzinfo=UTC)
    assert connection.updated_at is None
    assert (reply.request_id, reply.date is not None) == ("req_1", True)


@pytest.mark.parametrize("given", ["salesforce", TYPE, {"id": "salesforce"}])
def test_a_type_is_an_id_however_it_comes(given: Any) -> None:
    assert ConnectionReply.model_validate({"id": "c", "type": given}).type == "salesforce"


@pytest.mark.parametrize("given", [None, {}, {"id": None}])
def test_a_missing_type_is_none(given: Any) -> None:
    assert ConnectionReply.model_validate({"id": "c", "type": given}).type is None


@pytest.mark.parametrize("force", [True, False])
def test_delete_says_force_explicitly(server: Server, polytomic: Polytomic, force: bool) -> None:
    server.play(answer(204))
    assert polytomic.connections.delete("c1", force=force).data is None
    assert server.requests[0].query == {"force": [str(force).lower()]}
    assert (server.requests[0].method, server.requests[0].path) == (
        "DELETE",
        "/api/connections/c1",
    )


def test_test_sends_the_configuration(server: Server, polytomic: Polytomic) -> None:
    server.play(answer(200))
    request = ConnectionTestRequest(type="netsuite", configuration={"token": "t"})
    polytomic.connections.test(request)
    assert server.requests[0].path == "/api/connections/test"
    assert server.requests[0].json == {"type": "netsuite", "configuration": {"token": "t"}}


def test_what_is_gone_is_not_found(server: Server, polytomic: Polytomic) -> None:
    server.play(answer(404, {"message": "not found", "status": 404}))
    with pytest.raises(NotFound):
        polytomic.connections.get("c1")


@pytest.mark.parametrize("body", [{"data": None}, {"data": []}, {"data": {"name": "no id"}}, None])
def test_a_reply_of_another_shape_is_said_to_be_that(
    server: Server, polytomic: Polytomic, body: Any
) -> None:
    server.play(answer(200, body))
    with pytest.raises(UnexpectedReply, match=r"^GET /api/connections/c1: the reply"):
        polytomic.connections.get("c1")


def test_a_reply_that_cannot_be_read_is_not_quoted(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"id": ["hidden-value"], "configuration": "hidden-value"}))
    with pytest.raises(UnexpectedReply) as caught:
        polytomic.connections.get("c1")
    assert "id: " in caught.value.message
    assert "configuration: " in caught.value.message
    assert "hidden-value" not in str(caught.value)


def test_a_list_without_pages_is_whole(server: Server, polytomic: Polytomic) -> None:
    server.play(data([{"id": "1"}, {"id": "2"}]))
    assert [c.id for c in polytomic.connections.list().data] == ["1", "2"]
    assert server.requests[0].query == {}


def test_pages_are_followed_to_the_end(server: Server, polytomic: Polytomic) -> None:
    server.play(
        answer(200, {"data": [{"id": "1"}], "pagination": {"next_page_token": "b"}}),
        answer(200, {"data": None, "pagination": {"next_page_token": "c"}}),
        answer(200, {"data": [{"id": "2"}], "pagination": {"next_page_token": ""}}),
    )
    assert [c.id for c in polytomic.connections.list().data] == ["1", "2"]
    assert [r.query.get("page_token") for r in server.requests] == [None, ["b"], ["c"]]


def test_pages_that_go_round_in_a_circle_are_an_error(server: Server, polytomic: Polytomic) -> None:
    server.always(answer(200, {"data": [], "pagination": {"next_page_token": "same"}}))
    with pytest.raises(UnexpectedReply, match="the list has no end"):
        polytomic.connections.list()
    assert len(server.requests) == 2


def test_all_pages_share_one_budget_of_time(
    server: Server, connect: Callable[..., Polytomic], clock: Clock
) -> None:
    half_the_budget = answer(503, None, Retry_After="30")
    server.play(half_the_budget)
    server.play(answer(200, {"data": [], "pagination": {"next_page_token": "b"}}))
    server.always(half_the_budget)
    with pytest.raises(ServerError):
        connect(server.url, operationTimeout="45s").connections.list()
    assert clock.sleeps == [31.0]


@pytest.mark.parametrize("body", [{"data": {"a": 1}}, {"data": "x"}, 7])
def test_a_list_that_is_none_is_an_error(server: Server, polytomic: Polytomic, body: Any) -> None:
    server.play(answer(200, body))
    with pytest.raises(UnexpectedReply, match="not a list"):
        polytomic.connections.list()


@pytest.mark.parametrize("pages_before", [0, 1])
def test_an_empty_reply_is_no_empty_list(
    server: Server, polytomic: Polytomic, pages_before: int
) -> None:
    page = answer(200, {"data": [{"id": "1"}], "pagination": {"next_page_token": "b"}})
    for _ in range(pages_before):
        server.play(page)
    server.play(reply_with(200, b"", "application/json"))
    with pytest.raises(UnexpectedReply, match="empty where a list was expected"):
        polytomic.connections.list()


def test_me_tells_whose_key_it_is(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"email": "a@b.example", "organization_id": "o1", "is_user": True}))
    me = polytomic.identity.me().data
    assert me == Me(email="a@b.example", organization_id="o1", is_user=True)
    assert server.requests[0].path == "/api/me"


def test_connection_types_and_their_bare_schemas_are_read(
    server: Server, polytomic: Polytomic
) -> None:
    schema = {"type": "object", "properties": {"domain": {"type": "string", "sensitive": True}}}
    server.play(data([{"id": "salesforce", "use_oauth": True}]), answer(200, schema))
    [kind] = polytomic.connection_types.list().data
    assert (kind.id, kind.use_oauth) == ("salesforce", True)
    assert polytomic.connection_types.schema("salesforce").data == schema
    assert server.requests[1].path == "/api/connection_types/salesforce"


def test_requests_are_strict_and_never_quote_what_they_refuse() -> None:
    with pytest.raises(ValidationError) as caught:
        ConnectionRequest(name=5, configuration={"a": "b"}, secret="hidden-value")  # type: ignore
    assert {problem["loc"][0] for problem in caught.value.errors()} == {"name", "secret"}
    assert "hidden-value" not in str(caught.value)


def test_nothing_secret_is_in_a_repr(server: Server, connect: Callable[..., Polytomic]) -> None:
    secret = {"client_secret": "hidden-value"}
    server.play(data({"id": "c", "configuration": secret, "auth_code": "hidden-value"}))
    request = ConnectionRequest(name="n", type="t", configuration=secret)
    test = ConnectionTestRequest(type="t", configuration=secret)
    reply = connect(server.url).connections.create(request, idempotency_key=None)
    assert reply.data.auth_code == "hidden-value"
    assert "hidden-value" not in f"{request!r} {request} {test!r} {reply!r} {reply.data!r}"
