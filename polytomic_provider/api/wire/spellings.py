"""Parts of replies that arrive in more than one spelling, each read into one."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, cast

from pydantic import BeforeValidator


def _as_text(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _as_object(key: str) -> BeforeValidator:
    def wrap(value: object) -> object:
        if value is None or isinstance(value, Mapping):
            return cast("object", value)
        return {key: value}

    return BeforeValidator(wrap)


def _elements(value: Any) -> Any:
    if isinstance(value, list):
        return [element for element in cast("list[Any]", value) if element is not None]
    return value


Text = Annotated[str | None, BeforeValidator(_as_text)]
"""A text; a number, a boolean or anything else that came in its place as its JSON."""

BareName = _as_object("name")
"""Marks an object that may come as the bare text of its `name`."""

BareId = _as_object("id")
"""Marks an object that may come as the bare text of its `id`."""

BareValue = _as_object("value")
"""Marks an object that may come as its bare `value`."""

NoNulls = BeforeValidator(_elements)
"""Marks a list whose null elements say nothing."""
