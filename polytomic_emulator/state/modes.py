"""The sync modes: what each does to the target. Source: the official clients' mode enumeration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mode:
    """One mode. creates, updates: whether it writes new records, existing ones."""

    label: str
    description: str
    creates: bool = False
    updates: bool = False


MODES = {
    "create": Mode("Create", "Adds new records and leaves existing ones alone.", creates=True),
    "update": Mode("Update", "Changes existing records only.", updates=True),
    "updateOrCreate": Mode(
        "Update or create", "Changes existing records and adds new ones.", True, True
    ),
    "replace": Mode("Replace", "Replaces every record of the target.", creates=True),
    "append": Mode("Append", "Adds every record, also those that exist.", creates=True),
    "remove": Mode("Remove", "Removes the records that match."),
    "snapshot": Mode("Snapshot", "Adds a dated copy of every record.", creates=True),
}
