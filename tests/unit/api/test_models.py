"""Models: what is sent, and how leniently they are read."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from polytomic_provider.api import BadRequest, NotFound, Polytomic, ServerError, UnexpectedReply
from polytomic_provider.api.wire.model import ModelReply, ModelRequest
from tests.unit.api.scripted_server import Server, answer, data

BODY = {
    "name": "Contacts",
    "connection_id": "c1",
    "configuration": {"table": "Contact", "include_deleted": False, "nested": {"a": [1, None]}},
}
TEXT = st.text(max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
BODIES = st.fixed_dictionaries(
    {"name": TEXT, "connection_id": TEXT, "configuration": st.dictionaries(TEXT, JSON, max_size=3)},
    optional={
        "fields": st.none() | st.lists(TEXT, max_size=3),
        "additional_fields": st.lists(
            st.fixed_dictionaries(
                {"name": TEXT, "type": TEXT, "label": TEXT}, optional={"example": JSON}
            ),
            max_size=2,
        ),
        "identifier": st.none() | TEXT,
        "tracking_columns": st.lists(TEXT, max_size=2),
        "relations": st.lists(
            st.fixed_dictionaries(
                {"from": TEXT, "to": st.fixed_dictionaries({"model_id": TEXT, "field": TEXT})}
            ),
            max_size=2,
        ),
        "enricher": st.none()
        | st.fixed_dictionaries(
            {"connection_id": TEXT},
            optional={
                "enricher_id": TEXT,
                "configuration": st.dictionaries(TEXT, JSON, max_size=2),
                "mappings": st.dictionaries(TEXT, TEXT, max_size=2),
                "fields": st.lists(st.dictionaries(TEXT, JSON, max_size=2), max_size=2),
            },
        ),
        "labels": st.lists(TEXT, max_size=2),
        "policies": st.lists(TEXT, max_size=2),
        "organization_id": TEXT,
        "refresh": st.booleans(),
    },
)


@settings(deadline=None)
@given(BODIES)
def test_exactly_what_is_set_is_sent(body: dict[str, Any]) -> None:
    assert ModelRequest.model_validate(body).body() == body


def test_create_posts_under_its_key(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"id": "m1", **BODY}))
    request = ModelRequest.model_validate(BODY)
    reply = polytomic.models.create(request, idempotency_key="a-key-of-this-test")
    sent = server.requests[0]
    assert (sent.method, sent.path, sent.query) == ("POST", "/api/models", {})
    assert sent.headers["idempotency-key"] == "a-key-of-this-test"
    assert sent.headers["x-polytomic-version"] == "2025-09-18"
    assert sent.json == BODY
    assert (reply.data.id, reply.data.configuration) == ("m1", BODY["configuration"])


def test_update_replaces_by_put(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"id": "m1", "version": 2}))
    request = ModelRequest.model_validate({**BODY, "refresh": True})
    assert polytomic.models.update("m1", request).data.version == 2
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("PUT", "/api/models/m1")
    assert sent.json == {**BODY, "refresh": True}


def test_get_reads_everything_that_is_documented(server: Server, polytomic: Polytomic) -> None:
    server.play(
        data(
            {
                "id": "m1",
                **BODY,
                "type": "salesforce",
                "version": 3,
                "fields": [{"id": "f1", "name": "Email", "user_added": False}, None],
                "identifier": "",
                "tracking_columns": None,
                "relations": [{"from": "AccountId", "to": {"model_id": "m2", "field": "Id"}}],
                "labels": [{"id": "l1", "name": "EU"}],
                "policies": ["p1"],
                "enricher": {
                    "connection_id": "c2",
                    "configuration": {"object": "people"},
                    "mappings": {"work_email": "email"},
                    "fields": [{"name": "title"}],
                },
                "organization_id": "o1",
                "created_at": "2024-01-15T09:30:00Z",
                "something_new": 1,
            }
        )
    )
    model = polytomic.models.get("m1").data
    assert (server.requests[0].method, server.requests[0].path) == ("GET", "/api/models/m1")
    assert (model.type, model.version, model.identifier) == ("salesforce", 3, "")
    assert [(field.name, field.user_added) for field in model.fields or ()] == [("Email", False)]
    [relation] = model.relations or []
    assert relation.model_dump(by_alias=True) == {
        "from": "AccountId",
        "to": {"model_id": "m2", "field": "Id"},
    }
    assert model.enricher is not None
    assert model.enricher.mappings == {"work_email": "email"}
    assert [field.name for field in model.enricher.fields or ()] == ["title"]
    assert (model.policies, model.organization_id, model.tracking_columns) == (["p1"], "o1", None)
    assert model.created_at is not None


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["EU", "B2B"], ["EU", "B2B"]),
        ([{"id": "l1", "name": "EU"}, "B2B"], ["EU", "B2B"]),
        ([{"id": "l1"}, {"id": "l2", "name": None}], ["l1", "l2"]),
        ([{}, None, {"color": "red"}], []),
        (None, []),
    ],
)
def test_labels_are_names_however_they_come(labels: Any, names: list[str]) -> None:
    model = ModelReply.model_validate({"id": "m1", "labels": labels})
    assert model.label_names == names


@pytest.mark.parametrize("given_type", ["salesforce", {"id": "salesforce", "name": "Salesforce"}])
def test_a_type_is_an_id_however_it_comes(given_type: Any) -> None:
    assert ModelReply.model_validate({"id": "m", "type": given_type}).type == "salesforce"


def test_a_list_is_whole_in_one_piece_or_in_pages(server: Server, polytomic: Polytomic) -> None:
    server.play(
        data([{"id": "1"}, {"id": "2"}]),
        answer(200, {"data": [{"id": "1"}], "pagination": {"next_page_token": "b"}}),
        answer(200, {"data": [{"id": "2"}], "pagination": {}}),
    )
    assert [model.id for model in polytomic.models.list().data] == ["1", "2"]
    assert [model.id for model in polytomic.models.list().data] == ["1", "2"]
    assert [r.query for r in server.requests] == [{}, {}, {"page_token": ["b"]}]


def test_delete_takes_an_empty_reply(server: Server, polytomic: Polytomic) -> None:
    server.play(answer(204))
    assert polytomic.models.delete("m1").data is None
    assert (server.requests[0].method, server.requests[0].path) == ("DELETE", "/api/models/m1")


def test_errors_have_their_names(server: Server, polytomic: Polytomic) -> None:
    request = ModelRequest.model_validate(BODY)
    server.play(
        answer(404, {"message": "no model", "status": 404}),
        answer(400, {"message": "no such connection"}),
        answer(500, {"message": "broken"}),
    )
    with pytest.raises(NotFound):
        polytomic.models.get("m1")
    with pytest.raises(BadRequest, match="no such connection"):
        polytomic.models.create(request, idempotency_key="a-key-of-this-test")
    with pytest.raises(ServerError, match="broken"):
        polytomic.models.create(request, idempotency_key="another-key-of-this-test")
    assert len(server.requests) == 3


@pytest.mark.parametrize("body", [{"data": None}, {"data": {"name": "no id"}}, {}, None, "x"])
def test_a_reply_of_another_shape_is_said_to_be_that(
    server: Server, polytomic: Polytomic, body: Any
) -> None:
    server.play(answer(200, body))
    with pytest.raises(UnexpectedReply, match=r"^GET /api/models/m1: the reply"):
        polytomic.models.get("m1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": 5},
        {"fields": ["a", 1]},
        {"configuration": None},
        {"relations": [{"from": "a", "to": {"model_id": "m"}}]},
        {"additional_fields": [{"name": "a", "type": "string"}]},
        {"refresh": "yes"},
        {"unknown": 1},
    ],
)
def test_requests_are_strict(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ModelRequest.model_validate({**BODY, **wrong})


def test_nothing_secret_is_in_a_repr() -> None:
    secret = {"query": "SELECT 'hidden-value'"}
    enricher = {"connection_id": "c", "configuration": secret, "fields": [secret]}
    fields = [{"name": "Email", "example": "hidden-value"}]
    request = ModelRequest.model_validate({**BODY, "configuration": secret, "enricher": enricher})
    reply = ModelReply.model_validate(
        {
            "id": "m",
            "configuration": secret,
            "enricher": {"configuration": secret},
            "fields": fields,
        }
    )
    assert request.configuration == reply.configuration == secret
    assert "hidden-value" not in f"{request!r} {request} {reply!r} {reply} {reply.fields!r}"


def test_a_sample_has_rows_by_model_and_enricher(server: Server, polytomic: Polytomic) -> None:
    rows = [{"m1": {"Email": "a@example.com"}, "e1": None}, None]
    server.play(data({"records": rows, "warnings": [None, "slow"]}))
    found = polytomic.models.sample("m1").data
    assert server.requests[0].path == "/api/models/m1/sample"
    assert found.records == rows[:1]
    assert found.warnings == ["slow"]
    assert "example.com" not in repr(found)


def test_a_sample_that_becomes_a_job_is_waited_for(server: Server, polytomic: Polytomic) -> None:
    job = {"job_id": "j1", "type": "samplemodel", "status": "running"}
    result = {"records": [{"m1": {"Email": None}}]}
    server.play(
        answer(200, {"job": job}),
        data({**job, "status": "done", "result": result}),
    )
    assert polytomic.models.sample("m1").data.records == result["records"]
    assert server.requests[1].path == "/api/jobs/samplemodel/j1"
