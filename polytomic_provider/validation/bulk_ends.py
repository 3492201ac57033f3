"""What the two connections of a bulk sync have, and their configurations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from polytomic_provider.validation.problems import Problem, is_unknown, join_path, one_of


@dataclass(frozen=True)
class ConfigurationKey:
    """One key of a configuration. values: the only ones that it takes; empty: any."""

    required: bool = False
    values: Sequence[str] = ()


@dataclass(frozen=True)
class BulkObject:
    """An object that can be copied; `fields` are empty where nobody says."""

    id: str
    fields: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


@dataclass(frozen=True)
class BulkEnd:
    """A connection as source or destination. What a server does not say is empty or None.

    label: what people call the service.
    """

    label: str
    keys: Mapping[str, ConfigurationKey] = field(default_factory=dict[str, ConfigurationKey])
    objects: Mapping[str, BulkObject] = field(default_factory=dict[str, BulkObject])
    modes: Sequence[str] = ()
    keeps_histories: bool | None = None


def configuration_problems(
    keys: Mapping[str, ConfigurationKey | None], given: Mapping[str, Any], path: str
) -> Iterator[Problem]:
    """Keys that there are not, keys that are missing, and values that a key does not take.

    Source: `GET /api/connections/{id}/bulksync/source`, `GET …/bulksync/target`.
    """
    if not keys:
        return
    for key, value in given.items():
        if value is None:
            continue
        if key not in keys:
            yield Problem(join_path(path, key), f"is not a key; {one_of(key, keys, 'key')}")
            continue
        known = keys[key]
        if known and known.values and isinstance(value, str) and value not in known.values:
            text = one_of(value, known.values, "value", show=True)
            yield Problem(join_path(path, key), text)
    for key, known in keys.items():
        value = given.get(key)
        if known and known.required and value in (None, "") and not is_unknown(value):
            yield Problem(join_path(path, key), "is required")
