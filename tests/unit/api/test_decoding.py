"""Error bodies of every documented form and of none, as errors for people."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_provider.api import (
    APIError,
    BadRequest,
    Conflict,
    Forbidden,
    InUse,
    NotFound,
    NotPolytomic,
    PolytomicError,
    RateLimited,
    ServerError,
    Transport,
    Unauthorized,
    Unprocessable,
    UsedBy,
    resolve_settings,
)

KEY = "pk-0123456789-very-secret"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just(KEY),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["key", "message", "metadata", "status", "error", "context", "used_by",
                         "type", "name", "id", KEY]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


def ask(response: httpx.Response, method: str = "GET") -> PolytomicError:
    """The error that a response becomes."""
    settings = resolve_settings({}, {"POLYTOMIC_API_KEY": KEY})
    http = httpx.Client(transport=httpx.MockTransport(lambda _: response))
    with http, pytest.raises(PolytomicError) as caught:
        Transport(settings, http=http).request(method, "/api/connections/c", retry=False)
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (409, Conflict),
        (410, APIError),
        (422, Unprocessable),
        (429, RateLimited),
        (500, ServerError),
        (504, ServerError),
        (599, ServerError),
    ],
)
@pytest.mark.parametrize("body", [{"message": "no"}, {}, [], None, "no", {"message": None}, 7])
def test_a_status_has_its_class_whatever_the_body(
    status: int, kind: type[APIError], body: Any
) -> None:
    error = ask(httpx.Response(status, json=body))
    assert type(error) is kind
    assert isinstance(error, APIError)
    assert error.status == status
    assert f"GET /api/connections/c: {status}" in error.message


@pytest.mark.parametrize("body", [{"status": 404}, {"key": "not_found", "message": "no"}])
def test_a_404_of_polytomic_says_that_something_is_gone(body: Any) -> None:
    assert type(ask(httpx.Response(404, json=body))) is NotFound


@pytest.mark.parametrize("body", [{"message": "Not Found"}, {}, [], None, "no", {"code": 5}, 7])
def test_a_404_of_a_gateway_says_nothing_about_the_object(body: Any) -> None:
    assert type(ask(httpx.Response(404, json=body))) is NotPolytomic


def test_the_newer_body_is_read() -> None:
    body = {"key": "invalid_name", "message": "too long", "metadata": {"max": 9}, "status": 422}
    error = ask(httpx.Response(422, json=body, headers={"X-Request-Id": "req_5"}))
    assert isinstance(error, APIError)
    assert (error.key, error.server_message, error.metadata) == (
        "invalid_name",
        "too long",
        {"max": 9},
    )
    assert error.message.startswith("GET /api/connections/c: 422")
    assert error.message.endswith("(request req_5)")


def test_the_older_body_is_read() -> None:
    body = {"code": 401, "context": {"a": "b"}, "error": "bad credential", "status": "401"}
    error = ask(httpx.Response(401, json=body))
    assert isinstance(error, Unauthorized)
    assert (error.server_message, error.metadata) == ("bad credential", {"a": "b"})


def test_a_refused_key_is_named_by_its_place_and_never_shown() -> None:
    error = ask(httpx.Response(401, json={"message": f"unknown key {KEY}"}))
    assert "The key is the apiKey from environment POLYTOMIC_API_KEY." in str(error)
    assert "a key of https://app.polytomic.com" in str(error)
    assert KEY not in str(error)


def test_a_key_that_the_server_repeats_is_masked_wherever_it_stands() -> None:
    metadata = {KEY: [{"sent": f"Bearer {KEY}"}]}
    error = ask(httpx.Response(422, json={"key": KEY, "message": KEY, "metadata": metadata}))
    assert isinstance(error, APIError)
    assert error.metadata == {"[secret]": [{"sent": "Bearer [secret]"}]}
    assert (error.key, error.server_message) == ("[secret]", "[secret]")


def test_a_key_that_may_not_do_this_is_named_by_its_place() -> None:
    assert "the apiKey from environment POLYTOMIC_API_KEY" in str(ask(httpx.Response(403)))


def test_in_use_names_the_users() -> None:
    used_by = [
        {"type": "model", "name": "Contacts", "id": "m1"},
        {"type": "sync", "id": 7},
        "garbage",
    ]
    body = {"message": "Connection in use by others", "metadata": {"used_by": used_by}}
    error = ask(httpx.Response(422, json=body), "DELETE")
    assert isinstance(error, InUse)
    assert error.users == [UsedBy("model", "Contacts", "m1"), UsedBy("sync", "?", "7")]
    assert "model 'Contacts' (m1)" in str(error)


@pytest.mark.parametrize("metadata", [None, [], {"used_by": None}, {"used_by": {}}, "text"])
def test_in_use_survives_metadata_of_any_kind(metadata: Any) -> None:
    body = {"message": "connection in use", "metadata": metadata}
    error = ask(httpx.Response(422, json=body), "DELETE")
    assert isinstance(error, InUse)
    assert error.users == []


def test_a_plain_text_of_the_server_is_shown() -> None:
    error = ask(httpx.Response(500, text="upstream\n\x1b[31mexploded"))
    assert "500 Internal Server Error: upstream \N{REPLACEMENT CHARACTER}[31mexploded" in str(error)


def test_a_status_409_knows_whether_it_passes() -> None:
    assert ask(httpx.Response(409, json={"message": "resource is locked"}), "PUT").retryable
    assert not ask(httpx.Response(409, json={"message": "must be unique"}), "PUT").retryable


@pytest.mark.parametrize("status", [408, 425, 429, 502])
def test_what_may_pass_is_retryable(status: int) -> None:
    assert ask(httpx.Response(status)).retryable


def test_json_nested_without_end_is_no_crash() -> None:
    error = ask(httpx.Response(400, content=b"[" * 100_000, headers={"Content-Type": "a/json"}))
    assert isinstance(error, BadRequest)


@settings(deadline=None)
@given(status=st.integers(400, 599), body=JSON, request_id=st.none() | st.just(KEY))
def test_no_answer_makes_the_key_appear(status: int, body: Any, request_id: str | None) -> None:
    headers = {"Content-Type": "application/json"}
    if request_id:
        headers["X-Request-Id"] = request_id
    error = ask(httpx.Response(status, content=json.dumps(body).encode(), headers=headers))
    assert KEY not in f"{error} {error!r} {error.args} {vars(error)}"


@settings(deadline=None)
@given(status=st.sampled_from([200, 302, 400, 404, 503]), words=st.binary(max_size=60))
def test_no_text_makes_the_key_appear(status: int, words: bytes) -> None:
    content = words + KEY.encode() + b"<html>" + words
    headers = {"Content-Type": KEY, "Location": f"https://{KEY}.example/{KEY}"}
    error = ask(httpx.Response(status, content=content, headers=headers))
    assert KEY not in f"{error} {error!r} {error.args} {vars(error)}"


@pytest.mark.parametrize(
    ("written", "read"),
    [("22.0", "22"), ("-3.0", "-3"), ("1e3", "1000"), ("0.5", "0.5"), ("1e300", "1e+300")],
)
def test_whole_numbers_are_read_as_integers(written: str, read: str) -> None:
    reply = httpx.Response(200, content=f'{{"data": {{"port": {written}}}}}')
    settings = resolve_settings({}, {"POLYTOMIC_API_KEY": KEY})
    with httpx.Client(transport=httpx.MockTransport(lambda _: reply)) as http:
        got = Transport(settings, http=http).request("GET", "/api/connections/c")
    assert json.dumps(got.data) == f'{{"port": {read}}}'
