"""Values as Pulumi hands them over, made plain: no unknowns of its own, no doubles for integers."""

from collections.abc import Mapping
from typing import Any, cast

import pulumi

from polytomic_provider.validation import Unknown

PROVIDER_KEY = "__provider"


def plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties without the serialized provider, in plain Python values."""
    return {key: _plain(value) for key, value in properties.items() if key != PROVIDER_KEY}


def _plain(value: Any) -> Any:
    if isinstance(value, pulumi.output.Unknown):
        return Unknown()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in cast("list[Any]", value)]
    return value
