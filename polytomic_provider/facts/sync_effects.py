"""What syncs do to their target and when a change of one counts, as far as it is documented.

Each text is a sentence's part for a person. What no document says has no entry here.

Sources: the sync modes at docs.polytomic.com; `POST /api/syncs`, `PUT /api/syncs/{id}`, `POST
/api/syncs/{id}/activate`, `POST /api/syncs/{id}/executions`.
"""

from collections.abc import Mapping
from typing import Final

MODE_EFFECTS: Final[Mapping[str, str]] = {
    "create": "inserts new records and leaves existing ones untouched",
    "update": "updates records that match and creates none",
    "updateOrCreate": "updates records that match and creates the others",
    "replace": "replaces all records of the target",
    "append": "adds records without looking for ones that are there",
    "remove": "deletes the records of the target that match",
}

EFFECTIVE_AT_ONCE: Final = ("active", "schedule", "policies")
"""The arguments whose change counts at once; a change of any other counts from the next run on."""

CHANGES_RECORDS: Final = frozenset(
    {"fields", "identity", "identities", "overrides", "override_fields", "target"}
)
"""The arguments that decide what is written for a record."""

CHANGED_ONLY: Final = (
    "Polytomic sends the records that changed since the last run; a run started with `resync` "
    "sends all"
)
ALL_RECORDS: Final = "every run syncs all records, changed or not"
BACKFILL: Final = "its first run is the initial backfill"
NO_BACKFILL: Final = (
    "the initial backfill is skipped: only records seen after it is enabled are synced"
)
INACTIVE: Final = "it is not active, so neither its schedule nor a manual trigger runs it"
ACTIVATED: Final = "it becomes active at once"
DEACTIVATED: Final = "it is deactivated at once, which does not cancel a run in progress"
RESCHEDULED: Final = "the schedule changes at once"
NEXT_RUN: Final = "takes effect on its next run"
