"""A local HTTP server that behaves like Polytomic's API. It is not Polytomic.

with RunningEmulator() as emulator:
    print(emulator.url, emulator.api_key)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polytomic_emulator.running import RunningEmulator

__all__ = ["RunningEmulator"]


def __getattr__(name: str) -> Any:
    # The command line asks for this package before it knows whether a server is wanted.
    if name == "RunningEmulator":
        from polytomic_emulator.running import RunningEmulator

        return RunningEmulator
    raise AttributeError(name)
