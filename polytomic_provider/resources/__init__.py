"""What a user's program declares: keyword arguments, outputs, documentation."""

from polytomic_provider.resources.connection import Connection

__all__ = ["Connection"]
