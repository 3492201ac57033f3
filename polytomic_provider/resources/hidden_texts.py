"""Collects the secret texts of a resource, which no message may show."""

from collections.abc import Awaitable, Collection, Mapping, Sequence
from typing import Any, cast

import pulumi

from polytomic_provider.host.program_secrets import texts_at
from polytomic_provider.kinds import HANDLERS, Handler
from polytomic_provider.resources.preview.declared import Declared


async def secrets_of(declared: Declared) -> list[str]:
    """Every secret text among the arguments: by the facts, and by the program."""
    paths = await secret_paths(declared.given)
    return secrets_at(paths, HANDLERS[declared.kind], await declared.wanted)


def secrets_at(paths: Collection[str], handler: Handler, arguments: Mapping[str, Any]) -> list[str]:
    """The texts at these dotted paths, and what the facts call secret."""
    return [*handler.secrets(arguments), *texts_at(arguments, paths)]


async def secret_paths(value: Any, path: str = "") -> set[str]:
    """The dotted paths of the values that the program made secret, or may have."""
    if isinstance(value, pulumi.Output):
        return {path} if await cast("pulumi.Output[Any]", value).is_secret() else set()
    if isinstance(value, Awaitable):
        return {path}
    found: set[str] = set()
    if isinstance(value, Mapping):
        for key, item in cast("Mapping[str, Any]", value).items():
            found |= await secret_paths(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in cast("Sequence[Any]", value):
            found |= await secret_paths(item, path)
    return found
