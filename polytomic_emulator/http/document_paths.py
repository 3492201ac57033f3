"""Paths into JSON documents, such as `fields[0].target`: read, looked up, set."""

import re
from copy import deepcopy
from typing import Any, cast

from polytomic_emulator.errors import BadRequest

Path = tuple[str | int, ...]
_PART = re.compile(r"""([^.\[\]]+)|\[(\d+)\]|\[(['"]?)(.*?)\3\]""")


def read_path(text: str) -> Path:
    """Read a path: keys with dots between them, `[0]` for a place, `["a.b"]` for any other key."""
    found: list[str | int] = []
    at = 0
    while at < len(text):
        at += text[at] == "." and bool(found)
        match = _PART.match(text, at)
        if match is None:
            raise BadRequest(f"path {text!r} cannot be read", field="path")
        key, place, _, quoted = match.groups()
        found.append(int(place) if place is not None else key if key is not None else quoted)
        at = match.end()
    if not found:
        raise BadRequest("path must not be empty", field="path")
    return tuple(found)


def value_at(document: Any, path: Path) -> Any:
    """The value at a path, or None where there is nothing."""
    for part in path:
        if isinstance(document, dict):
            document = cast("dict[Any, Any]", document).get(str(part))
        elif isinstance(document, list) and isinstance(part, int):
            items = cast("list[Any]", document)
            document = items[part] if part < len(items) else None
        else:
            return None
    return document


def with_value(document: Any, path: Path, value: Any) -> Any:
    """A copy with another value at a path; None takes the key or the item away.

    The last part may be a new key, or the place behind a list's end. Raises BadRequest.
    """
    copied = deepcopy(document)
    outer = value_at(copied, path[:-1])
    last = path[-1]
    if isinstance(outer, list) and isinstance(last, int):
        items = cast("list[Any]", outer)
        if last > len(items) or (value is None and last == len(items)):
            raise BadRequest(f"there are only {len(items)} items", field="path")
        items[last : last + 1] = [] if value is None else [value]
    elif isinstance(outer, dict):
        keys = cast("dict[str, Any]", outer)
        keys.pop(str(last), None)
        if value is not None:
            keys[str(last)] = value
    else:
        raise BadRequest("there is nothing at this path", field="path")
    return copied
