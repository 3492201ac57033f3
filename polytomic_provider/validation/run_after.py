"""Whether syncs that run after each other would wait in a circle."""

from collections.abc import Mapping, Sequence


def cycle_of(sync: str, waits: Sequence[str], others: Mapping[str, Sequence[str]]) -> list[str]:
    """The circle that `sync` would be in if it ran after `waits`; empty where there is none.

    `others` has, for each other sync, the ids of those that it runs after.
    """
    paths = [[sync, one] for one in waits]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        if path[-1] == sync:
            return path
        if path[-1] not in seen:
            seen.add(path[-1])
            paths += [[*path, one] for one in others.get(path[-1], ())]
    return []
