"""Reading request bodies: a value of the wrong JSON type is refused with the path of its key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from polytomic_emulator.errors import BadRequest, Forbidden
from polytomic_emulator.http.messages import Call

T = TypeVar("T")


@dataclass(frozen=True)
class Reader:
    """An object of a request body and where it stands; null counts as left out."""

    values: dict[str, Any]
    path: str = ""

    def at(self, key: str) -> str:
        """The path of a key, such as `fields[2].target`."""
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, key: str, what: str, **about: Any) -> BadRequest:
        """The refusal of a key's value. `about`: more of its metadata."""
        return BadRequest(f"{self.at(key)} {what}", field=self.at(key), **about)

    def has(self, key: str) -> bool:
        """Whether a key has a value."""
        return self.values.get(key) is not None

    def any(self, key: str) -> Any:
        """A value of any JSON type, or None."""
        return self.values.get(key)

    def text(self, key: str) -> str | None:
        """A string, or None."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, str):
            raise self.wrong(key, "must be a string")
        return value

    def required_text(self, key: str) -> str:
        """A string that must be there. An empty one is left to the rules."""
        value = self.text(key)
        if value is None:
            raise self.wrong(key, "is required")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A boolean."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, "must be a boolean")
        return default if value is None else value

    def integer(self, key: str) -> int | None:
        """A whole number, also written as `5.0`, or None."""
        value = self.values.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if value is not None and type(value) is not int:
            raise self.wrong(key, "must be a whole number")
        return value

    def texts(self, key: str) -> list[str]:
        """A list of strings; none when left out."""
        items = self._items(key)
        if not all(isinstance(item, str) for item in items):
            raise self.wrong(key, "must be a list of strings")
        return items

    def object(self, key: str) -> dict[str, Any]:
        """An object; an empty one when left out, as the Go client does with empty maps."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.wrong(key, "must be an object")
        return cast("dict[str, Any]", value or {})

    def text_map(self, key: str) -> dict[str, str]:
        """An object whose values are strings."""
        found = self.object(key)
        for name, value in found.items():
            if not isinstance(value, str):
                raise self.wrong(f"{key}.{name}", "must be a string")
        return found

    def inner(self, key: str) -> "Reader | None":
        """An object inside, or None."""
        return Reader(self.object(key), self.at(key)) if self.has(key) else None

    def required_inner(self, key: str) -> "Reader":
        """An object inside that must be there."""
        found = self.inner(key)
        if found is None:
            raise self.wrong(key, "is required")
        return found

    def each(self, key: str, read: Callable[["Reader"], T]) -> list[T]:
        """A list of objects, each read by a function; none when left out."""
        found: list[T] = []
        for position, item in enumerate(self._items(key)):
            path = f"{key}[{position}]"
            if not isinstance(item, dict):
                raise self.wrong(path, "must be an object")
            found.append(read(Reader(cast("dict[str, Any]", item), self.at(path))))
        return found

    def _items(self, key: str) -> list[Any]:
        value = self.values.get(key)
        if value is not None and not isinstance(value, list):
            raise self.wrong(key, "must be a list")
        return cast("list[Any]", value or [])


def addresses(body: Reader, key: str) -> list[str]:
    """A list of e-mail addresses. Raises BadRequest."""
    found = body.texts(key)
    for position, written in enumerate(found):
        name, at, domain = written.partition("@")
        if not (name and at and domain):
            raise body.wrong(f"{key}[{position}]", "must be an e-mail address")
    return found


SERVER_KEY = "added_by_server"
"""The key that the switch `server_keys` adds to objects, and that no request changes."""


def body_of(call: Call) -> Reader:
    """The request's body. Raises Forbidden when it names another workspace than the caller's.

    An empty id names none: the official Terraform provider sends one where it knows none.
    """
    body = Reader(_without_server_keys(call.json()))
    asked = body.text("organization_id")
    own = call.caller.workspace
    if asked and own is not None and asked != own.id:
        raise Forbidden("this key cannot act in that organization", field="organization_id")
    return body


def _without_server_keys(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: _without_server_keys(item) for key, item in pairs if key != SERVER_KEY}
    if isinstance(value, list):
        return [_without_server_keys(item) for item in cast("list[Any]", value)]
    return value


def is_web_url(text: str) -> bool:
    """Whether a text is an http or https URL with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def actor_of(call: Call) -> dict[str, str]:
    """Who did it, as in `created_by`."""
    workspace = call.workspace
    return {"id": workspace.user_id, "name": workspace.user_email, "type": call.caller.kind}
