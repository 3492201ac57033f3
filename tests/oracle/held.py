"""What is wrong with an object that the emulator holds for a program's arguments."""

from collections.abc import Mapping
from typing import Any

from polytomic_emulator import RunningEmulator
from tests.faults.program import stored_as
from tests.oracle import bulk_expansion, expansion


def wrong_with(
    emulator: RunningEmulator, kind: str, id_: str, arguments: Mapping[str, Any]
) -> list[str]:
    """Return how a stored object differs from the expansion of the arguments, `name` included.

    What the program leaves unmanaged is not looked at.
    """
    given = {key: value for key, value in arguments.items() if value is not None}
    shown = dict(emulator.stored(stored_as(kind), id_))
    if kind == "Connection":
        inside = emulator.connection(id_)
        shown |= {key: inside[key] for key in ("configuration", "healthcheck_interval")}
        wanted = expansion.expected_connection(given)
        return expansion.differences(wanted, expansion.reading_of_connection(shown))
    if kind == "BulkSync":
        there = bulk_expansion.reading(shown)
        return bulk_expansion.differences(bulk_expansion.expected(given, there), there)
    if kind not in ("Model", "Sync"):
        read = expansion.reading_of_plain(kind, shown, given)
        return [
            f"{key}: expected {value!r}, stored {read.get(key)!r}"
            for key, value in given.items()
            if read.get(key) != value
        ]
    if kind == "Model":
        wanted = expansion.expected_model(given)
        return expansion.differences(wanted, expansion.reading_of_model(shown))
    shown["encryption_passphrase"] = emulator.sync(id_)["encryption_passphrase"]
    wanted = expansion.expected_sync(given)
    read = expansion.reading_of_sync(shown)
    return expansion.differences(wanted, read, dropped_mapping=True)
