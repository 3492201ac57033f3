"""Arguments held to what Polytomic and the connected services really have; reads, never writes."""

from polytomic_provider.live.checks import check_connection, check_fields, check_model, check_sync
from polytomic_provider.live.context import LiveContext
from polytomic_provider.live.not_checked import NotChecked
from polytomic_provider.live.result import LiveResult
from polytomic_provider.live.schemas import Schemas, selection

__all__ = [
    "LiveContext",
    "LiveResult",
    "NotChecked",
    "Schemas",
    "check_connection",
    "check_fields",
    "check_model",
    "check_sync",
    "selection",
]
