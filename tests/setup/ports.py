"""Ports for emulators that tests run side by side."""

import random

from tools.environment.checkout import Checkout


def own_emulator_port(checkout: Checkout) -> None:
    """Gives a checkout's emulator a port that no other test uses: it comes back to it."""
    # Below the range from which the operating system hands out ports by itself.
    port = random.randrange(12000, 32000)
    checkout.local_state.mkdir()
    (checkout.local_state / "emulator.port").write_text(str(port))
