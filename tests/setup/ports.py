"""Ports for emulators that tests run side by side."""

import random

from tools.environment.checkout import Checkout


def any_port() -> int:
    """A port that no other test uses."""
    # Below the range from which the operating system hands out ports by itself.
    return random.randrange(12000, 32000)


def own_emulator_port(checkout: Checkout) -> None:
    """Gives a checkout's emulator a port that no other test uses: it comes back to it."""
    port = any_port()
    checkout.local_state.mkdir()
    (checkout.local_state / "emulator.port").write_text(str(port))
