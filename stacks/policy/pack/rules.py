"""The rules, as functions of what a program declares; they need nothing of Pulumi.

Each yields a sentence for each thing that is wrong. A value that is not known yet breaks no rule.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from polytomic_provider.spec.sync_parse import spec_of


def unscheduled(sync: Mapping[str, Any]) -> Iterator[str]:
    """An active sync has to run by itself."""
    spec = spec_of(sync)
    schedule: Any = spec.schedule
    frequency = schedule.get("frequency") if isinstance(schedule, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if spec.plain.get("active") is True and frequency == "manual":
        yield "it is active, but it has no schedule: give it one, or set active=False"


def protected(
    sync: Mapping[str, Any], fields: Collection[str], tag: str, connection: str | None
) -> Iterator[str]:
    """A field of the list goes only to a connection whose name has the tag.

    connection: name of the connection that the sync writes to; None where it is not known.
    """
    if connection is not None and tag.casefold() in connection.casefold():
        return
    listed = {one.casefold() for one in fields}
    spec = spec_of(sync)
    where = f"connection {connection!r}, whose name" if connection else "a connection whose name"
    ways = {
        (str(one.source.field), str(one.target))
        for one in (*spec.mappings, *spec.identities)
        if one.source is not None
    }
    for source, target in sorted(ways):
        if source.casefold() in listed:
            yield f"{source!r} is protected, and goes to {target!r} of {where} has no {tag!r}"


def misnamed(arguments: Mapping[str, Any], pattern: str) -> Iterator[str]:
    """A name has to be of one form."""
    name = arguments.get("name")
    if isinstance(name, str) and not re.fullmatch(pattern, name):
        yield f"the name {name!r} is not of the form {pattern}"
