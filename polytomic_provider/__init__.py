"""Polytomic connections, models and syncs as Pulumi resources.

from polytomic_provider import Connection

salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
)
pulumi.export("auth_url", salesforce.auth_url)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polytomic_provider.resources.connection import Connection

__all__ = ["Connection"]

_HOMES = {"Connection": "polytomic_provider.resources.connection"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the provider's process needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
