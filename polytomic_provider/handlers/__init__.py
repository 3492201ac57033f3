"""What each kind of object does in Polytomic: compare, create, read, update, delete. No Pulumi."""

from collections.abc import Mapping
from types import MappingProxyType

from polytomic_provider.handlers.connection import ConnectionHandler
from polytomic_provider.handlers.handler import Handler

HANDLERS: Mapping[str, Handler] = MappingProxyType({"Connection": ConnectionHandler()})
"""Every kind by its name, which stands in users' state for ever."""

__all__ = ["HANDLERS", "Handler"]
