"""What services offer beyond their objects: values to choose from, enrichment, conditions.

Read from the files in `services/`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from polytomic_provider.facts.connection_types import ConnectionType

Value = Mapping[str, Any]
Inputs = list[list[str]]


@dataclass(frozen=True)
class Enrichment:
    """How a service enriches. selector: the configuration key that chooses what, of `inputs`.

    inputs: for each choice the sets of fields of which one must be mapped.
    """

    selector: str | None
    inputs: Mapping[str, Inputs]


@cache
def _file(name: str) -> dict[str, Any]:
    folder = files("polytomic_emulator") / "services"
    return json.loads((folder / name).read_text(encoding="utf-8"))


def parameter_values(kind: ConnectionType) -> dict[str, list[Value]]:
    """The keys whose values a connected service lists; they take `{value, label}`.

    Source: `POST /api/connection_types/{type}/parameter_values`.
    """
    known = _file("parameter_values.json")
    return {
        key: known[key]
        for key, found in kind.properties.items()
        if set(found.children) == {"value", "label"}
    }


def enrichment_of(kind: ConnectionType, configuration: Mapping[str, Any]) -> Enrichment | None:
    """How a connection enriches; None where it does not."""
    if kind.id == "httpenrichment":
        mappings: list[dict[str, Any]] = configuration.get("inputMappings") or []
        required = [one["name"] for one in mappings if one.get("name") and one.get("required")]
        return Enrichment(None, {"": [required]})
    found = _file("enrichments.json").get(kind.id)
    return Enrichment(**found) if found else None


def schema_conditions(type_id: str) -> dict[str, Any]:
    """JSON Schema keywords that make keys of a type's configuration depend on others."""
    return _file("schema_conditions.json").get(type_id, {})


def conditionally_required(type_id: str, configuration: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that the type's conditions require of this configuration."""
    return tuple(dict.fromkeys(_required(schema_conditions(type_id), configuration)))


def _required(schema: Mapping[str, Any], configuration: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for part in schema.get("allOf", ()):
        found += _required(part, configuration)
    for key, part in schema.get("dependentSchemas", {}).items():
        if key in configuration:
            for branch in part.get("oneOf", ()):
                if _holds(branch.get("properties", {}), configuration):
                    found += branch.get("required", [])
    if "if" in schema and _holds(schema["if"].get("properties", {}), configuration):
        found += schema["then"].get("required", [])
    return found


def _holds(properties: Mapping[str, Any], configuration: Mapping[str, Any]) -> bool:
    """Whether every key is there and is the `const`, or in the `enum`, of its schema."""
    return all(
        configuration.get(key) in one.get("enum", [one.get("const")]) and key in configuration
        for key, one in properties.items()
    )
