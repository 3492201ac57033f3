"""A reply of Polytomic: the status, the useful part of the body, and what its headers tell."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Generic, TypeVar, cast

from pydantic import BaseModel, JsonValue, ValidationError

from polytomic_provider.api.http.errors import UnexpectedReply, with_request

T = TypeVar("T")
U = TypeVar("U")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Reply(Generic[T]):
    """A successful reply.

    Attributes:
        status: HTTP status, 2xx.
        data: What the `data` envelope holds, or the body where there is none; None if empty.
        body: The whole JSON body.
        request_id: The request's id in the server's logs, if a header gave one.
        date: The server's clock (header `Date`), with zone.
        asked: Method and path of the request, for messages.
    """

    status: int
    data: T = field(repr=False)
    body: JsonValue = field(default=None, repr=False)
    request_id: str | None = None
    date: datetime | None = None
    asked: str = ""

    def having(self, data: U) -> "Reply[U]":
        """The same reply with its data in another form."""
        return replace(cast("Reply[U]", self), data=data)

    def unexpected(self, what: str) -> UnexpectedReply:
        """The error that this reply is not what is documented."""
        return UnexpectedReply(with_request(f"{self.asked}: {what}", self.request_id), arrived=True)


def unwrap(body: JsonValue) -> JsonValue:
    """What the `data` envelope holds; the body itself where there is no envelope."""
    if isinstance(body, dict) and "data" in body:
        return body["data"]
    return body


def as_model(reply: Reply[JsonValue], model: type[M]) -> Reply[M]:
    """The reply with its data read as one object.

    Raises:
        UnexpectedReply: The data is no such object.
    """
    return reply.having(_read(reply, reply.data, model))


def as_models(reply: Reply[list[JsonValue]], model: type[M]) -> Reply[list[M]]:
    """The reply with its data read as a list of objects.

    Raises:
        UnexpectedReply: One element is no such object.
    """
    return reply.having([_read(reply, element, model) for element in reply.data])


def as_object(reply: Reply[JsonValue]) -> Reply[dict[str, JsonValue]]:
    """The reply with its data as a plain JSON object.

    Raises:
        UnexpectedReply: The data is no object.
    """
    if not isinstance(reply.data, dict):
        raise reply.unexpected("the reply is not a JSON object")
    return reply.having(reply.data)


def as_objects(reply: Reply[list[JsonValue]]) -> Reply[list[dict[str, JsonValue]]]:
    """The reply with its data as a list of plain JSON objects.

    Raises:
        UnexpectedReply: One element is no object.
    """
    objects = [one for one in reply.data if isinstance(one, dict)]
    if len(objects) < len(reply.data):
        raise reply.unexpected("the reply is not a list of JSON objects")
    return reply.having(objects)


def _read(reply: Reply[U], data: JsonValue, model: type[M]) -> M:
    if data is None:
        raise reply.unexpected("the reply is empty where an object was expected")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # Places and kinds only: the values may be secret.
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc'])) or 'the object'}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)[:5]
        )
    raise reply.unexpected(f"the reply cannot be read: {problems}")
