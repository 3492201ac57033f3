"""A share of all requests that fails, each in one of the ways in which networks and servers do."""

from dataclasses import replace

from polytomic_emulator.faults.fault import Fault

WAYS = (
    Fault(kind="status", status=500),
    Fault(kind="status", status=503),
    Fault(kind="drop", when="before"),
    Fault(kind="drop", when="after"),
    Fault(kind="truncate", when="after"),
)


def mixture(rate: float) -> list[Fault]:
    """Faults that together strike `rate` (0 to 1) of all requests, in five ways of equal share."""
    if rate <= 0:
        return []
    share = rate / len(WAYS)
    # A fault sees only the requests that those before it let pass.
    return [
        replace(way, times=None, headers={}, probability=min(1.0, share / (1 - position * share)))
        for position, way in enumerate(WAYS)
    ]
