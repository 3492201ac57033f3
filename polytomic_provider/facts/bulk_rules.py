"""What a bulk sync is made of: modes, settings with few values, frequencies.

Source: `POST /api/bulk/syncs`.
"""

from typing import Final

from polytomic_provider.facts.sync_rules import FREQUENCIES

MODES: Final = ("replicate", "snapshot", "append")
DISCOVER: Final = ("all", "onlyIncremental", "onlyNonIncremental", "none")
"""Which new objects or fields of the source are copied without being asked for."""
NORMALIZE_NAMES: Final = ("enabled", "disabled", "legacy")
SELECTIVE_MODES: Final = ("none", "incrementalFields", "nonincrementalFields")
RESYNC_MODES: Final = ("normal", "refetch", "resync", "rebuild")
"""How a schedule of its own runs."""
BULK_FREQUENCIES: Final = tuple(
    one for one in FREQUENCIES if one not in ("runafter", "dbtcloud", "multi")
)
"""Schedules of bulk syncs have no keys for what runs before them."""
