"""Registers a dynamic resource as Pulumi's SDK does, with one pickled provider per kind.

The SDK pickles the provider for each resource and wraps the pickler once more each time, so that
a program of some 980 resources ended in a RecursionError.
"""

import asyncio
import base64
import pickle
from contextlib import suppress
from functools import cache
from typing import Any

import pulumi

from polytomic_provider.dynamic import DynamicProvider
from polytomic_provider.host.call import PROVIDER


@cache
def pickled_provider(kind: str) -> str:
    """The text by which users' states know the provider of `kind`; what the SDK makes of it."""
    return base64.b64encode(pickle.dumps(DynamicProvider(kind), protocol=4)).decode()


def register(
    resource: pulumi.dynamic.Resource,
    kind: str,
    name: str,
    props: dict[str, Any],
    opts: pulumi.ResourceOptions | None,
) -> None:
    """Do what the constructor of `pulumi.dynamic.Resource` does for a provider of `kind`."""
    token = type(resource)._resource_type_name  # pyright: ignore[reportPrivateUsage]
    props[PROVIDER] = pickled_provider(kind)
    pulumi.CustomResource.__init__(resource, f"pulumi-python:{token}", name, props, opts)
    _await_registrations_first()


def _await_registrations_first() -> None:
    """Have the SDK await each registration in turn when the program ends.

    At that moment no registration has begun yet, and the SDK, which then sees none, would wait
    for every output at once and look at all of them again for each answer of the engine.
    """
    settings: Any = pulumi.runtime.settings
    with suppress(AttributeError):  # private to the SDK, and only a matter of speed
        registrations: list[Any] = settings._get_rpc_manager().rpcs
        if not registrations:
            begun = asyncio.get_event_loop().create_future()
            begun.set_result(None)
            registrations.append(begun)
