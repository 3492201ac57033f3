"""Remembers from what something was made, so that the next set-up can leave it alone."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast


def digest(*contents: bytes) -> str:
    """One SHA-256 over several contents, each kept apart from the next."""
    result = hashlib.sha256()
    for content in contents:
        result.update(len(content).to_bytes(8, "big") + content)
    return result.hexdigest()


def read_stamp(path: Path) -> dict[str, str]:
    """The facts of a stamp file; none if there is no readable one."""
    try:
        facts = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    if not isinstance(facts, dict):
        return {}
    return {str(key): str(value) for key, value in cast("dict[Any, Any]", facts).items()}


def write_stamp(path: Path, facts: Mapping[str, str]) -> None:
    """Writes a stamp file in one step: an interrupted set-up leaves the old one or the new one."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(json.dumps(dict(facts), indent=2) + "\n")
    partial.replace(path)
