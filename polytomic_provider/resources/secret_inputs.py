"""Marks secret arguments as Pulumi secrets, even where the program does not."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, cast

import pulumi

from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import Property
from polytomic_provider.facts.secrets import carries_credential, may_be_secret, replace_credentials
from polytomic_provider.kinds.arguments import Arguments, facts_of

_SCALARS = ("string", "boolean", "integer", "number")


def seal_arguments(kind: type[Arguments], given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of one resource with each secret among them as a Pulumi secret.

    What is secret stands in the facts of the kind. A configuration, or an unclear part of one,
    that is an Output becomes secret whole: what is in it shows only when it is too late to decide.
    """
    sealed = dict(given)
    for name, facts in facts_of(kind).items():
        if name not in given:
            continue
        if facts.secret:
            sealed[name] = pulumi.Output.secret(given[name])
        elif facts.keyed_by is not None:
            sealed[name] = _configuration(given.get(facts.keyed_by), given[name])
        else:
            sealed[name] = replace_credentials(given[name], pulumi.Output.secret)
    return sealed


def _configuration(type_: Any, configuration: Any) -> Any:
    if not isinstance(type_, str):
        return pulumi.Output.secret(configuration)
    return _seal(type_, configuration, ())


def _seal(type_id: str, value: Any, path: tuple[str, ...]) -> Any:
    if value is None:
        return None
    if path and may_be_secret(type_id, path):
        return pulumi.Output.secret(value)
    if isinstance(value, pulumi.Output | Awaitable):
        later = cast("pulumi.Input[Any]", value)
        return later if _is_scalar(type_id, path) else pulumi.Output.secret(later)
    if isinstance(value, str):
        return pulumi.Output.secret(value) if carries_credential(value) else value
    if isinstance(value, Mapping):
        items = cast("Mapping[Any, Any]", value).items()
        return {key: _seal(type_id, item, (*path, str(key))) for key, item in items}
    if isinstance(value, Sequence):
        return [_seal(type_id, item, path) for item in cast("Sequence[Any]", value)]
    return value


def _is_scalar(type_id: str, path: tuple[str, ...]) -> bool:
    """Whether facts say that a single plain value stands here."""
    known = connection_types.get(type_id)
    properties: Mapping[str, Property] = known.properties if known else {}
    found: Property | None = None
    for name in path:
        found = properties.get(name)
        properties = found.children if found else {}
    return found is not None and found.json_type in _SCALARS
