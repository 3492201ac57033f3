"""Looks into values whose shape nobody has checked yet; one of another shape counts as empty."""

from typing import Any, cast


def as_mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def as_text(value: Any) -> str | None:
    """The value if it is a text, else None."""
    return value if isinstance(value, str) else None
