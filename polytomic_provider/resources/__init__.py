"""What a user's program declares: keyword arguments, outputs, documentation."""

from polytomic_provider.resources.connection import Connection
from polytomic_provider.resources.model import Model
from polytomic_provider.resources.readiness import ConnectionReadiness
from polytomic_provider.resources.sync import Sync

__all__ = ["Connection", "ConnectionReadiness", "Model", "Sync"]
