"""The rules, as functions of what a program declares; they need nothing of Pulumi.

Each yields a sentence for each thing that is wrong. A value that is not known yet breaks no rule.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from polytomic_provider.spec.sync_parse import spec_of
from polytomic_provider.validation.untyped import as_list, as_mapping


def unscheduled(sync: Mapping[str, Any]) -> Iterator[str]:
    """An active sync has to run by itself."""
    spec = spec_of(sync)
    frequency = as_mapping(spec.schedule).get("frequency")
    if spec.plain.get("active") is True and frequency == "manual":
        yield "it is active, but it has no schedule: give it one, or set active=False"


def unscheduled_bulk(bulk_sync: Mapping[str, Any]) -> Iterator[str]:
    """An active bulk sync has to run by itself; so it does with any of its schedules."""
    schedules = [bulk_sync.get("default_schedule"), *as_list(bulk_sync.get("additional_schedules"))]
    frequencies = [as_mapping(one).get("frequency", "manual") for one in schedules]
    if bulk_sync.get("active") is True and all(one == "manual" for one in frequencies):
        yield (
            "it is active, but it has no schedule: give it a default_schedule, or set active=False"
        )


def unwatched(sync: Mapping[str, Any], subscribers: Collection[str]) -> Iterator[str]:
    """An active sync or bulk sync has somebody who is told when it fails.

    subscribers: those of the workspace and of the sync, as far as they are known.
    """
    if sync.get("active") is True and not subscribers:
        yield (
            "it is active, and nobody is told when it fails: declare GlobalErrorSubscribers, or "
            "the error handling of this one with subscribers"
        )


def unprotected(
    connection: str, options: Mapping[str, bool], patterns: Collection[str]
) -> Iterator[str]:
    """A connection whose name has one of the forms can be deleted by no mistake.

    connection: its name in Polytomic.
    options: whether `protect` and `force_destroy` are set.
    """
    if not any(re.fullmatch(pattern, connection) for pattern in patterns):
        return
    if not options.get("protect"):
        yield f"the connection {connection!r} needs opts=pulumi.ResourceOptions(protect=True)"
    if options.get("force_destroy"):
        yield (
            f"the connection {connection!r} must not have force_destroy, which deletes its models "
            "and syncs with it"
        )


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
