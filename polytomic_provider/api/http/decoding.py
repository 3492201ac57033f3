"""Reads responses: a reply where Polytomic did what was asked, else the error that fits."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NoReturn, cast

import httpx
from pydantic import JsonValue

from polytomic_provider.api.http.errors import (
    APIError,
    BadRequest,
    Conflict,
    ConnectionDropped,
    Forbidden,
    InUse,
    NotFound,
    NotPolytomic,
    ProxyFailure,
    RateLimited,
    ServerError,
    Unauthorized,
    Unprocessable,
    UsedBy,
    with_request,
)
from polytomic_provider.api.http.exchange import Exchange, Failure
from polytomic_provider.api.http.replies import Reply, unwrap
from polytomic_provider.api.http.retries import (
    RETRIED_STATUSES,
    Cause,
    is_busy,
    parse_http_date,
    parse_retry_after,
)
from polytomic_provider.api.http.shown_text import whole_characters

# No header is documented; these are the usual names.
REQUEST_ID_HEADERS: Final = ("X-Request-Id", "X-Polytomic-Request-Id", "Request-Id")
# From here on a float does not tell every integer from its neighbours.
_FIRST_INEXACT: Final = 2.0**53
DEEPEST: Final = 100
"""How many objects and lists may stand in each other; the deepest reply of the API has ten."""
# Far more than is shown: what is cut before the key is looked for may show most of it.
_LONGEST_READ: Final = 20_000

_CLASSES: Final[Mapping[int, type[APIError]]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: Unprocessable,
    429: RateLimited,
}


@dataclass(frozen=True)
class ErrorBody:
    """What an error body says, in either documented form; everything may be missing."""

    key: str | None = None
    message: str | None = None
    metadata: Mapping[str, JsonValue] | None = None


def decode(response: httpx.Response, exchange: Exchange) -> Reply[JsonValue] | Failure:
    """Read a whole response that is no redirect.

    Args:
        response: Status, headers and the body, already read.
        exchange: What was asked.
    """
    status = response.status_code
    if 200 <= status < 300:
        return _decode_success(response, exchange)
    if status == 407:
        error = ProxyFailure(f"{exchange.asked}: the proxy on the way asks for a user (407)")
        return Failure(error, Cause.FINAL, status)
    body, is_json = _parse(response)
    if _is_foreign(response, status, body if is_json else None):
        return Failure(_not_polytomic(response, exchange), Cause.FINAL, status)
    read = read_error_body(body) if is_json else _read_text_body(response)
    error = api_error(status, read, request_id(response, exchange), exchange)
    return Failure(
        error,
        Cause.STATUS,
        status,
        read.message or read.key or "",
        parse_retry_after(
            response.headers.get("Retry-After"),
            at=parse_http_date(response.headers.get("Date")) or datetime.now(UTC),
        ),
    )


def request_id(response: httpx.Response, exchange: Exchange) -> str | None:
    """The request's id in the server's logs, if a header gives one."""
    for name in REQUEST_ID_HEADERS:
        value = exchange.clean(response.headers.get(name, ""), longest=100)
        if value:
            return value
    return None


def read_error_body(body: JsonValue) -> ErrorBody:
    """Read `{key, message, metadata, status}` or `{code, context, error, status}`, or anything."""
    if isinstance(body, str):
        return ErrorBody(message=body)
    if not isinstance(body, dict):
        return ErrorBody()
    metadata = body.get("metadata") or body.get("context")
    error = body.get("error")
    if isinstance(error, dict):
        return read_error_body(error)
    return ErrorBody(
        key=_text(body.get("key")),
        message=_text(body.get("message")) or _text(error),
        metadata=metadata if isinstance(metadata, dict) else None,
    )


def api_error(status: int, body: ErrorBody, request_id: str | None, exchange: Exchange) -> APIError:
    """The error for a status, with the hint that fits."""
    message = exchange.words(body.message) if body.message else None
    key = exchange.words(body.key, longest=100) if body.key else None
    metadata = cast("dict[str, JsonValue]", exchange.clean_json(dict(body.metadata or {})))
    asked = (request_id, exchange.method, exchange.path)
    if status == 422 and message and "connection in use" in message.lower():
        return InUse(key, message, metadata, *asked, users=_users(metadata, exchange))
    retryable = None
    if status == 409:
        retryable = is_busy(message or key or "", keyed_post=exchange.keyed_post)
    elif status == 500 and exchange.keyed_post:
        retryable = False
    elif status in RETRIED_STATUSES:
        retryable = True
    kind = _CLASSES.get(status, ServerError if status >= 500 else APIError)
    hint = _hint(status, exchange)
    return kind(status, key, message, metadata, *asked, hint=hint, retryable=retryable)


def _hint(status: int, exchange: Exchange) -> str | None:
    settings = exchange.settings
    key = f"The key is the {settings.key_kind.value} from {settings.key_place()}"
    if status == 401:
        return exchange.clean(
            f"{key}. Check that it is complete, not revoked, and a key of {settings.url}."
        )
    if status == 403:
        return f"{key}; its kind or its role does not allow this."
    return None


def _users(metadata: Mapping[str, JsonValue], exchange: Exchange) -> list[UsedBy]:
    listed = metadata.get("used_by")
    users: list[UsedBy] = []
    for user in listed if isinstance(listed, list) else []:
        if isinstance(user, dict):
            type_, name, id_ = (
                exchange.clean(_text(user.get(field)) or "?", longest=200)
                for field in ("type", "name", "id")
            )
            users.append(UsedBy(type_, name, id_))
    return users


def _text(value: JsonValue) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def _decode_success(response: httpx.Response, exchange: Exchange) -> Reply[JsonValue] | Failure:
    body, is_json = _parse(response)
    if not is_json and response.content.strip():
        if "json" in response.headers.get("Content-Type", "").lower():
            broken = ConnectionDropped(
                f"{exchange.asked}: the reply is not whole JSON ({len(response.content)} bytes)",
                arrived=True,
            )
            return Failure(broken, Cause.DROPPED, response.status_code)
        return Failure(_not_polytomic(response, exchange), Cause.FINAL, response.status_code)
    return Reply(
        status=response.status_code,
        data=unwrap(body),
        body=body,
        request_id=request_id(response, exchange),
        date=parse_http_date(response.headers.get("Date")),
        asked=exchange.asked,
    )


def _parse(response: httpx.Response) -> tuple[JsonValue, bool]:
    try:
        read = json.loads(response.content, parse_float=_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None, False
    body = cast("JsonValue", read)
    if _is_too_deep(response.content, body):
        return None, False
    return (_whole(body) if b"\\ud" in response.content.lower() else body), True


def _whole(value: JsonValue) -> JsonValue:
    """A value without halves of characters, which JSON has as `\\ud800` and Pulumi cannot carry."""
    if isinstance(value, str):
        return whole_characters(value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {whole_characters(key): _whole(one) for key, one in value.items()}
    return value


def _is_too_deep(content: bytes, body: JsonValue) -> bool:
    """Whether a reply is nested so deeply that what reads it might run out of stack."""
    if content.count(b"[") + content.count(b"{") <= DEEPEST:
        return False
    level = [body]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _number(written: str) -> int | float:
    """A number of a reply; `22.0` is 22, which can be sent back where an integer is asked for."""
    number = float(written)
    if not math.isfinite(number):
        _no_number(written)
    exact = abs(number) < _FIRST_INEXACT and number.is_integer()
    return int(number) if exact else number


def _is_foreign(response: httpx.Response, status: int, body: JsonValue) -> bool:
    # What may heal is retried whatever it looks like: load balancers answer 503 with a page.
    if status >= 500 or status in RETRIED_STATUSES:
        return False
    # A gateway's 404 is no word of Polytomic, and an object must not count as gone for it.
    if status == 404:
        return not _is_our_error(body, status)
    return body is None and bool(response.content.strip()) and _looks_like_html(response)


def _is_our_error(body: JsonValue, status: int) -> bool:
    """Whether an error body has what is documented and what no gateway's own errors have."""
    if not isinstance(body, dict):
        return False
    return body.get("status") == status or _text(body.get("key")) is not None


def _looks_like_html(response: httpx.Response) -> bool:
    content_type = response.headers.get("Content-Type", "").lower()
    return "html" in content_type or response.content.lstrip().startswith(b"<")


def _read_text_body(response: httpx.Response) -> ErrorBody:
    if not response.content.strip():
        return ErrorBody()
    if _looks_like_html(response):
        return ErrorBody(message="a web page came in place of JSON")
    return ErrorBody(message=_text_of(response))


def _text_of(response: httpx.Response) -> str:
    """The beginning of a text, whatever charset a header names: some are no text at all."""
    return response.content[:_LONGEST_READ].decode("utf-8", "replace")


def _not_polytomic(response: httpx.Response, exchange: Exchange) -> NotPolytomic:
    content_type = exchange.clean(response.headers.get("Content-Type", ""), longest=100)
    words = exchange.words(_text_of(response), longest=80)
    return NotPolytomic(
        exchange.clean(
            with_request(
                f"{exchange.asked}: {exchange.settings.url} answered with {response.status_code} "
                f"and {content_type or 'no content type'}, which is not how Polytomic answers; it "
                f"begins: {words or 'nothing'}",
                request_id(response, exchange),
            )
        ),
        arrived=True,
    )
