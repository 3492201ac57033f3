"""What a model sync is made of: modes, identity strategies, frequencies.

Source: `POST /api/syncs`, `GET /api/syncs/schedules`.
"""

from collections.abc import Mapping
from typing import Final

MODES: Final = ("create", "update", "updateOrCreate", "replace", "append", "remove", "snapshot")
MODES_THAT_CREATE: Final = ("create", "updateOrCreate", "replace", "append", "snapshot")
"""The modes that write new records into the target."""
MODES_THAT_UPDATE: Final = ("update", "updateOrCreate")
"""The modes that change records of the target."""
MODES_WITH_IDENTITY: Final = ("update", "updateOrCreate", "remove")
MODES_THAT_MATCH: Final = ("create", *MODES_WITH_IDENTITY)
"""The modes in which a record without a value of the identity fails."""
IDENTITY_STRATEGIES: Final = ("priority", "and")
FIELD_MODES: Final = ("create", "update", "updateOrCreate")
"""The modes that one mapping may have of its own; `create` writes the field once."""
ZERO_ID: Final = "00000000-0000-0000-0000-000000000000"

FREQUENCIES: Final[Mapping[str, tuple[str, ...]]] = {
    "manual": (),
    "continuous": (),
    "hourly": ("minute",),
    "daily": ("hour", "minute"),
    "weekly": ("day_of_week", "hour", "minute"),
    "custom": ("minute", "hour", "day_of_month", "month", "day_of_week"),
    "builder": ("minute", "hour", "day_of_month", "month", "day_of_week"),
    "runafter": ("run_after",),
    "dbtcloud": ("connection_id", "job_id"),
    "multi": (),
}
"""Each frequency with the parts that its schedule needs."""

WEEKDAYS: Final = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
