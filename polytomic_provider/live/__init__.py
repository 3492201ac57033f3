"""Arguments held to what Polytomic and the connected services really have; reads, never writes."""

from polytomic_provider.live.checks import DeclaredModel, check_connection, check_model, check_sync
from polytomic_provider.live.not_checked import NotChecked
from polytomic_provider.live.references import (
    Reference,
    changed_references,
    missing_object,
    reference_problems,
    references_of,
)
from polytomic_provider.live.result import LiveResult
from polytomic_provider.live.schemas import Schemas, selection

__all__ = [
    "DeclaredModel",
    "LiveResult",
    "NotChecked",
    "Reference",
    "Schemas",
    "changed_references",
    "check_connection",
    "check_model",
    "check_sync",
    "missing_object",
    "reference_problems",
    "references_of",
    "selection",
]
