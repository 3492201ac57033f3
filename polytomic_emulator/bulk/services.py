"""What services take as source and as destination of bulk syncs, read from `services/bulk.json`.

Source: the shapes of `BulkSyncDest` and `BulkSyncSource` of the official Python package. Which keys
a service has is not documented in full: `schema` and `dataset` are those of the examples of the
Terraform provider; the other keys are our reading.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Keys = Mapping[str, Mapping[str, Any]]
"""Key of a configuration → `default`, `required`, and `items` where only some values will do."""

MODES = {
    "replicate": ("Replicate", "Keeps the destination equal to the source."),
    "snapshot": ("Snapshot", "Writes a full copy at every run."),
    "append": ("Append", "Adds what was read to what is there."),
}


@dataclass(frozen=True)
class Destination:
    """What a service takes as destination."""

    configuration: Keys
    modes: tuple[str, ...]
    history: bool


@cache
def _written() -> dict[str, Any]:
    file = files("polytomic_emulator") / "services" / "bulk.json"
    return json.loads(file.read_text(encoding="utf-8"))


def destination_of(type_id: str) -> Destination | None:
    """What a type takes as destination; None where it cannot be one."""
    if type_id in _written()["no_destinations"]:
        return None
    known = _written()["destinations"]
    found = known.get(type_id, known["*"])
    return Destination(found["configuration"], tuple(found["modes"]), found["history"])


def destination_keys(type_id: str) -> Keys:
    """The keys of a destination's configuration; none where it cannot be one."""
    found = destination_of(type_id)
    return found.configuration if found else {}


def source_keys(type_id: str) -> Keys:
    """The keys of a source's configuration."""
    known = _written()["sources"]
    return known.get(type_id, known["*"])


def has_namespaces(type_id: str) -> bool:
    """Whether the part of an object's id before its last dot is a namespace."""
    return type_id in _written()["namespaces"]


def with_defaults(keys: Keys, configuration: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration with the default of every key that it lacks."""
    return {key: one["default"] for key, one in keys.items()} | dict(configuration)
